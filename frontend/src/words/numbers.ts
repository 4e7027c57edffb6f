/** Numbers as people write them: rows and columns, JSON, or what NumPy and PyTorch print. */
import { GeometryError } from "../core/errors.ts";
import { checkNested, DEEPEST } from "../core/nested.ts";
import { shown } from "../core/shown.ts";

/** A value with its place, so that a refusal can name the row. */
export type Tree = { value: number; row: number } | Tree[];

const WHOLE = /^\s*[-−]?[0-9]+\s*$/;
const DECIMAL = /^\s*[-−+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-−+]?[0-9]+)?\s*$/;
const WORD = /[^\s,;[\]()]+/y;
const INNER = /\s*\[/y;
/** Digits, a comma and digits beside a number that a space sets apart: one number, to many people. */
const COMMA =
  /(?<![0-9,.])[0-9]+,[0-9]+(?=[ \t]+[-−+.]?[0-9])|(?<=[0-9][ \t])[-−+]?[0-9]+,[0-9]+(?![0-9,.])/;

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
  askAboutComma(plain, name);
  const rows = plain.includes("[") ? bracketed(plain, name) : written(plain, name);
  checkNested(name, rows);
  return rows;
}

/** Refuse to guess whether a comma stands for a decimal point or between two numbers. */
function askAboutComma(text: string, name: string) {
  const value = COMMA.exec(text)?.[0];
  if (value === undefined) return;
  const [one, two] = [".", " "].map((mark) => value.replace(",", mark));
  throw new GeometryError("comma", { name, value, one, two });
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
  const list = (room: number) => {
    if (!room) throw new GeometryError("too_deep", { name, most: DEEPEST });
    const found: any[] = [];
    at += 1;
    INNER.lastIndex = at;
    if (!INNER.test(text)) row += 1;
    while (text[at] !== "]") {
      if (at >= text.length) throw new GeometryError("open_bracket", { name, row });
      if (text[at] === "[") found.push(list(room - 1));
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
  return list(DEEPEST);
}

function valueAt(word: string, row: number, name: string) {
  const value = numberIn(word);
  if (value === null) throw new GeometryError("not_a_number", { name, row, value: shown(word) });
  return value;
}
