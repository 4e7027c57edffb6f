/** Values for several axes, and the one number that stands for all of them. */
import { SIZES, TABLE } from "./table.ts";

/** One entry per axis, of padding a pair. */
export function entriesOf(name: string, value: any, ndim: number): any[] {
  const list = Array.isArray(value) ? value : Array(ndim).fill(value);
  return TABLE[name].kind === "sides"
    ? list.map((entry) => (Array.isArray(entry) ? entry : [entry, entry]))
    : list;
}

/**
 * One number where all axes are alike; sizes stay one per axis where these are not two, as they
 * say how many there are.
 */
export function shortest(name: string, value: any, ndim: number) {
  if (!Array.isArray(value) || (ndim !== 2 && (Object.values(SIZES) as string[]).includes(name)))
    return value;
  const all = value.flat();
  return all.every((entry) => entry === all[0]) ? all[0] : value;
}
