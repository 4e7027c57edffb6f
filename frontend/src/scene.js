/** What a view hands to the painter: panels of cells, and marks upon them. No pixels, no DOM. @module */
import { LOOK } from "./looks.js";
import { fill } from "./text.js";

/** What a cell stands for: an input, a kernel tap or an output, by its index. @typedef {{ kind: "x" | "w" | "y", index: number[] }} Ref */
/** Rows and columns as [start, stop). @typedef {{ rows: [number, number], cols: [number, number] }} Span */
/**
 * A grid of cells. `ref` says what a cell stands for; `place` finds the cell of a thing. Where a
 * thing is more than one cell, as an input is a column of the matrix, `spans` finds them all.
 * @typedef {object} Panel
 * @property {string} id @property {string} letter
 * @property {string} label @property {string} brief the label where there is no room for it
 * @property {string} thing colours of its letter @property {Plane} plane
 * @property {number} rows @property {number} cols
 * @property {Float64Array} values @property {Uint8Array} looks @property {Uint32Array | null} badges
 * @property {number} peak the largest value that its shades can tell
 * @property {number} room pixels that it may take however small the cells of the others are; 0 for none
 * @property {number} least width of a cell in pixels, however low it is
 * @property {(number | string)[] | null} foot a number under every column, -1 for none; words are written wherever they stand
 * @property {(row: number, col: number) => Ref | null} ref
 * @property {(ref: Ref) => [number, number] | null} place
 * @property {((ref: Ref) => Span[]) | null} spans
 */
/** @typedef {"active" | "linked" | "stamp" | "window" | "crop" | "period"} Style */
/** A frame around cells, and what is written on it. @typedef {Span & { panel: string, style: Style, text?: string }} Mark */
/** Words below some columns of a panel, and what is left of them where there is little room. @typedef {{ panel: string, cols: [number, number], text: string, brief?: string }} Note */
/** A sign between one panel and the next. @typedef {{ after: string, before: string, text: string }} Sign */
/**
 * `arrangements` are the ways to lay the panels out: rows of columns of panel ids. Those of `crowded`
 * are taken where they would leave cells below so many pixels.
 * @typedef {object} Scene
 * @property {Panel[]} panels @property {Mark[]} marks @property {string[][][][]} arrangements
 * @property {{ below: number, arrangements: string[][][][] }} [crowded]
 * @property {Note[]} [notes] @property {Sign[]} [signs]
 */

/** A grid laid flat: one axis as a row, two as they are, three as slices side by side with a gap between. */
export class Plane {
  /** @param {readonly number[]} size */
  constructor(size) {
    const [slices, rows, width] = [1, 1, ...size].slice(-3);
    this.size = size;
    this.rows = rows;
    this.width = width;
    this.cols = slices * (width + 1) - 1;
  }

  /** Where an index lies. @param {readonly number[]} index @returns {[number, number]} row and column */
  on(index) {
    const [slice, row, col] = [0, 0, ...index].slice(-3);
    return [row, slice * (this.width + 1) + col];
  }

  /** The index that lies there; none in a gap. @param {number} row @param {number} col @returns {number[] | null} */
  off(row, col) {
    const [slice, within] = [Math.floor(col / (this.width + 1)), col % (this.width + 1)];
    return within === this.width ? null : [slice, row, within].slice(-this.size.length);
  }

  /** Visit every cell: its place in raster order, and its place on the plane. @param {(at: number, place: number) => void} visit */
  each(visit) {
    const slices = (this.cols + 1) / (this.width + 1);
    let at = 0;
    for (let slice = 0; slice < slices; slice += 1)
      for (let row = 0; row < this.rows; row += 1) {
        const start = row * this.cols + slice * (this.width + 1);
        for (let col = 0; col < this.width; col += 1) visit(at++, start + col);
      }
  }
}

/** @param {readonly number[]} size @returns {[number, number]} rows and columns */
export function planeSize(size) {
  const { rows, cols } = new Plane(size);
  return [rows, cols];
}

/**
 * An empty panel for cells of one kind whose index is shifted against the plane by `origin`.
 * @param {string} id @param {string} thing @param {"x" | "w" | "y"} kind
 * @param {readonly number[]} size @param {readonly number[]} [origin]
 * @returns {Panel}
 */
export function grid(id, thing, kind, size, origin = size.map(() => 0)) {
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
    foot: null,
    spans: null,
    ref(row, col) {
      const at = plane.off(row, col);
      return at && { kind, index: at.map((i, axis) => i - origin[axis]) };
    },
    place(ref) {
      const at = ref.index.map((i, axis) => i + origin[axis]);
      return ref.kind === kind && at.every((i, axis) => i >= 0 && i < size[axis]) ? plane.on(at) : null;
    },
  };
}

/** Fill a panel from numbers in raster order. @param {Panel} panel @param {ArrayLike<number>} values @param {(at: number) => number} look */
export function pour(panel, values, look) {
  panel.plane.each((at, place) => {
    panel.values[place] = values[at];
    panel.looks[place] = look(at);
  });
  return panel;
}

/** All cells alike. @param {Panel} panel @param {number} look */
export function paved(panel, look) {
  panel.plane.each((_, place) => (panel.looks[place] = look));
  return panel;
}

/** Number the cells of a single row by the index that each stands for. @param {Panel} panel @param {number} [end] numbers stop here */
export function numbered(panel, end = Infinity) {
  if (panel.plane.size.length > 1) return panel;
  panel.foot = Array.from({ length: panel.cols }, (_, col) => {
    const index = panel.ref(0, col)?.index[0] ?? -1;
    return index < end ? index : -1;
  });
  return panel;
}

/**
 * Slices side by side are numbered below, by the index that they stand for.
 * @param {Scene} scene @param {readonly number[]} outputSize @param {string} text @returns {Scene}
 */
export function sliced(scene, outputSize, text) {
  const deep = scene.panels.filter(({ plane }) => plane.size.length === 3);
  for (const panel of deep) panel.foot = new Array(panel.cols).fill(-1);
  return { ...scene, notes: deep.flatMap((panel) => slices(panel, outputSize[0], text)) };
}

/** @param {Panel} panel @param {number} end outputs stop here @param {string} text @returns {Note[]} */
function slices({ id, plane: { size, rows, width }, ref }, end, text) {
  return Array.from({ length: size[0] }, (_, slice) => {
    const start = slice * (width + 1);
    const found = Array.from({ length: rows * width }, (_, at) => ref(Math.floor(at / width), start + (at % width))).find((thing) => thing);
    const index = found?.index[0] ?? -1;
    const named = index >= 0 && (found?.kind !== "y" || index < end);
    return { panel: id, cols: [start, start + width], text: named ? fill(text, { index }) : "", brief: named ? String(index) : "" };
  });
}

/** Frame one cell. @param {Panel} panel @param {readonly number[]} index on its plane @param {Style} style @returns {Mark[]} */
export const around = (panel, index, style) => between(panel, index, index, style);

/**
 * Frame all from one cell to another, slice by slice.
 * @param {Panel} panel @param {readonly number[]} first @param {readonly number[]} last @param {Style} style @returns {Mark[]}
 */
export function between(panel, first, last, style) {
  if (first.some((start, axis) => start > last[axis])) return [];
  const [[from, ...start], [to, ...stop]] = first.length === 3 ? [first, last] : [[0, ...first], [0, ...last]];
  return Array.from({ length: to - from + 1 }, (_, slice) => {
    const lead = first.length === 3 ? [from + slice] : [];
    const [top, left] = panel.plane.on([...lead, ...start]);
    const [bottom, right] = panel.plane.on([...lead, ...stop]);
    return { panel: panel.id, rows: [top, bottom + 1], cols: [left, right + 1], style };
  });
}

/** The largest size of a number among these. @param {ArrayLike<number>} values */
export function peakOf(values) {
  let peak = 0;
  for (let at = 0; at < values.length; at += 1) peak = Math.max(peak, Math.abs(values[at]));
  return peak || 1;
}

