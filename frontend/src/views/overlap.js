/** The overlap view: the scatter story again, counting stamps instead of adding products. @module */
import { LOOK } from "../looks.js";
import { once } from "../memo.js";
import { around, between, grid } from "../scene.js";
import { size } from "../sentences.js";
import { stampedUntil } from "../stories/scatter.js";
import { fill } from "../text.js";
import { hitsOf, inputs, keeps, kernel, moment, surface, trimmed } from "./scatter.js";

/** @typedef {import("../trace.js").Trace} Trace */
/** @typedef {import("../scene.js").Panel} Panel */
/** @typedef {import("./scatter.js").Now} Now */

/** @param {Trace} trace @param {number} index @param {import("../text.js").Words} words @returns {import("../scene.js").Scene} */
export function overlap(trace, index, words) {
  const now = moment(trace, index, words);
  const [x, y] = [inputs(now), counts(now)];
  return {
    panels: [x, kernel(now), y],
    marks: [...(allLaid(now) ? period(trace, y, words.panels.period) : []), ...marksOf(now, x, y)],
    notes: trimmed(trace, y, words),
    arrangements: [[[["x"], ["w"], ["y"]]], [[["x", "w"], ["y"]]], [[["x"], ["w"]], [["y"]]]],
  };
}

/** @param {Now} now */
const allLaid = ({ trace, frame }) => frame.done === trace.input.length;

/** How many stamps have met in every cell, with the counts along each axis at the edges. @param {Now} now */
function counts(now) {
  const { trace, step, frame, labels } = now;
  const { panel: bare, from } = surface(trace);
  const panel = edged(bare, trace);
  const stamped = stampedUntil(trace, frame.done).counts;
  const kept = keeps(trace, null);
  const hits = hitsOf(step, bare);
  const laid = allLaid(now);
  const edge = edgeOf(trace);
  bare.plane.each((at, place) => {
    const there = from[at] >= 0;
    const count = there ? Math.ceil(stamped[from[at]] / trace.channels) : 0;
    const spot = (Math.floor(place / bare.cols) + edge) * panel.cols + (place % bare.cols) + edge;
    panel.values[spot] = count;
    panel.looks[spot] = lookOf(kept[at] >= 0, there, count, hits.has(place), laid);
  });
  if (edge) factors(panel, trace, laid);
  panel.peak = lines(trace).reduce((most, line) => most * Math.max(...line), 1);
  panel.brief = size(trace.fullSize);
  panel.label = fill(labels.counts, { size: panel.brief });
  return panel;
}

/** Per axis, how many stamps reach each cell of the canvas once all are laid. @param {Trace} trace */
const lines = (trace) => once(trace, "counts", () => trace.geometry.whole.overlap(trace.inputSize));

/** Two axes have room at their edges for the counts along each. @param {Trace} trace */
const edgeOf = ({ geometry }) => (geometry.ndim === 2 ? 1 : 0);

/** The same panel with room at its edges. @param {Panel} bare @param {Trace} trace */
function edged(bare, trace) {
  const edge = edgeOf(trace);
  if (!edge) return bare;
  const start = trace.geometry.window(trace.inputSize).map(([begin]) => begin + edge);
  const panel = grid("y", "output", "y", bare.plane.size.map((n) => n + edge), start);
  const { ref } = panel;
  panel.ref = (row, col) => (row < edge || col < edge ? null : ref(row, col));
  return panel;
}

/** @param {Panel} panel @param {Trace} trace @param {boolean} laid */
function factors(panel, trace, laid) {
  const [rows, cols] = lines(trace);
  const look = laid ? LOOK.factor : LOOK.factorWaiting;
  const write = (/** @type {number} */ spot, /** @type {number} */ count) => {
    panel.values[spot] = count;
    panel.looks[spot] = look;
  };
  rows.forEach((count, row) => write((row + 1) * panel.cols, count));
  cols.forEach((count, col) => write(col + 1, count));
}

/** @param {boolean} inside @param {boolean} there @param {number} count @param {boolean} hit @param {boolean} laid */
function lookOf(inside, there, count, hit, laid) {
  if (!there) return laid && inside ? LOOK.unreached : LOOK.none;
  if (!count) return laid ? LOOK.unreached : inside ? LOOK.outputEmpty : LOOK.rimEmpty;
  if (inside) return hit ? LOOK.countHit : LOOK.count;
  return hit ? LOOK.countRimHit : LOOK.countRim;
}

/** Where the counts begin to repeat along every axis; null if along one they do not. @param {Trace} trace */
export function repeats(trace) {
  const { stride } = trace.geometry;
  const starts = lines(trace).map((line, axis) => repeatsFrom(line, stride[axis]));
  return starts.includes(-1) || stride.every((step) => step === 1) ? null : starts;
}

/** One period of the counts. @param {Trace} trace @param {Panel} y @param {string} text */
function period(trace, y, text) {
  const edge = edgeOf(trace);
  const { stride } = trace.geometry;
  const starts = repeats(trace);
  if (!starts) return [];
  return between(
    y,
    starts.map((start) => start + edge),
    starts.map((start, axis) => start + edge + stride[axis] - 1),
    "period",
  ).map((mark) => ({ ...mark, text }));
}

/** Where a line begins to repeat, as far from its end as from its start; -1 if it is too short. @param {number[]} line @param {number} every */
function repeatsFrom(line, every) {
  for (let start = 0; start + every < line.length - start; start += 1) {
    const middle = line.slice(start, line.length - start);
    if (middle.every((count, at) => at + every >= middle.length || count === middle[at + every])) return start;
  }
  return -1;
}

/** The same frames as in the scatter view, beside the edge. @param {Now} now @param {Panel} x @param {Panel} y */
function marksOf({ trace, step, frame }, x, y) {
  const edge = edgeOf(trace);
  const inside = (/** @type {number[]} */ cell) => cell.map((i) => i + edge);
  if (step.phase === "canvas") return [];
  if (step.phase !== "scatter")
    return between(y, inside(frame.window.map(([start]) => start)), inside(frame.window.map(([, stop]) => stop - 1)), "crop");
  const last = step.targets[step.targets.length - 1];
  return [...between(y, inside(step.targets[0]), inside(last), "stamp"), ...around(x, step.source, "active")];
}
