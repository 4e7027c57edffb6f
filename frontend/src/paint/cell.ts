/** How one cell is drawn: its fill, its pattern, its number. */

import { number } from "../core/text.ts";
import { BADGED, isNumbered, type Lettering, MONO, SMALLEST_TEXT } from "../scene/legible.ts";
import type { Look } from "../scene/looks.ts";
import { LOOKS } from "../scene/looks.ts";
import { inkOn, levelOf, shadesOf } from "./shades.ts";
import type { Colours } from "./theme.ts";

/** in pixels */
export type Place = { x: number; y: number; wide: number; tall: number };

/** From this size on cells have rounded corners and stand apart. */
const ROOMY = 16;

/** On a clean place. */
export function paintCell(
  pen: CanvasRenderingContext2D,
  place: Place,
  look: Look,
  value: number,
  badge: number,
  peak: number,
  lettering: Lettering | null,
  colours: Colours,
) {
  const { wide, tall } = place;
  if (look === LOOKS[0]) return;
  const small = Math.min(wide, tall);
  const text =
    lettering && isNumbered(look)
      ? { words: number(value, lettering.digits), size: lettering.size }
      : null;
  if (look.dot) return dot(pen, place, colours);
  if (look.bare) return bare(pen, place, text, look, colours);
  const thing = colours.things[look.thing];
  const shades = shadesOf(look, colours);
  const fill = look.count || (!text && !look.blank) ? shades[levelOf(value, peak)] : thing.fill;
  const gap = gapOf(small);
  pen.globalAlpha = look.faint ? 0.4 : 1;
  box(pen, place, gap);
  pen.fillStyle = fill;
  pen.fill();
  if (look.hatch) hatch(pen, place, gap, thing.line);
  if (look.count && look.hit) inset(pen, place, inkOn(fill), small);
  if (!look.count || look.dash) border(pen, look, look.count ? inkOn(fill) : thing.line, small);
  if (look.corner) corner(pen, place, gap, thing.line);
  pen.globalAlpha = 1;
  const quiet = look.thing === "cropped" || look.faint;
  if (text)
    write(
      pen,
      place,
      text,
      look.hit,
      look.count ? inkOn(fill) : quiet ? colours.muted : colours.text,
    );
  if (badge > 1 && small >= BADGED && !look.hatch)
    mark(pen, place, `×${badge}`, gap, colours.muted);
}

/** What a cell leaves free on each side. */
const gapOf = (small: number) => (small >= ROOMY ? 1.5 : 0.8);

/** @param gap free on each side */
export function box(pen: CanvasRenderingContext2D, { x, y, wide, tall }: Place, gap: number) {
  pen.beginPath();
  pen.roundRect(
    x + gap,
    y + gap,
    wide - 2 * gap,
    tall - 2 * gap,
    Math.min(wide, tall) >= ROOMY ? 4 : 1,
  );
}

/** No line may leave its cell, or a neighbour painted later would cut it. */
function border(pen: CanvasRenderingContext2D, look: Look, line: string, small: number) {
  if (look.dash) pen.setLineDash([3, 3]);
  pen.lineWidth = small >= ROOMY ? (look.hit ? 2.2 : 1.2) : look.hit ? 1.6 : 1;
  pen.strokeStyle = line;
  pen.stroke();
  if (look.dash) pen.setLineDash([]);
}

/** A count that grows has a thin line inside: a thick one around a cell says that it is kept. */
function inset(pen: CanvasRenderingContext2D, place: Place, line: string, small: number) {
  box(pen, place, small >= ROOMY ? 4 : 2);
  pen.lineWidth = 1;
  pen.strokeStyle = line;
  pen.stroke();
  box(pen, place, gapOf(small));
}

/** Upon the present path, which is a box. */
export function hatch(pen: CanvasRenderingContext2D, place: Place, gap: number, colour: string) {
  const { x, y, wide, tall } = place;
  pen.save();
  pen.clip();
  pen.beginPath();
  const apart = Math.max(4, wide / 5);
  for (let at = apart / 2; at < wide + tall; at += apart) {
    pen.moveTo(x + at, y);
    pen.lineTo(x + at - tall, y + tall);
  }
  pen.globalAlpha *= 0.35;
  pen.lineWidth = 1;
  pen.strokeStyle = colour;
  pen.stroke();
  pen.restore();
  box(pen, place, gap);
}

/** The top right corner, filled: seen without its colour, too. */
function corner(
  pen: CanvasRenderingContext2D,
  { x, y, wide, tall }: Place,
  gap: number,
  colour: string,
) {
  const [right, top, side] = [x + wide - gap, y + gap, Math.max(3, Math.min(wide, tall) / 3.5)];
  pen.beginPath();
  pen.moveTo(right - side, top);
  pen.lineTo(right, top);
  pen.lineTo(right, top + side);
  pen.fillStyle = colour;
  pen.fill();
}

/** A zero that is nothing but the absence of a tap. */
function dot(pen: CanvasRenderingContext2D, { x, y, wide, tall }: Place, colours: Colours) {
  const side = Math.min(2, wide / 6);
  pen.fillStyle = colours.edge;
  pen.fillRect(x + (wide - side) / 2, y + (tall - side) / 2, side, side);
}

function bare(
  pen: CanvasRenderingContext2D,
  place: Place,
  text: Text | null,
  look: Look,
  colours: Colours,
) {
  if (text) write(pen, place, text, false, look.faint ? colours.muted : colours.text);
}

export type Text = { words: string; size: number };

function write(
  pen: CanvasRenderingContext2D,
  { x, y, wide, tall }: Place,
  { words, size }: Text,
  bold: boolean | undefined,
  colour: string,
) {
  pen.font = `${bold ? "700 " : ""}${size.toFixed(1)}px ${MONO}`;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillStyle = colour;
  pen.fillText(words, x + wide / 2, y + tall / 2 + size * 0.06);
}

/** How many products met, in the corner. */
function mark(
  pen: CanvasRenderingContext2D,
  { x, y, wide }: Place,
  words: string,
  gap: number,
  colour: string,
) {
  const size = Math.max(SMALLEST_TEXT, Math.round(wide * 0.22));
  pen.font = `${size}px ${MONO}`;
  pen.textAlign = "right";
  pen.textBaseline = "alphabetic";
  pen.fillStyle = colour;
  pen.fillText(words, x + wide - gap - 3, y + gap + 1.5 + size * 0.75);
}
