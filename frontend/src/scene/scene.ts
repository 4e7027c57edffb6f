/** What a view hands to the painter: panels of cells, and marks upon them. No pixels, no DOM. */
import { isIn } from "../core/grid.ts";
import type { Ref } from "../core/ref.ts";
import { fill } from "../core/text.ts";
import { LOOK } from "./looks.ts";

/** Rows and columns as [start, stop). */
export type Span = { rows: [number, number]; cols: [number, number] };
/** A grid of cells. `ref` says what a cell stands for; `place` finds the cell of a thing. Where a
 * thing is more than one cell, as an input is a column of the matrix, `spans` finds them all. */
export interface Panel {
  id: string;
  letter: string;
  label: string;
  /** the label where there is no room for it */
  brief: string;
  /** colours of its letter */
  thing: string;
  plane: Plane;
  rows: number;
  cols: number;
  values: Float64Array;
  looks: Uint8Array;
  badges: Uint32Array | null;
  /** the largest value that its shades can tell */
  peak: number;
  /** pixels that it may take however small the cells of the others are; 0 for none */
  room: number;
  /** width of a cell in pixels, however low it is */
  least: number;
  /** alone in its row, its cells are as wide as the row has room for */
  wide: boolean;
  /** whether its numbers can be negative */
  signed: boolean;
  /** a number under every column, -1 for none; words are written wherever they stand */
  foot: (number | string)[] | null;
  ref: (row: number, col: number) => Ref | null;
  place: (ref: Ref) => [number, number] | null;
  spans: ((ref: Ref) => Span[]) | null;
}
export type Style = "active" | "kept" | "linked" | "stamp" | "window" | "crop" | "period";
/** A frame around cells, and what is written on it. */
export type Mark = Span & { panel: string; style: Style; text?: string };
/** Words below some columns of a panel, and what is left of them where there is little room. */
export type Note = { panel: string; cols: [number, number]; text: string; brief?: string };
/** A sign between one panel and the next. */
type Sign = { after: string; before: string; text: string };
/** Cells of a panel, and the panel that shows them enlarged. */
export type Zoom = { panel: string; cols: [number, number]; lens: string };
/** `arrangements` are the ways to lay the panels out: rows of columns of panel ids. Those of `crowded`
 * are taken where they would leave cells below so many pixels. */
export interface Scene {
  panels: Panel[];
  marks: Mark[];
  arrangements: string[][][][];
  crowded?: { below: number; arrangements: string[][][][] };
  notes?: Note[];
  zooms?: Zoom[];
  signs?: Sign[];
}

/**
 * A grid laid flat: one axis as a row, two as they are, three as slices side by side with a gap
 * between.
 */
export class Plane {
  size: readonly number[];
  rows: number;
  width: number;
  cols: number;

  constructor(size: readonly number[]) {
    const [slices, rows, width] = [1, 1, ...size].slice(-3);
    this.size = size;
    this.rows = rows;
    this.width = width;
    this.cols = slices * (width + 1) - 1;
  }

  /**
   * Where an index lies.
   * @returns row and column
   */
  on(index: readonly number[]): [number, number] {
    const [slice, row, col] = [0, 0, ...index].slice(-3);
    return [row, slice * (this.width + 1) + col];
  }

  /** The index that lies there; none in a gap. */
  off(row: number, col: number): number[] | null {
    const [slice, within] = [Math.floor(col / (this.width + 1)), col % (this.width + 1)];
    return within === this.width ? null : [slice, row, within].slice(-this.size.length);
  }

  /** Visit every cell: its place in raster order, and its place on the plane. */
  each(visit: (at: number, place: number) => void) {
    const slices = (this.cols + 1) / (this.width + 1);
    let at = 0;
    for (let slice = 0; slice < slices; slice += 1)
      for (let row = 0; row < this.rows; row += 1) {
        const start = row * this.cols + slice * (this.width + 1);
        for (let col = 0; col < this.width; col += 1) visit(at++, start + col);
      }
  }
}

/** An empty panel for cells of one kind whose index is shifted against the plane by `origin`. */
export function grid(
  id: string,
  thing: string,
  kind: "x" | "w" | "y",
  size: readonly number[],
  origin: readonly number[] = size.map(() => 0),
): Panel {
  const plane = new Plane(size);
  const places = plane.rows * plane.cols;
  return {
    id,
    thing,
    plane,
    letter: kind,
    label: "",
    brief: size.join(" × "),
    rows: plane.rows,
    cols: plane.cols,
    values: new Float64Array(places),
    looks: new Uint8Array(places).fill(LOOK.none),
    badges: null,
    peak: 1,
    room: 0,
    least: 0,
    wide: false,
    signed: false,
    foot: null,
    spans: null,
    ref(row, col) {
      const at = plane.off(row, col);
      return at && { kind, index: at.map((i, axis) => i - origin[axis]) };
    },
    place(ref) {
      const at = ref.index.map((i, axis) => i + origin[axis]);
      return ref.kind === kind && isIn(at, size) ? plane.on(at) : null;
    },
  };
}

/** Fill a panel from numbers in raster order. */
export function pour(panel: Panel, values: ArrayLike<number>, look: (at: number) => number) {
  panel.plane.each((at, place) => {
    panel.values[place] = values[at];
    panel.looks[place] = look(at);
  });
  return panel;
}

/** All cells alike. */
export function paved(panel: Panel, look: number) {
  panel.plane.each((_, place) => (panel.looks[place] = look));
  return panel;
}

/** Whether a panel is a map of one axis. */
export const isStrip = ({ plane, foot }: Panel) => plane.size.length === 1 && foot !== null;

/**
 * Number the cells of a single row by the index that each stands for.
 * @param end numbers stop here
 */
export function numbered(panel: Panel, end: number = Infinity) {
  if (panel.plane.size.length > 1) return panel;
  panel.foot = Array.from({ length: panel.cols }, (_, col) => {
    const index = panel.ref(0, col)?.index[0] ?? -1;
    return index < end ? index : -1;
  });
  return panel;
}

/** Slices side by side are numbered below, by the index that they stand for. */
export function sliced(scene: Scene, outputSize: readonly number[], text: string): Scene {
  const deep = scene.panels.filter(({ plane }) => plane.size.length === 3);
  for (const panel of deep) panel.foot = new Array(panel.cols).fill(-1);
  return { ...scene, notes: deep.flatMap((panel) => slices(panel, outputSize[0], text)) };
}

/** @param end outputs stop here */
function slices(
  { id, plane: { size, rows, width }, ref }: Panel,
  end: number,
  text: string,
): Note[] {
  return Array.from({ length: size[0] }, (_, slice) => {
    const start = slice * (width + 1);
    const found = Array.from({ length: rows * width }, (_, at) =>
      ref(Math.floor(at / width), start + (at % width)),
    ).find((thing) => thing);
    const index = found?.index[0] ?? -1;
    const named = index >= 0 && (found?.kind !== "y" || index < end);
    return {
      panel: id,
      cols: [start, start + width],
      text: named ? fill(text, { index }) : "",
      brief: named ? String(index) : "",
    };
  });
}

/**
 * Frame one cell.
 * @param index on its plane
 */
export const around = (panel: Panel, index: readonly number[], style: Style): Mark[] =>
  between(panel, index, index, style);

/** Frame all from one cell to another, slice by slice. */
export function between(
  panel: Panel,
  first: readonly number[],
  last: readonly number[],
  style: Style,
): Mark[] {
  if (first.some((start, axis) => start > last[axis])) return [];
  const [[from, ...start], [to, ...stop]] =
    first.length === 3
      ? [first, last]
      : [
          [0, ...first],
          [0, ...last],
        ];
  return Array.from({ length: to - from + 1 }, (_, slice) => {
    const lead = first.length === 3 ? [from + slice] : [];
    const [top, left] = panel.plane.on([...lead, ...start]);
    const [bottom, right] = panel.plane.on([...lead, ...stop]);
    return { panel: panel.id, rows: [top, bottom + 1], cols: [left, right + 1], style };
  });
}

/** The largest size of a number among these. */
export function peakOf(values: ArrayLike<number>) {
  let peak = 0;
  for (let at = 0; at < values.length; at += 1) peak = Math.max(peak, Math.abs(values[at]));
  return peak || 1;
}
