// Players that go together: what a step and a cell of one are in another, and who tells whom.
import assert from "node:assert/strict";
import { test } from "node:test";
import { cellIn, counterpart } from "../src/core/counterpart.ts";
import { VIEWS } from "../src/core/trace.ts";
import { join, lead, type Member } from "../src/player/pair.ts";
import { Store } from "../src/player/store.ts";
import { sizesIn } from "../src/words/crossing.ts";
import { possible } from "../src/words/ranges.ts";
import { traceOf } from "../src/words/state.ts";
import type { State } from "../src/words/table.ts";
import { DEFAULTS } from "../src/words/table.ts";
import { dice, drawn } from "./draw.ts";

const told = (words: Partial<State>) => traceOf({ ...DEFAULTS, ...words });
/** The walk of a view: its phase, and the cell that a step of it is about. */
const CELL: Record<string, ["scatter" | "gather" | "multiply", "source" | "target"]> = {
  scatter: ["scatter", "source"],
  gather: ["gather", "target"],
  matrix: ["multiply", "target"],
};

class Fake implements Member {
  store: Store;
  base: State;
  heard: Partial<State>[] = [];
  leave: () => void;

  constructor(words: Partial<State>) {
    this.store = new Store({ pair: "p", ...words });
    this.base = { ...this.store.good };
    this.leave = join(this);
  }
  get trace() {
    return this.store.trace;
  }
  get state() {
    return this.store.state;
  }
  get good() {
    return this.store.good;
  }
  get known() {
    return this.store.known;
  }
  follow(patch: Partial<State>) {
    this.heard.push(patch);
    this.choose(patch);
  }
  asks = false;
  light() {}
  render() {}
  choose(patch: Partial<State>) {
    this.store.take(patch);
    lead(this, this.store.news());
  }
}

function together(first: Partial<State>, second: Partial<State>, act: (a: Fake, b: Fake) => void) {
  const both = [new Fake(first), new Fake(second)];
  act(both[0], both[1]);
  for (const one of both) one.leave();
}

test("every step has a counterpart in every other trace, and its own in its own", () => {
  const roll = dice(11);
  for (let round = 0; round < 80; round += 1) {
    const [one, other] = [drawn(roll), drawn(roll)];
    const [view, again] = [VIEWS[roll(0, 2)], VIEWS[roll(0, 2)]];
    const [from, to] = [told({ ...one, view }), told({ ...other, view: again })];
    let last = 0;
    for (let step = 0; step < from.length; step += 1) {
      const there = counterpart(from, step, to);
      assert.ok(Number.isInteger(there) && there >= 0 && there < to.length, `${step}: ${there}`);
      assert.equal(counterpart(from, step, from), step);
      if (view !== again && from.geometry.ndim === 1) assert.ok(there >= last, "never back");
      last = there;
    }
  }
});

test("with and without padding, a step is about the same input or the same cell of the canvas", () => {
  const roll = dice(4);
  let met = 0;
  for (let round = 0; round < 60; round += 1) {
    const bare = { ...drawn(roll), padding: 0, output_padding: 0 };
    const tight = { ...bare, padding: bare.kernel_size.map(() => 1) };
    for (const view of Object.keys(CELL)) {
      if (!possible({ ...DEFAULTS, ...tight, view })) continue;
      met += 1;
      const [from, to] = [told({ ...bare, view }), told({ ...tight, view })];
      const [name, about] = CELL[view];
      const phase = from.phases.find((each) => each.name === name);
      assert.ok(phase);
      for (let step = phase.start; step < Math.min(phase.stop, from.length - 1); step += 1) {
        if (!step) continue;
        const [here, there] = [from.step(step), to.step(counterpart(from, step, to))];
        if (about === "source") assert.deepEqual(there.source, here.source);
        const cell = cellIn(from, { kind: "y", index: here.target ?? [] }, to).index;
        const inside = cell.every((o, axis) => o >= 0 && o < to.outputSize[axis]);
        if (about === "target" && inside) assert.deepEqual(there.target, cell);
      }
    }
  }
  assert.ok(met > 60, `${met}`);
});

test("the same number is kept in both, where both have it", () => {
  together({ stride: 2, padding: 0 }, { stride: 2, padding: 1 }, (a, b) => {
    a.choose({ selection: { kind: "y", index: [3, 2] } });
    assert.deepEqual(b.state.selection, { kind: "y", index: [2, 1] });
    b.choose({ selection: { kind: "x", index: [1, 1] } });
    assert.deepEqual(a.state.selection, { kind: "x", index: [1, 1] });
    b.choose({ selection: null });
    assert.equal(a.state.selection, null);
  });
});

test("what the author made different stays so, all else changes together", () => {
  together({ padding: 0 }, { padding: 1, view: "gather" }, (a, b) => {
    a.choose({ stride: 3 });
    assert.deepEqual(b.good.stride, [3, 3]);
    a.choose({ padding: 2 });
    assert.deepEqual(b.good.padding, [
      [1, 1],
      [1, 1],
    ]);
    a.choose({ view: "matrix" });
    assert.equal(b.good.view, "gather");
    a.choose({ step: a.trace.length - 1 });
    assert.equal(b.state.step, b.trace.length - 1);
  });
});

test("a change that the other cannot make leaves it as it is", () => {
  together({ kernel_size: 5, padding: 0 }, { kernel_size: 5, padding: 3 }, (a, b) => {
    a.choose({ kernel_size: 2, input_size: 1 });
    assert.equal(b.store.fault, null);
    assert.deepEqual(b.good.kernel_size, [5, 5]);
  });
});

test("nobody hears back, and another name hears nothing", () => {
  const stranger = new Fake({ pair: "q" });
  together({ stride: 2 }, { stride: 2 }, (a, b) => {
    a.choose({ step: 4 });
    assert.deepEqual(b.heard, [{ step: 4 }]);
    assert.deepEqual(a.heard, []);
    b.choose({ playing: true, step: 5 });
    assert.deepEqual(a.heard, [{ step: 5, playing: true }]);
    assert.equal(b.heard.length, 1);
  });
  assert.deepEqual(stranger.heard, []);
  stranger.leave();
});

test("who comes later joins the others where they are", () => {
  together({ stride: 2, step: 2 }, { stride: 2, step: 5 }, (a, b) => {
    assert.equal(b.state.step, 5);
    a.choose({ stride: 3, step: 6, playing: true });
    const third = new Fake({ stride: 2, padding: 1 });
    assert.deepEqual(third.good.stride, [3, 3]);
    assert.equal(third.state.step, 6);
    assert.equal(third.state.playing, false);
    assert.equal(b.heard.length, 2);
    third.leave();
  });
});

test("who has left hears no more", () => {
  together({}, {}, (a, b) => {
    b.leave();
    a.choose({ step: 3 });
    assert.deepEqual(b.heard, []);
  });
});

test("the sizes of a layer and of what it transposes stay together, whoever changes", () => {
  const roll = dice(12);
  let met = 0;
  for (let round = 0; round < 60; round += 1) {
    const layer = { ...DEFAULTS, ...drawn(roll), input: null, weight: null, pair: "p" };
    if (!possible(layer)) continue;
    const other = { ...layer, ...sizesIn(layer, "direct") };
    if (!possible(other)) continue;
    together(layer, other, (a, b) => {
      const [first, second] = roll(0, 1) ? [a, b] : [b, a];
      for (const patch of [{ kernel_size: 4 }, { stride: 3 }, { padding: 1 }, { input_size: 9 }]) {
        const before = JSON.stringify(first.good);
        first.choose(patch);
        if (first.store.fault || JSON.stringify(first.good) === before) return;
        assert.deepEqual(second.trace.layerSize, first.trace.layerSize);
        assert.deepEqual(second.trace.inputSize, first.trace.outputSize);
        assert.deepEqual(second.good.kernel_size, first.good.kernel_size);
        met += 1;
      }
    });
  }
  assert.ok(met > 60, `${met}`);
});

test("sizes that an author made to differ stay as they are", () => {
  together({ input_size: 3 }, { input_size: 9, view: "direct" }, (a, b) => {
    a.choose({ kernel_size: 2 });
    assert.deepEqual(b.good.kernel_size, [2, 2]);
    assert.deepEqual(b.good.input_size, [9, 9]);
  });
});

test("a direct convolution writes what its transpose stamps", () => {
  const layer = { kernel_size: [3, 2], stride: [2, 3], padding: [1, 0] };
  const from = told({ ...layer, input_size: [3, 4] });
  const to = told({ ...layer, input_size: from.outputSize, view: "direct" });
  const { start, stop } = from.phases.filter(({ name }) => name === "scatter")[0];
  for (let step = Math.max(1, start); step < stop - 1; step += 1) {
    const there = counterpart(from, step, to);
    assert.deepEqual(to.step(there).target, from.step(step).source);
    assert.equal(counterpart(to, there, from), step);
  }
  assert.deepEqual(cellIn(from, { kind: "y", index: [1, 2] }, to), { kind: "x", index: [1, 2] });
});

test("the step that turns the kernel goes with the one that keeps it, both ways", () => {
  const [turned, kept] = [true, false].map((turned) => told({ view: "gather", turned }));
  const at = turned.phases.find(({ name }) => name === "flip")?.start ?? 0;
  assert.equal(kept.phase(at).name, "keep");
  assert.equal(counterpart(turned, at, kept), at);
  assert.equal(counterpart(kept, at, turned), at);
});
