// What is printed keeps every number; what is shown in a lecture is as large as there is room.
import assert from "node:assert/strict";
import { test } from "node:test";
import { words } from "../src/core/text.ts";
import { keepsNumbers, layout } from "../src/paint/layout.ts";
import { paper } from "../src/paint/picture.ts";
import { coloursOf } from "../src/paint/theme.ts";
import { zoomIn } from "../src/player/lecture.ts";
import { sceneOf } from "../src/scene/views/index.ts";
import { traceOf } from "../src/words/state.ts";
import { DEFAULTS } from "../src/words/table.ts";

const measure = (text: string, font: string) =>
  text.length * 0.6 * parseFloat(/([\d.]+)px/.exec(font)?.[1] ?? "10");
const roomOf = (width: number, height: number) => ({
  width,
  height,
  font: 14,
  largest: 44,
  measure: (text: string) => measure(text, "14px sans-serif"),
});
const drawn = (view: string, width: number) => {
  const trace = traceOf({ ...DEFAULTS, stride: 2, view });
  const scene = sceneOf(trace, 5, words("en"), view);
  return paper({ scene, lit: [] }, view, coloursOf("light"), roomOf(width, 400), measure);
};
const widthOf = (svg: string) => Number(/^<svg width="(\d+)"/.exec(svg)?.[1]);

test("paper is no wider than a page, unless numbers would be lost to that", () => {
  for (const view of ["scatter", "gather", "overlap"])
    assert.equal(widthOf(drawn(view, 1600)), 640);
  assert.equal(widthOf(drawn("scatter", 400)), 400);
  assert.equal(widthOf(drawn("matrix", 1000)), 1000);
});

test("pictures beside each other clip their cells by names of their own", () => {
  const names = ["gather", "scatter"].map((view) =>
    [...drawn(view, 640).matchAll(/ id="([^"]+)"/g)].map(([, id]) => id),
  );
  assert.ok(names[0].length > 0);
  assert.deepEqual(
    names[0].filter((id) => names[1].includes(id)),
    [],
  );
});

test("a layout with pixels for cells does not keep the numbers of a larger one", () => {
  const scene = sceneOf(traceOf({ ...DEFAULTS, stride: 2 }), 5, words("en"), "scatter");
  const [small, large] = [60, 900].map((width) => layout(scene, roomOf(width, 400)));
  assert.ok(keepsNumbers(large, small) && keepsNumbers(large, large));
  assert.ok(!keepsNumbers(small, large));
});

test("letters grow with the room, from their size to 24 pixels for the smallest", () => {
  assert.equal(zoomIn(1920, 1080), 1.95);
  assert.ok(12.4 * zoomIn(1280, 900) >= 24);
  assert.equal(zoomIn(200, 1000), 1);
  assert.equal(zoomIn(1000, 300), 1);
  const [frame, phone] = [zoomIn(960, 700), zoomIn(390, 844)];
  assert.ok(frame > 1.5 && frame < 1.6);
  assert.ok(phone > 1.3 && phone < 1.4);
});
