/** Scene to pixels. Only cells whose value, look or badge changed are painted again. */

import { same } from "../core/grid.ts";
import { DRAWN_CELL, letteringOf, MONO } from "../scene/legible.ts";
import type { Lit } from "../scene/links.ts";
import { LOOKS } from "../scene/looks.ts";
import type { Panel, Scene, Span, Style, Zoom } from "../scene/scene.ts";
import { paintCell } from "./cell.ts";
import type { Box, Layout } from "./layout.ts";
import { heading } from "./layout.ts";
import { Pixels, rectangles } from "./pixels.ts";
import type { Colours } from "./theme.ts";
import { isWave, paintWave } from "./wave.ts";

export { MONO };

type Sheet = { width: number; height: number; ratio: number; font: number; lit: Lit[] };
export type Picture = { scene: Scene; layout: Layout; colours: Colours; sheet: Sheet };

export const SANS =
  "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";
/** A label may reach this far into the gap beside its panel. */
const BESIDE = 20;
const SIGN = 20;
/** One index in so many is written below a row. */
const EVERY = [1, 2, 5]
  .flatMap((step) => [step, 10 * step, 100 * step, 1000 * step])
  .sort((a, b) => a - b);
/** Letters upon a frame, and the least cells that have room for them. */
const [TAG, TAGGED] = [11, 30];

/**
 * Two sheets: cells below, which change little, and marks above, which are redrawn at every step.
 */
export class Painter {
  sheets: HTMLCanvasElement[];
  cells: CanvasRenderingContext2D;
  marks: CanvasRenderingContext2D;
  /** Draw with lines and text alone, where the pens write something else than pixels. */
  plain: boolean;
  /** what is on the sheet */
  shown: Map<string, Panel>;
  /** how its numbers are written */
  lettered: Map<string, string>;
  /** what is written below it */
  footed: Map<string, string>;
  pixels: Map<string, Pixels>;
  setting: string;
  colours: Colours | undefined;
  picture: Picture | undefined;

  constructor(cells: HTMLCanvasElement, marks: HTMLCanvasElement) {
    this.sheets = [cells, marks];
    this.cells = cells.getContext("2d") as CanvasRenderingContext2D;
    this.marks = marks.getContext("2d") as CanvasRenderingContext2D;
    this.plain = false;
    this.shown = new Map();
    this.lettered = new Map();
    this.footed = new Map();
    this.pixels = new Map();
    this.setting = "";
  }

  paint(scene: Scene, layout: Layout, colours: Colours, sheet: Sheet) {
    /** what the sheets show */
    this.picture = { scene, layout, colours, sheet };
    this.#resize(this.picture);
    for (const box of layout.boxes) this.#panel(box, this.picture);
    this.overlay();
  }

  /** A new size, theme or layout starts with clean sheets. */
  #resize({ layout, colours, sheet }: Picture) {
    const { width, height, ratio } = sheet;
    const places = layout.boxes.map(({ x, y, cell, panel }) => [
      x,
      y,
      cell,
      panel.id,
      panel.rows,
      panel.cols,
    ]);
    const setting = JSON.stringify([width, height, ratio, sheet.font, places]);
    if (setting === this.setting && colours === this.colours) return;
    this.setting = setting;
    this.colours = colours;
    this.shown.clear();
    this.pixels.clear();
    for (const canvas of this.sheets) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
      canvas.style.width = `${width}px`;
      canvas.style.height = `${height}px`;
    }
    for (const pen of [this.cells, this.marks]) pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  }

  #panel(box: Box, picture: Picture) {
    const { panel } = box;
    const before = this.shown.get(panel.id) ?? null;
    if (before?.label !== panel.label || before.letter !== panel.letter) this.#label(box, picture);
    if (isWave(box)) this.#wave(box, before, picture);
    else this.#grid(box, before, picture);
    this.shown.set(panel.id, panel);
  }

  #grid(box: Box, before: Panel | null, picture: Picture) {
    if (box.panel.foot && box.cell >= DRAWN_CELL) this.#foot(box, before, picture);
    if (Math.min(box.cell, box.tall) >= DRAWN_CELL) this.#cells(box, before, picture);
    else if (this.plain) rectangles(this.cells, box, picture.colours);
    else this.#pixelsOf(box).paint(this.cells, box, before, picture.colours);
  }

  #wave(box: Box, before: Panel | null, picture: Picture) {
    const { panel, x, y, cell, tall } = box;
    this.#foot(box, before, picture);
    if (before && same(before.values, panel.values) && same(before.looks, panel.looks)) return;
    this.cells.clearRect(x, y, panel.cols * cell, tall);
    paintWave(this.cells, box, picture.colours);
  }

  #pixelsOf(box: Box) {
    const known = this.pixels.get(box.panel.id) ?? new Pixels(box);
    this.pixels.set(box.panel.id, known);
    return known;
  }

  #cells({ panel, x, y, cell, tall }: Box, before: Panel | null, { colours }: Picture) {
    const { values, looks, badges, cols, peak } = panel;
    const lettering = letteringOf(panel, cell, tall);
    const alike = this.lettered.get(panel.id) === JSON.stringify(lettering);
    this.lettered.set(panel.id, JSON.stringify(lettering));
    const place = { x, y, wide: cell, tall };
    for (let at = 0; at < values.length; at += 1) {
      if (
        before &&
        alike &&
        before.values[at] === values[at] &&
        before.looks[at] === looks[at] &&
        before.peak === peak &&
        before.badges?.[at] === badges?.[at]
      )
        continue;
      place.x = x + (at % cols) * cell;
      place.y = y + Math.floor(at / cols) * tall;
      this.cells.clearRect(place.x, place.y, cell, tall);
      paintCell(
        this.cells,
        place,
        LOOKS[looks[at]],
        values[at],
        badges?.[at] ?? 0,
        peak,
        lettering,
        colours,
      );
    }
  }

  #label({ panel, x, y, wide }: Box, { layout, colours, sheet: { font, width } }: Picture) {
    const pen = this.cells;
    pen.clearRect(x - 2, y - layout.label, wide + BESIDE, layout.label - 3);
    pen.textAlign = "left";
    pen.textBaseline = "alphabetic";
    const base = y - layout.label * 0.35;
    let start = x + 1;
    pen.font = `${font}px ${SANS}`;
    const fits =
      pen.measureText(heading(panel, panel.label)).width <= Math.min(wide + BESIDE - 8, width - x);
    if (panel.letter) {
      pen.font = `700 ${font}px ${MONO}`;
      pen.fillStyle = colours.things[panel.thing].text;
      pen.fillText(panel.letter, start, base);
      start += pen.measureText(`${panel.letter} `).width;
    }
    pen.font = `${font}px ${SANS}`;
    pen.fillStyle = colours.muted;
    pen.fillText(fits ? panel.label : panel.brief, start, base);
  }

  /** The index numbers under the last row, and what is said about some of its cells. */
  #foot(
    { panel, x, y, cell, tall }: Box,
    before: Panel | null,
    { scene, colours, sheet: { font } }: Picture,
  ) {
    const foot = panel.foot as (number | string)[];
    const notes = scene.notes?.filter((note) => note.panel === panel.id) ?? [];
    const below = JSON.stringify([foot, notes]);
    if (before && this.footed.get(panel.id) === below) return;
    this.footed.set(panel.id, below);
    const pen = this.cells;
    const size = Math.min(font, typeof foot[0] === "string" ? 9 : 11);
    const top = y + panel.rows * tall + 1;
    const apart = Math.max(2.2, 0.61 * String(foot.length).length + 1) * size;
    const every = EVERY.find((step) => gapOf(foot, step) * cell >= apart) ?? foot.length;
    const end = panel.cols * cell;
    pen.clearRect(x, top, end, font * 1.3);
    pen.textAlign = "center";
    pen.textBaseline = "top";
    pen.fillStyle = colours.muted;
    pen.font = `${size}px ${MONO}`;
    foot.forEach((index, col) => {
      if (typeof index === "string" || (index >= 0 && index % every === 0))
        pen.fillText(String(index), x + (col + 0.5) * cell, top + 3);
    });
    pen.font = `${size}px ${SANS}`;
    for (const { cols, text: whole, brief = whole } of cell < DRAWN_CELL ? [] : notes) {
      const text = pen.measureText(whole).width > (cols[1] - cols[0] + 0.5) * cell ? brief : whole;
      const half = pen.measureText(text).width / 2;
      const middle = ((cols[0] + cols[1]) / 2) * cell;
      pen.fillText(text, x + Math.min(end - half, Math.max(half, middle)), top + 3);
    }
  }

  /** The sheet of marks: frames, signs, and what the selection lights. */
  overlay() {
    if (!this.picture) return;
    const { scene, layout, colours, sheet } = this.picture;
    const pen = this.marks;
    pen.clearRect(0, 0, sheet.width, sheet.height);
    const boxes = new Map(layout.boxes.map((box) => [box.panel.id, box]));
    for (const { after, before, text } of scene.signs ?? [])
      sign(pen, boxes.get(after) as Box, boxes.get(before) as Box, text, colours);
    for (const zoom of scene.zooms ?? [])
      enlarges(pen, boxes, zoom, colours, Math.round(sheet.font * 1.3));
    const drawn = (span: Span & { panel: string; style: Style }) => {
      const box = boxes.get(span.panel);
      if (box) for (const stroke of STYLES[span.style](colours)) outline(pen, box, span, stroke);
    };
    scene.marks.forEach(drawn);
    for (const mark of scene.marks)
      if (mark.text) tag(pen, boxes.get(mark.panel), mark, mark.text, colours);
    joined(sheet.lit, boxes).forEach(drawn);
  }
}

type Stroke = { colour: string; width: number; dash: number[]; out: number };
/** A frame is one line, or more upon one another. */
const STYLES: Record<Style, (colours: Colours) => Stroke[]> = {
  linked: ({ ring }) => [{ colour: ring, width: 2, dash: [2, 3], out: 0 }],
  active: ({ ring }) => [{ colour: ring, width: 3, dash: [], out: 1 }],
  kept: ({ ring, page }) => [
    { colour: ring, width: 6, dash: [], out: 1 },
    { colour: page, width: 2, dash: [], out: 1 },
  ],
  stamp: ({ things }) => [{ colour: things.kernel.line, width: 3, dash: [], out: 1 }],
  window: ({ things }) => [{ colour: things.kernel.line, width: 3, dash: [], out: 1 }],
  crop: ({ things, page }) => [
    { colour: page, width: 6, dash: [], out: 1 },
    { colour: things.output.line, width: 3, dash: [], out: 1 },
  ],
  period: ({ ring }) => [{ colour: ring, width: 2.5, dash: [6, 3], out: 1 }],
};

function outline(
  pen: CanvasRenderingContext2D,
  { x, y, cell, tall }: Box,
  { rows, cols }: Span,
  { colour, width, dash, out }: Stroke,
) {
  const small = Math.min(cell, tall);
  const by = small < DRAWN_CELL ? Math.max(out, 2) : out;
  pen.beginPath();
  pen.roundRect(
    x + cols[0] * cell - by,
    y + rows[0] * tall - by,
    (cols[1] - cols[0]) * cell + 2 * by,
    (rows[1] - rows[0]) * tall + 2 * by,
    Math.min(6, small / 4),
  );
  pen.setLineDash(dash);
  pen.lineWidth = width * (small < DRAWN_CELL ? 0.55 : small < 12 ? 0.7 : 1);
  pen.strokeStyle = colour;
  pen.stroke();
  pen.setLineDash([]);
}

/** What a frame is, on its upper line, where cells are large enough to lose nothing to it. */
function tag(
  pen: CanvasRenderingContext2D,
  box: Box | undefined,
  { rows, cols }: Span,
  text: string,
  colours: Colours,
) {
  if (!box || box.tall < TAGGED) return;
  pen.font = `${TAG}px ${SANS}`;
  const wide = pen.measureText(text).width + 6;
  if (wide > (cols[1] - cols[0]) * box.cell) return;
  const middle = box.x + ((cols[0] + cols[1]) / 2) * box.cell;
  const top = box.y + rows[0] * box.tall;
  pen.beginPath();
  pen.roundRect(middle - wide / 2, top - TAG * 0.65, wide, TAG * 1.3, 3);
  pen.fillStyle = colours.page;
  pen.fill();
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillStyle = colours.text;
  pen.fillText(text, middle, top);
}

/** Where cells are narrow, one frame for all beside each other that are lit. */
function joined(lit: Lit[], boxes: Map<string, Box>): Lit[] {
  const found: Lit[] = [];
  const wave = (panel: string) => {
    const box = boxes.get(panel);
    return box !== undefined && isWave(box);
  };
  for (const next of lit) {
    const last = found.find(
      ({ panel, style, cols }) =>
        wave(panel) && panel === next.panel && style === next.style && touch(cols, next.cols),
    );
    if (last)
      last.cols = [Math.min(last.cols[0], next.cols[0]), Math.max(last.cols[1], next.cols[1])];
    else found.push({ ...next });
  }
  return found;
}

const touch = (a: [number, number], b: [number, number]) => a[0] <= b[1] && b[0] <= a[1];

/** How many columns are at least between two numbers, of which one in so many is written. */
function gapOf(foot: (number | string)[], every: number) {
  const cols = [...foot.keys()].filter(
    (col) => Number(foot[col]) >= 0 && Number(foot[col]) % every === 0,
  );
  return Math.min(foot.length, ...cols.slice(1).map((col, at) => col - cols[at]));
}

/**
 * From cells of a panel to the panel that shows them enlarged, above or below it.
 * @param foot height of the index numbers
 */
function enlarges(
  pen: CanvasRenderingContext2D,
  boxes: Map<string, Box>,
  { panel, cols, lens }: Zoom,
  { things }: Colours,
  foot: number,
) {
  const [from, to] = [boxes.get(panel), boxes.get(lens)];
  if (!from || !to) return;
  const lower = to.y > from.y;
  const edge = ({ panel: { rows }, y, tall }: Box, below: boolean) =>
    y + (below ? rows * tall + foot : 0);
  const lines = [
    [cols[0], 0],
    [cols[1], to.panel.cols],
  ];
  pen.beginPath();
  for (const [near, far] of lines) {
    pen.moveTo(from.x + near * from.cell, edge(from, lower));
    pen.lineTo(to.x + far * to.cell, edge(to, !lower));
  }
  pen.globalAlpha = 0.5;
  pen.lineWidth = 1;
  pen.strokeStyle = things.kernel.line;
  pen.stroke();
  pen.globalAlpha = 1;
}

/** Between two panels that stand beside each other. */
function sign(
  pen: CanvasRenderingContext2D,
  after: Box,
  before: Box,
  text: string,
  colours: Colours,
) {
  const end = after.x + after.wide;
  const middle = ({ panel, y, tall }: Box) => y + (panel.rows * tall) / 2;
  if (before.x < end) return;
  pen.font = `${SIGN}px ${SANS}`;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillStyle = colours.muted;
  pen.fillText(text, (end + before.x) / 2, Math.min(middle(after), middle(before)));
}
