/** From a trace and a step to a scene, by the name of the view. @module */
import { sliced } from "../scene.js";
import { gather } from "./gather.js";
import { matrix } from "./matrix.js";
import { overlap } from "./overlap.js";
import { scatter } from "./scatter.js";

/** @typedef {(trace: import("../trace.js").Trace, index: number, words: any) => import("../scene.js").Scene} View */
/** @type {Record<string, View>} */
const VIEWS = { scatter, gather, matrix, overlap };

/** @param {import("../trace.js").Trace} trace @param {number} index @param {any} words @param {string} [view] */
export function sceneOf(trace, index, words, view = trace.view) {
  const scene = VIEWS[view](trace, index, words);
  return trace.geometry.ndim === 3 ? sliced(scene, trace.outputSize, words.panels.slice) : scene;
}
