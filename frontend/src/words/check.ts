/** What the words may be that do not shape the computation: twin of deconvviz/words/check.py. */

import { GeometryError } from "../core/errors.ts";
import { wholeNumber } from "../core/geometry.ts";
import { isRef } from "../core/ref.ts";
import { shown } from "../core/shown.ts";
import { languages, words } from "../core/text.ts";
import { wanted } from "./question.ts";
import type { Word } from "./table.ts";
import { TABLE, VIEWS } from "./table.ts";

const CHECKS: Record<string, (name: string, value: any, word: Word) => void> = {
  choice,
  language,
  flag,
  number,
  whole,
  cell,
  views,
  text,
  question,
};

/**
 * Why a word may not be that, or null if it may. Sizes and data are judged together, by
 * `geometryOf`.
 */
export function refusal(name: string, value: any): GeometryError | null {
  const word = TABLE[name];
  if (!word || (word.shapes && !["choice", "flag"].includes(word.kind))) return null;
  try {
    CHECKS[word.kind](name, value, word);
    return null;
  } catch (error) {
    if (error instanceof GeometryError) return error;
    throw error;
  }
}

function choice(name: string, value: any, { choices = [] }: Word) {
  oneOf(name, value, choices);
}

function language(name: string, value: any) {
  oneOf(name, value, languages());
  try {
    words(value);
  } catch {
    throw new GeometryError("sentences", { value: shown(value) });
  }
}

function oneOf(name: string, value: any, choices: string[]) {
  const listed = choices.map((choice) => choice || "''").join(", ");
  if (!choices.includes(value))
    throw new GeometryError("choice", { name, value: shown(value), choices: listed });
}

function flag(name: string, value: any) {
  if (typeof value !== "boolean") throw new GeometryError("flag", { name, value: shown(value) });
}

function number(name: string, value: any, { least = -Infinity, most = Infinity }: Word) {
  if (!(typeof value === "number" && value >= least && value <= most))
    throw new GeometryError("between", { name, value: shown(value), least, most });
}

function whole(name: string, value: any, { least = 0 }: Word) {
  wholeNumber(name, value, least);
}

function cell(_: string, value: any) {
  if (value !== null && !isRef(value))
    throw new GeometryError("selection", {
      value: shown(value),
    });
}

function views(name: string, value: any) {
  const text = String(value).trim();
  const wrong = text
    .split(",")
    .map((name) => name.trim())
    .find((name) => !VIEWS.includes(name));
  if (wrong !== undefined && text !== "auto" && text !== "none")
    throw new GeometryError("views", {
      name,
      value: shown(wrong),
      views: ["auto", "none", ...VIEWS].join(", "),
    });
}

function question(name: string, value: any) {
  if (value !== "" && !(typeof value === "string" && wanted(value)))
    throw new GeometryError("question", { name, value: shown(value) });
}

function text(name: string, value: any) {
  if (typeof value !== "string") throw new GeometryError("text", { name, value: shown(value) });
}
