/**
 * Words as attributes and addresses write them: text to value. What cannot be read stays the text
 * that it is, which is then refused by name.
 */

import { sizeOf } from "../core/grid.ts";
import { numberIn, readNumbers, wholeIn } from "./numbers.ts";
import { tidy } from "./question.ts";
import type { State } from "./table.ts";
import { DATA, DEFAULTS, NAMES, SIZES, TABLE, underscored } from "./table.ts";

const READERS: Record<string, (text: string, name: string) => unknown> = {
  sizes: perAxis,
  sides: perAxis,
  numbers: data,
  number,
  whole: wholeIn,
  flag,
  cell,
  views,
  question: tidy,
};

/**
 * @param pairs names, with dashes or underscores, and what is written
 * @param ndim how many axes there are, where no kernel says so
 */
export function read(pairs: Iterable<[string, string]>, ndim?: number): Partial<State> {
  const found: Record<string, any> = {};
  for (const [key, text] of pairs) {
    const name = underscored(key);
    if (NAMES.includes(name)) found[name] = (READERS[TABLE[name].kind] ?? String)(text, name);
  }
  return sized(found, ndim);
}

/** Own data bring their size, unless a size comes with them; one plane needs no channels. */
function sized(found: Record<string, any>, ndim?: number) {
  for (const name of DATA.filter((name) => Array.isArray(found[name]))) {
    const depth = sizeOf(found[name]).length;
    const axes = Array.isArray(found.kernel_size)
      ? found.kernel_size.length
      : (ndim ?? (depth < 3 ? depth : depth - 1));
    if (depth === axes) found[name] = [found[name]];
    if (depth === axes || depth === axes + 1) found[SIZES[name]] ??= sizeOf(found[name]).slice(1);
    if (axes !== 2 && ndim === undefined)
      found.kernel_size ??= Array(axes).fill(DEFAULTS.kernel_size);
  }
  return found;
}

/** "3", "3,2", "3," or "1:2,0:1". */
export function perAxis(text: string): any {
  const entries = text.split(",").map((entry) => entry.trim());
  const values = (entries[entries.length - 1] === "" ? entries.slice(0, -1) : entries).map(sides);
  return entries.length === 1 && !Array.isArray(values[0]) ? (values[0] ?? text) : values;
}

const sides = (entry: string) =>
  entry.includes(":") ? entry.split(":").map(wholeIn) : wholeIn(entry);

function number(text: string) {
  return text === "null" ? null : (numberIn(text) ?? text);
}

function data(text: string, name: string): unknown {
  if (text === "null") return null;
  try {
    return readNumbers(text, name);
  } catch {
    return text;
  }
}

/** An attribute without a value is true. */
function flag(text: string) {
  return text === "false" ? false : ["", "true"].includes(text) || text;
}

/** "y:2,3" is output 2, 3. */
function cell(text: string) {
  if (text === "null" || text === "") return null;
  const [, kind, index] = /^\s*([xwy]):(-?[0-9]+(?:,-?[0-9]+)*)\s*$/.exec(text) ?? [];
  return index === undefined
    ? text
    : { kind: kind as "x" | "w" | "y", index: index.split(",").map(Number) };
}

function views(text: string) {
  return text
    .split(",")
    .map((name) => name.trim())
    .join(",");
}
