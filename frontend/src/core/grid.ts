/** Indices of a grid, in raster order. */

/** @returns how many cells a grid has */
export const volume = (size: readonly number[]): number => size.reduce((all, n) => all * n, 1);

/** @returns every index, in raster order */
export function cells(size: readonly number[]): number[][] {
  return size.reduce(
    (found: number[][], n) =>
      found.flatMap((lead) => Array.from({ length: n }, (_, i) => [...lead, i])),
    [[]],
  );
}

/** @returns place in raster order */
export const ravel = (index: readonly number[], size: readonly number[]): number =>
  index.reduce((at, i, axis) => at * size[axis] + i, 0);

/** @returns the index at a place in raster order */
export function unravel(at: number, size: readonly number[]): number[] {
  const index = new Array(size.length);
  for (let axis = size.length - 1; axis >= 0; axis -= 1) {
    index[axis] = at % size[axis];
    at = Math.floor(at / size[axis]);
  }
  return index;
}

/** Whether a grid has this cell. */
export const isIn = (index: readonly number[], size: readonly number[]) =>
  index.length === size.length && index.every((i, axis) => i >= 0 && i < size[axis]);

export function same(a: ArrayLike<number>, b: ArrayLike<number>) {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at += 1) if (a[at] !== b[at]) return false;
  return true;
}

/** Flatten a nested list. */
export const flat = (nested: unknown): number[] =>
  Array.isArray(nested) ? nested.flat(Infinity).map(Number) : [Number(nested)];

/** @returns the size of a nested list along every axis */
export const sizeOf = (nested: unknown): number[] =>
  Array.isArray(nested) ? [nested.length, ...sizeOf(nested[0])] : [];

/** @returns nested lists */
export function nest(values: ArrayLike<number>, size: readonly number[], start = 0): any {
  if (size.length === 0) return values[start];
  const step = volume(size.slice(1));
  return Array.from({ length: size[0] }, (_, i) => nest(values, size.slice(1), start + i * step));
}

/**
 * Which cell of a second grid each cell of a first one names, both in raster order. Every axis
 * brings a line: for each index along it the index in the second grid, or a negative code for none.
 * Where several axes name none, the lowest code is told.
 * @param size of the second grid
 */
export function meet(lines: ArrayLike<number>[], size: readonly number[]): Int32Array {
  let found = Int32Array.of(0);
  lines.forEach((line, axis) => {
    const longer = new Int32Array(found.length * line.length);
    let at = 0;
    for (let lead = 0; lead < found.length; lead += 1)
      for (let i = 0; i < line.length; i += 1)
        longer[at++] =
          found[lead] < 0 || line[i] < 0
            ? Math.min(found[lead], line[i])
            : found[lead] * size[axis] + line[i];
    found = longer;
  });
  return found;
}
