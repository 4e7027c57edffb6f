/** The words that a player may be told: one table, which Python reads, too. @module */
import table from "../../../deconvviz/words.json" with { type: "json" };

/**
 * `shapes`: the computation follows from it; `momentary`: it belongs to the moment and is never written down;
 * `size`: the word that sizes these data; `trait`: its name where ipywidgets has taken this one.
 * @typedef {object} Word
 * @property {string} kind @property {unknown} default @property {number} [least] @property {number} [most]
 * @property {string[]} [choices] @property {boolean} [shapes] @property {boolean} [momentary]
 * @property {string} [size] @property {string} [trait]
 */
/** Words whose values have one type. @typedef {{ step: number, speed: number, playing: boolean, autoplay: boolean, loop: boolean, predict: boolean, present: boolean, view: string, lang: string, theme: string, controls: string, keys: string, title: string, exercise: string, beside: string, bias: number | null, selection: import("../scene.js").Ref | null }} Typed */
/** A value for every word. @typedef {{ [name in keyof typeof table]: name extends keyof Typed ? Typed[name] : any }} State */

export const TABLE = /** @type {Record<string, Word>} */ (table);
const ROWS = Object.entries(TABLE);

/** @param {(word: Word) => unknown} holds @returns {string[]} */
const named = (holds) => ROWS.filter(([, word]) => holds(word)).map(([name]) => name);

export const DEFAULTS = /** @type {State} */ (Object.fromEntries(ROWS.map(([name, word]) => [name, word.default])));

/** What attributes and addresses may say. */
export const NAMES = named(({ momentary }) => !momentary);
/** A change of one of these makes a new trace. */
export const SHAPING = named(({ shapes }) => shapes);
/** One value per axis. */
export const PARAMETERS = named(({ kind }) => kind === "sizes" || kind === "sides");
/** Own data, and what they bring: their size. */
export const DATA = /** @type {("input" | "weight")[]} */ (named(({ size }) => size));
export const SIZES = /** @type {Record<"input" | "weight", "input_size" | "kernel_size">} */ (Object.fromEntries(DATA.map((name) => [name, TABLE[name].size])));
/** How a story may be told. */
export const VIEWS = /** @type {string[]} */ (TABLE.view.choices);

/** @param {string} name as an attribute spells it */
export const dashed = (name) => name.replaceAll("_", "-");

/** @param {string} name as an attribute spells it */
export const underscored = (name) => name.replaceAll("-", "_");

/** @param {string} name as a widget of Jupyter knows it */
export const traitOf = (name) => TABLE[name].trait ?? name;
