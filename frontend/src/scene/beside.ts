/**
 * Views beside the first: the whole picture at rest, with the outputs that the first view has
 * finished and no others.
 */

import { isIn, meet, ravel } from "../core/grid.ts";
import { once } from "../core/memo.ts";
import type { Trace } from "../core/trace.ts";
import { crosses, crossing, sizesIn } from "../words/crossing.ts";
import { channelsOf } from "../words/owndata.ts";
import { possible } from "../words/ranges.ts";
import { storyOf, traceOf } from "../words/state.ts";
import type { State } from "../words/table.ts";
import { VIEWS } from "../words/table.ts";
import { LOOK, LOOKS } from "./looks.ts";
import type { Panel, Scene } from "./scene.ts";

/** From these widths on one more view stands beside the first. */
const WIDE = [1000, 1500];

/** How many views there is room for beside the first. */
export function roomBeside({
  width: room,
  state,
  mode,
}: {
  width: number;
  state: State;
  mode: { alone?: boolean } | null;
}) {
  if (state.controls !== "full" || mode?.alone) return 0;
  return WIDE.filter((width) => room >= width).length;
}

/**
 * The views that stand beside the first. Unless told otherwise, scatter and gather go together;
 * the matrix wants all the room.
 */
export function besideOf(good: State, room: number) {
  const usual = ["matrix", "direct"].includes(good.view)
    ? []
    : [good.view === "gather" ? "scatter" : "gather"];
  const asked = good.beside === "auto" ? usual : good.beside.split(",").map((name) => name.trim());
  return asked.filter((view) => canStand(good, view)).slice(0, room);
}

export function canStand(good: State, view: string) {
  if (!VIEWS.includes(view) || view === good.view) return false;
  const gathers = good.view === "gather" || view === "gather";
  if (gathers && !good.turned) return false;
  // with channels, the one sums over what the other writes
  if (crosses(good.view, view) && channelsOf(good) > 1) return false;
  return possible({ ...good, ...sizesIn(good, view) });
}

/** What stands beside a trace: the same computation, or the one that it transposes or that transposes it. */
export const traceBeside = (good: State, first: Trace, view: string): Trace =>
  once(first, `beside in ${view}`, () =>
    crosses(good.view, view)
      ? traceOf({ ...good, ...crossing(good, view) })
      : first.withView(storyOf(view)),
  );

/**
 * The two sums that the adjoint makes equal: what the one writes, times what the other reads, cell
 * by cell.
 * @param other which stands beside the first and no other
 */
export const adjoint = (first: Trace, other: Trace) =>
  once(other, "adjoint", () => [dot(first.sums, other.input), dot(first.input, other.sums)]);

const dot = (a: Float64Array, b: Float64Array) =>
  a.reduce((sum, value, at) => sum + value * b[at], 0);

/**
 * The step of a view that stands beside a step of the first: the same where both tell one story,
 * else the last.
 */
export const stepBeside = (other: Trace, first: Trace, step: number) =>
  other.view === first.view ? step : other.length - 1;

/**
 * A scene of another view as it goes with a step of the first: no frames, no panels for single
 * products, no answers.
 * @param step of the first view
 */
export function calm(scene: Scene, other: Trace, first: Trace, step: number): Scene {
  const told = other.view === first.view || other.direct !== first.direct;
  const panels = scene.panels.map((panel) =>
    told || !GROWS.includes(panel.id) ? rested(panel) : soFar(panel, first, step),
  );
  const marks = scene.marks.filter(
    ({ style }) => style === "period" && (told || isDone(first, step)),
  );
  return without(WORKING, { ...scene, marks, panels });
}

/** Panels with what a step works on, and those whose cells fill as the story goes on. */
const [WORKING, GROWS] = [
  ["stamp", "products", "line"],
  ["y", "ys"],
];

/** A scene with fewer panels. */
export const without = (ids: string[], { panels, arrangements, ...rest }: Scene): Scene => ({
  ...rest,
  panels: panels.filter(({ id }) => !ids.includes(id)),
  arrangements: arrangements.map((rows) =>
    kept(rows, (row) => kept(row, (column) => column.filter((id) => !ids.includes(id)))),
  ),
  crowded: undefined,
});

const kept = <T>(lists: T[][], change: (list: T[]) => T[]) =>
  lists.map(change).filter((list) => list.length);

/** What a cell looks like that no step writes at present. */
const RESTING: Record<number, number> = {
  [LOOK.outputHit]: LOOK.output,
  [LOOK.rimHit]: LOOK.rim,
  [LOOK.countHit]: LOOK.count,
  [LOOK.countRimHit]: LOOK.countRim,
};
/** What a cell that is no output looks like before all outputs are there. */
const EARLIER: Record<number, number> = {
  [LOOK.cropped]: LOOK.rimEmpty,
  [LOOK.countRim]: LOOK.rimEmpty,
  [LOOK.factor]: LOOK.factorWaiting,
};

const rested = (panel: Panel): Panel => ({
  ...panel,
  looks: panel.looks.map((look) => RESTING[look] ?? look),
});

/** Whether the first view has all outputs. */
const isDone = (first: Trace, step: number) =>
  first.frame(step).done === first.frame(first.length - 1).done;

/** The outputs, or their counts, that the first view has finished. */
function soFar(panel: Panel, first: Trace, step: number): Panel {
  const { output, done } = first.frame(step);
  const from = once(first, `outputs in ${panel.id} of ${panel.rows} × ${panel.cols}`, () =>
    outputsOf(panel, first),
  );
  const last = once(first, "finishing stamps", () => finishing(first));
  const early = !isDone(first, step);
  const waits = (at: number) => (first.view === "scatter" ? last[at] >= done : at >= done);
  const looks = rested(panel).looks.map((look, place) => {
    if (from[place] < 0) return (early && EARLIER[look]) || look;
    return waits(from[place]) ? LOOK.outputEmpty : look;
  });
  const shows = (place: number) => !LOOKS[looks[place]].blank;
  const counts = panel.looks.some((look) => LOOKS[look].count);
  return {
    ...panel,
    looks,
    values: panel.values.map((value, place) =>
      !shows(place) ? 0 : counts || from[place] < 0 ? value : output[from[place]],
    ),
    badges: panel.badges?.map((count, place) => (shows(place) ? count : 0)) ?? null,
  };
}

/**
 * The output in every cell of the panel, in raster order, or -1: panels of one name and size have
 * them at the same places.
 */
function outputsOf({ looks, cols, ref }: Panel, { outputSize }: Trace) {
  return Int32Array.from(looks, (_, place) => {
    const index = ref(Math.floor(place / cols), place % cols)?.index;
    return index && isIn(index, outputSize) ? ravel(index, outputSize) : -1;
  });
}

/** The stamp that finishes every output, in raster order; -1 where none arrives. */
function finishing({ geometry, inputSize, outputSize, channels }: Trace) {
  const lines = geometry.axes.map((axis, at) =>
    Array.from({ length: outputSize[at] }, (_, o) =>
      Math.max(-1, ...axis.contributors(o, inputSize[at]).map(([source]) => source)),
    ),
  );
  return meet(lines, inputSize).map((source) => (source < 0 ? -1 : (source + 1) * channels - 1));
}
