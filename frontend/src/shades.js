/** Colours that stand for a number: the darker the larger; and what can be read on them. @module */
import { LOOKS } from "./looks.js";
import { once } from "./memo.js";

/** @typedef {import("./theme.js").Colours} Colours */
/** @typedef {import("./looks.js").Look} Look */

export const LEVELS = 32;
/** From the fill of a thing to its line, and no further: the line must still be seen. */
const [LEAST, MOST] = [0.05, 0.85];
/** Cells that are not there yet, and zeros that hardly show. */
const FAINT = 0.4;

/** The level of a number among those up to `peak`. @param {number} value @param {number} peak */
export function levelOf(value, peak) {
  const level = Math.round((Math.abs(value) / peak) * (LEVELS - 1));
  return level < LEVELS ? level : LEVELS - 1;
}

/** The colours of all levels of a look. @param {Look} look @param {Colours} colours @returns {string[]} */
export const shadesOf = (look, colours) => once(colours, `shades ${LOOKS.indexOf(look)}`, () => shades(look, colours));

/** @param {Look} look @param {Colours} colours */
function shades(look, colours) {
  if (look.count) return colours.counts;
  const { fill, line } = colours.things[look.thing];
  return Array.from({ length: LEVELS }, (_, level) => {
    const part = LEAST + ((MOST - LEAST) * level) / (LEVELS - 1);
    return written(mixed(channels(fill), channels(line), look.blank || look.hatch ? 0 : part));
  });
}

/** The same as pixels on the stage, for cells too small to draw: four bytes each. @param {Look} look @param {Colours} colours @returns {Uint32Array} */
export const pixelsOf = (look, colours) => once(colours, `pixels ${LOOKS.indexOf(look)}`, () => pixels(look, colours));

/** @param {Look} look @param {Colours} colours */
function pixels(look, colours) {
  if (look === LOOKS[0] || look.bare) return new Uint32Array(LEVELS);
  if (look.dot) return new Uint32Array(LEVELS).fill(packed(channels(colours.page)));
  const stage = channels(colours.stage);
  return Uint32Array.from(shadesOf(look, colours), (shade) =>
    packed(look.faint ? mixed(stage, channels(shade), FAINT) : channels(shade)),
  );
}

/** Black or white, whichever reads better on a colour. @param {string} colour */
export const inkOn = (colour) => (luminance(channels(colour)) > 0.179 ? "#000000" : "#ffffff");

/** @param {string} colour "#rrggbb" */
const channels = (colour) => [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));

/** @param {number[]} from @param {number[]} to @param {number} part */
const mixed = (from, to, part) => from.map((value, at) => Math.round(value + (to[at] - value) * part));

/** @param {number[]} rgb */
const written = (rgb) => `#${rgb.map((value) => value.toString(16).padStart(2, "0")).join("")}`;

/** Opaque, in the byte order of ImageData. @param {number[]} rgb */
const packed = ([red, green, blue]) => new Uint32Array(Uint8Array.of(red, green, blue, 255).buffer)[0];

/** Relative luminance of WCAG 2. @param {number[]} rgb */
function luminance(rgb) {
  const [red, green, blue] = rgb.map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
