// What the player asks and how it grades: every answer is held against the trace.
import assert from "node:assert/strict";
import { test } from "node:test";
import { volume } from "../src/core/grid.ts";
import { words } from "../src/core/text.ts";
import { countOf, lit, productsOf } from "../src/scene/links.ts";
import { LOOK } from "../src/scene/looks.ts";
import { posed } from "../src/scene/posed.ts";
import { guessOf, isRight, questionFor, sizeQuestion } from "../src/scene/questions.ts";
import type { Move } from "../src/scene/tasks.ts";
import { moveAt, TASKS, tasksOf } from "../src/scene/tasks.ts";
import { traceOf } from "../src/words/state.ts";
import { DEFAULTS } from "../src/words/table.ts";

const english = words("en");
const PARAMETERS = [
  { input_size: [3, 3], kernel_size: [3, 3], stride: 2, padding: 1, output_padding: 1 },
  { input_size: [4, 4], kernel_size: [4, 4], stride: 2, padding: 1 },
  { input_size: [2, 3], kernel_size: [3, 2], stride: [2, 1] },
  { input_size: [3], kernel_size: [4], stride: 3, padding: [[2, 0]] },
  { input_size: [4, 4], kernel_size: [3, 3], stride: 1, padding: 2 },
  { input_size: [3, 3], kernel_size: [2, 2], stride: 3, output_padding: 2 },
  {
    input_size: [3, 3],
    kernel_size: [3, 3],
    stride: 2,
    dilation: 2,
    padding: 1,
    output_padding: 1,
    bias: 5,
  },
  { input_size: [3, 3], kernel_size: [3, 3], stride: 1, padding: 3, dilation: 2 },
];
const traceFor = (parameters: object, view: string) =>
  traceOf({ ...DEFAULTS, ...parameters, view });
const channels = (parameters: any) => ({
  ...parameters,
  input: [0, 1].map(() => Array.from({ length: 2 }, (_, i) => [i + 1, i + 2])),
  weight: [0, 1].map((c) => Array.from({ length: 2 }, (_, i) => [i + c, 3 - i])),
  input_size: [2, 2],
  kernel_size: [2, 2],
});
const CASES = [...PARAMETERS, channels({ stride: 1 })];

for (const [at, parameters] of CASES.entries())
  for (const view of ["scatter", "gather", "matrix"]) {
    const trace = traceFor(parameters, view);

    test(`case ${at}, ${view}: every question of the story has the answer that the next step shows`, () => {
      let asked = 0;
      for (let index = 1; index < trace.length; index += 1) {
        const question = questionFor(trace, index, english);
        if (!question) continue;
        asked += 1;
        assert.ok(isRight(question, question.answer), question.text);
        assert.ok(
          !isRight(
            question,
            question.answer.map((value) => value + 1),
          ),
          question.text,
        );
        assert.doesNotMatch(question.text + question.truth + question.because, /\{|undefined|NaN/);
        const step = trace.step(index);
        if (question.kind === "gathered") assert.equal(question.answer[0], step.value);
        if (question.kind === "zeros")
          assert.equal(
            question.answer[0],
            step.sources.filter((s: unknown) => !Array.isArray(s)).length * trace.channels,
          );
        if (question.kind === "land")
          assert.deepEqual(
            question.answer,
            trace.geometry.outputIndex(
              step.source,
              step.source.map(() => 0),
            ),
          );
        if (question.kind === "value" || question.kind === "met") {
          const before = trace.frame(index).done;
          const products = productsOf(trace, question.about as any).filter(
            (product) => product.at < before,
          );
          const sum = products.reduce((all, { x, w }) => all + x * w, 0);
          assert.equal(question.answer[0], question.kind === "met" ? products.length : sum);
        }
      }
      assert.ok(asked > 0);
    });

    test(`case ${at}, ${view}: what a cell takes part in is counted as it is listed`, () => {
      for (const [kind, size] of [
        ["x", trace.inputSize],
        ["w", trace.geometry.kernel_size],
        ["y", trace.outputSize],
      ] as [any, number[]][])
        for (let cell = 0; cell < volume(size); cell += 1) {
          const index = size.length === 1 ? [cell] : [Math.floor(cell / size[1]), cell % size[1]];
          assert.equal(productsOf(trace, { kind, index }).length, countOf(trace, { kind, index }));
          assert.deepEqual(lit(trace, { kind, index })[0], { kind, index });
        }
    });

    test(`case ${at}, ${view}: every exercise can be done, and its moves cover what the trace says`, () => {
      for (const name of tasksOf(trace)) {
        const task = TASKS[name](trace, 0, english);
        assert.ok(task.moves.length > 0, name);
        const done = new Set<Move>();
        for (const move of task.moves) {
          assert.doesNotMatch(
            task.prompt(move) + move.because + move.hint + move.name,
            /\{|undefined|NaN/,
            name,
          );
          const scene = task.scene(done, move);
          assert.ok(
            scene.panels.some((panel) => panel.id === move.panel),
            name,
          );
          for (const cell of move.cells)
            assert.equal(
              moveAt(task, move.panel, cell),
              move,
              `${name}: a cell belongs to one move`,
            );
          done.add(move);
        }
        const panel = task
          .scene(done, null)
          .panels.find(({ id }) => id === task.moves[0].panel) as any;
        if (name === "zeros")
          assert.equal(
            task.moves.flatMap(({ cells }) => cells).length +
              [...panel.looks].filter((look) => look === LOOK.cropped || look === LOOK.none).length,
            panel.looks.length,
          );
        if (name === "row")
          assert.equal(
            task.moves.length * trace.channels,
            countOf(trace, {
              kind: "x",
              index: trace.sourceOf(Math.floor(trace.input.length / 2)).source,
            }),
          );
        if (name === "stamp") assert.equal(task.moves.length, volume(trace.geometry.kernel_size));
      }
    });
  }

test("a guess is read as people type it", () => {
  assert.deepEqual(guessOf("6 × 6"), [6, 6]);
  assert.deepEqual(guessOf("6,6"), [6, 6]);
  assert.deepEqual(guessOf(" −3 "), [-3]);
  assert.deepEqual(guessOf("2.5"), [2.5]);
  assert.deepEqual(guessOf("a lot"), []);
});

test("a period may begin anywhere and go on, but not have other numbers", () => {
  const trace = traceFor({ kernel_size: [3, 3], stride: 2 }, "scatter");
  const question = posed(trace, "pattern", english);
  assert.deepEqual(question.answer, [2, 1]);
  for (const right of [
    [2, 1],
    [1, 2],
    [1, 2, 1, 2],
  ])
    assert.ok(isRight(question, right));
  for (const wrong of [[], [2], [1], [2, 2], [1, 2, 1], [2, 1, 1, 2]])
    assert.ok(!isRight(question, wrong), String(wrong));
});

test("a stamp of one axis has a first cell, and no left or top", () => {
  for (const [axes, named] of ["first cell", "top left cell", "front top left cell"].entries()) {
    const trace = traceOf({ ...DEFAULTS, kernel_size: Array(axes + 1).fill(3) });
    const asked = Array.from({ length: trace.length }, (_, at) => questionFor(trace, at, english));
    const land = asked.find((question) => question?.kind === "land");
    assert.ok(land?.text.includes(`Choose its ${named} on the canvas.`), land?.text);
  }
});

test("one number answers for all axes", () => {
  const trace = traceFor(PARAMETERS[0], "scatter");
  const question = sizeQuestion(trace, english);
  assert.ok(isRight(question, [6]) && isRight(question, [6, 6]));
  assert.ok(!isRight(question, [6, 7]) && !isRight(question, [6, 6, 6]));
  assert.match(question.because, /\(3 − 1\)·2 − 1 − 1 \+ 3 \+ 1 = 6/);
});
