/** The sentences a reader sees: twin of deconvviz/text. @module */
import en from "../../deconvviz/text/en.json" with { type: "json" };

/** @typedef {Record<string, any>} Words */
/** @type {Record<string, Words>} */
const LANGUAGES = { en };

/** Languages that a host without a page brings along. @type {Record<string, unknown>} */
const BROUGHT = {};

/** Every sentence of one language, English where it has none. @param {string} lang @returns {Words} */
export const words = (lang) => (LANGUAGES[lang] ??= over(en, BROUGHT[lang] ?? written(lang)));

/** @param {string} lang @param {unknown} sentences */
export function bring(lang, sentences) {
  BROUGHT[lang] = sentences;
  delete LANGUAGES[lang];
}

/** English, and what the page or its host brings along. */
export function languages() {
  const scripts = globalThis.document?.querySelectorAll("script[data-deconv-viz-words]") ?? [];
  return [...new Set(["en", ...Object.keys(BROUGHT), ...Array.from(scripts, (script) => script.getAttribute("data-deconv-viz-words") ?? "")])];
}

/** A language that the page brings along: a script with its sentences. @param {string} lang @returns {unknown} */
function written(lang) {
  const script = globalThis.document?.querySelector(`script[data-deconv-viz-words="${CSS.escape(lang)}"]`);
  return JSON.parse(script?.textContent || "{}");
}

/** Other words in place of those that they stand for. @param {any} words @param {any} others @returns {any} */
export function over(words, others) {
  if (others === undefined) return words;
  if (Array.isArray(words) || typeof words !== "object") return others;
  return Object.fromEntries(Object.keys(words).map((key) => [key, over(words[key], others[key])]));
}

/**
 * Put fields into a template: `{n}` is a value, `{n|row|rows}` a word that follows n.
 * @param {string} template @param {Record<string, unknown>} fields
 */
export function fill(template, fields) {
  return template.replace(/\{(\w+)(?:\|([^|}]*)\|([^}]*))?\}/g, (_, name, one, other) =>
    one === undefined ? String(fields[name]) : fields[name] === 1 ? one : other,
  );
}

/**
 * Write a number with `digits` significant digits, ties away from zero.
 * @param {number} value @param {number} [digits]
 */
export function number(value, digits = 4) {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "NaN" : value > 0 ? "∞" : "−∞";
  const rounded = Number(value.toPrecision(digits));
  const size = Math.abs(rounded);
  const whole = Number.isInteger(value) && Math.abs(value) < 10 ** (digits + 2);
  const tiny = size !== 0 && (size < 1e-3 || size >= 1e6);
  const written = whole ? String(value + 0) : tiny ? exponential(value, digits) : String(rounded);
  return written.replace("e+", "e").replaceAll("-", "−");
}

/** @param {number} value @param {number} digits */
const exponential = (value, digits) => value.toExponential(digits - 1).replace(/\.?0*e/, "e");
