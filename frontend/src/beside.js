/** Views beside the first: the whole picture at rest, with the outputs that the first view has finished and no others. @module */
import { meet, ravel } from "./grid.js";
import { LOOK } from "./looks.js";
import { once } from "./memo.js";
import { possible } from "./ranges.js";
import { DRAWN } from "./views/index.js";

/** @typedef {import("./trace.js").Trace} Trace */
/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").Panel} Panel */

/** From these widths on one more view stands beside the first. */
const WIDE = [1000, 1500];

/** How many views there is room for beside the first. @param {import("./player.js").Player} player */
export function roomBeside({ width: room, state, mode }) {
  if (state.controls !== "full" || mode?.alone) return 0;
  return WIDE.filter((width) => room >= width).length;
}

/**
 * The views that stand beside the first. Unless told otherwise, scatter and gather go together; the matrix wants all the room.
 * @param {import("./state.js").State} good @param {number} room
 */
export function besideOf(good, room) {
  const usual = good.view === "matrix" ? [] : [good.view === "gather" ? "scatter" : "gather"];
  const asked = good.beside === "auto" ? usual : good.beside.split(",").map((name) => name.trim());
  return asked.filter((view) => canStand(good, view)).slice(0, room);
}

/** @param {import("./state.js").State} good @param {string} view */
export const canStand = (good, view) => DRAWN.includes(view) && view !== good.view && possible({ ...good, view });

/** The last scene of a view as it goes with a step of another: no marks, no products, no answers. @param {Scene} scene @param {Trace} first @param {number} step of the first view @param {import("./text.js").Words} words @returns {Scene} */
export function calm(scene, first, step, words) {
  /** @type {Record<string, (panel: Panel) => Panel>} */
  const changes = {
    y: (panel) => soFar(panel, first, step),
    ys: (panel) => soFar(panel, first, step),
    products: emptied,
    stamp: (panel) => emptied({ ...panel, label: words.panels.stamp, brief: words.panels.stamp }),
  };
  return { ...scene, marks: [], panels: scene.panels.map((panel) => changes[panel.id]?.(panel) ?? panel) };
}

/** Counts give no output away; their period is worth a frame. @param {Scene} scene @returns {Scene} */
export const counted = (scene) => ({
  ...scene,
  marks: scene.marks.filter(({ style }) => style === "period"),
  panels: scene.panels.map((panel) => ({ ...panel, looks: panel.looks.map((look) => RESTING[look] ?? look) })),
});

/** No cell of it holds a thing that could be lit. @param {Panel} panel @returns {Panel} */
const emptied = (panel) => ({
  ...panel,
  looks: panel.looks.map((look) => (look === LOOK.none ? look : LOOK.kernelEmpty)),
  place: () => null,
});

/** What a cell looks like that no step writes at present. @type {Record<number, number>} */
const RESTING = { [LOOK.outputHit]: LOOK.output, [LOOK.rimHit]: LOOK.rim, [LOOK.countHit]: LOOK.count, [LOOK.countRimHit]: LOOK.countRim };

/** The outputs as the first view has them. @param {Panel} panel @param {Trace} first @param {number} step @returns {Panel} */
function soFar(panel, first, step) {
  const { output, done } = first.frame(step);
  const from = once(first, `outputs in ${panel.id} of ${panel.rows} × ${panel.cols}`, () => outputsOf(panel, first));
  const last = once(first, "finishing stamps", () => finishing(first));
  const waits = (/** @type {number} */ at) => (first.view === "scatter" ? last[at] >= done : at >= done);
  const hidden = Uint8Array.from(from, (at) => Number(at >= 0 && waits(at)));
  return {
    ...panel,
    values: panel.values.map((value, place) => (hidden[place] ? 0 : from[place] < 0 ? value : output[from[place]])),
    looks: panel.looks.map((look, place) => (hidden[place] ? LOOK.outputEmpty : (RESTING[look] ?? look))),
    badges: panel.badges?.map((count, place) => (hidden[place] ? 0 : count)) ?? null,
  };
}

/** The output in every cell of the panel, in raster order, or -1: panels of one name and size have them at the same places. @param {Panel} panel @param {Trace} trace */
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
