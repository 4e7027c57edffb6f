/** The direct view: the large map in its border, the kernel as it is, one window, the small map. */

import { isIn, meet, unravel } from "../../core/grid.ts";
import { once } from "../../core/memo.ts";
import { size } from "../../core/sentences.ts";
import type { Words } from "../../core/text.ts";
import type { Trace } from "../../core/trace.ts";
import { LOOK } from "../looks.ts";
import type { Mark, Panel, Scene } from "../scene.ts";
import { around, between, grid, numbered, peakOf, pour } from "../scene.ts";
import { type Now, output, products } from "./gather.ts";
import { briefly, kernel, label } from "./scatter.ts";

export function direct(trace: Trace, index: number, words: Words): Scene {
  const now = { trace, step: trace.step(index), frame: trace.frame(index), labels: words.panels };
  const [x, y] = [map(now), output(now)];
  return {
    panels: [x, kernel({ ...now, channel: 0 }), products(now), y],
    marks: marks(now, x, y),
    arrangements: [
      [[["map"], ["w"], ["products"], ["y"]]],
      [[["map"], ["w", "products"], ["y"]]],
      [[["map"]], [["w"], ["products"], ["y"]]],
      [[["map"]], [["w", "products"], ["y"]]],
    ],
  };
}

/** What stands for no input: a zero of the border, a cell that is not there yet. */
const [PADDED, NOWHERE] = [-1, -2];

/** The large map; room for its border is kept from the first step. */
function map({ trace, frame, labels }: Now) {
  const { geometry, input, inputSize } = trace;
  const begin = geometry.padding.map(([first]) => first);
  const lines = geometry.padding.map(([first, last], axis) =>
    Int32Array.from({ length: first + inputSize[axis] + last }, (_, q) => {
      const [i, extent] = [q - first, frame.extents[axis]];
      if (i >= 0 && i < inputSize[axis]) return i;
      return i >= -extent.begin && i < inputSize[axis] + extent.end ? PADDED : NOWHERE;
    }),
  );
  const sources = meet(lines, inputSize);
  const read = readCells(trace);
  const room = lines.map((line) => line.length);
  const panel = grid("map", "input", "x", room, begin);
  const { ref } = panel;
  panel.ref = (row, col) => {
    const found = ref(row, col);
    return found && isIn(found.index, inputSize) ? found : null;
  };
  pour(panel, { length: sources.length }, (at) => {
    if (sources[at] === NOWHERE) return LOOK.none;
    if (sources[at] === PADDED) return LOOK.padded;
    return read[sources[at]] < 0 ? LOOK.unread : LOOK.input;
  });
  panel.plane.each((at, place) => (panel.values[place] = sources[at] < 0 ? 0 : input[sources[at]]));
  panel.peak = once(trace, "peak of x", () => peakOf(input));
  panel.brief = size(frame.extents.map(({ begin, end }, axis) => begin + inputSize[axis] + end));
  const bordered = frame.extents.some(({ begin, end }) => begin + end > 0);
  panel.label = label(
    bordered ? labels.bordered : labels.large,
    trace,
    0,
    { size: panel.brief },
    labels,
  );
  panel.brief += briefly(trace, 0, labels);
  return numbered(panel, inputSize[0]);
}

/** Which cells of the large map any window reads, in raster order: -1 for the others. */
const readCells = (trace: Trace) =>
  once(trace, "read", () => {
    const counts = trace.geometry.overlap(trace.layerSize);
    return meet(
      counts.map((line) => line.map((count) => (count ? 0 : -1))),
      counts.map(() => 1),
    );
  });

function marks({ trace, step, frame }: Now, x: Panel, y: Panel): Mark[] {
  if (step.phase !== "slide") return [];
  // the padded map is the layer's canvas
  const { whole } = trace.geometry;
  const taps = whole.taps();
  const under = (tap: number[]) => whole.outputIndex(step.target, tap);
  return [
    ...between(x, under(taps[0]), under(taps[taps.length - 1]), "window"),
    ...around(y, unravel(frame.done - 1, trace.outputSize), "active"),
  ];
}
