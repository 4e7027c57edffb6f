// The direct convolution: held to the loop that defines it, and to the layer that transposes it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { cells, nest, ravel } from "../src/core/grid.ts";
import { words } from "../src/core/text.ts";
import { Trace } from "../src/core/trace.ts";
import { both } from "../src/parts/head/sizeline.ts";
import { numpyLines, torchLines } from "../src/parts/share/python.ts";
import { Store } from "../src/player/store.ts";
import { adjoint, calm, canStand, traceBeside } from "../src/scene/beside.ts";
import { legend } from "../src/scene/legend.ts";
import { countOf, lit, productsOf } from "../src/scene/links.ts";
import { LOOK } from "../src/scene/looks.ts";
import { questionFor, sizeQuestion } from "../src/scene/questions.ts";
import { tasksOf } from "../src/scene/tasks.ts";
import { sceneOf } from "../src/scene/views/index.ts";
import { crossing } from "../src/words/crossing.ts";
import { PRESETS, presetOf, wordsOf } from "../src/words/presets.ts";
import { stateOf, traceOf } from "../src/words/state.ts";
import type { State } from "../src/words/table.ts";
import { DEFAULTS } from "../src/words/table.ts";
import { dice, drawn } from "./draw.ts";
import { panelOf } from "./panel.ts";

const english = words("en");
const last = (trace: Trace) => trace.length - 1;

/** Layers of one to three axes, and the direct convolution that each transposes. */
function* pairs(seed: number, count: number) {
  const roll = dice(seed);
  for (let at = 0; at < count; at += 1) {
    const state = { ...DEFAULTS, ...drawn(roll) } as State;
    const layer = traceOf(state);
    const input = Float64Array.from(
      { length: layer.channels * layer.outputSize.reduce((all, n) => all * n, 1) },
      () => roll(-20, 20) / 8,
    );
    const direct = new Trace(
      layer.geometry,
      input,
      layer.weight,
      layer.outputSize,
      layer.channels,
      null,
      "direct",
    );
    yield { layer, direct };
  }
}

/** The loop that defines it, from nothing but parameters and numbers. */
function loop({ geometry, input, inputSize, weight, channels, outputSize }: Trace) {
  const { kernel_size, stride, dilation, padding } = geometry;
  const taps = cells(kernel_size);
  return cells(outputSize).map((target) => {
    let sum = 0;
    taps.forEach((tap, t) => {
      const index = target.map((o, d) => o * stride[d] + tap[d] * dilation[d] - padding[d][0]);
      if (index.some((i, d) => i < 0 || i >= inputSize[d])) return;
      for (let channel = 0; channel < channels; channel += 1)
        sum +=
          input[(channel * input.length) / channels + ravel(index, inputSize)] *
          weight[channel * taps.length + t];
    });
    return sum;
  });
}

test("300 drawn layers: it writes what the loop writes, of the size that the layer reads", () => {
  for (const { layer, direct } of pairs(1, 300)) {
    assert.deepEqual(direct.outputSize, layer.inputSize);
    assert.deepEqual(direct.geometry.toDict(), layer.geometry.toDict());
    assert.deepEqual([...direct.output], loop(direct));
    const values = Array.from({ length: direct.length }, (_, t) => direct.step(t))
      .filter(({ phase }) => phase === "slide")
      .map(({ value }) => value);
    assert.deepEqual([...direct.output], values);
    assert.deepEqual([...direct.frame(last(direct)).output], values);
  }
});

test("it is the adjoint of the layer, by number", () => {
  for (const { layer, direct } of pairs(2, 100)) {
    if (layer.channels > 1) continue;
    const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, x, at) => sum + x * b[at], 0);
    const [forward, back] = [dot(direct.output, layer.input), dot(direct.input, layer.sums)];
    assert.ok(Math.abs(forward - back) <= 1e-9 * Math.max(1, Math.abs(back)));
  }
});

test("a cell lights the cells of its products, the same ones as in the layer", () => {
  for (const { layer, direct } of pairs(3, 60)) {
    if (layer.channels > 1) continue;
    const kinds = { x: "y", y: "x", w: "w" } as const;
    for (const [kind, size] of [
      ["x", direct.inputSize],
      ["y", direct.outputSize],
      ["w", direct.geometry.kernel_size],
    ] as const)
      for (const index of cells(size).slice(0, 12)) {
        const ours = productsOf(direct, { kind, index });
        const theirs = productsOf(layer, { kind: kinds[kind], index });
        const key = (a: number[], tap: number[], b: number[]) => `${a}|${tap}|${b}`;
        assert.deepEqual(
          ours.map(({ source, tap, target }) => key(source, tap, target)).sort(),
          theirs.map(({ source, tap, target }) => key(target, tap, source)).sort(),
        );
        assert.equal(countOf(direct, { kind, index }), ours.length);
        if (kind !== "y") continue;
        const sum = ours.reduce((all, { x, w }) => all + x * w, 0);
        assert.ok(Math.abs(sum - direct.output[ravel(index, size)]) < 1e-9);
      }
  }
});

test("the picture: padding dashed, cells that no window reads hatched, the kernel as it is", () => {
  const trace = traceOf({
    ...DEFAULTS,
    input_size: [7],
    kernel_size: [2],
    stride: [3],
    padding: [[1, 1]],
    view: "direct",
  });
  const bare = panelOf(sceneOf(trace, 0, english), "map");
  const before = panelOf(sceneOf(trace, 1, english), "map");
  const [none, padded, input, unread] = [LOOK.none, LOOK.padded, LOOK.input, LOOK.unread];
  const inside = [input, unread, input, input, unread, input, input];
  assert.deepEqual([...bare.looks], [none, ...inside, none]);
  assert.equal(bare.label, "large input 7");
  assert.deepEqual([...before.looks], [padded, ...inside, none]);
  const after = sceneOf(trace, last(trace), english);
  assert.deepEqual([...panelOf(after, "map").looks], [padded, ...inside, padded]);
  assert.equal(panelOf(after, "map").label, "large input, padded 9");
  assert.deepEqual([...panelOf(after, "w").values], [1, 2]);
  assert.deepEqual(
    after.marks.find(({ panel }) => panel === "map"),
    { panel: "map", rows: [0, 1], cols: [6, 8], style: "window" },
  );
  assert.deepEqual(panelOf(after, "map").foot, [-1, 0, 1, 2, 3, 4, 5, 6, -1]);
  assert.equal(panelOf(after, "map").ref(0, 0), null);
  assert.deepEqual(panelOf(after, "map").ref(0, 8), null);
  assert.equal(
    legend(trace, "direct", 0, english),
    "Dashed: zeros of the border. Hatched: no window reaches these.",
  );
  assert.deepEqual(lit(trace, { kind: "x", index: [1] }), [{ kind: "x", index: [1] }]);
});

test("what is said of its sizes", () => {
  const trace = traceOf({ ...DEFAULTS, input_size: 6, stride: 2, padding: 1, view: "direct" });
  assert.equal(
    both(trace, english.sizes),
    "Conv2d(k 3, s 2, p 1) on 6 × 6; its transpose is ConvTranspose2d(k 3, s 2, p 1, op 1)",
  );
  const { truth, because } = sizeQuestion(trace, english);
  assert.equal(truth, "3 × 3");
  assert.match(because, /^Rows ⌊\(6 \+ 1 \+ 1 − 3\) \/ 2⌋ \+ 1 = 3\. /);
  const cut = traceOf({
    ...DEFAULTS,
    input_size: 11,
    dilation: 3,
    output_padding: 2,
    view: "direct",
  });
  assert.match(both(cut, english.sizes), /on 11 × 11, its first 3 × 3 outputs; .* op 2, d 3\)$/);
  assert.match(sizeQuestion(cut, english).because, /\+ 1 − 2 = 3\. /);
  assert.match(cut.sentence(last(cut)), /would write 2 more columns at the right: cut/);
});

test("every step of it asks for its output; there is nothing to place by hand", () => {
  const trace = traceOf({ ...DEFAULTS, input_size: 5, stride: 2, view: "direct" });
  assert.equal(questionFor(trace, 0, english), null);
  for (let t = 1; t < trace.length; t += 1)
    assert.deepEqual(questionFor(trace, t, english)?.answer, [trace.step(t).value]);
  assert.deepEqual(tasksOf(trace), []);
});

test("from the layer to it and back, the layer stays", () => {
  const roll = dice(4);
  for (let at = 0; at < 200; at += 1) {
    const store = new Store(drawn(roll));
    const { trace: layer, good } = store;
    store.take({ selection: { kind: "x", index: layer.inputSize.map(() => 0) } });
    store.take(crossing(store.known, "direct"));
    assert.equal(store.fault, null);
    assert.deepEqual(store.trace.geometry.toDict(), layer.geometry.toDict());
    assert.deepEqual(store.trace.inputSize, layer.outputSize);
    assert.deepEqual(store.state.selection?.kind, "y");
    store.take(crossing(store.known, "scatter"));
    assert.deepEqual(store.trace.geometry.toDict(), layer.geometry.toDict());
    assert.deepEqual(store.trace.input, layer.input);
    assert.deepEqual(store.trace.output, layer.output);
    assert.deepEqual(store.good.input_size, good.input_size);
  }
});

test("the rows that no window reaches come and go with the size: no choice is stuck with them", () => {
  const store = new Store({ input_size: 6, stride: 2, padding: 1, view: "direct" });
  assert.deepEqual(store.trace.geometry.output_padding, [1, 1]);
  store.take({ stride: 1 });
  assert.equal(store.fault, null);
  assert.deepEqual(store.trace.outputSize, [6, 6]);
  store.take({ input_size: [2, 0] });
  assert.match(String(store.fault), /must be at least 1/);
});

test("its dictionary is the state of a player that shows the same", () => {
  for (const { direct } of pairs(5, 60)) {
    const { geometry, input, weight, channels, inputSize } = direct;
    const state = stateOf({
      schema: "deconvviz.trace/1",
      view: "direct",
      geometry: geometry.toDict(),
      input: nest(input, [channels, ...inputSize]),
      weight: nest(weight, [channels, ...geometry.kernel_size]),
      bias: null,
    });
    assert.deepEqual([...traceOf({ ...DEFAULTS, ...state }).output], [...direct.output]);
  }
});

test("a known layer is read by its direct convolution, and recognised there", () => {
  for (const preset of PRESETS.filter(({ view }) => !view)) {
    const state = new Store({ ...wordsOf(preset, true), view: "direct" }).good;
    const small = traceOf({ ...DEFAULTS, ...wordsOf(preset) });
    assert.deepEqual(traceOf(state).outputSize, small.inputSize, preset.id);
    assert.ok(presetOf(state, preset.id), preset.id);
  }
});

test("lines of Python name Conv", () => {
  const state = {
    ...DEFAULTS,
    input_size: [9],
    kernel_size: [3],
    stride: 2,
    padding: [[0, 1]],
    groups: 2,
    view: "direct",
  };
  assert.match(
    torchLines(traceOf(state)),
    /x = torch\.nn\.functional\.pad\(x, \(0, 1\)\)\ny = torch\.nn\.functional\.conv1d\(x, w, stride=2, groups=2\)\n/,
  );
  const cut = { ...DEFAULTS, input_size: 11, dilation: 3, output_padding: 2, view: "direct" };
  assert.match(torchLines(traceOf(cut)), /conv2d\(x, w, dilation=3\)\[:, :3, :3\]\n/);
  const ours = numpyLines(traceOf(cut));
  assert.match(ours, /y = dv\.conv\(x, w, dilation=3\)\[:, :3, :3\]\n/);
  assert.match(ours, /record\(x, w, output_padding=2, dilation=3, view="direct"\)/);
});

test("another view reads another map, and that is said", () => {
  const trace = traceOf({ ...DEFAULTS, view: "direct" });
  assert.throws(() => trace.withView("scatter"), /reads another map than direct/);
  assert.throws(() => traceOf(DEFAULTS).withView("direct"), /reads another map than scatter/);
});

test("the pair: one layer, both ways, and two sums that are one", () => {
  const roll = dice(6);
  let cut = 0;
  for (let at = 0; at < 100; at += 1) {
    const { good, trace } = new Store({ ...drawn(roll), view: roll(0, 1) ? "scatter" : "matrix" });
    assert.equal(canStand(good, "direct"), trace.channels === 1);
    if (trace.channels > 1) continue;
    const other = traceBeside(good, trace, "direct");
    assert.deepEqual(other.geometry.toDict(), trace.geometry.toDict());
    assert.deepEqual([other.inputSize, other.outputSize], [trace.outputSize, trace.inputSize]);
    cut += trace.geometry.axes.some((axis) => axis.cut) ? 1 : 0;
    const [ours, theirs] = adjoint(trace, other);
    assert.ok(Math.abs(ours - theirs) <= 1e-9 * Math.max(1, Math.abs(ours)));
    assert.equal(traceBeside(good, trace, "direct"), other);
    const shown = sceneOf(other, last(other), english, "direct");
    const { panels, marks } = calm(shown, other, trace, 0);
    const y = panelOf({ panels }, "y");
    const values = (all: ArrayLike<number>) =>
      Array.from(all)
        .filter(Boolean)
        .sort((a, b) => a - b);
    assert.deepEqual(values(y.values), values(other.output));
    assert.ok(!panels.some(({ id }) => id === "products") && !marks.length);
  }
  assert.ok(cut);
});
