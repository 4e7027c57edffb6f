/** The sentences a reader sees: twin of deconvviz/text. */
import en from "../../../deconvviz/text/en.json" with { type: "json" };

export type Words = Record<string, any>;
const LANGUAGES: Record<string, Words> = { en };

/** Languages that a host without a page brings along. */
const BROUGHT: Record<string, unknown> = {};

/** Every sentence of one language, English where it has none. */
export const words = (lang: string): Words =>
  (LANGUAGES[lang] ??= over(en, BROUGHT[lang] ?? written(lang)));

export function bring(lang: string, sentences: unknown) {
  BROUGHT[lang] = sentences;
  delete LANGUAGES[lang];
}

/** English, and what the page or its host brings along. */
export function languages() {
  const scripts = globalThis.document?.querySelectorAll("script[data-deconv-viz-words]") ?? [];
  return [
    ...new Set([
      "en",
      ...Object.keys(BROUGHT),
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

/** Other words in place of those that they stand for. */
export function over(words: any, others: any): any {
  if (others === undefined) return words;
  if (Array.isArray(words) || typeof words !== "object") return others;
  return Object.fromEntries(Object.keys(words).map((key) => [key, over(words[key], others[key])]));
}

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
