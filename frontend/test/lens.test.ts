// A map of one axis that is too long for numbers: its lens, and its bars.
import assert from "node:assert/strict";
import { test } from "node:test";
import { words } from "../src/core/text.ts";
import type { Trace } from "../src/core/trace.ts";
import { layout } from "../src/paint/layout.ts";
import { picture } from "../src/paint/picture.ts";
import { SvgPen } from "../src/paint/svg.ts";
import { coloursOf } from "../src/paint/theme.ts";
import { isWave, paintWave } from "../src/paint/wave.ts";
import { letteringOf } from "../src/scene/legible.ts";
import { lensed } from "../src/scene/lens.ts";
import type { Scene } from "../src/scene/scene.ts";
import { sceneOf } from "../src/scene/views/index.ts";
import { traceOf } from "../src/words/state.ts";
import { DEFAULTS } from "../src/words/table.ts";
import { dice, drawn } from "./draw.ts";
import { panelOf } from "./panel.ts";

const SOUND = { input_size: [32], kernel_size: [16], stride: [8], padding: [4] };
const FRAMES = { input_size: [4], kernel_size: [1024], stride: [256] };
const VIEWS = ["scatter", "gather", "overlap"];
/** The row of the lens that holds cells of the long map. */
const ROW: Record<string, number> = { scatter: 2, gather: 0, overlap: 1 };
/** A text that is a number, in an SVG picture. */
const NUMBER = /<text x="([\d.]+)" y="([\d.]+)"[^>]* font-size="([\d.]+)"[^>]*>(\d+)<\/text>/g;
const en = words("en");
const shown = (trace: Trace, step: number, view: string) =>
  lensed(sceneOf(trace, step, en, view), trace, en);
const told = (shape: object, view: string) => traceOf({ ...DEFAULTS, ...shape, view });
const placed = (scene: Scene, width: number) =>
  layout(scene, { width, height: 390, font: 14, largest: 44, measure: (text) => 7 * text.length });

for (const view of VIEWS)
  test(`${view}: the lens of k16 s8 can be read, and its maps are as high as that takes`, () => {
    const trace = told(SOUND, view);
    for (const width of [286, 614, 1100])
      for (const step of [0, 4, Math.floor(trace.length / 2), trace.length - 1]) {
        const { boxes } = placed(shown(trace, step, view), width);
        const lens = boxes.find((box) => box.panel.id === "lens");
        assert.ok(lens && letteringOf(lens.panel, lens.cell, lens.tall), `${width}, ${step}`);
        assert.ok(lens.cell * 16 <= width);
        for (const box of boxes) {
          assert.ok(box.tall >= 24, `${box.panel.id} ${box.tall}`);
          assert.ok(box.tall > box.cell || box.panel.id === "lens");
        }
        const y = boxes.find((box) => box.panel.id === "y");
        assert.ok(y && isWave(y));
      }
  });

test("what the lens shows are the cells that the step works on", () => {
  const roll = dice(5);
  for (let round = 0; round < 60; round += 1) {
    const state = { ...drawn(roll, 1), input_size: [roll(20, 40)], input: null };
    for (const view of VIEWS) {
      const trace = traceOf({ ...DEFAULTS, ...state, view });
      const story = trace.phases.find(({ name }) => name === "scatter" || name === "gather");
      assert.ok(story);
      const at = roll(story.start, story.stop - 1);
      const [lens, step] = [panelOf(shown(trace, at, view), "lens"), trace.step(at)];
      const row = ROW[view];
      const taps = trace.geometry.kernel_size[0];
      assert.equal(lens.cols, taps);
      for (let col = 0; col < taps; col += 1) {
        const index: number | undefined = lens.ref(row, col)?.index[0];
        if (view === "gather") {
          const source = step.sources[col];
          assert.deepEqual(index ?? null, Array.isArray(source) ? source[0] : null);
        } else {
          const [begin] = trace.geometry.window(trace.inputSize)[0];
          assert.equal(index, step.targets[col][0] - begin);
        }
      }
      for (const other of [...Array(lens.rows).keys()])
        for (let col = 0; col < taps; col += 1) {
          const ref = lens.ref(other, col);
          const place = ref && lens.place(ref);
          if (place) assert.deepEqual(lens.ref(...place), ref);
        }
    }
  }
});

test("a lens of a part of the kernel has inputs in it, where the window has any", () => {
  const trace = told(FRAMES, "gather");
  const { start } = trace.phases.filter(({ name }) => name === "gather")[0];
  for (const target of [0, 500, 1791]) {
    const lens = panelOf(shown(trace, start + target, "gather"), "lens");
    assert.ok(lens.cols < 1024);
    assert.ok(Array.from({ length: lens.cols }, (_, col) => lens.ref(0, col)).some(Boolean));
    assert.match(lens.label, /of 1024/);
  }
});

test("what is hidden from the picture is hidden from its lens", () => {
  const trace = told(SOUND, "scatter");
  const plain = sceneOf(trace, 12, en, "scatter");
  const hidden = {
    ...plain,
    panels: plain.panels.map((each) =>
      each.id === "y" ? { ...each, values: each.values.map(() => 0) } : each,
    ),
  };
  const lens = panelOf(lensed(hidden, trace, en), "lens");
  assert.ok(lens.values.subarray(2 * lens.cols).every((value) => value === 0));
  assert.ok(
    panelOf(lensed(plain, trace, en), "lens")
      .values.subarray(2 * lens.cols)
      .some(Boolean),
  );
});

test("numbers below a map keep apart, also while its gaps open", () => {
  const measure = (text: string, font: string) =>
    text.length * 0.62 * parseFloat(/([\d.]+)px/.exec(font)?.[1] ?? "10");
  const trace = told({ ...SOUND, view: "gather" }, "gather");
  for (let step = 0; step < 40; step += 1) {
    const now = { trace, state: { step, view: "gather", selection: null } };
    const { svg } = picture(
      { ...now, words: en, title: "", sentence: "" },
      coloursOf("light"),
      measure,
    );
    const rows = new Map<number, [middle: number, half: number][]>();
    for (const [, x, y, size, text] of svg.matchAll(NUMBER)) {
      const row = rows.get(Number(y)) ?? [];
      rows.set(Number(y), [...row, [Number(x), measure(text, `${size}px`) / 2]]);
    }
    assert.ok(rows.size > 0);
    for (const row of rows.values())
      row.slice(1).forEach(([x, half], at) => {
        const [before, other] = row[at];
        assert.ok(x - before >= half + other + 2, `step ${step}: ${before} ${x}`);
      });
  }
});

test("maps whose numbers fit have no lens", () => {
  const trace = told({ input_size: [4], kernel_size: [3], stride: [2] }, "scatter");
  const { boxes } = placed(shown(trace, 3, "scatter"), 614);
  assert.deepEqual(boxes.map((box) => box.panel.id).sort(), ["stamp", "w", "x", "y"]);
});

test("a bar is as high as its number, below the line where it is negative", () => {
  const trace = traceOf({
    ...DEFAULTS,
    input_size: [200],
    kernel_size: [1],
    input: [Array.from({ length: 200 }, (_, at) => (at % 2 ? -1 : 1) * (at % 5))] as any,
    weight: [[1]] as any,
  });
  const scene = sceneOf(trace, trace.length - 1, en, "scatter");
  const box = { panel: panelOf(scene, "y"), x: 0, y: 0, cell: 2, tall: 30, wide: 400 };
  assert.ok(box.panel.signed && isWave(box));
  const pen = new SvgPen((text) => 7 * text.length, "mono");
  paintWave(pen as any, box, coloursOf("light"));
  const line = coloursOf("light").things.output.line;
  const bars = pen.shapes.filter(({ attributes }) => attributes.fill === line);
  assert.equal(bars.length, 200);
  const size = (at: number) => Number(bars[at].attributes.height);
  const middle = (at: number) => Number(bars[at].attributes.y) + size(at) / 2;
  trace.output.forEach((value, at) => {
    assert.ok(Math.abs(size(at) - 1 - (Math.abs(value) * 14) / 4) < 1e-9);
    assert.equal(Math.sign(15 - middle(at)), Math.sign(value));
  });
});
