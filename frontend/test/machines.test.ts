// What a reader does in a part, without a page: one state after the other, none of them changed.
import assert from "node:assert/strict";
import { test } from "node:test";
import { nest, volume } from "../src/core/grid.ts";
import { words } from "../src/core/text.ts";
import * as typing from "../src/parts/data/typing.ts";
import * as attempt from "../src/parts/exercise/attempt.ts";
import * as walk from "../src/parts/inspect/walk.ts";
import * as asking from "../src/parts/predict/asking.ts";
import { pictured } from "../src/parts/predict/picture.ts";
import { LOOK } from "../src/scene/looks.ts";
import { questionFor, sizeQuestion } from "../src/scene/questions.ts";
import { sceneOf } from "../src/scene/views/index.ts";
import { allOf } from "../src/words/owndata.ts";
import { traceOf } from "../src/words/state.ts";
import { DEFAULTS } from "../src/words/table.ts";
import { panelOf } from "./panel.ts";

const english = words("en");
const texts = english.predict;
const state = { ...DEFAULTS, input_size: [3, 3], kernel_size: [3, 3], stride: [2, 2], step: 4 };
const trace = traceOf(state);
const size = sizeQuestion(trace, english);
const land = [...Array(trace.length).keys()]
  .flatMap((index) => (index ? (questionFor(trace, index, english) ?? []) : []))
  .find(({ kind }) => kind === "land") as NonNullable<ReturnType<typeof questionFor>>;

/** So that a machine that changes what it was given fails. */
function frozen<T>(thing: T): T {
  if (thing && typeof thing === "object" && !ArrayBuffer.isView(thing) && !Object.isFrozen(thing)) {
    Object.freeze(thing);
    Object.values(thing).forEach(frozen);
  }
  return thing;
}

test("a question is answered, and the tally counts it", () => {
  const asked = frozen(asking.ask(asking.SILENT, size));
  const right = asking.enter(asked, ` ${size.answer.join(" × ")} `);
  assert.equal(right.asked, null);
  assert.deepEqual(right.told, {
    question: size,
    guess: size.answer,
    text: size.answer.join(" × "),
  });
  assert.deepEqual(right.tally, { seen: 1, asked: 1 });
  assert.equal(asking.verdict(right, texts)?.kind, "right");
  const again = asking.ask(frozen(right), size);
  assert.equal(again.told, null);
  const wrong = asking.enter(frozen(again), String(size.answer[0] + 1));
  assert.deepEqual(wrong.tally, { seen: 1, asked: 2 });
  const said = asking.verdict(wrong, texts);
  assert.equal(said?.kind, "wrong");
  assert.ok(said?.text.includes(size.truth) && said.text.endsWith(size.because));
});

test("a skipped question tells the truth and does not count", () => {
  const skipped = asking.skip(frozen(asking.ask(asking.SILENT, size)));
  assert.deepEqual(skipped.tally, asking.SILENT.tally);
  const said = asking.verdict(skipped, texts);
  assert.equal(said?.kind, "");
  assert.ok(said?.text.includes(size.truth));
  assert.equal(asking.skip(skipped), skipped);
});

test("what is no number is refused, and the question still waits", () => {
  const refused = asking.enter(frozen(asking.ask(asking.SILENT, size)), "a lot");
  assert.equal(refused.asked, size);
  assert.deepEqual(asking.verdict(refused, texts), { kind: "", text: texts.whole });
  const answered = asking.enter(frozen(refused), "6");
  assert.ok(!answered.refused && answered.told);
});

test("a cell is chosen where one is asked for, a number typed where one is", () => {
  const [cell, number] = [land, size].map((question) => asking.ask(asking.SILENT, question));
  assert.equal(asking.enter(cell, "6"), cell);
  assert.equal(asking.pick(number, [0, 0]), number);
  const right = asking.pick(frozen(cell), land.answer);
  assert.deepEqual(right.tally, { seen: 1, asked: 1 });
  assert.ok(asking.verdict(right, texts)?.text.includes(`y[${land.answer.join(", ")}]`));
});

test("a question goes where it no longer stands, and nothing is counted", () => {
  const refused = frozen(asking.enter(asking.ask(asking.SILENT, size), "?"));
  assert.deepEqual(
    asking.keep(refused, () => true),
    refused,
  );
  assert.deepEqual(
    asking.keep(refused, () => false),
    asking.SILENT,
  );
  const told = frozen(asking.enter(asking.ask(asking.SILENT, size), "6"));
  assert.equal(asking.keep(told, (_, known) => known).told, told.told);
  const left = asking.keep(told, (_, known) => !known);
  assert.equal(left.told, null);
  assert.deepEqual(left.tally, told.tally);
});

test("the picture keeps the size back while it is asked, and shows where a wrong guess lies", () => {
  const scene = sceneOf(trace, trace.length - 1, english);
  const shown = (now: asking.Asking, pointed: number[] | null = null) =>
    pictured(scene, trace, now, pointed, "?");
  const waiting = asking.ask(asking.SILENT, size);
  const output = panelOf(shown(waiting), "y");
  assert.ok(output.looks.every((look) => look === LOOK.none));
  assert.equal(output.label + output.brief, "??");
  assert.equal(output.place({ kind: "y", index: [0, 0] }), null);
  assert.equal(shown(asking.skip(waiting)), scene);
  const where = asking.ask(asking.SILENT, land);
  assert.equal(shown(where), scene);
  assert.equal(shown(where, land.answer as number[]).marks.length, scene.marks.length + 1);
  assert.equal(shown(asking.pick(where, land.answer)), scene);
  const wrong = asking.pick(
    where,
    land.answer.map((at) => (at ? at - 1 : at + 1)),
  );
  assert.equal(shown(wrong).marks.length, scene.marks.length + 1);
});

test("every exercise can be placed to its end, cell by cell", () => {
  for (const name of ["stamp", "zeros", "row"]) {
    let now = attempt.begin(name, trace, 0, english);
    for (let move = attempt.nextOf(now); move; move = attempt.nextOf(now)) {
      const { panel: id, cells, kind } = move;
      const panel = panelOf(now.task.scene(now.done, move), id);
      now = attempt.place(now, { panel, at: cells[0], kind }, english.exercise);
      assert.equal(now.verdict, "right", name);
      assert.ok(now.said.includes(move.because), name);
    }
    assert.equal(now.done.size, now.task.moves.length);
    assert.equal(now.missed.size, 0);
  }
});

test("a wrong cell and a shown one count as missed, a placed one says why it is right", () => {
  const first = attempt.begin("stamp", trace, 0, english);
  const [move, other] = first.task.moves;
  const panel = panelOf(first.task.scene(first.done, move), "y");
  const put = (now: attempt.Attempt, at: number) =>
    attempt.place(now, { panel, at, kind: "" }, english.exercise);
  const wrong = put(first, other.cells[0]);
  assert.equal(wrong.verdict, "wrong");
  assert.deepEqual([[...wrong.missed], wrong.done.size], [[move], 0]);
  assert.deepEqual([first.missed.size, first.said], [0, ""]);
  const placed = put(wrong, move.cells[0]);
  assert.deepEqual([wrong.done.size, placed.done.size], [0, 1]);
  assert.deepEqual(put(placed, move.cells[0]), { ...placed, said: move.because, verdict: "" });
  assert.equal(attempt.hint(placed).said, other.hint);
  const shown = attempt.reveal(placed, english.exercise);
  assert.deepEqual([...shown.missed], [move, other]);
  assert.ok(shown.done.has(other));
  const elsewhere = { ...panel, id: "nowhere" };
  const spot = { panel: elsewhere, at: 0, kind: "" };
  assert.equal(attempt.place(placed, spot, english.exercise), placed);
});

test("with kinds to choose from, the wrong kind is the fault of the cell's own move", () => {
  const first = attempt.begin("zeros", trace, 0, english);
  const move = first.task.moves.find(
    ({ kind }) => kind === "inserted",
  ) as (typeof first.task.moves)[0];
  const panel = panelOf(first.task.scene(first.done, null), move.panel);
  const spot = { panel, at: move.cells[0], kind: "padded" };
  const wrong = attempt.place(first, spot, english.exercise);
  assert.deepEqual([...wrong.missed], [move]);
  assert.ok(wrong.said.includes(english.exercise.kind.padded));
});

test("a number is typed into the channel that the picture shows", () => {
  const input = [0, 1].map((channel) =>
    nest(
      [1, 2, 3, 4].map((n) => n + 10 * channel),
      [2, 2],
    ),
  );
  const good = { ...state, input, weight: null, input_size: [2, 2] };
  const shown = (step: number) => ({ good, trace: traceOf(good), state: { step } });
  const channels = [...Array(shown(0).trace.length).keys()].map((step) =>
    Number(typing.textOf({ kind: "x", index: [1, 0] }, shown(step))),
  );
  assert.deepEqual(new Set(channels), new Set([3, 13]));
  const step = channels.indexOf(13);
  const made = typing.written({ kind: "x", index: [1, 0] }, " −7.5 ", shown(step));
  assert.deepEqual(made, {
    changed: true,
    numbers: [
      input[0],
      [
        [11, 12],
        [-7.5, 14],
      ],
    ],
  });
  assert.equal(typing.written({ kind: "x", index: [1, 0] }, "13", shown(step))?.changed, false);
  for (const text of ["", " ", "three", "1e999"])
    assert.equal(typing.written({ kind: "x", index: [1, 0] }, text, shown(step)), null);
});

test("after a cell comes the next, in raster order, and none after the last", () => {
  const { kernel_size } = trace.geometry;
  let ref: ReturnType<typeof typing.further> = { kind: "w", index: [0, 0] };
  let count = 0;
  for (; ref; ref = typing.further(ref, 1, trace)) count += 1;
  assert.equal(count, volume(kernel_size));
  assert.equal(typing.further({ kind: "w", index: [0, 0] }, -1, trace), null);
  assert.deepEqual(typing.further({ kind: "x", index: [1, 0] }, -1, trace)?.index, [0, 2]);
  assert.ok(typing.isMatrix("1 2") && typing.isMatrix("[1]") && !typing.isMatrix(" -1.5 "));
  assert.ok(!typing.takesNumbers({ kind: "y", index: [0, 0] }));
  assert.equal(
    Number(typing.textOf({ kind: "w", index: [0, 1] }, { good: state, trace, state })),
    allOf(state, "weight")[0][1],
  );
});

test("a walk stays inside its panels, and remembers its place in each", () => {
  const { panels } = sceneOf(trace, 4, english);
  const [first, second] = panels;
  const began = frozen(walk.start(walk.ASIDE, panels, null));
  assert.deepEqual([began.panel, walk.placeIn(began, first)], [first.id, [0, 0]]);
  const down = frozen(walk.go(began, first, [1, Infinity]));
  assert.deepEqual(walk.placeIn(down, first), [1, first.cols - 1]);
  assert.deepEqual(walk.placeIn(walk.go(down, first, [-9, -9]), first), [0, 0]);
  const next = frozen(walk.change(down, panels, 1));
  assert.deepEqual([next.panel, walk.placeIn(next, second)], [second.id, [0, 0]]);
  assert.deepEqual(walk.placeIn(walk.change(next, panels, -1), first), [1, first.cols - 1]);
  assert.equal(walk.change(began, panels, -1).panel, panels.at(-1)?.id);
  assert.equal(walk.stay(next, [first]).panel, first.id);
  assert.equal(walk.stay(next, []).panel, "");
  const small = { ...first, rows: 1, cols: 1 };
  assert.deepEqual(walk.placeIn(down, small), [0, 0]);
});

test("a walk begins at the cell that is kept", () => {
  const { panels } = sceneOf(trace, 4, english);
  const kept = { kind: "w" as const, index: [2, 1] };
  const began = walk.start(walk.ASIDE, panels, kept);
  const panel = panelOf({ panels }, began.panel);
  assert.deepEqual(panel.ref(...(walk.placeIn(began, panel) as [number, number])), kept);
});

test("cells are made around the reader, and most moves make none", () => {
  for (const count of [1, 15, 16, 40, 400]) {
    const stretches = [...Array(count).keys()].map((at) => walk.around(at, count));
    for (const [at, [from, to]] of stretches.entries())
      assert.ok(
        from >= 0 && from <= at && at < to && to <= count && to - from <= 15,
        `${at} of ${count}`,
      );
    assert.ok(new Set(stretches.map(String)).size <= 1 + count / 7);
  }
});
