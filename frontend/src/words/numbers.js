/** Numbers as people write them: rows and columns, JSON, or what NumPy and PyTorch print. @module */
import { GeometryError } from "../errors.js";
import { same, sizeOf } from "../grid.js";

/** A value with its place, so that a refusal can name the row. @typedef {{ value: number, row: number } | Tree[]} Tree */

const WHOLE = /^\s*[-−]?[0-9]+\s*$/;
const DECIMAL = /^\s*[-−+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-−+]?[0-9]+)?\s*$/;
const WORD = /[^\s,;[\]()]+/y;

/** The number that a text writes, or null. @param {string} text @returns {number | null} */
export function numberIn(text) {
  const value = DECIMAL.test(text) ? Number(text.replaceAll("−", "-")) : NaN;
  return Number.isFinite(value) ? value : null;
}

/** A whole number, or the text itself, which is then refused by name. @param {string} text */
export const wholeIn = (text) => (WHOLE.test(text) ? /** @type {number} */ (numberIn(text)) : text.trim());

/**
 * @param {string} text rows by line or ";", numbers by space, comma or tab; or brackets
 * @param {string} name whose data they are, for the refusal
 * @returns {any} nested lists
 * @throws {GeometryError} naming the row that cannot be read
 */
export function readNumbers(text, name) {
  const plain = text.trim();
  const rows = plain.includes("[") ? bracketed(plain, name) : written(plain, name);
  if (!sizeOf(rows).every((n) => n > 0)) throw new GeometryError("no_numbers", { name });
  checkEven(rows, name);
  return rows;
}

/** @param {string} text @param {string} name */
function written(text, name) {
  const rows = text.split(/[;\n]/).map((row) => row.split(/[\s,]+/).filter(Boolean));
  return rows.filter((row) => row.length).map((row, at) => row.map((word) => valueOf(word, at + 1, name)));
}

/** Lists in brackets, after any name such as array( and before any keyword such as dtype=. @param {string} text @param {string} name */
function bracketed(text, name) {
  const start = /^([\w.]+\s*\()?\s*\[/.exec(text)?.[0].length ?? 0;
  if (!start) throw new GeometryError("no_numbers", { name });
  let at = start - 1;
  let row = 0;
  const list = () => {
    /** @type {any[]} */
    const found = [];
    at += 1;
    if (!/^\s*\[/.test(text.slice(at))) row += 1;
    while (text[at] !== "]") {
      if (at >= text.length) throw new GeometryError("open_bracket", { name, row });
      if (text[at] === "[") found.push(list());
      else if (/[\s,;()]/.test(text[at])) at += 1;
      else found.push(valueOf(word(), row, name));
    }
    at += 1;
    return found;
  };
  const word = () => {
    WORD.lastIndex = at;
    const found = /** @type {RegExpExecArray} */ (WORD.exec(text))[0];
    at += found.length;
    return found;
  };
  return list();
}

/** @param {string} word @param {number} row @param {string} name */
function valueOf(word, row, name) {
  const value = numberIn(word);
  if (value === null) throw new GeometryError("not_a_number", { name, row, value: `'${word}'` });
  return value;
}

/** Every row as long as the first. @param {any} rows @param {string} name */
function checkEven(rows, name) {
  const lines = rowsOf(rows);
  const expected = lines[0].length;
  lines.forEach((line, at) => {
    if (line.some(Array.isArray)) throw new GeometryError("mixed", { name, row: at + 1 });
    if (line.length !== expected) throw new GeometryError("uneven", { name, row: at + 1, count: line.length, expected });
  });
  if (!regular(rows)) throw new GeometryError("uneven_planes", { name });
}

/** Every list that holds numbers. @param {any} data @returns {any[][]} */
const rowsOf = (data) => (data.some(Array.isArray) && data.every(Array.isArray) ? data.flatMap(rowsOf) : [data]);

/** @param {any} data @returns {boolean} */
const regular = (data) =>
  !Array.isArray(data) || (data.every((part) => same(sizeOf(part), sizeOf(data[0]))) && data.every(regular));
