/**
 * Cells too small to draw one by one: a picture with a pixel a cell, enlarged without smoothing.
 */

import { same } from "../core/grid.ts";
import { LOOKS } from "../scene/looks.ts";
import type { Panel } from "../scene/scene.ts";
import type { Box } from "./layout.ts";
import { levelOf, pixelsOf } from "./shades.ts";
import type { Colours } from "./theme.ts";

/** The picture of one panel, kept from step to step. */
export class Pixels {
  across: number;
  down: number;
  wide: number;
  tall: number;
  image: ImageData;
  words: Uint32Array<ArrayBuffer>;
  sheet: HTMLCanvasElement;
  pen: CanvasRenderingContext2D;

  /** @param box where cells are smaller than a pixel, several share one */
  constructor({ panel, cell, tall }: Box) {
    this.across = cell < 1 ? Math.round(1 / cell) : 1;
    this.down = tall < 1 ? Math.round(1 / tall) : 1;
    this.wide = Math.ceil(panel.cols / this.across);
    this.tall = Math.ceil(panel.rows / this.down);
    this.image = new ImageData(this.wide, this.tall);
    this.words = new Uint32Array(this.image.data.buffer);
    this.sheet = document.createElement("canvas");
    this.sheet.width = this.wide;
    this.sheet.height = this.tall;
    this.pen = this.sheet.getContext("2d") as CanvasRenderingContext2D;
  }

  /** @param before what the picture shows */
  paint(
    pen: CanvasRenderingContext2D,
    { panel, x, y, cell, tall }: Box,
    before: Panel | null,
    colours: Colours,
  ) {
    const shades = LOOKS.map((look) => pixelsOf(look, colours));
    const changed =
      this.across * this.down === 1
        ? this.#each(panel, before, shades)
        : this.#shared(panel, before, shades);
    if (!changed) return;
    this.pen.putImageData(this.image, 0, 0);
    pen.clearRect(x, y, panel.cols * cell, panel.rows * tall);
    pen.imageSmoothingEnabled = false;
    pen.drawImage(this.sheet, x, y, this.wide * this.across * cell, this.tall * this.down * tall);
  }

  #each({ values, looks, peak }: Panel, before: Panel | null, shades: Uint32Array[]) {
    let changed = 0;
    for (let at = 0; at < values.length; at += 1) {
      if (before && before.values[at] === values[at] && before.looks[at] === looks[at]) continue;
      this.words[at] = shades[looks[at]][levelOf(values[at], peak)];
      changed += 1;
    }
    return changed;
  }

  /** The strongest of the cells that share a pixel is seen. */
  #shared(panel: Panel, before: Panel | null, shades: Uint32Array[]) {
    const { values, looks, peak, cols } = panel;
    if (before && same(before.values, values) && same(before.looks, looks)) return 0;
    const strongest = new Float64Array(this.words.length).fill(-1);
    for (let at = 0; at < values.length; at += 1) {
      const look = LOOKS[looks[at]];
      const strength = look.dot || look.blank ? 0 : 1 + Math.abs(values[at]);
      const pixel =
        Math.floor(Math.floor(at / cols) / this.down) * this.wide +
        Math.floor((at % cols) / this.across);
      if (strength <= strongest[pixel]) continue;
      strongest[pixel] = strength;
      this.words[pixel] = shades[looks[at]][levelOf(values[at], peak)];
    }
    return 1;
  }
}

/** The same where only drawing is possible: a rectangle for cells of one colour in a row. */
export function rectangles(
  pen: CanvasRenderingContext2D,
  { panel: { values, looks, peak, rows, cols }, x, y, cell, tall }: Box,
  colours: Colours,
) {
  const shades = LOOKS.map((look) => pixelsOf(look, colours));
  const shadeAt = (at: number) => shades[looks[at]][levelOf(values[at], peak)];
  for (let row = 0; row < rows; row += 1)
    for (let col = 0, end = 0; col < cols; col = end) {
      const pixel = shadeAt(row * cols + col);
      for (end = col + 1; end < cols && shadeAt(row * cols + end) === pixel; ) end += 1;
      if (!pixel) continue;
      pen.fillStyle = `#${[0, 8, 16].map((by) => ((pixel >>> by) & 255).toString(16).padStart(2, "0")).join("")}`;
      pen.fillRect(x + col * cell, y + row * tall, (end - col) * cell, tall);
    }
}
