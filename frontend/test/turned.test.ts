// The gather view without the turn: other sums, the same links, and marks where they are wrong.
import assert from "node:assert/strict";
import { test } from "node:test";
import { cells, ravel } from "../src/core/grid.ts";
import { words } from "../src/core/text.ts";
import { numpyLines, torchLines } from "../src/parts/share/python.ts";
import { besideOf, canStand } from "../src/scene/beside.ts";
import { legend } from "../src/scene/legend.ts";
import { productsOf } from "../src/scene/links.ts";
import { LOOK } from "../src/scene/looks.ts";
import type { Panel } from "../src/scene/scene.ts";
import { tasksOf } from "../src/scene/tasks.ts";
import { sceneOf } from "../src/scene/views/index.ts";
import { refusal } from "../src/words/check.ts";
import { read } from "../src/words/read.ts";
import { traceOf } from "../src/words/state.ts";
import type { State } from "../src/words/table.ts";
import { DEFAULTS } from "../src/words/table.ts";
import { write } from "../src/words/write.ts";
import { dice, drawn } from "./draw.ts";

const english = words("en");
const STATE: State = { ...DEFAULTS, stride: 2, view: "gather", turned: false };
const panelOf = (state: State, index: number, id: string) =>
  sceneOf(traceOf(state), index, english).panels.find((panel) => panel.id === id) as Panel;

test("300 drawn layers: the window of every output times the kernel as it is", () => {
  const roll = dice(1);
  for (let at = 0; at < 300; at += 1) {
    const state = { ...DEFAULTS, ...drawn(roll), view: "gather" };
    const [right, wrong] = [traceOf(state), traceOf({ ...state, turned: false })];
    assert.deepEqual(wrong.right, right.output);
    const gathered = right.phases.find(({ name }) => name === "gather")?.start ?? 0;
    cells(right.outputSize).forEach((_, k) => {
      const { sources } = right.step(gathered + k);
      const sum = sources.reduce(
        (all: number, source: number[] | string, tap: number) =>
          Array.isArray(source)
            ? Array.from({ length: right.channels }, (_, channel) => channel).reduce(
                (part, channel) =>
                  part +
                  right.inputAt(channel, ravel(source, right.inputSize)) *
                    right.weightAt(channel, tap),
                all,
              )
            : all,
        0,
      );
      assert.ok(Math.abs(sum - wrong.sums[k]) < 1e-9);
      assert.equal(wrong.step(gathered + k).value, wrong.sums[k]);
    });
  }
});

test("why a cell is what it is: products with the taps that lie under the window", () => {
  const roll = dice(2);
  for (let at = 0; at < 60; at += 1) {
    const trace = traceOf({ ...DEFAULTS, ...drawn(roll), view: "gather", turned: false });
    for (const [place, index] of cells(trace.outputSize).entries()) {
      const products = productsOf(trace, { kind: "y", index });
      const sum = products.reduce((all, { x, w }) => all + x * w, 0);
      assert.ok(Math.abs(sum - trace.sums[place]) < 1e-9);
      for (const { source, tap, target } of products.slice(0, 3))
        for (const [kind, other] of [
          ["x", source],
          ["w", tap],
        ] as const)
          assert.ok(
            productsOf(trace, { kind, index: other }).some(
              (found) => String([found.tap, found.target]) === String([tap, target]),
            ),
          );
    }
  }
});

test("outputs that differ have a corner once they are known, and the legend says so", () => {
  const trace = traceOf(STATE);
  const start = trace.phases.find(({ name }) => name === "gather")?.start ?? 0;
  for (let index = start - 2; index < trace.length; index += 1) {
    const { looks } = panelOf(STATE, index, "y");
    const { done } = trace.frame(index);
    const expected = [...trace.output].map((value, at) => at < done && value !== trace.right[at]);
    const found = [...looks].map((look) => look === LOOK.wrong || look === LOOK.wrongHit);
    assert.deepEqual(found, expected);
    const said = legend(trace, "gather", index, english).includes("not what the layer gives");
    assert.equal(said, index >= start);
    const { label, values } = panelOf(STATE, index, "w");
    assert.equal(label, index < start - 1 ? "kernel 3 × 3" : "kernel, not turned");
    assert.deepEqual([...values], [1, 2, 0, 0, 1, 3, 2, 0, 1]);
  }
  const turned = traceOf({ ...STATE, turned: true });
  assert.doesNotMatch(legend(turned, "gather", turned.length - 1, english), /corner/);
});

test("nothing stands beside it, and nothing of it is practised", () => {
  assert.deepEqual(besideOf({ ...STATE, kernel_size: [3, 3], input_size: [3, 3] }, 2), []);
  assert.ok(!canStand({ ...STATE, view: "scatter" }, "gather"));
  assert.ok(canStand({ ...STATE, view: "scatter" }, "matrix"));
  assert.deepEqual(tasksOf(traceOf(STATE)), []);
});

test("the word is written, read and refused like any other", () => {
  assert.deepEqual(read(write({ turned: false })), { turned: false });
  assert.match(String(refusal("turned", "no")), /turned \(='no'\) must be true or false/);
});

test("lines of Python leave the turn out, too", () => {
  const trace = traceOf(STATE);
  assert.match(torchLines(trace), /w = w\.flip\(2, 3\)\ny = torch/);
  assert.match(numpyLines(trace), /conv_transpose\(x, np\.flip\(w, \(2, 3,\)\), stride=2\)/);
  assert.match(numpyLines(trace), /stride=2, view="gather", turned=False\)\)/);
});
