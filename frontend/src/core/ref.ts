/** What a cell stands for. */

/** An input, a kernel tap or an output, by its index. */
export type Ref = { kind: "x" | "w" | "y"; index: number[] };

/** A layer and the direct convolution that it transposes: each reads what the other writes. */
export const SWAPPED = { x: "y", w: "w", y: "x" } as const;

/** The same cell, as the other one names it. */
export const swapped = <R extends Ref | null>(ref: R): R =>
  ref && { ...ref, kind: SWAPPED[ref.kind] };

/** Hosts may hand over anything. */
export const isRef = (thing: any): thing is Ref =>
  ["x", "w", "y"].includes(thing?.kind) &&
  Array.isArray(thing.index) &&
  thing.index.every(Number.isInteger);
