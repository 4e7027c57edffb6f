/**
 * From which sizes on cells tell what: drawn one by one, with a number, with a count in the
 * corner.
 */
import { number } from "../core/text.ts";
import type { Look } from "./looks.ts";
import { LOOKS } from "./looks.ts";
import type { Panel } from "./scene.ts";

export const MONO = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace";
/** Smaller cells become the pixels of a picture. */
export const DRAWN_CELL = 8;
/**
 * Width of a letter of MONO, as part of its size; pixels of a cell that stay free beside a number.
 */
const [LETTER, SIDES] = [0.61, 4];
export const SMALLEST_TEXT = 9;
const LARGEST_TEXT = 18;
/** Fewer would round what the reader adds up. */
const DIGITS = [3, 2];
/** A number is this part of a roomy cell, and at least so large where the cell allows it. */
const [SHARE, CROWDED, WANTED] = [0.42, 0.7, 12];
/** Below this no number is drawn in any cell of a panel: its shade tells how large it is. */
const NUMBERED = 13;
/** Below this a number in the corner would touch the one in the middle. */
export const BADGED = 32;

/** How the numbers of a panel are written. */
export type Lettering = { digits: number; size: number };

export const isNumbered = (look: Look) => !look.blank && !look.dot;

/**
 * One size and as many digits as are legible for all numbers of a panel; where one of them finds no
 * room, none is written and shades tell them all.
 */
export function letteringOf(
  { values, looks }: Panel,
  wide: number,
  tall: number,
): Lettering | null {
  const small = Math.min(wide, tall);
  if (small < NUMBERED) return null;
  const written = values.filter((_, at) => isNumbered(LOOKS[looks[at]]));
  for (const digits of DIGITS) {
    const size = Math.min(sizeIn(small), (wide - SIDES) / (LETTER * longest(written, digits)));
    if (size >= SMALLEST_TEXT) return { digits, size };
  }
  return null;
}

/** The letters of the longest of some numbers. */
const longest = (values: Float64Array, digits: number) =>
  values.reduce((most, value) => Math.max(most, number(value, digits).length), 1);

/** The width of a cell from which on such numbers are legible. */
export const legibleFrom = (values: Float64Array) =>
  Math.max(
    NUMBERED,
    Math.ceil(SMALLEST_TEXT * LETTER * longest(values, Math.min(...DIGITS))) + SIDES,
  );

/** The size of a short number in a cell. */
const sizeIn = (small: number) =>
  Math.min(LARGEST_TEXT, Math.max(small * SHARE, Math.min(small * CROWDED, WANTED)));
