/**
 * A map of one axis whose cells are too narrow for numbers: a bar a cell, up or down from zero.
 * Where several cells share a pixel, it reaches from the least of them to the largest.
 */

import { isNumbered, legibleFrom } from "../scene/legible.ts";
import type { Look } from "../scene/looks.ts";
import { LOOKS } from "../scene/looks.ts";
import type { Panel } from "../scene/scene.ts";
import { isStrip } from "../scene/scene.ts";
import { box, hatch, type Place } from "./cell.ts";
import type { Box } from "./layout.ts";
import { levelOf, shadesOf } from "./shades.ts";
import type { Colours } from "./theme.ts";

/** What a column of pixels tells: how its strongest cell looks, and what its numbers lie between. */
type Bar = { look: Look; least: number; most: number };

/** What keeps a bar off the edge, in pixels; half the thickness of the line of zeros. */
const [EDGE, LINE] = [1, 0.5];
/** How strong cells are that are not there yet. */
const FAINT = 0.4;
/** From this width on bars stand apart. */
const ROOMY = 4;

/** Whether a panel is drawn as bars. */
export const isWave = ({ panel, cell }: Box) =>
  isStrip(panel) && cell < legibleFrom(Float64Array.of(panel.peak));

/** On a clean place. */
export function paintWave(
  pen: CanvasRenderingContext2D,
  { panel, x, y, cell, tall }: Box,
  colours: Colours,
) {
  const wide = Math.max(1, cell);
  const bars = barsOf(panel, cell < 1 ? Math.round(1 / cell) : 1);
  for (const [start, stop] of runs(bars)) {
    const place = { x: x + start * wide, y, wide: (stop - start) * wide, tall };
    ground(pen, place, bars[start].look, colours);
  }
  const height = heightsIn(panel, tall);
  bars.forEach(({ look, least, most }, at) => {
    if (!isNumbered(look)) return;
    const [top, foot] = [height(most) - LINE, height(least) + LINE];
    const left = x + at * wide;
    const across = wide - (cell >= ROOMY ? 1 : 0);
    pen.globalAlpha = look.faint ? FAINT : 1;
    pen.fillStyle = look.count
      ? shadesOf(look, colours)[levelOf(most, panel.peak)]
      : colours.things[look.thing].line;
    pen.fillRect(left, y + top, across, foot - top);
    if (!look.count) return;
    pen.fillStyle = colours.text;
    pen.fillRect(left, y + top, across, 2 * LINE);
  });
  pen.globalAlpha = 1;
}

/** How far below the upper edge a number stands. */
function heightsIn({ peak, signed }: Panel, tall: number) {
  const zero = signed ? tall / 2 : tall - EDGE;
  const scale = (zero - EDGE) / peak;
  return (value: number) => zero - Math.max(-peak, Math.min(peak, value)) * scale;
}

/** The cells behind the bars, all that look alike in one piece. */
function ground(pen: CanvasRenderingContext2D, place: Place, look: Look, colours: Colours) {
  if (look === LOOKS[0]) return;
  const { fill, line } = colours.things[look.thing];
  pen.globalAlpha = look.faint ? FAINT : 1;
  pen.fillStyle = look.count ? colours.page : fill;
  box(pen, place, 0);
  pen.fill();
  if (look.hatch) hatch(pen, place, 0, line);
  if (look.dash) {
    pen.setLineDash([3, 3]);
    pen.lineWidth = 1;
    pen.strokeStyle = line;
    pen.beginPath();
    pen.rect(place.x + LINE, place.y + LINE, place.wide - 2 * LINE, place.tall - 2 * LINE);
    pen.stroke();
    pen.setLineDash([]);
  }
  pen.globalAlpha = 1;
}

/** @param shared cells a bar */
function barsOf({ values, looks, cols }: Panel, shared: number): Bar[] {
  return Array.from({ length: Math.ceil(cols / shared) }, (_, at) => {
    const bar = { look: LOOKS[looks[at * shared]], least: 0, most: 0 };
    for (let cell = at * shared; cell < Math.min(cols, (at + 1) * shared); cell += 1) {
      const value = values[cell];
      if (Math.abs(value) > Math.max(-bar.least, bar.most)) bar.look = LOOKS[looks[cell]];
      bar.least = Math.min(bar.least, value);
      bar.most = Math.max(bar.most, value);
    }
    return bar;
  });
}

/** Bars beside each other that look alike, as [start, stop). */
function runs(bars: Bar[]): [number, number][] {
  const found: [number, number][] = [];
  bars.forEach(({ look }, at) => {
    const last = found[found.length - 1];
    if (last && bars[at - 1].look === look) last[1] = at + 1;
    else found.push([at, at + 1]);
  });
  return found;
}
