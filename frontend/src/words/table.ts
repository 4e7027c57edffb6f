/** The words that a player may be told: one table, which Python reads, too. */

import table from "../../../deconvviz/words.json" with { type: "json" };
import type { Ref } from "../core/ref.ts";

/** `shapes`: the computation follows from it; `momentary`: it belongs to the moment and is never written down;
 * `size`: the word that sizes these data; `trait`: its name where ipywidgets has taken this one. */
export interface Word {
  kind: string;
  default: unknown;
  least?: number;
  most?: number;
  choices?: string[];
  shapes?: boolean;
  momentary?: boolean;
  size?: string;
  trait?: string;
}
/** What a word holds, from its row: a default of null leaves open what else it may be. */
type Value<Row> = Row extends { choices: string[] }
  ? string
  : Row extends { default: null; size: string }
    ? any
    : Row extends { default: null; shapes: boolean }
      ? number | null
      : Row extends { default: null }
        ? Ref | null
        : Row extends { shapes: boolean }
          ? any
          : Row extends { default: infer Usual }
            ? Usual
            : never;
/** A value for every word. */
export type State = { [name in keyof typeof table]: Value<(typeof table)[name]> };

export const TABLE = table as Record<string, Word>;
const ROWS = Object.entries(TABLE);

const named = (holds: (word: Word) => unknown): string[] =>
  ROWS.filter(([, word]) => holds(word)).map(([name]) => name);

export const DEFAULTS = Object.fromEntries(
  ROWS.map(([name, word]) => [name, word.default]),
) as State;

/** What attributes and addresses may say. */
export const NAMES = named(({ momentary }) => !momentary);
/** A change of one of these makes a new trace. */
export const SHAPING = named(({ shapes }) => shapes);
/** One value per axis. */
export const PARAMETERS = named(({ kind }) => kind === "sizes" || kind === "sides");
/** Own data, and what they bring: their size. */
export const DATA = named(({ size }) => size) as ("input" | "weight")[];
export const SIZES = Object.fromEntries(DATA.map((name) => [name, TABLE[name].size])) as Record<
  "input" | "weight",
  "input_size" | "kernel_size"
>;
/** How a story may be told. */
export const VIEWS = TABLE.view.choices as string[];

/** @param name as an attribute spells it */
export const dashed = (name: string) => name.replaceAll("_", "-");

/** @param name as an attribute spells it */
export const underscored = (name: string) => name.replaceAll("-", "_");

/** @param name as a widget of Jupyter knows it */
export const traitOf = (name: string) => TABLE[name].trait ?? name;
