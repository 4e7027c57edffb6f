// The twins cannot drift: Python and JavaScript tell the same traces, number for number.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { GeometryError } from "../src/core/errors.ts";
import { resized } from "../src/core/example.ts";
import { Geometry } from "../src/core/geometry.ts";
import { flat } from "../src/core/grid.ts";
import { number, words } from "../src/core/text.ts";
import { SCHEMA, Trace } from "../src/core/trace.ts";
import { posed } from "../src/scene/posed.ts";
import { isRight } from "../src/scene/questions.ts";
import { readNumbers } from "../src/words/numbers.ts";
import { parsed, stateOf } from "../src/words/state.ts";

const folder = new URL("../../tests/golden/", import.meta.url);
const read = (name: string) => JSON.parse(readFileSync(new URL(name, folder), "utf8"));
const traces = readdirSync(folder).filter((name) =>
  /_(scatter|gather|matrix|direct|unturned)\.json$/.test(name),
);

test("there are golden traces of every view", () => assert.ok(traces.length >= 60));

for (const name of traces) {
  const golden = read(name);
  const trace = Trace.fromDict(golden.trace);

  test(`${name}: sizes`, () => {
    const { geometry, layerSize: inputSize } = trace;
    assert.deepEqual(geometry.fullSize(inputSize), golden.sizes.full);
    assert.deepEqual(geometry.outputSize(inputSize), golden.sizes.output);
    assert.deepEqual(geometry.stretchedSize(inputSize), golden.sizes.stretched);
    assert.deepEqual(geometry.border(), golden.sizes.border);
    assert.deepEqual(geometry.window(inputSize), golden.sizes.window);
    assert.deepEqual(geometry.overlap(inputSize), golden.sizes.overlap);
  });

  test(`${name}: phases, steps, sentences`, () => {
    assert.deepEqual(
      trace.phases.map(({ name, start, stop }) => [name, start, stop]),
      golden.phases,
    );
    assert.equal(trace.length, golden.steps.length);
    golden.steps.forEach((step: object, t: number) => {
      assert.deepEqual(trace.step(t), step);
      assert.equal(trace.sentence(t), golden.sentences[t]);
    });
  });

  test(`${name}: frames in any order, and the output`, () => {
    for (const [index, frame] of Object.entries<any>(golden.frames).reverse()) {
      const found = trace.frame(Number(index));
      assert.deepEqual([...found.values], flat(frame.values));
      assert.deepEqual([...found.output], flat(frame.output));
      assert.equal(found.done, frame.done);
      assert.deepEqual(found.window, frame.window);
      assert.deepEqual(
        found.extents.map(({ gaps, begin, end }) => [gaps, begin, end]),
        frame.extents,
      );
      assert.equal(found.turned, frame.turned);
    }
    assert.deepEqual([...trace.output], flat(golden.output));
  });

  test(`${name}: from a dictionary`, () => {
    const { schema, geometry, input, weight, ...told } = golden.trace;
    assert.equal(schema, SCHEMA);
    assert.deepEqual(trace.geometry.toDict(), geometry);
    assert.deepEqual([...trace.input], input.flat(Infinity));
    assert.deepEqual([...trace.weight], weight.flat(Infinity));
    assert.deepEqual(
      { turned: trace.turned, view: trace.view, bias: trace.bias },
      { turned: true, ...told },
    );
  });
}

test("impossible parameters are refused in the same words", () => {
  for (const { parameters, key, sentence } of read("errors.json")) {
    const { input_size, ...rest } = parameters;
    const attempt = () => {
      const geometry = new Geometry(rest);
      if (input_size !== undefined) geometry.outputSize(input_size);
    };
    assert.throws(attempt, (error) => {
      assert.ok(error instanceof GeometryError, JSON.stringify(parameters));
      assert.equal(error.sentence(), sentence);
      assert.equal(error.key, key);
      return true;
    });
  }
});

test("a text that is no trace is refused in the same words, before anything is computed", () => {
  const golden = read("faults.json");
  assert.ok(golden.length >= 38);
  for (const { text, refused } of golden)
    assert.throws(
      () => stateOf(parsed(text)),
      (error) => error instanceof GeometryError && error.sentence() === refused,
      `${text}: ${refused}`,
    );
});

test("a hundred thousand lists in each other are refused, too", () => {
  const deep = "[".repeat(1e5) + "]".repeat(1e5);
  const { trace } = read("one_d_scatter.json");
  for (const [name, key] of Object.entries({ input: "too_deep", bias: "number" }))
    assert.throws(
      () => stateOf({ ...trace, [name]: JSON.parse(deep) }),
      (error) => error instanceof GeometryError && error.key === key && error.message.length < 200,
    );
  assert.throws(
    () => readNumbers(deep, "input"),
    (error) => error instanceof GeometryError && error.key === "too_deep",
  );
});

test("the author's questions are asked, answered and refused in the same words", () => {
  for (const { case: name, ask, refused, ...told } of read("questions.json")) {
    const trace = Trace.fromDict(read(`${name}.json`).trace);
    const attempt = () => posed(trace, ask, words("en"), "All is well", 1);
    if (refused) {
      assert.throws(attempt, (error: any) => error.sentence() === refused);
      continue;
    }
    const { kind, text, given, answer, truth, because, until, index, pick, choices } = attempt();
    assert.deepEqual({ kind, text, given, answer, truth, because, until }, told);
    assert.ok(isRight(attempt(), answer));
    assert.ok(index >= 1 && (until === trace.length ? index === 1 : index >= until));
    assert.equal(pick, trace.view === "scatter" && ask.startsWith("land"));
    assert.equal(choices.length, ask.startsWith("claim") ? 2 : 0);
  }
});

test("numbers are written alike", () => {
  for (const [value, text] of read("numbers.json")) assert.equal(number(Number(value)), text);
});

test("example data are the same", () => {
  const golden = read("example.json");
  for (const name of ["input", "weight"] as const)
    for (const [size, channels, data] of golden[name])
      assert.deepEqual([...resized(null, size, channels, name)], flat(data));
  for (const [data, size, name, result] of golden.resized)
    assert.deepEqual([...resized(data, size, data.length, name)], flat(result));
});
