/** The scatter view: input, kernel, one stamp, and the canvas it lands on. */

import { meet, volume } from "../../core/grid.ts";
import { once } from "../../core/memo.ts";
import { size } from "../../core/sentences.ts";
import type { Frame, Step } from "../../core/steps.ts";
import { crops, stampedUntil } from "../../core/stories/scatter.ts";
import type { Words } from "../../core/text.ts";
import { fill, number } from "../../core/text.ts";
import type { Trace } from "../../core/trace.ts";
import { LOOK } from "../looks.ts";
import type { Mark, Note, Panel, Scene } from "../scene.ts";
import { around, between, grid, numbered, paved, peakOf, pour } from "../scene.ts";

export type Now = { trace: Trace; step: Step; frame: Frame; labels: any; channel: number };

export function scatter(trace: Trace, index: number, words: Words): Scene {
  const now = moment(trace, index, words);
  const [x, w, y] = [inputs(now), kernel(now), canvas(now)];
  return {
    panels: [x, w, stamp(now), y],
    marks: marks(now, x, y),
    notes: trimmed(trace, y, words),
    arrangements: trace.geometry.ndim === 1 ? [...BELOW, ...BESIDE] : [...BESIDE, ...BELOW],
  };
}

const BESIDE: string[][][][] = [[[["x"], ["w"], ["stamp"], ["y"]]], [[["x", "w", "stamp"], ["y"]]]];
const BELOW: string[][][][] = [
  [[["x"], ["w"], ["stamp"]], [["y"]]],
  [[["x"], ["w", "stamp"]], [["y"]]],
  [[["x"]], [["w"], ["stamp"]], [["y"]]],
];

export function moment(trace: Trace, index: number, words: Words): Now {
  const frame = trace.frame(index);
  const channel = frame.done ? (frame.done - 1) % trace.channels : 0;
  return { trace, step: trace.step(index), frame, labels: words.panels, channel };
}

export function inputs({ trace, frame, labels, channel }: Now) {
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

export function kernel({ trace, labels, channel }: Pick<Now, "trace" | "labels" | "channel">) {
  const panel = grid("w", "kernel", "w", trace.geometry.kernel_size);
  panel.room = KERNEL_ROOM;
  const taps = volume(trace.geometry.kernel_size);
  panel.label = label(labels.w, trace, channel, { size: panel.brief }, labels);
  panel.brief += briefly(trace, channel, labels);
  panel.peak = once(trace, "peak of w", () => peakOf(trace.weight));
  return numbered(
    pour(panel, trace.weight.subarray(channel * taps, (channel + 1) * taps), () => LOOK.kernel),
  );
}

function stamp({ trace, step, labels }: Now) {
  const panel = grid("stamp", "kernel", "w", trace.geometry.kernel_size);
  panel.room = KERNEL_ROOM;
  panel.letter = "";
  panel.label = panel.brief = labels.stamp;
  if (step.phase !== "scatter") return numbered(paved(panel, LOOK.kernelEmpty));
  panel.label = fill(labels.stamped, { value: number(step.value) });
  panel.peak = peakOf(step.products);
  return numbered(pour(panel, step.products, () => LOOK.kernel));
}

/** The canvas, with what output_padding adds beyond it. */
function canvas({ trace, step, frame, labels }: Now) {
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
  panel.brief = size(
    settled ? frame.window.map(([start, stop]) => Math.max(0, stop - start)) : trace.fullSize,
  );
  const whole = { size: panel.brief, canvas: size(trace.fullSize) };
  panel.label = fill(settled ? settledLabel(trace, labels) : labels.canvas, whole);
  return panel;
}

/** What padding crops stays in the picture. */
const settledLabel = ({ geometry }: Trace, labels: any) =>
  crops(geometry).length ? labels.cropped : labels.output;

/** The phases in which the canvas is still whole. */
export const GROWING = ["canvas", "scatter"];

/**
 * A panel for the canvas and what lies beyond it, and the canvas cell that each of its cells is,
 * or -1.
 */
export function surface(trace: Trace) {
  const window = trace.geometry.window(trace.inputSize);
  const room = trace.fullSize.map((full, axis) => Math.max(full, window[axis][1]));
  const lines = () =>
    room.map((cells, axis) => line(cells, (i) => (i < trace.fullSize[axis] ? i : -1)));
  const panel = grid(
    "y",
    "output",
    "y",
    room,
    window.map(([start]) => start),
  );
  panel.foot = once(trace, "numbers of y", () => numbered(panel, trace.outputSize[0]).foot);
  return {
    panel,
    from: once(trace, "surface", () => meet(lines(), trace.fullSize)),
  };
}

/**
 * Which cells of the surface belong to a window, in raster order: -1 for those outside.
 * @param window the final one, where none is given
 */
export function keeps(trace: Trace, window: number[][] | null) {
  const final = trace.geometry.window(trace.inputSize);
  const found = (kept: number[][]) =>
    meet(
      kept.map(([start, stop], axis) =>
        line(Math.max(trace.fullSize[axis], final[axis][1]), (i) =>
          i >= start && i < stop ? 0 : -1,
        ),
      ),
      kept.map(() => 1),
    );
  return window ? found(window) : once(trace, "keeps", () => found(final));
}

const line = (length: number, entry: (i: number) => number) =>
  Int32Array.from({ length }, (_, i) => entry(i));

/** The places on the surface that a step writes. */
export const hitsOf = (step: Step, panel: Panel): Set<number> =>
  new Set(
    (step.targets ?? []).map((target: number[]) => {
      const [row, col] = panel.plane.on(target);
      return row * panel.cols + col;
    }),
  );

/** Which canvas cells any stamp can reach, in raster order: -1 for the holes. */
const reachedCells = (trace: Trace) =>
  once(trace, "reached", () => {
    const counts = trace.geometry.whole.overlap(trace.inputSize);
    return meet(
      counts.map((line) => Int32Array.from(line, (count, i) => (count ? i : -1))),
      trace.fullSize,
    );
  });

function growingLook(inside: boolean, there: boolean, count: number, hit: boolean, hole: boolean) {
  if (!there) return LOOK.none;
  if (hole && inside) return LOOK.unreached;
  if (inside) return hit ? LOOK.outputHit : count ? LOOK.output : LOOK.outputEmpty;
  return hit ? LOOK.rimHit : count ? LOOK.rim : LOOK.rimEmpty;
}

function settledLook(inside: boolean, there: boolean, count: number) {
  if (!inside) return there ? LOOK.cropped : LOOK.none;
  return count ? LOOK.output : LOOK.unreached;
}

function marks({ step, frame }: Now, x: Panel, y: Panel): Mark[] {
  if (step.phase === "canvas") return [];
  if (step.phase === "scatter")
    return [
      ...between(y, step.targets[0], step.targets[step.targets.length - 1], "stamp"),
      ...around(x, step.source, "active"),
    ];
  const first = frame.window.map(([start]) => start);
  const last = frame.window.map(([, stop]) => stop - 1);
  return between(y, first, last, "crop");
}

/** One axis that loses more at one side than at the other, as causal layers do, says so. */
export function trimmed({ geometry, fullSize }: Trace, panel: Panel, words: Words): Note[] {
  if (geometry.ndim > 1) return [];
  const [[begin, end]] = geometry.padding;
  if (begin === end) return [];
  const sides: [number, number][] = [
    [0, begin],
    [fullSize[0] - end, fullSize[0]],
  ];
  return sides
    .filter(([start, stop]) => stop > start)
    .map((cols) => ({ panel: panel.id, cols, text: words.panels.trimmed }));
}

export const label = (
  template: string,
  trace: Trace,
  channel: number,
  fields: Record<string, unknown>,
  labels: any,
) =>
  fill(template, fields) +
  (trace.channels > 1 ? fill(labels.channel, { channel, channels: trace.channels }) : "") +
  (trace.part.groups > 1 ? fill(labels.group, trace.part) : "");

/** The channel, where there is room for little. */
export const briefly = (trace: Trace, channel: number, labels: any) =>
  (trace.channels > 1 ? fill(labels.channelBrief, { channel }) : "") +
  (trace.part.groups > 1 ? fill(labels.groupBrief, trace.part) : "");
