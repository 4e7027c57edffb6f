/** Layers with a name, from the table that Python and the gallery read too. @module */
import table from "../../deconvviz/presets.json" with { type: "json" };
import { named } from "./kernels.js";
import { geometryOf } from "./state.js";
import { DATA, DEFAULTS, PARAMETERS, SHAPING } from "./words/table.js";

/** @typedef {import("./words/table.js").State} State */
/**
 * `weight` names a kernel of kernels.js; without it the example stands there.
 * @typedef {object} Preset
 * @property {string} id @property {string} group @property {Record<string, unknown>} parameters
 * @property {string} [weight] @property {string} [view]
 */

export const PRESETS = /** @type {Preset[]} */ (table);

const OTHERS = SHAPING.filter((name) => !PARAMETERS.includes(name) && name !== "view");

/** What choosing a preset changes; parameters have one entry per axis. @param {Preset} preset @returns {Partial<State>} */
export function wordsOf({ parameters, weight, view }) {
  const data = /** @type {any} */ (Object.fromEntries(OTHERS.map((name) => [name, /** @type {any} */ (DEFAULTS)[name]])));
  const { geometry, inputSize } = geometryOf(/** @type {any} */ ({ ...DEFAULTS, ...parameters }));
  const own = weight ? named(weight, geometry.kernel_size, 1, geometry.stride) : null;
  return { ...geometry.toDict(), input_size: inputSize, ...data, weight: own, ...(view ? { view } : {}) };
}

/**
 * The preset that a state shows, if any; of several that are alike the one chosen last.
 * @param {State} state @param {string} [chosen] @returns {Preset | null}
 */
export function presetOf(state, chosen = "") {
  const words = JSON.stringify(compared(state));
  const alike = PRESETS.filter((preset) => JSON.stringify(compared(wordsOf(preset))) === words);
  return alike.find(({ id }) => id === chosen) ?? alike[0] ?? null;
}

/** @param {any} words */
const compared = (words) => [...PARAMETERS, ...DATA, "bias"].map((name) => words[name]);
