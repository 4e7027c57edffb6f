/** The overlap view: the scatter story again, counting stamps instead of adding products. */

import { once } from "../../core/memo.ts";
import { size } from "../../core/sentences.ts";
import { stampedUntil } from "../../core/stories/scatter.ts";
import type { Words } from "../../core/text.ts";
import { fill } from "../../core/text.ts";
import type { Trace } from "../../core/trace.ts";
import { LOOK } from "../looks.ts";
import type { Panel, Scene } from "../scene.ts";
import { around, between, grid } from "../scene.ts";
import type { Now } from "./scatter.ts";
import { hitsOf, inputs, keeps, kernel, moment, surface, trimmed } from "./scatter.ts";

export function overlap(trace: Trace, index: number, words: Words): Scene {
  const now = moment(trace, index, words);
  const [x, y] = [inputs(now), counts(now)];
  return {
    panels: [x, kernel(now), y],
    marks: [...(allLaid(now) ? period(trace, y, words.panels.period) : []), ...marksOf(now, x, y)],
    notes: trimmed(trace, y, words),
    arrangements: [[[["x"], ["w"], ["y"]]], [[["x", "w"], ["y"]]], [[["x"], ["w"]], [["y"]]]],
  };
}

const allLaid = ({ trace, frame }: Now) => frame.done === trace.input.length;

/** How many stamps have met in every cell, with the counts along each axis at the edges. */
function counts(now: Now) {
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

/** Per axis, how many stamps reach each cell of the canvas once all are laid. */
export const lines = (trace: Trace) =>
  once(trace, "counts", () => trace.geometry.whole.overlap(trace.inputSize));

/** Two axes have room at their edges for the counts along each. */
const edgeOf = ({ geometry }: Trace) => (geometry.ndim === 2 ? 1 : 0);

/** The same panel with room at its edges. */
function edged(bare: Panel, trace: Trace) {
  const edge = edgeOf(trace);
  if (!edge) return bare;
  const start = trace.geometry.window(trace.inputSize).map(([begin]) => begin + edge);
  const panel = grid(
    "y",
    "output",
    "y",
    bare.plane.size.map((n) => n + edge),
    start,
  );
  const { ref } = panel;
  panel.ref = (row, col) => (row < edge || col < edge ? null : ref(row, col));
  return panel;
}

function factors(panel: Panel, trace: Trace, laid: boolean) {
  const [rows, cols] = lines(trace);
  const look = laid ? LOOK.factor : LOOK.factorWaiting;
  const write = (spot: number, count: number) => {
    panel.values[spot] = count;
    panel.looks[spot] = look;
  };
  rows.forEach((count, row) => write((row + 1) * panel.cols, count));
  cols.forEach((count, col) => write(col + 1, count));
}

function lookOf(inside: boolean, there: boolean, count: number, hit: boolean, laid: boolean) {
  if (!there) return laid && inside ? LOOK.unreached : LOOK.none;
  if (!count) return laid ? LOOK.unreached : inside ? LOOK.outputEmpty : LOOK.rimEmpty;
  if (inside) return hit ? LOOK.countHit : LOOK.count;
  return hit ? LOOK.countRimHit : LOOK.countRim;
}

/** Where the counts begin to repeat along every axis; null if along one they do not. */
export function repeats(trace: Trace) {
  const { stride } = trace.geometry;
  const starts = lines(trace).map((line, axis) => repeatsFrom(line, stride[axis]));
  return starts.includes(-1) || stride.every((step) => step === 1) ? null : starts;
}

/** One period of the counts. */
function period(trace: Trace, y: Panel, text: string) {
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

/** Where a line begins to repeat, as far from its end as from its start; -1 if it is too short. */
function repeatsFrom(line: number[], every: number) {
  for (let start = 0; start + every < line.length - start; start += 1) {
    const middle = line.slice(start, line.length - start);
    if (middle.every((count, at) => at + every >= middle.length || count === middle[at + every]))
      return start;
  }
  return -1;
}

/** The same frames as in the scatter view, beside the edge. */
function marksOf({ trace, step, frame }: Now, x: Panel, y: Panel) {
  const edge = edgeOf(trace);
  const inside = (cell: number[]) => cell.map((i) => i + edge);
  if (step.phase === "canvas") return [];
  if (step.phase !== "scatter")
    return between(
      y,
      inside(frame.window.map(([start]) => start)),
      inside(frame.window.map(([, stop]) => stop - 1)),
      "crop",
    );
  const last = step.targets[step.targets.length - 1];
  return [
    ...between(y, inside(step.targets[0]), inside(last), "stamp"),
    ...around(x, step.source, "active"),
  ];
}
