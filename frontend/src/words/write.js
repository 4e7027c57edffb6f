/** The state as words, as attributes and URLs write them: the inverse of `read`. @module */
import { DATA, DEFAULTS, PARAMETERS, SIZES, TABLE, dashed } from "./table.js";

/** @typedef {import("./table.js").State} State */

/** @param {Partial<State>} state @param {Partial<State>} [base] @returns {[string, string][]} the words that differ from the base */
export function write(state, base = DEFAULTS) {
  const before = /** @type {any} */ ({ ...DEFAULTS, ...base });
  return Object.entries(state)
    .filter(([name]) => !TABLE[name].momentary)
    .filter(([name, value]) => spell(name, value) !== spell(name, before[name]) || !fits(value, before[name]) || sizes(name, state))
    .map(([name, value]) => [dashed(name), spell(name, value)]);
}

/** Own data bring their size along, which need not be the present one. @param {string} name @param {Partial<State>} state */
const sizes = (name, state) => DATA.some((own) => (state[own] ?? null) !== null) && /** @type {string[]} */ (Object.values(SIZES)).includes(name);

/** Values for two axes cannot stand for three. @param {unknown} value @param {unknown} before */
const fits = (value, before) =>
  !Array.isArray(value) || !Array.isArray(before) || before.length === 1 || before.length === value.length;

/** @param {string} name @param {unknown} value @returns {string} */
function spell(name, value) {
  if (PARAMETERS.includes(name)) return perAxis(value, name === "kernel_size");
  if (name === "selection" && value) return `${/** @type {any} */ (value).kind}:${/** @type {any} */ (value).index}`;
  return Array.isArray(value) ? JSON.stringify(value) : String(value);
}

/**
 * One number where all axes are alike; but the kernel also says how many axes there are, two unless written.
 * @param {any} value @param {boolean} counts
 */
function perAxis(value, counts) {
  if (!Array.isArray(value)) return String(value);
  const entries = value.map((/** @type {any} */ entry) => sides(entry));
  const alike = entries.every((entry) => entry === entries[0]);
  if (alike && (!counts || entries.length === 2)) return entries[0];
  return entries.length === 1 ? `${entries[0]},` : entries.join(",");
}

/** @param {number | number[]} entry */
const sides = (entry) => (Array.isArray(entry) && entry[0] !== entry[1] ? entry.join(":") : String([entry].flat()[0]));

/** A query that a person can read. @param {[string, string][]} words */
export const query = (words) => new URLSearchParams(words).toString().replaceAll("%2C", ",").replaceAll("%3A", ":");

/** @param {[string, string][]} words @returns {string} as the attributes of an element */
export const attributes = (words) => words.map(([name, text]) => ` ${name}="${escaped(text)}"`).join("");

/** Text inside a page. @param {string} text */
export const escaped = (text) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
