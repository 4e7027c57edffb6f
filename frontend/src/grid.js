/** Indices of a grid, in raster order. @module */

/** @param {readonly number[]} size @returns {number} how many cells a grid has */
export const volume = (size) => size.reduce((all, n) => all * n, 1);

/** @param {readonly number[]} size @returns {number[][]} every index, in raster order */
export function cells(size) {
  return size.reduce(
    (/** @type {number[][]} */ found, n) =>
      found.flatMap((lead) => Array.from({ length: n }, (_, i) => [...lead, i])),
    [[]],
  );
}

/** @param {readonly number[]} index @param {readonly number[]} size @returns {number} place in raster order */
export const ravel = (index, size) => index.reduce((at, i, axis) => at * size[axis] + i, 0);

/** @param {number} at @param {readonly number[]} size @returns {number[]} the index at a place in raster order */
export function unravel(at, size) {
  const index = new Array(size.length);
  for (let axis = size.length - 1; axis >= 0; axis -= 1) {
    index[axis] = at % size[axis];
    at = Math.floor(at / size[axis]);
  }
  return index;
}

/** @param {readonly number[]} a @param {readonly number[]} b */
export const same = (a, b) => a.length === b.length && a.every((value, at) => value === b[at]);

/**
 * Flatten a nested list.
 * @param {unknown} nested @returns {number[]}
 */
export const flat = (nested) => (Array.isArray(nested) ? nested.flat(Infinity).map(Number) : [Number(nested)]);

/** @param {unknown} nested @returns {number[]} the size of a nested list along every axis */
export const sizeOf = (nested) => (Array.isArray(nested) ? [nested.length, ...sizeOf(nested[0])] : []);

/** @param {ArrayLike<number>} values @param {readonly number[]} size @returns {any} nested lists */
export function nest(values, size, start = 0) {
  if (size.length === 0) return values[start];
  const step = volume(size.slice(1));
  return Array.from({ length: size[0] }, (_, i) => nest(values, size.slice(1), start + i * step));
}

/**
 * Which cell of a second grid each cell of a first one names, both in raster order. Every axis
 * brings a line: for each index along it the index in the second grid, or a negative code for none.
 * Where several axes name none, the lowest code is told.
 * @param {ArrayLike<number>[]} lines @param {readonly number[]} size of the second grid @returns {Int32Array}
 */
export function meet(lines, size) {
  let found = Int32Array.of(0);
  lines.forEach((line, axis) => {
    const longer = new Int32Array(found.length * line.length);
    let at = 0;
    for (let lead = 0; lead < found.length; lead += 1)
      for (let i = 0; i < line.length; i += 1)
        longer[at++] =
          found[lead] < 0 || line[i] < 0 ? Math.min(found[lead], line[i]) : found[lead] * size[axis] + line[i];
    found = longer;
  });
  return found;
}
