/** The state as words, as attributes and URLs write them: the inverse of `read`. */
import type { State } from "./table.ts";
import { DATA, DEFAULTS, dashed, PARAMETERS, SIZES, TABLE } from "./table.ts";

/** @returns the words that differ from the base */
export function write(state: Partial<State>, base: Partial<State> = DEFAULTS): [string, string][] {
  const before = { ...DEFAULTS, ...base } as any;
  return Object.entries(state)
    .filter(([name]) => !TABLE[name].momentary)
    .filter(
      ([name, value]) =>
        spell(name, value) !== spell(name, before[name]) ||
        !fits(value, before[name]) ||
        sizes(name, state),
    )
    .map(([name, value]) => [dashed(name), spell(name, value)]);
}

/** Own data bring their size along, which need not be the present one. */
const sizes = (name: string, state: Partial<State>) =>
  DATA.some((own) => (state[own] ?? null) !== null) &&
  (Object.values(SIZES) as string[]).includes(name);

/** Values for two axes cannot stand for three. */
const fits = (value: unknown, before: unknown) =>
  !Array.isArray(value) ||
  !Array.isArray(before) ||
  before.length === 1 ||
  before.length === value.length;

function spell(name: string, value: unknown): string {
  if (PARAMETERS.includes(name)) return perAxis(value, name === "kernel_size");
  if (name === "selection" && value) return `${(value as any).kind}:${(value as any).index}`;
  return Array.isArray(value) ? JSON.stringify(value) : String(value);
}

/**
 * One number where all axes are alike; but the kernel also says how many axes there are, two
 * unless written.
 */
function perAxis(value: any, counts: boolean) {
  if (!Array.isArray(value)) return String(value);
  const entries = value.map((entry: any) => sides(entry));
  const alike = entries.every((entry) => entry === entries[0]);
  if (alike && (!counts || entries.length === 2)) return entries[0];
  return entries.length === 1 ? `${entries[0]},` : entries.join(",");
}

const sides = (entry: number | number[]) =>
  Array.isArray(entry) && entry[0] !== entry[1] ? entry.join(":") : String([entry].flat()[0]);

/** A query that a person can read. */
export const query = (words: [string, string][]) =>
  new URLSearchParams(words).toString().replaceAll("%2C", ",").replaceAll("%3A", ":");

/** @returns as the attributes of an element */
export const attributes = (words: [string, string][]): string =>
  words.map(([name, text]) => ` ${name}="${escaped(text)}"`).join("");

/** Text inside a page. */
export const escaped = (text: string) =>
  text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
