/** The present step as one SVG picture: title, stage, sentence. The same at every width of the window. @module */
import { Painter, MONO, SANS } from "./draw.js";
import { layout } from "./layout.js";
import { litIn } from "./links.js";
import { escaped } from "./words/write.js";
import { SvgPen, element } from "./svgpen.js";
import { sceneOf } from "./views/index.js";

/** @typedef {import("./shell.js").Now} Now */
/** @typedef {import("./theme.js").Colours} Colours */
/** @typedef {(text: string, font: string) => number} Measure */

const WIDTH = 960;
const MARGIN = 32;
const INSIDE = WIDTH - 2 * MARGIN;
const STEP = 20;
const TALLEST = 640;
const LARGEST_CELL = 56;
const LABEL = 17;
const TITLE = { size: 22, font: `650 22px ${SANS}` };
const SENTENCE = { size: 19, font: `19px ${SANS}` };

/** @param {Now} now @param {Colours} colours @param {Measure} measure @returns {{ svg: string, width: number, height: number }} */
export function picture(now, colours, measure) {
  const stage = staged(now, colours, measure);
  const title = lines(now.title, TITLE.font, measure);
  const sentence = lines(now.sentence, SENTENCE.font, measure);
  const top = MARGIN + title.length * TITLE.size * 1.3 + 16;
  const below = top + stage.height + 22;
  const height = Math.ceil(below + sentence.length * SENTENCE.size * 1.4 + MARGIN);
  const pen = new SvgPen(measure, MONO);
  pen.fillStyle = colours.stage;
  pen.fillRect(0, 0, WIDTH, height);
  write(pen, title, TITLE, MARGIN, colours.text);
  write(pen, sentence, SENTENCE, below, colours.text);
  const inner = [
    element("title", {}, escaped(now.title)),
    element("desc", {}, escaped(now.sentence)),
    pen.text,
    element("g", { transform: `translate(${MARGIN} ${Math.round(top)})` }, stage.text),
  ];
  const frame = { xmlns: "http://www.w3.org/2000/svg", width: WIDTH, height, viewBox: `0 0 ${WIDTH} ${height}`, "font-family": MONO };
  return { svg: element("svg", frame, `\n${inner.join("\n")}\n`), width: WIDTH, height };
}

/** The painter at work with our pen, on both of its sheets. @param {Now} now @param {Colours} colours @param {Measure} measure */
function staged({ trace, state, words }, colours, measure) {
  const scene = sceneOf(trace, state.step, words, state.view);
  const room = { width: INSIDE, height: TALLEST, font: LABEL, largest: LARGEST_CELL, measure: (/** @type {string} */ text) => measure(text, `${LABEL}px ${SANS}`) + 4 };
  const found = layout(scene, room);
  const pen = new SvgPen(measure, MONO);
  const sheet = /** @type {any} */ ({ getContext: () => pen, style: {} });
  const lit = state.selection ? litIn(trace, state.selection, scene, true) : [];
  const painter = new Painter(sheet, sheet);
  painter.plain = true;
  painter.paint(scene, found, colours, { width: INSIDE, height: found.height, ratio: 1, font: LABEL, lit });
  return { text: pen.text, height: found.height };
}

/** @param {SvgPen} pen @param {string[]} texts @param {{ size: number, font: string }} type @param {number} top @param {string} colour */
function write(pen, texts, { size, font }, top, colour) {
  pen.font = font;
  pen.fillStyle = colour;
  texts.forEach((text, at) => pen.fillText(text, MARGIN, top + size * (0.9 + 1.35 * at)));
}

/** A text in as few lines as fit the picture, and those about as long as each other. @param {string} text @param {string} font @param {Measure} measure @returns {string[]} */
function lines(text, font, measure) {
  const within = (/** @type {number} */ width) => broken(text, width, (part) => measure(part, font));
  let width = INSIDE;
  while (width > INSIDE / 2 && within(width - STEP).length === within(INSIDE).length) width -= STEP;
  return within(width);
}

/** @param {string} text @param {number} width @param {(text: string) => number} measure @returns {string[]} */
function broken(text, width, measure) {
  return text.split(" ").reduce((/** @type {string[]} */ found, word) => {
    const last = found[found.length - 1];
    const longer = last === undefined ? word : `${last} ${word}`;
    return last === undefined || measure(longer) > width ? [...found, word] : [...found.slice(0, -1), longer];
  }, []);
}
