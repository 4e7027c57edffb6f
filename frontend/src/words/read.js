/**
 * Words as attributes and addresses write them: text to value. What cannot be read stays the text that it is,
 * which is then refused by name.
 * @module
 */
import { sizeOf } from "../grid.js";
import { numberIn, readNumbers, wholeIn } from "./numbers.js";
import { DATA, DEFAULTS, NAMES, SIZES, TABLE, underscored } from "./table.js";

/** @typedef {import("./table.js").State} State */

/** @type {Record<string, (text: string, name: string) => unknown>} */
const READERS = { sizes: perAxis, sides: perAxis, numbers: data, number, whole: wholeIn, flag, cell, views };

/**
 * @param {Iterable<[string, string]>} pairs names, with dashes or underscores, and what is written
 * @param {number} [ndim] how many axes there are, where no kernel says so
 * @returns {Partial<State>}
 */
export function read(pairs, ndim) {
  /** @type {Record<string, any>} */
  const found = {};
  for (const [key, text] of pairs) {
    const name = underscored(key);
    if (NAMES.includes(name)) found[name] = (READERS[TABLE[name].kind] ?? String)(text, name);
  }
  return sized(found, ndim);
}

/** Own data bring their size, unless a size comes with them; one plane needs no channels. @param {Record<string, any>} found @param {number} [ndim] */
function sized(found, ndim) {
  for (const name of DATA.filter((name) => Array.isArray(found[name]))) {
    const depth = sizeOf(found[name]).length;
    const axes = Array.isArray(found.kernel_size) ? found.kernel_size.length : (ndim ?? (depth < 3 ? depth : depth - 1));
    if (depth === axes) found[name] = [found[name]];
    if (depth === axes || depth === axes + 1) found[SIZES[name]] ??= sizeOf(found[name]).slice(1);
    if (axes !== 2 && ndim === undefined) found.kernel_size ??= Array(axes).fill(DEFAULTS.kernel_size);
  }
  return found;
}

/** "3", "3,2", "3," or "1:2,0:1". @param {string} text @returns {any} */
export function perAxis(text) {
  const entries = text.split(",").map((entry) => entry.trim());
  const values = (entries[entries.length - 1] === "" ? entries.slice(0, -1) : entries).map(sides);
  return entries.length === 1 && !Array.isArray(values[0]) ? (values[0] ?? text) : values;
}

/** @param {string} entry */
const sides = (entry) => (entry.includes(":") ? entry.split(":").map(wholeIn) : wholeIn(entry));

/** @param {string} text */
function number(text) {
  return text === "null" ? null : (numberIn(text) ?? text);
}

/** @param {string} text @param {string} name @returns {unknown} */
function data(text, name) {
  if (text === "null") return null;
  try {
    return readNumbers(text, name);
  } catch {
    return text;
  }
}

/** An attribute without a value is true. @param {string} text */
function flag(text) {
  return { "": true, true: true, false: false }[text] ?? text;
}

/** "y:2,3" is output 2, 3. @param {string} text */
function cell(text) {
  if (text === "null" || text === "") return null;
  const [, kind, index] = /^\s*([xwy]):(-?[0-9]+(?:,-?[0-9]+)*)\s*$/.exec(text) ?? [];
  return index === undefined ? text : { kind: /** @type {"x" | "w" | "y"} */ (kind), index: index.split(",").map(Number) };
}

/** @param {string} text */
function views(text) {
  return text.split(",").map((name) => name.trim()).join(",");
}
