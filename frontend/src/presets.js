/** Layers with a name, from the table that Python and the gallery read too. @module */
import table from "../../deconvviz/presets.json" with { type: "json" };
import { named } from "./kernels.js";
import { PARAMETERS, geometryOf } from "./state.js";

/** @typedef {import("./state.js").State} State */
/**
 * `weight` names a kernel of kernels.js; without it the example stands there.
 * @typedef {object} Preset
 * @property {string} id @property {string} group @property {Record<string, unknown>} parameters
 * @property {string} [weight] @property {string} [view]
 */

export const PRESETS = /** @type {Preset[]} */ (table);

const PLAIN = { stride: 1, padding: 0, output_padding: 0, dilation: 1, groups: 1, out_channel: 0 };

/** What choosing a preset changes; parameters have one entry per axis. @param {Preset} preset @returns {Partial<State>} */
export function wordsOf({ parameters, weight, view }) {
  const data = { input: null, weight: null, bias: null, groups: 1, out_channel: 0 };
  const { geometry, inputSize } = geometryOf(/** @type {any} */ ({ ...PLAIN, ...parameters, ...data }));
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
const compared = (words) => [...PARAMETERS, "input", "weight", "bias"].map((name) => words[name]);
