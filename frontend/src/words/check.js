/** What the words may be that do not shape the computation: twin of deconvviz/words/check.py. @module */
import { GeometryError } from "../errors.js";
import { shown, wholeNumber } from "../geometry.js";
import { languages } from "../text.js";
import { TABLE, VIEWS } from "./table.js";

/** @typedef {import("./table.js").Word} Word */

/** @type {Record<string, (name: string, value: any, word: Word) => void>} */
const CHECKS = { choice, language, flag, number, whole, cell, views, text };

/** Why a word may not be that, or null if it may. Sizes and data are judged together, by `geometryOf`. @param {string} name @param {any} value @returns {GeometryError | null} */
export function refusal(name, value) {
  const word = TABLE[name];
  if (!word || (word.shapes && word.kind !== "choice")) return null;
  try {
    CHECKS[word.kind](name, value, word);
    return null;
  } catch (error) {
    if (error instanceof GeometryError) return error;
    throw error;
  }
}

/** @param {string} name @param {any} value @param {Word} word */
function choice(name, value, { choices = [] }) {
  oneOf(name, value, choices);
}

/** @param {string} name @param {any} value */
function language(name, value) {
  oneOf(name, value, languages());
}

/** @param {string} name @param {any} value @param {string[]} choices */
function oneOf(name, value, choices) {
  const listed = choices.map((choice) => choice || "''").join(", ");
  if (!choices.includes(value)) throw new GeometryError("choice", { name, value: shown(value), choices: listed });
}

/** @param {string} name @param {any} value */
function flag(name, value) {
  if (typeof value !== "boolean") throw new GeometryError("flag", { name, value: shown(value) });
}

/** @param {string} name @param {any} value @param {Word} word */
function number(name, value, { least = -Infinity, most = Infinity }) {
  if (!(typeof value === "number" && value >= least && value <= most)) throw new GeometryError("between", { name, value: shown(value), least, most });
}

/** @param {string} name @param {any} value @param {Word} word */
function whole(name, value, { least = 0 }) {
  wholeNumber(name, value, least);
}

/** @param {string} _ @param {any} value */
function cell(_, value) {
  if (value !== null && !isRef(value)) throw new GeometryError("selection", { value: typeof value === "string" ? shown(value) : JSON.stringify(value) });
}

/** Hosts may hand over anything. @param {any} thing @returns {thing is import("../scene.js").Ref} */
export const isRef = (thing) => ["x", "w", "y"].includes(thing?.kind) && Array.isArray(thing.index) && thing.index.every(Number.isInteger);

/** @param {string} _ @param {any} value */
function views(_, value) {
  const text = String(value).trim();
  const wrong = text.split(",").map((name) => name.trim()).find((name) => !VIEWS.includes(name));
  if (wrong !== undefined && text !== "auto" && text !== "none")
    throw new GeometryError("beside", { value: shown(wrong), views: ["auto", "none", ...VIEWS].join(", ") });
}

/** @param {string} name @param {any} value */
function text(name, value) {
  if (typeof value !== "string") throw new GeometryError("text", { name, value: shown(value) });
}
