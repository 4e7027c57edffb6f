/** What the words that do not shape the computation may be: twin of deconvviz/choices.py. @module */
import { GeometryError } from "./errors.js";
import { shown, wholeNumber } from "./geometry.js";
import { languages } from "./text.js";
import { DRAWN } from "./views/index.js";

const FLAGS = ["playing", "autoplay", "loop", "predict", "present"];
const [SLOWEST, FASTEST] = [0.1, 10];
/** @type {Record<string, string[]>} */
const CHOICES = {
  view: DRAWN,
  theme: ["auto", "light", "dark"],
  controls: ["full", "transport", "none"],
  keys: ["on", "off", "fragments"],
  exercise: ["", "stamp", "zeros", "row"],
};

/** Why a word may not be that, or null if it may. @param {string} name @param {any} value @returns {GeometryError | null} */
export function refusal(name, value) {
  try {
    check(name, value);
    return null;
  } catch (error) {
    if (error instanceof GeometryError) return error;
    throw error;
  }
}

/** @param {string} name @param {any} value @throws {GeometryError} */
function check(name, value) {
  const choices = name === "lang" ? languages() : CHOICES[name];
  if (choices && !choices.includes(value))
    throw new GeometryError("choice", { name, value: shown(value), choices: choices.map((choice) => choice || "''").join(", ") });
  if (FLAGS.includes(name) && typeof value !== "boolean") throw new GeometryError("flag", { name, value: shown(value) });
  if (name === "speed" && !(typeof value === "number" && value >= SLOWEST && value <= FASTEST))
    throw new GeometryError("between", { name, value: shown(value), least: SLOWEST, most: FASTEST });
  if (name === "beside") checkBeside(String(value));
  if (name === "step") wholeNumber(name, value, 0);
  if (name === "selection" && value !== null && !isRef(value)) throw new GeometryError("selection", { value: typeof value === "string" ? shown(value) : JSON.stringify(value) });
}

/** @param {string} value */
function checkBeside(value) {
  const names = value.split(",").map((name) => name.trim());
  const wrong = names.find((name) => !DRAWN.includes(name));
  if (wrong !== undefined && value.trim() !== "auto" && value.trim() !== "none")
    throw new GeometryError("beside", { value: shown(wrong), views: ["auto", "none", ...DRAWN].join(", ") });
}

/** Hosts may hand over anything. @param {any} thing @returns {thing is import("./scene.js").Ref} */
export const isRef = (thing) => ["x", "w", "y"].includes(thing?.kind) && Array.isArray(thing.index) && thing.index.every(Number.isInteger);
