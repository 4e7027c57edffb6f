/** How a cell can look: one code a look, so that a panel is three small typed arrays. @module */
import table from "../../deconvviz/looks.json" with { type: "json" };

/**
 * `thing` names its colours in tokens.json; `faint` is not there yet, `dash` and `hatch` say without
 * colour what `thing` says with it, `hit` marks a cell that the present step writes, `blank` shows no
 * number, `dot` hardly anything, `bare` the number alone; `count` takes its colour from its number.
 * @typedef {object} Look
 * @property {string} thing @property {boolean} [faint] @property {boolean} [dash]
 * @property {boolean} [hatch] @property {boolean} [hit] @property {boolean} [blank]
 * @property {boolean} [dot] @property {boolean} [bare] @property {boolean} [count]
 */
/** @type {Record<string, Look>} */
const TABLE = table;

export const LOOKS = Object.values(TABLE);

/** @type {Record<keyof typeof TABLE, number>} the code of every look */
export const LOOK = Object.fromEntries(Object.keys(TABLE).map((name, code) => [name, code]));
