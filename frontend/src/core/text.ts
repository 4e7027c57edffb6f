/** The sentences a reader sees: twin of deconvviz/text. */
import en from "../../../deconvviz/text/en.json" with { type: "json" };

export type Words = Record<string, any>;
const LANGUAGES = new Map<string, Words>([["en", en]]);

/** Languages that a host without a page brings along. */
const BROUGHT = new Map<string, unknown>();

/**
 * Every sentence of one language, English where it has none.
 * @throws SyntaxError if the page's own sentences are not JSON
 */
export function words(lang: string): Words {
  const known = LANGUAGES.get(lang) ?? over(en, BROUGHT.get(lang) ?? written(lang));
  LANGUAGES.set(lang, known);
  return known;
}

export function bring(lang: string, sentences: unknown) {
  BROUGHT.set(lang, sentences);
  LANGUAGES.delete(lang);
}

/** English, and what the page or its host brings along. */
export function languages() {
  const scripts = globalThis.document?.querySelectorAll("script[data-deconv-viz-words]") ?? [];
  return [
    ...new Set([
      "en",
      ...BROUGHT.keys(),
      ...Array.from(scripts, (script) => script.getAttribute("data-deconv-viz-words") ?? ""),
    ]),
  ];
}

/** A language that the page brings along: a script with its sentences. */
function written(lang: string): unknown {
  const script = globalThis.document?.querySelector(
    `script[data-deconv-viz-words="${CSS.escape(lang)}"]`,
  );
  return JSON.parse(script?.textContent || "{}");
}

/** Other words in place of those that they stand for, where they are of the same kind. */
export function over(words: any, others: any): any {
  if (kind(words) !== kind(others)) return words;
  if (kind(words) === "list") return words.map((word: any, at: number) => over(word, others[at]));
  if (kind(words) !== "object") return others;
  return Object.fromEntries(Object.keys(words).map((key) => [key, over(words[key], others[key])]));
}

const kind = (word: unknown) =>
  Array.isArray(word) ? "list" : word === null ? "nothing" : typeof word;

/** Put fields into a template: `{n}` is a value, `{n|row|rows}` a word that follows n. */
export function fill(template: string, fields: Record<string, unknown>) {
  return template.replace(/\{(\w+)(?:\|([^|}]*)\|([^}]*))?\}/g, (_, name, one, other) =>
    one === undefined ? String(fields[name]) : fields[name] === 1 ? one : other,
  );
}

/** Write a number with `digits` significant digits, ties away from zero. */
export function number(value: number, digits: number = 4) {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "NaN" : value > 0 ? "∞" : "−∞";
  const rounded = Number(value.toPrecision(digits));
  const size = Math.abs(rounded);
  const whole = Number.isInteger(value) && Math.abs(value) < 10 ** (digits + 2);
  const tiny = size !== 0 && (size < 1e-3 || size >= 1e6);
  const written = whole ? String(value + 0) : tiny ? exponential(value, digits) : String(rounded);
  return written.replace("e+", "e").replaceAll("-", "−");
}

const exponential = (value: number, digits: number) =>
  value.toExponential(digits - 1).replace(/\.?0*e/, "e");
