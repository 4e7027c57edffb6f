/** Nested lists of numbers, as texts and JSON bring them: twin of deconvviz/engine/nested.py. */

import { GeometryError } from "./errors.ts";
import { same, sizeOf, unravel } from "./grid.ts";
import { shown } from "./shown.ts";

/** A batch, channels and three axes. */
export const DEEPEST = 5;

/**
 * Check that nested lists hold finite numbers, every row as many as the first.
 * @throws GeometryError naming the row, counted from 1 through all planes
 */
export function checkNested(name: string, rows: unknown) {
  if (!Array.isArray(rows)) throw new GeometryError("lists", { name, value: shown(rows) });
  checkDepth(name, rows, DEEPEST);
  const size = sizeOf(rows);
  if (!size.every((n) => n > 0)) throw new GeometryError("no_numbers", { name });
  checkEven(name, rows);
  rowsOf(rows).forEach((line, at) => {
    checkLine(name, line, at, size);
  });
}

/** Refuse a row that is not as long as the first, and planes that are not alike. */
function checkEven(name: string, rows: unknown[]) {
  const lines = rowsOf(rows);
  const expected = lines[0].length;
  lines.forEach((line, at) => {
    if (line.some(Array.isArray)) throw new GeometryError("mixed", { name, row: at + 1 });
    if (line.length !== expected)
      throw new GeometryError("uneven", { name, row: at + 1, count: line.length, expected });
  });
  if (!regular(rows)) throw new GeometryError("uneven_planes", { name });
}

function checkDepth(name: string, rows: unknown, room: number) {
  if (!Array.isArray(rows)) return;
  if (!room) throw new GeometryError("too_deep", { name, most: DEEPEST });
  for (const entry of rows) checkDepth(name, entry, room - 1);
}

function checkLine(name: string, line: unknown[], at: number, size: number[]) {
  line.forEach((entry, column) => {
    if (Number.isFinite(entry)) return;
    const value = shown(entry);
    if (typeof entry !== "number")
      throw new GeometryError("not_a_number", { name, row: at + 1, value });
    const index = shown([...unravel(at, size.slice(0, -1)), column]);
    throw new GeometryError("finite", { name, value, index });
  });
}

/** Every list that holds numbers. */
const rowsOf = (data: any): any[][] =>
  data.some(Array.isArray) && data.every(Array.isArray) ? data.flatMap(rowsOf) : [data];

const regular = (data: any): boolean =>
  !Array.isArray(data) ||
  (data.every((part) => same(sizeOf(part), sizeOf(data[0]))) && data.every(regular));
