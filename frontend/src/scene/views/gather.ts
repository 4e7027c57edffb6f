/** The gather view: the stretched and padded input, the turned kernel, one window, the output. */

import type { Extent } from "../../core/geometry.ts";
import { meet, unravel, volume } from "../../core/grid.ts";
import { once } from "../../core/memo.ts";
import { size } from "../../core/sentences.ts";
import type { Frame, Step } from "../../core/steps.ts";
import type { Source } from "../../core/stories/gather.ts";
import { kindOf, mapLines, ZERO } from "../../core/stories/gather.ts";
import type { Words } from "../../core/text.ts";
import { fill } from "../../core/text.ts";
import type { Trace } from "../../core/trace.ts";
import { LOOK } from "../looks.ts";
import type { Mark, Panel, Scene } from "../scene.ts";
import { around, between, grid, numbered, paved, peakOf, pour } from "../scene.ts";
import { briefly, KERNEL_ROOM, label } from "./scatter.ts";

export type Now = { trace: Trace; step: Step; frame: Frame; labels: any };

export function gather(trace: Trace, index: number, words: Words): Scene {
  const now = { trace, step: trace.step(index), frame: trace.frame(index), labels: words.panels };
  const [x, y] = [map(now), output(now)];
  return {
    panels: [x, kernel(now), products(now), y],
    marks: marks(now, x, y),
    arrangements: [
      [[["map"], ["w"], ["products"], ["y"]]],
      [[["map"], ["w", "products"], ["y"]]],
      [
        [["w"], ["products"]],
        [["map"], ["y"]],
      ],
      [[["map"]], [["w"], ["products"]], [["y"]]],
      [[["map"], ["w", "products"]], [["y"]]],
      [[["map"]], [["w", "products"], ["y"]]],
    ],
  };
}

/**
 * Where the stretched input starts in the panel: room for the border is kept from the first step.
 */
const origin = (trace: Trace) => trace.geometry.border().map(([begin]) => Math.max(0, begin));

/** The map as it grows. */
function map({ trace, step, frame, labels }: Now) {
  const { geometry, input } = trace;
  const lead = origin(trace);
  const kept = <T>(name: string, make: () => T) =>
    GROWN.includes(step.phase) ? once(trace, name, make) : make();
  const lines = kept("map lines", () => mapLines(trace, frame.extents));
  const shift = frame.extents.map(({ begin }, axis) => begin - lead[axis]);
  const panel = grid("map", "input", "x", roomOf(trace));
  const sources = kept("map", () => codes(trace, lines, shift, frame.extents));
  pour(panel, { length: sources.length }, (at) =>
    sources[at] < 0 ? LOOKS_OF[-sources[at]] : LOOK.input,
  );
  panel.plane.each((at, place) => (panel.values[place] = sources[at] < 0 ? 0 : input[sources[at]]));
  panel.peak = once(trace, "peak of x", () => peakOf(input));
  panel.brief = size(lines.map((line) => line.length));
  panel.label = label(labels.map, trace, 0, { size: panel.brief }, labels);
  panel.brief += briefly(trace, 0, labels);
  panel.ref = (row, col) => {
    const at = panel.plane.off(row, col)?.map((i, axis) => i + shift[axis]);
    const source = at?.every((i, axis) => i >= 0 && i < lines[axis].length)
      ? kindOf(lines, at)
      : null;
    return Array.isArray(source) ? { kind: "x", index: source } : null;
  };
  panel.place = (ref) =>
    ref.kind === "x"
      ? panel.plane.on(
          ref.index.map(
            (i, axis) => geometry.axes[axis].mapPlace(i, frame.extents[axis]) - shift[axis],
          ),
        )
      : null;
  panel.foot = kept("numbers of the map", () => numbered(panel).foot);
  return panel;
}

/** The phases in which the map has all its zeros. */
const GROWN = ["flip", "keep", "gather", "bias"];

/** Room for the map at its largest, with what a negative border will cut. */
const roomOf = ({ geometry, inputSize }: Trace) =>
  geometry
    .stretchedSize(inputSize)
    .map((stretched, axis) =>
      geometry.border()[axis].reduce((cells, side) => cells + Math.max(0, side), stretched),
    );

/** By code: an inserted zero, a zero of the border, a cell that was cut, one that is not there. */
const LOOKS_OF = [LOOK.input, LOOK.inserted, LOOK.padded, LOOK.cropped, LOOK.none];
const [CUT, NOWHERE] = [-3, -4];

/**
 * The input in every cell of the panel, in raster order, or the code of what else it is.
 * Only what a negative border took away is cut: gaps that are still closed leave nothing behind.
 * @param shift cells that the map lies further on
 */
function codes(
  trace: Trace,
  lines: ReturnType<typeof mapLines>,
  shift: number[],
  extents: Extent[],
) {
  const whole = trace.geometry.axes.map((axis, at) =>
    axis.mapSize(trace.inputSize[at], { gaps: extents[at].gaps, begin: 0, end: 0 }),
  );
  const lead = origin(trace);
  const coded = roomOf(trace).map((cells, axis) =>
    Array.from({ length: cells }, (_, i) => {
      const source = lines[axis][i + shift[axis]];
      if (source === undefined)
        return i >= lead[axis] && i < lead[axis] + whole[axis] ? CUT : NOWHERE;
      return typeof source === "number" ? source : ZERO[source];
    }),
  );
  return meet(coded, trace.inputSize);
}

function kernel({ trace, step, frame, labels }: Now) {
  const panel = grid("w", "kernel", "w", trace.geometry.kernel_size);
  panel.room = KERNEL_ROOM;
  const taps = volume(trace.geometry.kernel_size);
  const plane = trace.weight.slice(0, taps);
  const kept = !trace.turned && GROWN.includes(step.phase);
  panel.label = label(
    frame.turned ? labels.turned : kept ? labels.unturned : labels.w,
    trace,
    0,
    { size: panel.brief },
    labels,
  );
  if (kept) panel.brief = labels.unturnedBrief + briefly(trace, 0, labels);
  if (frame.turned) {
    panel.brief = labels.turnedBrief + briefly(trace, 0, labels);
    turn(panel);
  }
  panel.peak = once(trace, "peak of w", () => peakOf(trace.weight));
  return numbered(pour(panel, frame.turned ? plane.reverse() : plane, () => LOOK.kernel));
}

/** Cells and what they stand for change places through the centre. */
function turn(panel: Panel) {
  const { ref, place } = panel;
  panel.ref = (row, col) => ref(panel.rows - 1 - row, panel.cols - 1 - col);
  panel.place = (thing) => {
    const at = place(thing);
    return at && [panel.rows - 1 - at[0], panel.cols - 1 - at[1]];
  };
}

/** The window times the kernel over it, summed over channels. */
export function products({ trace, step, labels }: Now) {
  const panel = grid("products", "kernel", "w", trace.geometry.kernel_size);
  panel.room = KERNEL_ROOM;
  panel.letter = "";
  panel.label = panel.brief = trace.channels > 1 ? labels.sums : labels.products;
  if (trace.turned && !trace.direct) turn(panel);
  panel.place = () => null;
  if (!step.sources) return numbered(paved(panel, LOOK.kernelEmpty));
  const sums = step.sources.map((_: unknown, at: number) => {
    const own = step.products.slice(at * trace.channels, (at + 1) * trace.channels);
    return own.reduce((a: number, b: number) => a + b, 0);
  });
  panel.peak = peakOf(sums);
  return numbered(
    pour(panel, sums, (at) => {
      const source = step.sources[at] as Source;
      return Array.isArray(source) ? LOOK.kernel : LOOK[source];
    }),
  );
}

export function output({ trace, frame, step, labels }: Now) {
  const panel = grid("y", "output", "y", trace.outputSize);
  const hit = step.sources ? frame.done - 1 : -1;
  const name = trace.direct ? labels.small : labels.output;
  panel.label = fill(name, { size: size(trace.outputSize) });
  panel.peak = once(trace, "peak of y", () => peakOf(trace.output));
  const wrong = wrongOf(trace);
  return numbered(
    pour(panel, frame.output, (at) => {
      if (at >= frame.done) return LOOK.outputEmpty;
      if (at === hit) return wrong?.[at] ? LOOK.wrongHit : LOOK.outputHit;
      return wrong?.[at] ? LOOK.wrong : LOOK.output;
    }),
  );
}

/** Which outputs are not the layer's, where the kernel is not turned. */
export const wrongOf = (trace: Trace): boolean[] | null =>
  trace.turned
    ? null
    : once(trace, "wrong", () => {
        const { output, right } = trace;
        return Array.from(output, (value, at) => value !== right[at]);
      });

function marks({ trace, step, frame }: Now, x: Panel, y: Panel): Mark[] {
  if (step.phase !== "gather") return [];
  const lead = origin(trace);
  const corner = (tap: number[]) =>
    trace.geometry.axes.map(
      (axis, at) => axis.mapCell(step.target[at], tap[at]) - frame.extents[at].begin + lead[at],
    );
  const taps = trace.geometry.taps();
  return [
    ...between(x, corner(taps[taps.length - 1]), corner(taps[0]), "window"),
    ...around(y, unravel(frame.done - 1, trace.outputSize), "active"),
  ];
}
