/** Where panels stand: the arrangement that leaves the largest cells. Pure arithmetic. */

import { letteringOf } from "../scene/legible.ts";
import type { Panel, Scene } from "../scene/scene.ts";
import { isStrip } from "../scene/scene.ts";

/**
 * A panel's place in pixels: cells are `cell` wide and `tall` high, its label has room for `wide`.
 */
export type Box = { panel: Panel; x: number; y: number; cell: number; tall: number; wide: number };
export type Layout = { boxes: Box[]; cell: number; width: number; height: number; label: number };
export interface Room {
  width: number;
  /** the most that the stage may take */
  height: number;
  /** size of a label */
  font: number;
  /** cell */
  largest: number;
  /** the part of the largest possible cells that is large enough */
  good?: number;
  /** width of a label */
  measure: (text: string) => number;
}

/**
 * The first arrangement whose cells are nearly as large as any other's is taken, unless the room
 * asks for more.
 */
const GOOD = 0.8;
const BETWEEN = 28;
/** Frames reach this far beyond their cells. */
export const RIM = 4;
/** Cells of this size tell what they hold. */
const ROOMY = 14;
/** A row is taller than its cells are wide, and high enough to be read; and a row of a lens. */
const [TALLER, STRIP, LENS] = [1.3, 30, 24];
/**
 * What stands beside small cells gives way, if that makes them larger, but stays legible where it
 * was.
 */
const EASES = [1, 0.7, 0.45];
/** Two digits can be read in such a cell. */
const LEGIBLE = 15;
/** Cells beyond count: many share a pixel. */
const FRACTIONS = [2, 3, 4, 5, 6, 8, 10, 12, 16, 24, 32, 48, 64, 96, 128].map((n) => 1 / n);

export function layout(scene: Scene, room: Room): Layout {
  const found = best(scene, scene.arrangements, room);
  const { crowded } = scene;
  const other =
    crowded && found.cell < crowded.below ? best(scene, crowded.arrangements, room) : found;
  return other.fits ? other : found;
}

function best(scene: Scene, arrangements: string[][][][], room: Room): Layout & { fits: boolean } {
  const rows = arrangements.map((rows) =>
    rows.map((row) => row.map((ids) => ids.map(named(scene)))),
  );
  const measure = remembered(room.measure);
  const all: ReturnType<typeof fitted>[] = [];
  for (const ease of EASES) {
    all.push(...rows.map((panels) => fitted(panels, { ...room, measure, ease })));
    if (all.some(({ fits, cell }) => fits && cell >= ROOMY)) break;
  }
  const tries = all.filter(({ fits }) => fits);
  const largest = Math.max(...tries.map(({ cell }) => cell));
  return tries.find(({ cell }) => cell >= (room.good ?? GOOD) * largest) ?? all[all.length - 1];
}

function remembered(measure: (text: string) => number): (text: string) => number {
  const known: Map<string, number> = new Map();
  return (text) => {
    const width = known.get(text) ?? measure(text);
    known.set(text, width);
    return width;
  };
}

/** The same places for the panels of another step; none if one of them has another shape. */
export const refilled = (found: Layout, scene: Scene): Layout => ({
  ...found,
  boxes: found.boxes.map((box) => ({ ...box, panel: named(scene)(box.panel.id) })),
});

const named =
  (scene: Scene): ((id: string) => Panel) =>
  (id) =>
    scene.panels.find((panel) => panel.id === id) as Panel;

function fitted(rows: Panel[][][], room: Room & { ease: number }): Layout & { fits: boolean } {
  const whole = Array.from({ length: room.largest }, (_, at) => room.largest - at);
  const sizes = [...whole, ...FRACTIONS];
  const fits = (found: ReturnType<typeof placed>) =>
    found.width + 2 * RIM <= room.width && found.height <= room.height;
  let [first, last] = [0, sizes.length - 1];
  while (first < last) {
    const middle = Math.floor((first + last) / 2);
    if (fits(placed(rows, sizes[middle], room))) last = middle;
    else first = middle + 1;
  }
  const found = placed(rows, sizes[first], room);
  return { ...centred(found, room), fits: fits(found) };
}

/**
 * Width and height of a panel's cells, where the others' are `unit`.
 * @param alone in its row
 */
function cellOf(panel: Panel, unit: number, room: Room & { ease: number }, alone: boolean) {
  const whole = panel.room / Math.max(panel.rows, panel.cols);
  const own = Math.min(
    room.largest,
    Math.floor(Math.max(whole * room.ease, whole < LEGIBLE ? 0 : LEGIBLE)),
  );
  const across =
    panel.wide && alone ? Math.floor((room.width - 2 * RIM) / panel.cols) : panel.least;
  const side = Math.max(unit, own);
  const cell = Math.max(side, Math.min(room.largest, across));
  if (panel.wide && panel.rows > 1) return { cell, tall: LENS };
  return { cell, tall: isStrip(panel) ? Math.max(STRIP, Math.round(cell * TALLER)) : side };
}

/** Below its last row stand index numbers. */
const footOf = (panel: Panel, room: Room) => (panel.foot ? Math.round(room.font * 1.3) : 0);

function placed(
  rows: Panel[][][],
  unit: number,
  room: Room & { ease: number },
): Layout & { widths: number[] } {
  const label = Math.round(room.font * 1.8);
  const alone = new Set(rows.filter((row) => row.flat().length === 1).flat(2));
  const sizeOf = (panel: Panel) => cellOf(panel, unit, room, alone.has(panel));
  const heightOf = (panel: Panel) => label + panel.rows * sizeOf(panel).tall + footOf(panel, room);
  const widthOf = (panel: Panel) =>
    Math.max(panel.cols * sizeOf(panel).cell, room.measure(heading(panel, panel.brief)));
  const height = (column: Panel[]) =>
    column.reduce((sum, panel) => sum + heightOf(panel), ((column.length - 1) * BETWEEN) / 2);
  const boxes: Box[] = [];
  const widths: number[] = [];
  let top = 0;
  for (const row of rows) {
    const highest = Math.max(...row.map(height));
    let x = 0;
    for (const column of row) {
      const wide = Math.max(...column.map(widthOf));
      let y = top + (highest - height(column)) / 2;
      for (const panel of column) {
        boxes.push({ panel, x, y: y + label, wide, ...sizeOf(panel) });
        y += heightOf(panel) + BETWEEN / 2;
      }
      x += wide + BETWEEN;
    }
    widths.push(...row.flatMap((column) => column.map(() => x - BETWEEN)));
    top += highest + BETWEEN / 2;
  }
  return {
    boxes,
    widths,
    cell: unit,
    width: Math.max(...widths),
    height: top - BETWEEN / 2,
    label,
  };
}

function centred({ widths, ...found }: Layout & { widths: number[] }, room: Room): Layout {
  const boxes = found.boxes.map((box, at) => ({
    ...box,
    x: Math.round(box.x + Math.max(0, room.width - widths[at]) / 2),
    y: Math.round(box.y),
  }));
  return { ...found, boxes };
}

/** Lower by some pixels, so that a low picture stands in the middle of a high sheet. */
export const lowered = (found: Layout, by: number): Layout => ({
  ...found,
  boxes: found.boxes.map((box) => ({ ...box, y: box.y + by })),
});

/** The panels whose cells are large enough for their numbers. */
const numbered = ({ boxes }: Layout) =>
  boxes
    .filter(({ panel, cell, tall }) => letteringOf(panel, cell, tall))
    .map(({ panel }) => panel.id);

/** Whether a layout has all the numbers that another has. */
export function keepsNumbers(found: Layout, other: Layout) {
  const kept = numbered(found);
  return numbered(other).every((id) => kept.includes(id));
}

/** What stands above a panel. */
export const heading = (panel: Panel, label: string) =>
  panel.letter ? `${panel.letter}  ${label}` : label;

/** What lies under a point. */
export function under(
  found: Layout,
  x: number,
  y: number,
): { panel: Panel; row: number; col: number } | null {
  for (const { panel, cell, tall, ...box } of found.boxes) {
    const [row, col] = [Math.floor((y - box.y) / tall), Math.floor((x - box.x) / cell)];
    if (row >= 0 && row < panel.rows && col >= 0 && col < panel.cols) return { panel, row, col };
  }
  return null;
}
