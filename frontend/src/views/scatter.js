/** The scatter view: input, kernel, one stamp, and the canvas it lands on. @module */
import { meet, volume } from "../grid.js";
import { LOOK } from "../looks.js";
import { once } from "../memo.js";
import { around, between, grid, numbered, paved, peakOf, pour } from "../scene.js";
import { size } from "../sentences.js";
import { stampedUntil } from "../stories/scatter.js";
import { fill, number } from "../text.js";

/** @typedef {import("../trace.js").Trace} Trace */
/** @typedef {import("../scene.js").Panel} Panel */
/** @typedef {{ trace: Trace, step: import("../trace.js").Step, frame: import("../trace.js").Frame, labels: any, channel: number }} Now */

/** @param {Trace} trace @param {number} index @param {import("../text.js").Words} words @returns {import("../scene.js").Scene} */
export function scatter(trace, index, words) {
  const now = moment(trace, index, words);
  const [x, w, y] = [inputs(now), kernel(now), canvas(now)];
  return {
    panels: [x, w, stamp(now), y],
    marks: marks(now, x, y),
    notes: trimmed(trace, y, words),
    arrangements: trace.geometry.ndim === 1 ? [...BELOW, ...BESIDE] : [...BESIDE, ...BELOW],
  };
}

/** @type {string[][][][]} */
const BESIDE = [[[["x"], ["w"], ["stamp"], ["y"]]], [[["x", "w", "stamp"], ["y"]]]];
/** @type {string[][][][]} */
const BELOW = [
  [[["x"], ["w"], ["stamp"]], [["y"]]],
  [[["x"], ["w", "stamp"]], [["y"]]],
  [[["x"]], [["w"], ["stamp"]], [["y"]]],
];

/** @param {Trace} trace @param {number} index @param {import("../text.js").Words} words @returns {Now} */
export function moment(trace, index, words) {
  const frame = trace.frame(index);
  const channel = frame.done ? (frame.done - 1) % trace.channels : 0;
  return { trace, step: trace.step(index), frame, labels: words.panels, channel };
}

/** @param {Now} now */
export function inputs({ trace, frame, labels, channel }) {
  const panel = grid("x", "input", "x", trace.inputSize);
  panel.label = label(labels.x, trace, channel, { size: panel.brief }, labels);
  panel.brief += briefly(trace, channel, labels);
  panel.peak = once(trace, "peak of x", () => peakOf(trace.input));
  const used = Math.ceil((frame.done - channel) / trace.channels);
  const values = trace.input.subarray(channel * trace.cells, (channel + 1) * trace.cells);
  return numbered(pour(panel, values, (at) => (at < used ? LOOK.input : LOOK.inputWaiting)));
}

/** Pixels that kernel and stamp keep beside a large canvas. */
export const KERNEL_ROOM = 63;

/** @param {Pick<Now, "trace" | "labels" | "channel">} now */
export function kernel({ trace, labels, channel }) {
  const panel = grid("w", "kernel", "w", trace.geometry.kernel_size);
  panel.room = KERNEL_ROOM;
  const taps = volume(trace.geometry.kernel_size);
  panel.label = label(labels.w, trace, channel, { size: panel.brief }, labels);
  panel.brief += briefly(trace, channel, labels);
  panel.peak = once(trace, "peak of w", () => peakOf(trace.weight));
  return numbered(pour(panel, trace.weight.subarray(channel * taps, (channel + 1) * taps), () => LOOK.kernel));
}

/** @param {Now} now */
function stamp({ trace, step, labels }) {
  const panel = grid("stamp", "kernel", "w", trace.geometry.kernel_size);
  panel.room = KERNEL_ROOM;
  panel.letter = "";
  panel.label = panel.brief = labels.stamp;
  if (step.phase !== "scatter") return numbered(paved(panel, LOOK.kernelEmpty));
  panel.label = fill(labels.stamped, { value: number(step.value) });
  panel.peak = peakOf(step.products);
  return numbered(pour(panel, step.products, () => LOOK.kernel));
}

/** The canvas, with what output_padding adds beyond it. @param {Now} now */
function canvas({ trace, step, frame, labels }) {
  const { panel, from } = surface(trace);
  const { counts } = stampedUntil(trace, frame.done);
  const settled = !GROWING.includes(step.phase);
  const kept = keeps(trace, settled ? frame.window : null);
  const bias = step.phase === "bias" ? (trace.bias ?? 0) : 0;
  const hits = hitsOf(step, panel);
  const reached = reachedCells(trace);
  const badges = (panel.badges = new Uint32Array(panel.values.length));
  panel.plane.each((at, place) => {
    const there = from[at] >= 0;
    const inside = kept[at] >= 0;
    const count = there ? counts[from[at]] : 0;
    panel.values[place] = (there ? frame.values[from[at]] : 0) + (inside ? bias : 0);
    badges[place] = count;
    panel.looks[place] = settled
      ? settledLook(inside, there, count)
      : growingLook(inside, there, count, hits.has(place), there && reached[from[at]] < 0);
  });
  panel.peak = once(trace, "peak of y", () => peakOf(trace.output));
  panel.brief = size(settled ? frame.window.map(([start, stop]) => Math.max(0, stop - start)) : trace.fullSize);
  panel.label = fill(settled ? labels.output : labels.canvas, { size: panel.brief });
  return panel;
}

/** The phases in which the canvas is still whole. */
const GROWING = ["canvas", "scatter"];

/** A panel for the canvas and what lies beyond it, and the canvas cell that each of its cells is, or -1. @param {Trace} trace */
export function surface(trace) {
  const window = trace.geometry.window(trace.inputSize);
  const room = trace.fullSize.map((full, axis) => Math.max(full, window[axis][1]));
  const lines = () => room.map((cells, axis) => line(cells, (i) => (i < trace.fullSize[axis] ? i : -1)));
  const panel = grid("y", "output", "y", room, window.map(([start]) => start));
  return {
    panel: numbered(panel, trace.outputSize[0]),
    from: once(trace, "surface", () => meet(lines(), trace.fullSize)),
  };
}

/**
 * Which cells of the surface belong to a window, in raster order: -1 for those outside.
 * @param {Trace} trace @param {number[][] | null} window the final one, where none is given
 */
export function keeps(trace, window) {
  const final = trace.geometry.window(trace.inputSize);
  const found = (/** @type {number[][]} */ kept) =>
    meet(
      kept.map(([start, stop], axis) =>
        line(Math.max(trace.fullSize[axis], final[axis][1]), (i) => (i >= start && i < stop ? 0 : -1)),
      ),
      kept.map(() => 1),
    );
  return window ? found(window) : once(trace, "keeps", () => found(final));
}

/** @param {number} length @param {(i: number) => number} entry */
const line = (length, entry) => Int32Array.from({ length }, (_, i) => entry(i));

/** The places on the surface that a step writes. @param {import("../trace.js").Step} step @param {Panel} panel @returns {Set<number>} */
export const hitsOf = (step, panel) =>
  new Set(
    (step.targets ?? []).map((/** @type {number[]} */ target) => {
      const [row, col] = panel.plane.on(target);
      return row * panel.cols + col;
    }),
  );

/** Which canvas cells any stamp can reach, in raster order: -1 for the holes. @param {Trace} trace */
const reachedCells = (trace) =>
  once(trace, "reached", () => {
    const counts = trace.geometry.whole.overlap(trace.inputSize);
    return meet(counts.map((line) => Int32Array.from(line, (count, i) => (count ? i : -1))), trace.fullSize);
  });

/** @param {boolean} inside @param {boolean} there @param {number} count @param {boolean} hit @param {boolean} hole */
function growingLook(inside, there, count, hit, hole) {
  if (!there) return LOOK.none;
  if (hole && inside) return LOOK.unreached;
  if (inside) return hit ? LOOK.outputHit : count ? LOOK.output : LOOK.outputEmpty;
  return hit ? LOOK.rimHit : count ? LOOK.rim : LOOK.rimEmpty;
}

/** @param {boolean} inside @param {boolean} there @param {number} count */
function settledLook(inside, there, count) {
  if (!inside) return there ? LOOK.cropped : LOOK.none;
  return count ? LOOK.output : LOOK.unreached;
}

/** @param {Now} now @param {Panel} x @param {Panel} y @returns {import("../scene.js").Mark[]} */
function marks({ step, frame }, x, y) {
  if (step.phase === "canvas") return [];
  if (step.phase === "scatter")
    return [...between(y, step.targets[0], step.targets[step.targets.length - 1], "stamp"), ...around(x, step.source, "active")];
  const first = frame.window.map(([start]) => start);
  const last = frame.window.map(([, stop]) => stop - 1);
  return between(y, first, last, "crop");
}

/**
 * One axis that loses more at one side than at the other, as causal layers do, says so.
 * @param {Trace} trace @param {Panel} panel @param {import("../text.js").Words} words @returns {import("../scene.js").Note[]}
 */
export function trimmed({ geometry, fullSize }, panel, words) {
  if (geometry.ndim > 1) return [];
  const [[begin, end]] = geometry.padding;
  if (begin === end) return [];
  /** @type {[number, number][]} */
  const sides = [[0, begin], [fullSize[0] - end, fullSize[0]]];
  return sides
    .filter(([start, stop]) => stop > start)
    .map((cols) => ({ panel: panel.id, cols, text: words.panels.trimmed }));
}

/** @param {string} template @param {Trace} trace @param {number} channel @param {Record<string, unknown>} fields @param {any} labels */
export const label = (template, trace, channel, fields, labels) =>
  fill(template, fields) +
  (trace.channels > 1 ? fill(labels.channel, { channel, channels: trace.channels }) : "") +
  (trace.part.groups > 1 ? fill(labels.group, trace.part) : "");

/** The channel, where there is room for little. @param {Trace} trace @param {number} channel @param {any} labels */
export const briefly = (trace, channel, labels) =>
  (trace.channels > 1 ? fill(labels.channelBrief, { channel }) : "") + (trace.part.groups > 1 ? fill(labels.groupBrief, trace.part) : "");
