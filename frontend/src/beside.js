/** Views beside the first: the whole picture at rest, with the outputs that the first view has finished and no others. @module */
import { meet, ravel } from "./grid.js";
import { LOOK, LOOKS } from "./looks.js";
import { once } from "./memo.js";
import { possible } from "./ranges.js";
import { VIEWS } from "./words/table.js";

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
 * @param {import("./words/table.js").State} good @param {number} room
 */
export function besideOf(good, room) {
  const usual = good.view === "matrix" ? [] : [good.view === "gather" ? "scatter" : "gather"];
  const asked = good.beside === "auto" ? usual : good.beside.split(",").map((name) => name.trim());
  return asked.filter((view) => canStand(good, view)).slice(0, room);
}

/** @param {import("./words/table.js").State} good @param {string} view */
export const canStand = (good, view) => VIEWS.includes(view) && view !== good.view && possible({ ...good, view });

/** The step of a view that stands beside a step of the first: the same where both tell one story, else the last. @param {Trace} other @param {Trace} first @param {number} step */
export const stepBeside = (other, first, step) => (other.view === first.view ? step : other.length - 1);

/** A scene of another view as it goes with a step of the first: no frames, no panels for single products, no answers. @param {Scene} scene @param {Trace} other @param {Trace} first @param {number} step of the first view @returns {Scene} */
export function calm(scene, other, first, step) {
  const told = other.view === first.view;
  const panels = scene.panels.map((panel) => (told || !GROWS.includes(panel.id) ? rested(panel) : soFar(panel, first, step)));
  const marks = scene.marks.filter(({ style }) => style === "period" && (told || isDone(first, step)));
  return without(WORKING, { ...scene, marks, panels });
}

/** Panels with what a step works on, and those whose cells fill as the story goes on. */
const [WORKING, GROWS] = [
  ["stamp", "products", "line"],
  ["y", "ys"],
];

/** A scene with fewer panels. @param {string[]} ids @param {Scene} scene @returns {Scene} */
const without = (ids, { panels, arrangements, ...rest }) => ({
  ...rest,
  panels: panels.filter(({ id }) => !ids.includes(id)),
  arrangements: arrangements.map((rows) => kept(rows, (row) => kept(row, (column) => column.filter((id) => !ids.includes(id))))),
  crowded: undefined,
});

/** @template T @param {T[][]} lists @param {(list: T[]) => T[]} change */
const kept = (lists, change) => lists.map(change).filter((list) => list.length);

/** What a cell looks like that no step writes at present. @type {Record<number, number>} */
const RESTING = { [LOOK.outputHit]: LOOK.output, [LOOK.rimHit]: LOOK.rim, [LOOK.countHit]: LOOK.count, [LOOK.countRimHit]: LOOK.countRim };
/** What a cell that is no output looks like before all outputs are there. @type {Record<number, number>} */
const EARLIER = { [LOOK.cropped]: LOOK.rimEmpty, [LOOK.countRim]: LOOK.rimEmpty, [LOOK.factor]: LOOK.factorWaiting };

/** @param {Panel} panel @returns {Panel} */
const rested = (panel) => ({ ...panel, looks: panel.looks.map((look) => RESTING[look] ?? look) });

/** Whether the first view has all outputs. @param {Trace} first @param {number} step */
const isDone = (first, step) => first.frame(step).done === first.frame(first.length - 1).done;

/** The outputs, or their counts, that the first view has finished. @param {Panel} panel @param {Trace} first @param {number} step @returns {Panel} */
function soFar(panel, first, step) {
  const { output, done } = first.frame(step);
  const from = once(first, `outputs in ${panel.id} of ${panel.rows} × ${panel.cols}`, () => outputsOf(panel, first));
  const last = once(first, "finishing stamps", () => finishing(first));
  const early = !isDone(first, step);
  const waits = (/** @type {number} */ at) => (first.view === "scatter" ? last[at] >= done : at >= done);
  const looks = rested(panel).looks.map((look, place) => {
    if (from[place] < 0) return (early && EARLIER[look]) || look;
    return waits(from[place]) ? LOOK.outputEmpty : look;
  });
  const shows = (/** @type {number} */ place) => !LOOKS[looks[place]].blank;
  const counts = panel.looks.some((look) => LOOKS[look].count);
  return {
    ...panel,
    looks,
    values: panel.values.map((value, place) => (!shows(place) ? 0 : counts || from[place] < 0 ? value : output[from[place]])),
    badges: panel.badges?.map((count, place) => (shows(place) ? count : 0)) ?? null,
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
