// A kept cell in the matrix view: its line of the matrix lies where its products meet.
import assert from "node:assert/strict";
import { test } from "node:test";
import { cells, ravel, unravel } from "../src/core/grid.ts";
import { words } from "../src/core/text.ts";
import { folded, foldOf, paths } from "../src/scene/views/fold.ts";
import { sceneOf } from "../src/scene/views/index.ts";
import { traceOf } from "../src/words/state.ts";
import { DEFAULTS } from "../src/words/table.ts";
import { dice, drawn } from "./draw.ts";
import { panelOf } from "./panel.ts";

const en = words("en");

test("an input folds into its stamp, an output into its window, and every tap comes from C", () => {
  const roll = dice(8);
  for (let round = 0; round < 60; round += 1) {
    const trace = traceOf({ ...DEFAULTS, ...drawn(roll), view: "matrix" });
    const multiply = trace.phases.find(({ name }) => name === "multiply");
    assert.ok(multiply);
    for (const index of [multiply.start - 3, roll(multiply.start, multiply.stop - 1)]) {
      const plain = sceneOf(trace, index, en, "matrix");
      for (const kind of ["x", "y"] as const) {
        const size = kind === "x" ? trace.inputSize : trace.outputSize;
        const ref = { kind, index: unravel(roll(0, cells(size).length - 1), size) };
        const fold = foldOf(trace, index, ref);
        if (!fold) {
          assert.equal(trace.phase(index).name, "unroll");
          continue;
        }
        const scene = folded(plain, trace, index, fold, en);
        const map = panelOf(scene, kind === "x" ? "y" : "x");
        const met = new Map<string, number[]>();
        for (const source of kind === "x" ? [ref.index] : cells(trace.inputSize))
          for (const { tap, target } of trace.geometry.footprint(source, trace.inputSize)) {
            if (kind === "x") met.set(String(target), tap);
            else if (String(target) === String(ref.index)) met.set(String(source), tap);
          }
        for (const cell of cells(kind === "x" ? trace.outputSize : trace.inputSize)) {
          const [row, col] = map.plane.on(cell);
          const tap = met.get(String(cell)) ?? null;
          assert.deepEqual(map.ref(row, col), tap && { kind: "w", index: tap });
        }
        const C = panelOf(scene, "C");
        const moves = paths(scene, fold);
        assert.equal(moves.length, met.size);
        for (const [from, to] of moves) assert.equal(C.values[from], map.values[to]);
        assert.ok(scene.marks.every((mark) => mark.panel !== map.id));
      }
    }
  }
});

test("a row of C folds once it is written", () => {
  const trace = traceOf({ ...DEFAULTS, view: "matrix" });
  for (let index = 0; index < trace.input.length; index += 1)
    cells(trace.inputSize).forEach((cell) => {
      const fold = foldOf(trace, index, { kind: "x", index: cell });
      assert.equal(fold !== null, ravel(cell, trace.inputSize) <= index);
    });
});
