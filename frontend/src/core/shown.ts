/** A value in a sentence, on one line, as Python writes it: twin of `shown` in deconvviz/errors.py. */

/** Letters, entries, and lists in lists that are shown of a value. */
const [LONGEST, MANY, DEEPEST] = [80, 8, 4];

/** Of a long value, the beginning. */
export const shown = (value: unknown) => brief(written(value, DEEPEST));

/** A text on one line; of a long one, the beginning. */
export function brief(text: string) {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what breaks a line
  const start = text.slice(0, LONGEST).replace(/[\x00-\x1f\x7f]/g, " ");
  return text.length <= LONGEST ? start : `${start}…`;
}

/** A shape, as Python writes a tuple. */
export const tuple = (shape: readonly number[]) =>
  shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;

function written(value: unknown, levels: number): string {
  if (typeof value === "string") return `'${value}'`;
  if (Array.isArray(value)) return `[${listed(value, levels, (at) => of(value[at], levels))}]`;
  if (value !== null && typeof value === "object") {
    const pairs = Object.entries(value);
    const pair = (at: number) => `'${pairs[at][0]}': ${of(pairs[at][1], levels)}`;
    return `{${listed(pairs, levels, pair)}}`;
  }
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value !== "number") return (value ?? null) === null ? "None" : String(value);
  if (Number.isNaN(value)) return "nan";
  return String(value).replace("Infinity", "inf");
}

const of = (entry: unknown, levels: number) => written(entry, levels - 1);

function listed(entries: unknown[], levels: number, entry: (at: number) => string) {
  if (!levels) return entries.length ? "…" : "";
  const shown = entries.slice(0, MANY).map((_, at) => entry(at));
  return [...shown, ...(entries.length > MANY ? ["…"] : [])].join(", ");
}
