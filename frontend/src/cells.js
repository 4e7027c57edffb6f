/** How one cell is drawn: its fill, its pattern, its number. @module */
import { LOOKS } from "./looks.js";
import { inkOn, levelOf, shadesOf } from "./shades.js";
import { number } from "./text.js";

/** @typedef {import("./looks.js").Look} Look */
/** @typedef {import("./theme.js").Colours} Colours */
/** @typedef {{ x: number, y: number, wide: number, tall: number }} Place in pixels */

export const MONO = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace";
/** Width of a letter of MONO, as part of its size; pixels of a cell that stay free beside a number. */
const [LETTER, SIDES] = [0.61, 4];
const [SMALLEST_TEXT, LARGEST_TEXT] = [9, 18];
/** Fewer would round what the reader adds up. */
const DIGITS = [3, 2];
/** A number is this part of a roomy cell, and at least so large where the cell allows it. */
const [SHARE, CROWDED, WANTED] = [0.42, 0.7, 12];
/** From this size on cells have rounded corners and stand apart. */
const ROOMY = 16;
/** Below this no number is drawn in any cell of a panel: its shade tells how large it is. */
const NUMBERED = 13;
/** Below this a number in the corner would touch the one in the middle. */
export const BADGED = 32;

/** On a clean place. @param {CanvasRenderingContext2D} pen @param {Place} place @param {Look} look @param {number} value @param {number} badge @param {number} peak @param {Lettering | null} lettering @param {Colours} colours */
export function paintCell(pen, place, look, value, badge, peak, lettering, colours) {
  const { wide, tall } = place;
  if (look === LOOKS[0]) return;
  const small = Math.min(wide, tall);
  const text = lettering && isNumbered(look) ? { words: number(value, lettering.digits), size: lettering.size } : null;
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
  pen.globalAlpha = 1;
  const quiet = look.thing === "cropped" || look.faint;
  if (text) write(pen, place, text, look.hit, look.count ? inkOn(fill) : quiet ? colours.muted : colours.text);
  if (badge > 1 && small >= BADGED && !look.hatch) mark(pen, place, `×${badge}`, gap, colours.muted);
}

/** What a cell leaves free on each side. @param {number} small */
const gapOf = (small) => (small >= ROOMY ? 1.5 : 0.8);

/** @param {CanvasRenderingContext2D} pen @param {Place} place @param {number} gap */
function box(pen, { x, y, wide, tall }, gap) {
  pen.beginPath();
  pen.roundRect(x + gap, y + gap, wide - 2 * gap, tall - 2 * gap, Math.min(wide, tall) >= ROOMY ? 4 : 1);
}

/** No line may leave its cell, or a neighbour painted later would cut it. @param {CanvasRenderingContext2D} pen @param {Look} look @param {string} line @param {number} small */
function border(pen, look, line, small) {
  if (look.dash) pen.setLineDash([3, 3]);
  pen.lineWidth = small >= ROOMY ? (look.hit ? 2.2 : 1.2) : look.hit ? 1.6 : 1;
  pen.strokeStyle = line;
  pen.stroke();
  if (look.dash) pen.setLineDash([]);
}

/** A count that grows has a thin line inside: a thick one around a cell says that it is kept. @param {CanvasRenderingContext2D} pen @param {Place} place @param {string} line @param {number} small */
function inset(pen, place, line, small) {
  box(pen, place, small >= ROOMY ? 4 : 2);
  pen.lineWidth = 1;
  pen.strokeStyle = line;
  pen.stroke();
  box(pen, place, gapOf(small));
}

/** @param {CanvasRenderingContext2D} pen @param {Place} place @param {number} gap @param {string} colour */
function hatch(pen, place, gap, colour) {
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

/** A zero that is nothing but the absence of a tap. @param {CanvasRenderingContext2D} pen @param {Place} place @param {Colours} colours */
function dot(pen, { x, y, wide, tall }, colours) {
  const side = Math.min(2, wide / 6);
  pen.fillStyle = colours.edge;
  pen.fillRect(x + (wide - side) / 2, y + (tall - side) / 2, side, side);
}

/** @param {CanvasRenderingContext2D} pen @param {Place} place @param {Text | null} text @param {Look} look @param {Colours} colours */
function bare(pen, place, text, look, colours) {
  if (text) write(pen, place, text, false, look.faint ? colours.muted : colours.text);
}

/** @typedef {{ words: string, size: number }} Text */
/** How the numbers of a panel are written. @typedef {{ digits: number, size: number }} Lettering */

/** @param {Look} look */
const isNumbered = (look) => !look.blank && !look.dot;

/**
 * One size and as many digits as are legible for all numbers of a panel; where one of them finds no
 * room, none is written and shades tell them all.
 * @param {import("./scene.js").Panel} panel @param {number} wide @param {number} tall @returns {Lettering | null}
 */
export function letteringOf({ values, looks }, wide, tall) {
  const small = Math.min(wide, tall);
  if (small < NUMBERED) return null;
  const written = values.filter((_, at) => isNumbered(LOOKS[looks[at]]));
  for (const digits of DIGITS) {
    const size = Math.min(sizeIn(small), (wide - SIDES) / (LETTER * longest(written, digits)));
    if (size >= SMALLEST_TEXT) return { digits, size };
  }
  return null;
}

/** The letters of the longest of some numbers. @param {Float64Array} values @param {number} digits */
const longest = (values, digits) => values.reduce((most, value) => Math.max(most, number(value, digits).length), 1);

/** The width of a cell from which on such numbers are legible. @param {Float64Array} values */
export const legibleFrom = (values) =>
  Math.max(NUMBERED, Math.ceil(SMALLEST_TEXT * LETTER * longest(values, Math.min(...DIGITS))) + SIDES);

/** The size of a short number in a cell. @param {number} small */
const sizeIn = (small) => Math.min(LARGEST_TEXT, Math.max(small * SHARE, Math.min(small * CROWDED, WANTED)));

/** @param {CanvasRenderingContext2D} pen @param {Place} place @param {Text} text @param {boolean | undefined} bold @param {string} colour */
function write(pen, { x, y, wide, tall }, { words, size }, bold, colour) {
  pen.font = `${bold ? "700 " : ""}${size.toFixed(1)}px ${MONO}`;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillStyle = colour;
  pen.fillText(words, x + wide / 2, y + tall / 2 + size * 0.06);
}

/** How many products met, in the corner. @param {CanvasRenderingContext2D} pen @param {Place} place @param {string} words @param {number} gap @param {string} colour */
function mark(pen, { x, y, wide }, words, gap, colour) {
  const size = Math.max(SMALLEST_TEXT, Math.round(wide * 0.22));
  pen.font = `${size}px ${MONO}`;
  pen.textAlign = "right";
  pen.textBaseline = "alphabetic";
  pen.fillStyle = colour;
  pen.fillText(words, x + wide - gap - 3, y + gap + 1.5 + size * 0.75);
}
