/**
 * What a kept cell is in the matrix, folded: the entries of an input lie where its stamp lands, those of an
 * output lie on its window.
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

/** Entries of C that fold: the tap of each, and where C holds it, by the cell on which it lies. */
export type Fold = { panel: "x" | "y"; taps: Int32Array; entries: Int32Array; line: number };

/** The line of C, or of its transpose, that a cell is; null where it is none or not written yet. */
export function foldOf(trace: Trace, index: number, ref: Ref | null): Fold | null {
  const step = trace.step(index);
  const { channels, cells, inputSize, outputSize, sums } = trace;
  const taps = tapsOf(trace);
  const line = (panel: "x" | "y", count: number, place: (cell: number) => number, at: number) => {
    const entries = Int32Array.from({ length: count }, (_, cell) => place(cell));
    return { panel, entries, taps: entries.map((entry) => taps[entry]), line: at };
  };
  const channel = channelOf(trace, step);
  if (ref?.kind === "x") {
    const row = ravel(ref.index, inputSize) * channels + channel;
    if (step.phase === "unroll" && row > step.row) return null;
    return line("y", sums.length, (cell) => row * sums.length + cell, row);
  }
  const inside = ref?.kind === "y" && isIn(ref.index, outputSize);
  if (!inside || step.phase === "unroll") return null;
  const row = ravel(ref.index, outputSize);
  return line("x", cells, (cell) => (cell * channels + channel) * sums.length + row, row);
}

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

/** Places of C, as it stands, and of the map: from where every tap moves to where. */
export function paths(scene: Scene, trace: Trace, { panel: id, taps, entries }: Fold) {
  const C = scene.panels.find((panel) => panel.id === "C");
  const to = scene.panels.find((panel) => panel.id === id);
  const found: [number, number][] = [];
  if (!C || !to) return found;
  const [rows, columns] = [trace.input.length, trace.sums.length];
  const turned = C.rows === columns && C.letter !== "C";
  to.plane.each((cell, place) => {
    if (taps[cell] < 0) return;
    const [row, column] = [Math.floor(entries[cell] / columns), entries[cell] % columns];
    found.push([turned ? column * rows + row : entries[cell], place]);
  });
  return found;
}
