/**
 * A map of one axis that is too long for numbers: the cells that a step works on, enlarged, one
 * column a tap. Made of the panels as they are painted, so that it tells no more than they do.
 */

import { once } from "../core/memo.ts";
import type { Ref } from "../core/ref.ts";
import type { Words } from "../core/text.ts";
import { fill } from "../core/text.ts";
import type { Trace } from "../core/trace.ts";
import { legibleFrom } from "./legible.ts";
import { LOOK } from "./looks.ts";
import type { Panel, Scene } from "./scene.ts";
import { grid } from "./scene.ts";

/** More columns find no room on a wide page and on a phone, in pixels. */
const ROOMS = { lens: 600, short: 280 };
/** A column is at least so wide. */
const LEAST = 17;
/** Pixels that input and kernel keep beside each other. */
const BESIDE = { x: 120, w: 200 };

/** A row of the lens: cells of a panel. */
type Row = { panel: Panel; cols: number[] };
/** What stands under a tap, and the names of the rows. */
type Sight = { rows: Panel[]; long: Panel; taps: number; under: (tap: number) => number };

/** The scene of one axis with a lens, for where its cells are too small to read. */
export function lensed(scene: Scene, trace: Trace, { panels: labels }: Words): Scene {
  const sight = trace.geometry.ndim > 1 || scene.crowded ? null : sightOf(scene, trace);
  if (!sight) return scene;
  const { long, taps } = sight;
  const kernel = sight.rows.filter((panel) => panel !== long);
  const least = leastOf(trace);
  const counts = Object.values(ROOMS).map((room) => Math.min(taps, Math.floor(room / least)));
  const made = Object.keys(ROOMS)
    .slice(0, new Set(counts).size)
    .map((id, at) => lensOf(id, sight, counts[at], labels));
  for (const { panel } of made) panel.least = least;
  return {
    ...scene,
    panels: [...scene.panels.map((panel) => eased(panel, taps)), ...made.map(({ panel }) => panel)],
    crowded: {
      below: once(trace, "legible y", () => legibleFrom(trace.output)),
      arrangements: made.flatMap(({ panel: { id, cols } }) =>
        cols === taps ? [below(scene, kernel, id)] : beside(scene, kernel[0].id, id),
      ),
    },
    zooms: made.map(({ panel, cols }) => ({ panel: long.id, cols, lens: panel.id })),
  };
}

/** Where a step works in the long map, or where that begins; null in a picture without kernel. */
function sightOf({ panels, marks }: Scene, { geometry }: Trace): Sight | null {
  const long = ["map", "y"].flatMap((id) => panels.find((panel) => panel.id === id) ?? [])[0];
  const rows = panels.filter((panel) => panel === long || panel.thing === "kernel");
  if (!long || rows.length < 2) return null;
  const frame = marks.find(
    ({ panel, style }) => panel === long.id && (style === "stamp" || style === "window"),
  );
  const start = frame?.cols[0] ?? 0;
  const { kernel_size: taps, whole } = geometry.axes[0];
  return { rows, long, taps, under: (tap) => start + whole.outputIndex(0, tap) };
}

/** So many columns of it, and what of the long map they show. */
function lensOf(id: string, { rows, long, taps, under }: Sight, shown: number, labels: any) {
  const start = Math.max(0, Math.min(firstInput(long, taps, under), taps - shown));
  const places = Array.from({ length: shown }, (_, at) => start + at);
  const within = places.map(under);
  const lens = stacked(
    id,
    rows.map((panel) => ({ panel, cols: panel === long ? within : places })),
    shown,
  );
  const names = rows.map((panel) => panel.letter || panel.label).join(", ");
  const fields = { rows: names, start, last: start + shown - 1, taps };
  lens.label = fill(shown < taps ? labels.lensPart : labels.lens, fields);
  lens.brief = labels.lensBrief;
  lens.peak = long.peak;
  return { panel: lens, cols: [within[0], within[shown - 1] + 1] as [number, number] };
}

/** The first place under the kernel that holds an input; 0 where none does. */
function firstInput({ looks }: Panel, taps: number, under: (tap: number) => number) {
  for (let tap = 0; tap < taps; tap += 1) if (looks[under(tap)] === LOOK.input) return tap;
  return 0;
}

/** The width of a column in which every number can be read. */
const leastOf = (trace: Trace) =>
  once(trace, "legible lens", () =>
    Math.max(LEAST, ...[trace.weight, trace.input, trace.output].map(legibleFrom)),
  );

function stacked(id: string, rows: Row[], cols: number): Panel {
  const panel = grid(id, "kernel", "w", [rows.length, cols]);
  panel.badges = new Uint32Array(panel.values.length);
  rows.forEach((row, at) => copied(row, panel, at * cols));
  panel.letter = "";
  panel.wide = true;
  panel.foot = numbersOf(rows);
  panel.ref = (row, col) => rows[row].panel.ref(0, rows[row].cols[col]);
  panel.place = (ref) => placeIn(rows, ref);
  return panel;
}

function copied({ panel, cols }: Row, to: Panel, start: number) {
  cols.forEach((col, at) => {
    const there = col < panel.cols;
    to.values[start + at] = there ? panel.values[col] : 0;
    to.looks[start + at] = there ? panel.looks[col] : LOOK.none;
    if (to.badges) to.badges[start + at] = panel.badges?.[col] ?? 0;
  });
}

/** The index numbers below the columns: those of the long map. */
function numbersOf(rows: Row[]) {
  const { panel, cols } = rows.reduce((most, row) =>
    row.panel.cols > most.panel.cols ? row : most,
  );
  return cols.map((col) => panel.foot?.[col] ?? -1);
}

function placeIn(rows: Row[], ref: Ref): [number, number] | null {
  for (const [row, { panel, cols }] of rows.entries()) {
    const place = panel.place(ref);
    const col = place ? cols.indexOf(place[1]) : -1;
    if (col >= 0) return [row, col];
  }
  return null;
}

/** Each map in a row of its own, and the lens where the kernel stood. */
const below = ({ panels }: Scene, kernel: Panel[], lens: string) =>
  panels
    .filter((panel) => !kernel.slice(1).includes(panel))
    .map((panel) => [[panel === kernel[0] ? lens : panel.id]]);

/** The same where the lens shows a part of the kernel: all of it stands beside the input. */
const beside = ({ panels }: Scene, kernel: string, lens: string) =>
  panels.some(({ id }) => id === "x")
    ? [[[["x"], [kernel]], [[lens]], [["y"]]]]
    : [
        [[["map"]], [[kernel]], [[lens]], [["y"]]],
        [[["map"]], [[lens]], [["y"]]],
      ];

function eased(panel: Panel, taps: number): Panel {
  const long = taps * LEAST > ROOMS.short;
  const room = (long && BESIDE[panel.id as keyof typeof BESIDE]) || panel.room;
  return { ...panel, room, wide: panel.thing !== "kernel" };
}
