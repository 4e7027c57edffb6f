/**
 * What a kept cell is in the matrix, folded: the entries of an input lie where its stamp lands,
 * those of an output lie on its window.
 */

import { isIn, ravel, unravel } from "../../core/grid.ts";
import { once } from "../../core/memo.ts";
import type { Ref } from "../../core/ref.ts";
import { size } from "../../core/sentences.ts";
import { tapsOf } from "../../core/stories/matrix.ts";
import type { Words } from "../../core/text.ts";
import { fill } from "../../core/text.ts";
import type { Trace } from "../../core/trace.ts";
import { LOOK } from "../looks.ts";
import type { Panel, Scene } from "../scene.ts";
import { peakOf } from "../scene.ts";
import { channelOf } from "./matrix.ts";

/**
 * Entries of C that fold, by the cell on which they lie: the tap of each, and its place in C as it
 * stands.
 */
export type Fold = { panel: "x" | "y"; taps: Int32Array; places: Int32Array; line: number };

/** The line of C, or of its transpose, that a cell is; null where it is none or not written yet. */
export function foldOf(trace: Trace, index: number, ref: Ref | null): Fold | null {
  const step = trace.step(index);
  const { channels, cells, inputSize, outputSize, input, sums } = trace;
  const unrolls = step.phase === "unroll";
  const taps = tapsOf(trace);
  const fold = (panel: "x" | "y", line: number, count: number, entryOf: Entry): Fold => {
    const entries = Array.from({ length: count }, (_, cell) => entryOf(cell));
    return {
      panel,
      line,
      taps: Int32Array.from(entries, ([row, column]) => taps[row * sums.length + column]),
      places: Int32Array.from(entries, ([row, column]) =>
        unrolls ? row * sums.length + column : column * input.length + row,
      ),
    };
  };
  const channel = channelOf(trace, step);
  if (ref?.kind === "x") {
    const row = ravel(ref.index, inputSize) * channels + channel;
    if (unrolls && row > step.row) return null;
    return fold("y", row, sums.length, (cell) => [row, cell]);
  }
  const inside = ref?.kind === "y" && isIn(ref.index, outputSize);
  if (!inside || unrolls) return null;
  const column = ravel(ref.index, outputSize);
  return fold("x", column, cells, (cell) => [cell * channels + channel, column]);
}

/** The row and the column of C that lie on a cell. */
type Entry = (cell: number) => [row: number, column: number];

/** The scene with that line folded, in the place of the map that it lies on. */
export function folded(
  scene: Scene,
  trace: Trace,
  index: number,
  fold: Fold,
  { panels: labels }: Words,
): Scene {
  const { phase } = trace.step(index);
  const channel = channelOf(trace, trace.step(index));
  const [text, brief] =
    fold.panel === "x"
      ? [labels.foldedRow, labels.foldedRowBrief]
      : phase === "unroll"
        ? [labels.foldedWindow, labels.foldedWindowBrief]
        : [labels.folded, labels.foldedBrief];
  const panels = scene.panels.map((panel) => {
    if (panel.id !== fold.panel) return panel;
    const shape = fold.panel === "x" ? trace.inputSize : trace.outputSize;
    const label = fill(text, { column: fold.line, row: fold.line, size: size(shape) });
    return { ...laid(panel, trace, fold, channel), letter: "", label, brief };
  });
  return { ...scene, panels, marks: scene.marks.filter(({ panel }) => panel !== fold.panel) };
}

function laid(panel: Panel, trace: Trace, { taps }: Fold, channel: number): Panel {
  const values = new Float64Array(panel.values.length);
  const looks = panel.looks.slice();
  const at = new Int32Array(values.length).fill(-1);
  panel.plane.each((cell, place) => {
    at[place] = taps[cell];
    values[place] = taps[cell] < 0 ? 0 : trace.weightAt(channel, taps[cell]);
    looks[place] = taps[cell] < 0 ? LOOK.apart : LOOK.kernel;
  });
  return {
    ...panel,
    values,
    looks,
    thing: "kernel",
    peak: once(trace, "peak of w", () => peakOf(trace.weight)),
    ref(row, col) {
      const tap = at[row * panel.cols + col];
      return tap < 0 ? null : { kind: "w", index: unravel(tap, trace.geometry.kernel_size) };
    },
  };
}

/** From where in C every tap moves to where in the map. */
export function paths(scene: Scene, { panel: id, taps, places }: Fold) {
  const found: [number, number][] = [];
  scene.panels
    .find((panel) => panel.id === id)
    ?.plane.each((cell, place) => {
      if (taps[cell] >= 0) found.push([places[cell], place]);
    });
  return found;
}
