/** Walking over the cells of all panels: in which one the reader is, and where in each. Pure. */

import type { Ref } from "../../core/ref.ts";
import type { Panel } from "../../scene/scene.ts";

type Place = readonly [row: number, col: number];

export interface Walk {
  /** the panel's name */
  panel: string;
  places: ReadonlyMap<string, Place>;
}

export const ASIDE: Walk = { panel: "", places: new Map() };

/** Begin in the panel that holds what is kept, else where the reader was, else in the first. */
export function start(walk: Walk, panels: Panel[], kept: Ref | null): Walk {
  for (const panel of kept ? panels : []) {
    const place = panel.place(kept as Ref);
    if (place) return arrive(walk, panel.id, place);
  }
  return stay(walk, panels);
}

/** A panel that is gone is left for the first. */
export const stay = (walk: Walk, panels: Panel[]): Walk =>
  panels.some(({ id }) => id === walk.panel) ? walk : { ...walk, panel: panels[0]?.id ?? "" };

export const arrive = ({ places }: Walk, panel: string, place: Place): Walk => ({
  panel,
  places: new Map(places).set(panel, place),
});

/** So many cells further, and no further than the last. */
export function go(walk: Walk, panel: Panel, [down, right]: Place): Walk {
  const [row, col] = placeIn(walk, panel);
  const within = (at: number, size: number) => Math.max(0, Math.min(size - 1, at));
  return arrive(walk, panel.id, [within(row + down, panel.rows), within(col + right, panel.cols)]);
}

/** So many panels further, round and round. */
export function change(walk: Walk, panels: Panel[], by: number): Walk {
  const at = panels.findIndex(({ id }) => id === walk.panel) + by;
  return { ...walk, panel: panels[(at + panels.length) % panels.length].id };
}

/** Where the reader is, or was, in a panel. */
export function placeIn({ places }: Walk, panel: Panel): Place {
  const [row, col] = places.get(panel.id) ?? [0, 0];
  return [Math.min(row, panel.rows - 1), Math.min(col, panel.cols - 1)];
}

/** Cells are made this far around the reader's place: more would only be slow. */
const REACH = 7;

/**
 * The stretch around a place in which cells are made. It moves in leaps, so that most moves make
 * nothing.
 */
export function around(at: number, size: number): [start: number, stop: number] {
  if (size <= 2 * REACH + 1) return [0, size];
  const start = Math.max(
    0,
    Math.min(size - 2 * REACH, Math.floor(at / REACH) * REACH - Math.floor(REACH / 2)),
  );
  return [start, Math.min(size, start + 2 * REACH + 1)];
}
