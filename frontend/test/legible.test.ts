// What the painter writes can be read: large enough, and dark enough on what lies under it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { words } from "../src/core/text.ts";
import { Painter } from "../src/paint/canvas.ts";
import { paintCell } from "../src/paint/cell.ts";
import { layout } from "../src/paint/layout.ts";
import { SvgPen } from "../src/paint/svg.ts";
import { coloursOf } from "../src/paint/theme.ts";
import { letteringOf, MONO } from "../src/scene/legible.ts";
import { LOOK, LOOKS } from "../src/scene/looks.ts";
import type { Scene } from "../src/scene/scene.ts";
import { sceneOf } from "../src/scene/views/index.ts";
import { traceOf } from "../src/words/state.ts";
import type { State } from "../src/words/table.ts";
import { DEFAULTS, VIEWS } from "../src/words/table.ts";

const SMALLEST = 9;
const CONTRAST = 4.5;
const THEMES = ["light", "dark"] as const;
const SHAPES: Record<string, Partial<State>> = {
  "3x3 k3 s2": { input_size: 3, kernel_size: 3, stride: 2 },
  "4x4 k4 s2 p1": { input_size: 4, kernel_size: 4, stride: 2, padding: 1 },
  "2x3 k(3,2) s(2,1)": { input_size: [2, 3], kernel_size: [3, 2], stride: [2, 1] },
  "1-D": { input_size: [5], kernel_size: [3], stride: [2] },
  "16x16": { input_size: 16, kernel_size: 3, stride: 2 },
};
/**
 * Sheets in windows of 844 px: of 1280 px with one view and with two, the column of the book, a
 * phone.
 */
const ROOMS: [number, number][] = [
  [1208, 329],
  [584, 329],
  [648, 329],
  [328, 380],
];

/** About what a browser measures. */
const measure = (text: string) => 7 * text.length + 4;
const pen = () => new SvgPen(measure, MONO);

function painted(scene: Scene, width: number, height: number) {
  const found = layout(scene, { width, height, font: 14, largest: 44, measure });
  const own = pen();
  const sheet = { getContext: () => own, style: {} } as any;
  const painter = new Painter(sheet, sheet);
  painter.plain = true;
  painter.paint(scene, found, coloursOf("light"), { width, height, ratio: 1, font: 14, lit: [] });
  return {
    sizes: textsOf(own).map(({ attributes }) => Number(attributes["font-size"])),
    boxes: found.boxes,
  };
}

const textsOf = ({ shapes }: SvgPen) => shapes.filter(({ tag }) => tag === "text");

/** The panels with the numbers of the present step: one of each line must be legible. */
const WORKING: Record<string, string[][]> = {
  scatter: [["w"], ["stamp"]],
  gather: [["w"], ["products"]],
  matrix: [["w"], ["C", "line"]],
  overlap: [["w"]],
  direct: [["w"], ["products"]],
};
/** Where the maps are small, these too. */
const ALL: Record<string, string[][]> = {
  scatter: [["x"], ["y"]],
  gather: [["map"], ["y"]],
  matrix: [["x"], ["y"]],
  overlap: [["x"], ["y"]],
  direct: [["map"], ["y"]],
};

for (const view of VIEWS)
  for (const [name, shape] of Object.entries(SHAPES))
    test(`${view}, ${name}: every number is legible or not written`, () => {
      const state = { ...DEFAULTS, ...shape };
      const large = view === "direct" ? { input_size: traceOf(state).outputSize } : {};
      const trace = traceOf({ ...state, ...large, view });
      const last = trace.length - 1;
      for (const [width, height] of name === "16x16" ? ROOMS.slice(-2) : ROOMS)
        for (const index of name === "16x16"
          ? [3, Math.floor(last / 2)]
          : [0, 3, Math.floor(last / 2), last]) {
          const { sizes, boxes } = painted(
            sceneOf(trace, index, words("en"), view),
            width,
            view === "matrix" ? height * 1.25 : height,
          );
          assert.ok(
            sizes.length && Math.min(...sizes) >= SMALLEST,
            `${Math.min(...sizes)} px at ${width}, step ${index}`,
          );
          for (const ids of [...WORKING[view], ...(name === "16x16" ? [] : ALL[view])])
            assert.ok(
              boxes.some(
                ({ panel, cell, tall }) => ids.includes(panel.id) && letteringOf(panel, cell, tall),
              ),
              `${ids} at ${width}, step ${index}: ${boxes.map(({ panel, cell, tall }) => [panel.id, cell, tall])}`,
            );
        }
    });

/** @param colour "#rrggbb" */
const channels = (colour: string) =>
  [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
const over = (under: number[], colour: string, opacity: number) =>
  channels(colour).map((value, at) => under[at] + (value - under[at]) * opacity);
function light(rgb: number[]) {
  const [r, g, b] = rgb.map((value) =>
    value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

for (const theme of THEMES)
  test(`${theme}: every number stands out from its cell`, () => {
    const colours = coloursOf(theme);
    for (const [name, code] of Object.entries(LOOK))
      for (const value of [0, 1, 2, 3, 4]) {
        const own = pen();
        paintCell(
          own as any,
          { x: 0, y: 0, wide: 40, tall: 40 },
          LOOKS[code],
          value,
          LOOKS[code].count ? 0 : 2,
          4,
          { digits: 3, size: 12 },
          colours,
        );
        const fill = own.shapes.find(
          ({ tag, attributes }) => tag === "rect" && attributes.fill !== "none",
        )?.attributes;
        const stage = channels(colours.stage);
        const under = fill
          ? over(stage, String(fill.fill), Number(fill["fill-opacity"] ?? 1))
          : stage;
        for (const { attributes } of textsOf(own)) {
          const ink = over(under, String(attributes.fill), Number(attributes["fill-opacity"] ?? 1));
          const [dark, bright] = [light(under), light(ink)].sort((a, b) => a - b);
          const contrast = (bright + 0.05) / (dark + 0.05);
          assert.ok(contrast >= CONTRAST, `${name} ${value}: ${contrast.toFixed(2)}`);
        }
      }
  });
