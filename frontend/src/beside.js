/** The second view: the whole picture at rest, with the outputs that the first view has finished and no others. @module */
import { meet, ravel } from "./grid.js";
import { LOOK } from "./looks.js";
import { once } from "./memo.js";

/** @typedef {import("./trace.js").Trace} Trace */
/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").Panel} Panel */

/** The last scene of a view as it goes with a step of another: no marks, no products, no answers. @param {Scene} scene @param {Trace} first @param {number} step of the first view @param {import("./text.js").Words} words @returns {Scene} */
export function calm(scene, first, step, words) {
  /** @type {Record<string, (panel: Panel) => Panel>} */
  const changes = {
    y: (panel) => soFar(panel, first, step),
    products: emptied,
    stamp: (panel) => emptied({ ...panel, label: words.panels.stamp, brief: words.panels.stamp }),
  };
  return { ...scene, marks: [], panels: scene.panels.map((panel) => changes[panel.id]?.(panel) ?? panel) };
}

/** No cell of it holds a thing that could be lit. @param {Panel} panel @returns {Panel} */
const emptied = (panel) => ({
  ...panel,
  looks: panel.looks.map((look) => (look === LOOK.none ? look : LOOK.kernelEmpty)),
  place: () => null,
});

/** What a cell looks like that no step writes at present. @type {Record<number, number>} */
const RESTING = { [LOOK.outputHit]: LOOK.output, [LOOK.rimHit]: LOOK.rim };

/** The outputs as the first view has them. @param {Panel} panel @param {Trace} first @param {number} step @returns {Panel} */
function soFar(panel, first, step) {
  const { output, done } = first.frame(step);
  const from = once(first, "outputs of the second view", () => outputsOf(panel, first));
  const last = once(first, "finishing stamps", () => finishing(first));
  const waits = (/** @type {number} */ at) => (first.view === "gather" ? at >= done : last[at] >= done);
  const hidden = Uint8Array.from(from, (at) => Number(at >= 0 && waits(at)));
  return {
    ...panel,
    values: panel.values.map((value, place) => (hidden[place] ? 0 : from[place] < 0 ? value : output[from[place]])),
    looks: panel.looks.map((look, place) => (hidden[place] ? LOOK.outputEmpty : (RESTING[look] ?? look))),
    badges: panel.badges?.map((count, place) => (hidden[place] ? 0 : count)) ?? null,
  };
}

/** The output in every cell of the panel, in raster order, or -1. @param {Panel} panel @param {Trace} trace */
function outputsOf({ looks, cols, ref }, { outputSize }) {
  return Int32Array.from(looks, (_, place) => {
    const index = ref(Math.floor(place / cols), place % cols)?.index;
    return index?.every((o, axis) => o >= 0 && o < outputSize[axis]) ? ravel(index, outputSize) : -1;
  });
}

/** The stamp that finishes every output, in raster order; -1 where none arrives. @param {Trace} trace */
function finishing({ geometry, inputSize, outputSize, channels }) {
  const lines = geometry.axes.map((axis, at) =>
    Array.from({ length: outputSize[at] }, (_, o) => Math.max(-1, ...axis.contributors(o, inputSize[at]).map(([source]) => source))),
  );
  return meet(lines, inputSize).map((source) => (source < 0 ? -1 : (source + 1) * channels - 1));
}
