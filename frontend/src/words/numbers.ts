/** Numbers as people write them: rows and columns, JSON, or what NumPy and PyTorch print. */
import { GeometryError } from "../core/errors.ts";
import { same, sizeOf } from "../core/grid.ts";

/** A value with its place, so that a refusal can name the row. */
export type Tree = { value: number; row: number } | Tree[];

const WHOLE = /^\s*[-−]?[0-9]+\s*$/;
const DECIMAL = /^\s*[-−+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-−+]?[0-9]+)?\s*$/;
const WORD = /[^\s,;[\]()]+/y;

/** The number that a text writes, or null. */
export function numberIn(text: string): number | null {
  const value = DECIMAL.test(text) ? Number(text.replaceAll("−", "-")) : NaN;
  return Number.isFinite(value) ? value : null;
}

/** A whole number, or the text itself, which is then refused by name. */
export const wholeIn = (text: string) => (WHOLE.test(text) ? numberIn(text) : null) ?? text.trim();

/**
 * @param text rows by line or ";", numbers by space, comma or tab; or brackets
 * @param name whose data they are, for the refusal
 * @returns nested lists
 * @throws GeometryError naming the row that cannot be read
 */
export function readNumbers(text: string, name: string): any {
  const plain = text.trim();
  const rows = plain.includes("[") ? bracketed(plain, name) : written(plain, name);
  if (!sizeOf(rows).every((n) => n > 0)) throw new GeometryError("no_numbers", { name });
  checkEven(rows, name);
  return rows;
}

function written(text: string, name: string) {
  const rows = text.split(/[;\n]/).map((row) => row.split(/[\s,]+/).filter(Boolean));
  return rows
    .filter((row) => row.length)
    .map((row, at) => row.map((word) => valueAt(word, at + 1, name)));
}

/** Lists in brackets, after any name such as array( and before any keyword such as dtype=. */
function bracketed(text: string, name: string) {
  const start = /^([\w.]+\s*\()?\s*\[/.exec(text)?.[0].length ?? 0;
  if (!start) throw new GeometryError("no_numbers", { name });
  let at = start - 1;
  let row = 0;
  const list = () => {
    const found: any[] = [];
    at += 1;
    if (!/^\s*\[/.test(text.slice(at))) row += 1;
    while (text[at] !== "]") {
      if (at >= text.length) throw new GeometryError("open_bracket", { name, row });
      if (text[at] === "[") found.push(list());
      else if (/[\s,;()]/.test(text[at])) at += 1;
      else found.push(valueAt(word(), row, name));
    }
    at += 1;
    return found;
  };
  const word = () => {
    WORD.lastIndex = at;
    const found = (WORD.exec(text) as RegExpExecArray)[0];
    at += found.length;
    return found;
  };
  return list();
}

function valueAt(word: string, row: number, name: string) {
  const value = numberIn(word);
  if (value === null) throw new GeometryError("not_a_number", { name, row, value: `'${word}'` });
  return value;
}

/** Every row as long as the first. */
function checkEven(rows: any, name: string) {
  const lines = rowsOf(rows);
  const expected = lines[0].length;
  lines.forEach((line, at) => {
    if (line.some(Array.isArray)) throw new GeometryError("mixed", { name, row: at + 1 });
    if (line.length !== expected)
      throw new GeometryError("uneven", { name, row: at + 1, count: line.length, expected });
  });
  if (!regular(rows)) throw new GeometryError("uneven_planes", { name });
}

/** Every list that holds numbers. */
const rowsOf = (data: any): any[][] =>
  data.some(Array.isArray) && data.every(Array.isArray) ? data.flatMap(rowsOf) : [data];

const regular = (data: any): boolean =>
  !Array.isArray(data) ||
  (data.every((part) => same(sizeOf(part), sizeOf(data[0]))) && data.every(regular));
