/** What a cell stands for. */

/** An input, a kernel tap or an output, by its index. */
export type Ref = { kind: "x" | "w" | "y"; index: number[] };

/** Hosts may hand over anything. */
export const isRef = (thing: any): thing is Ref =>
  ["x", "w", "y"].includes(thing?.kind) &&
  Array.isArray(thing.index) &&
  thing.index.every(Number.isInteger);
