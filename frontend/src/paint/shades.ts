/** Colours that stand for a number: the darker the larger; and what can be read on them. */

import { once } from "../core/memo.ts";
import type { Look } from "../scene/looks.ts";
import { LOOKS } from "../scene/looks.ts";
import type { Colours } from "./theme.ts";

const LEVELS = 32;
/** From the fill of a thing to its line, and no further: the line must still be seen. */
const [LEAST, MOST] = [0.05, 0.85];
/** Cells that are not there yet, and zeros that hardly show. */
const FAINT = 0.4;

/** The level of a number among those up to `peak`. */
export function levelOf(value: number, peak: number) {
  const level = Math.round((Math.abs(value) / peak) * (LEVELS - 1));
  return level < LEVELS ? level : LEVELS - 1;
}

/** The colours of all levels of a look. */
export const shadesOf = (look: Look, colours: Colours): string[] =>
  once(colours, `shades ${LOOKS.indexOf(look)}`, () => shades(look, colours));

function shades(look: Look, colours: Colours) {
  if (look.count && colours.counts) return colours.counts;
  const { page, text, things } = colours;
  const [from, to] = look.count ? [page, text] : [things[look.thing].fill, things[look.thing].line];
  return Array.from({ length: LEVELS }, (_, level) => {
    const part = LEAST + ((MOST - LEAST) * level) / (LEVELS - 1);
    return written(mixed(channels(from), channels(to), look.blank || look.hatch ? 0 : part));
  });
}

/** The same as pixels on the stage, for cells too small to draw: four bytes each. */
export const pixelsOf = (look: Look, colours: Colours): Uint32Array =>
  once(colours, `pixels ${LOOKS.indexOf(look)}`, () => pixels(look, colours));

function pixels(look: Look, colours: Colours) {
  if (look === LOOKS[0] || look.bare) return new Uint32Array(LEVELS);
  if (look.dot) return new Uint32Array(LEVELS).fill(packed(channels(colours.page)));
  const stage = channels(colours.stage);
  return Uint32Array.from(shadesOf(look, colours), (shade) =>
    packed(look.faint ? mixed(stage, channels(shade), FAINT) : channels(shade)),
  );
}

/** Black or white, whichever reads better on a colour. */
export const inkOn = (colour: string) =>
  luminance(channels(colour)) > 0.179 ? "#000000" : "#ffffff";

/** @param colour "#rrggbb" */
const channels = (colour: string) =>
  [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));

const mixed = (from: number[], to: number[], part: number) =>
  from.map((value, at) => Math.round(value + (to[at] - value) * part));

const written = (rgb: number[]) =>
  `#${rgb.map((value) => value.toString(16).padStart(2, "0")).join("")}`;

/** Opaque, in the byte order of ImageData. */
const packed = ([red, green, blue]: number[]) =>
  new Uint32Array(Uint8Array.of(red, green, blue, 255).buffer)[0];

/** Relative luminance of WCAG 2. */
function luminance(rgb: number[]) {
  const [red, green, blue] = rgb.map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
