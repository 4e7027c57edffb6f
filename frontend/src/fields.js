/** The stepper of one place of the parameters: all axes, one axis, or one side of one. @module */
import { followed } from "./kernels.js";
import { LEAST, at, base, entries, moved, possible, put, range } from "./ranges.js";
import { perAxis } from "./words/read.js";
import { stepper } from "./stepper.js";
import { fill } from "./text.js";

/** @typedef {import("./player.js").Player} Player */
/** @typedef {import("./words/table.js").State} State */
/** @typedef {import("./ranges.js").Place} Place */
/** @typedef {{ element: HTMLElement, update: (now: import("./shell.js").Now) => void }} Field */

/** @param {Player} player @param {Place} place @param {string} label @param {string} [name] @returns {Field} */
export function field(player, place, label, name = label) {
  const words = player.words.parameters;
  const ndim = () => player.good.kernel_size.length;
  const typed = (/** @type {string} */ text) => {
    const value = perAxis(text);
    const whole = place.axis === undefined && (Array.isArray(value) || typeof value !== "number");
    change(player, whole ? { [place.name]: value } : put(from(), place, value, ndim()));
  };
  const from = () => base(player.state, player.good, place.name);
  const by = (/** @type {number} */ step) => change(player, moved(from(), place, step, ndim()));
  const { element, show } = stepper({ label, name, words: player.words.ui, typed, by });
  /** @type {State | null} the range is worked out once for every possible state */
  let known = null;
  let legal = "";
  return {
    element,
    update({ state, good, fault }) {
      if (known !== good) legal = rangeText(good, place, words);
      known = good;
      const text = written(state, place, ndim());
      show(text, fault !== null && text !== written(good, place, ndim()), legal);
    },
  };
}

/** The reader's choice of parameters; data with a name follow a new size. @param {Player} player @param {Partial<State>} patch */
export function change(player, patch) {
  const next = { ...player.state, ...patch };
  const data = possible(next) ? followed(player.good, next) : {};
  player.choose({ ...patch, ...data, playing: false });
}

/** @param {State} good @param {Place} place @param {any} words */
function rangeText(good, place, words) {
  const found = range(good, place);
  if (!found) return "";
  const { least, most } = found;
  if (place.axis !== undefined && most === Infinity && least === LEAST[place.name]) return "";
  return fill(most === Infinity ? words.from : most === least ? words.only : words.between, { least, most });
}

/** As a reader would type it: one number, or one per axis. @param {State} state @param {Place} place @param {number} ndim */
function written(state, place, ndim) {
  const value = /** @type {any} */ (state)[place.name];
  const alike = at(state, place, ndim);
  const fits = !Array.isArray(value) || value.length === ndim || value.length === 1;
  if (place.axis !== undefined || (alike !== undefined && fits)) return String(alike ?? "");
  return entries(state, place.name, ndim).map(sides).join(",");
}

/** @param {any} entry */
const sides = (entry) => (Array.isArray(entry) && entry[0] !== entry[1] ? entry.join(":") : String([entry].flat()[0]));
