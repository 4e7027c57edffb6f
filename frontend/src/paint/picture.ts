/**
 * The present step as one SVG picture: title, stage, sentence. The same at every width of the
 * window.
 */
import type { Words } from "../core/text.ts";
import type { Trace } from "../core/trace.ts";
import { lensed } from "../scene/lens.ts";
import type { Lit } from "../scene/links.ts";
import { litIn } from "../scene/links.ts";
import type { Scene } from "../scene/scene.ts";
import { folded, foldOf } from "../scene/views/fold.ts";
import { sceneOf } from "../scene/views/index.ts";
import type { State } from "../words/table.ts";
import { escaped } from "../words/write.ts";
import type { Picture as Painted } from "./canvas.ts";
import { MONO, Painter, SANS } from "./canvas.ts";
import type { Room } from "./layout.ts";
import { keepsNumbers, layout, RIM } from "./layout.ts";
import { element, SvgPen } from "./svg.ts";
import type { Colours } from "./theme.ts";

type Measure = (text: string, font: string) => number;

/** What the picture is of. */
export interface Shown {
  trace: Trace;
  state: Pick<State, "step" | "view" | "selection">;
  words: Words;
  title: string;
  sentence: string;
}

const WIDTH = 960;
const MARGIN = 32;
const INSIDE = WIDTH - 2 * MARGIN;
const STEP = 20;
const TALLEST = 640;
const LARGEST_CELL = 56;
const LABEL = 17;
/** As wide as a page leaves, so that what is written keeps its size on it. */
const PAPER = 640;
/** The height of a picture where the page has none for it. */
const LOWEST = 240;
const TITLE = { size: 22, font: `650 22px ${SANS}` };
const SENTENCE = { size: 19, font: `19px ${SANS}` };

export function picture(
  now: Shown,
  colours: Colours,
  measure: Measure,
): { svg: string; width: number; height: number } {
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
  const frame = {
    xmlns: "http://www.w3.org/2000/svg",
    width: WIDTH,
    height,
    viewBox: `0 0 ${WIDTH} ${height}`,
    "font-family": MONO,
  };
  return { svg: element("svg", frame, `\n${inner.join("\n")}\n`), width: WIDTH, height };
}

function staged({ trace, state, words }: Shown, colours: Colours, measure: Measure) {
  const plain = lensed(sceneOf(trace, state.step, words, state.view), trace, words);
  const fold = state.view === "matrix" ? foldOf(trace, state.step, state.selection) : null;
  const scene = fold ? folded(plain, trace, state.step, fold, words) : plain;
  const room = {
    width: INSIDE,
    height: TALLEST,
    font: LABEL,
    largest: LARGEST_CELL,
    measure: (text: string) => measure(text, `${LABEL}px ${SANS}`) + 4,
  };
  const found = layout(scene, room);
  const lit = state.selection ? litIn(trace, state.selection, scene, true) : [];
  const pen = new SvgPen(measure, MONO);
  const sheet = { ...room, height: found.height, ratio: 1, lit };
  drawn({ scene, layout: found, colours, sheet }, pen);
  return { text: pen.text, height: found.height };
}

/**
 * A picture for paper, no wider than that while no number is lost to it: what is painted on a
 * canvas while a page is printed comes too late.
 */
export function paper(
  { scene, lit }: { scene: Scene; lit: Lit[] },
  view: string,
  colours: Colours,
  room: Room,
  measure: Measure,
): string {
  const height = Math.max(LOWEST, room.height);
  const [narrow, whole] = [Math.min(room.width, PAPER), room.width].map((width) => ({
    width,
    layout: layout(scene, { ...room, width, height }),
  }));
  const best = keepsNumbers(narrow.layout, whole.layout) ? narrow : whole;
  const sheet = {
    width: best.width,
    height: Math.ceil(best.layout.height) + RIM,
    ratio: 1,
    font: room.font,
    lit,
  };
  const pen = new SvgPen(measure, MONO, `paper-${view}-`);
  drawn({ scene, layout: best.layout, colours, sheet }, pen);
  const { width, height: high } = sheet;
  const frame = { width, height: high, viewBox: `0 0 ${width} ${high}`, "font-family": MONO };
  return element("svg", frame, pen.text);
}

/** The painter at work with our pen, on both of its sheets. */
function drawn({ scene, layout, colours, sheet }: Painted, pen: SvgPen) {
  const canvas = { getContext: () => pen, style: {} } as any;
  const painter = new Painter(canvas, canvas);
  painter.plain = true;
  painter.paint(scene, layout, colours, sheet);
}

function write(
  pen: SvgPen,
  texts: string[],
  { size, font }: { size: number; font: string },
  top: number,
  colour: string,
) {
  pen.font = font;
  pen.fillStyle = colour;
  texts.forEach((text, at) => pen.fillText(text, MARGIN, top + size * (0.9 + 1.35 * at)));
}

/** A text in as few lines as fit the picture, and those about as long as each other. */
function lines(text: string, font: string, measure: Measure): string[] {
  const within = (width: number) => broken(text, width, (part) => measure(part, font));
  let width = INSIDE;
  while (width > INSIDE / 2 && within(width - STEP).length === within(INSIDE).length) width -= STEP;
  return within(width);
}

function broken(text: string, width: number, measure: (text: string) => number): string[] {
  const [first, ...rest] = text.split(" ");
  const found = [first];
  for (const word of rest) {
    const longer = `${found[found.length - 1]} ${word}`;
    if (measure(longer) > width) found.push(word);
    else found[found.length - 1] = longer;
  }
  return found;
}
