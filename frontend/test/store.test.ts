// What the player holds of what it is told, by reader and host, possible or not.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Trace } from "../src/core/trace.ts";
import { Session } from "../src/player/session.ts";
import { Store } from "../src/player/store.ts";
import { possible } from "../src/words/ranges.ts";
import type { State } from "../src/words/table.ts";
import { DEFAULTS } from "../src/words/table.ts";

const IMPOSSIBLE = { stride: 2, output_padding: 5 };

/** As the host does: it gives words and knows that it gave them. */
function given(store: Store, words: Partial<State>) {
  store.take(words);
  store.hear(words);
}

test("words that may not be so stay as they were, until they may", () => {
  const store = new Store({ theme: "pink", step: -1, speed: 2 });
  assert.deepEqual([...store.refused.keys()], ["theme", "step"]);
  assert.equal(store.refused.get("theme")?.key, "choice");
  assert.equal(store.state.theme, DEFAULTS.theme);
  assert.equal(store.state.step, DEFAULTS.step);
  assert.equal(store.state.speed, 2);
  assert.deepEqual(store.take({ speed: 1000, theme: "dark" }), { theme: "dark" });
  assert.deepEqual([...store.refused.keys()], ["step", "speed"]);
  assert.equal(store.state.theme, "dark");
  assert.equal(store.state.speed, 2);
});

test("an impossible choice stays the reader's; the last possible one holds for all others", () => {
  const store = new Store({ stride: 2 });
  const { trace, good } = store;
  store.take(IMPOSSIBLE);
  assert.equal(store.fault?.key, "output_padding");
  assert.equal(store.trace, trace);
  assert.equal(store.good, good);
  assert.equal(store.state.output_padding, IMPOSSIBLE.output_padding);
  assert.deepEqual(store.known.output_padding, good.output_padding);
  store.take({ theme: "dark" });
  assert.equal(store.known.theme, "dark");
  store.take({ output_padding: 1 });
  assert.equal(store.fault, null);
  assert.notEqual(store.trace, trace);
  assert.deepEqual(store.known, store.state);
});

test("an impossible start begins with the nearest possible choice", () => {
  const store = new Store(IMPOSSIBLE);
  assert.ok(store.fault);
  assert.equal(store.begun, false);
  assert.equal(store.state.output_padding, IMPOSSIBLE.output_padding);
  assert.ok(possible(store.good));
  assert.deepEqual(store.good.stride, [IMPOSSIBLE.stride, IMPOSSIBLE.stride]);
  assert.deepEqual(store.trace.geometry.toDict().output_padding, store.good.output_padding);
  const { good } = store;
  store.take({ output_padding: IMPOSSIBLE.output_padding + 1 });
  assert.equal(store.good, good);
  assert.equal(store.begun, false);
  store.take({ output_padding: 0 });
  assert.equal(store.fault, null);
  assert.equal(store.begun, true);
});

test("the host is told what the reader changes, once, and never what it said itself", () => {
  const store = new Store({});
  given(store, { stride: 2 });
  assert.deepEqual(store.news(), {});
  const line = new Store({ input_size: [5], kernel_size: [3] });
  given(line, { kernel_size: 2 });
  assert.deepEqual(line.news(), {});
  store.take({ padding: 1 });
  assert.deepEqual(Object.keys(store.news()), ["padding"]);
  assert.deepEqual(store.news(), {});
  store.take(IMPOSSIBLE);
  assert.deepEqual(store.news(), {});
});

test("what the host may not have is told back to it as it holds", () => {
  const store = new Store({});
  given(store, { theme: "pink", ...IMPOSSIBLE });
  const { theme, output_padding, stride } = store.known;
  assert.equal(theme, DEFAULTS.theme);
  assert.deepEqual(store.news(), { theme, stride, output_padding });
  assert.deepEqual(store.news(), {});
});

/** A phase, and how far into it. */
function placeIn(trace: Trace, step: number): [string, number] {
  const { name, start } = trace.phase(step);
  return [name, step - start];
}

test("another geometry goes on at the same step of the same phase", () => {
  const steps = new Store({ stride: 2, padding: 1 }).trace.length;
  for (let step = 0; step < steps - 1; step += 1) {
    const store = new Store({ stride: 2, padding: 1, step });
    const before = store.trace;
    const [name, into] = placeIn(before, step);
    store.take({ input_size: [2, 2] });
    assert.ok(store.trace.length < before.length);
    const phase = store.trace.phases.find((other) => other.name === name)!;
    const [found, at] = placeIn(store.trace, store.state.step);
    assert.equal(found, name);
    assert.equal(at, Math.min(into, phase.stop - phase.start - 1));
  }
});

test("the last step stays the last, also where a phase comes after it", () => {
  const { length } = new Store({ padding: 1 }).trace;
  const store = new Store({ padding: 1, step: length - 1 });
  store.take({ bias: 1 });
  assert.ok(store.trace.length > length);
  assert.equal(store.state.step, store.trace.length - 1);
});

test("where no phase is the same, another view goes on as far along", () => {
  const { trace } = new Store({});
  const names = new Set(trace.phases.map(({ name }) => name));
  const places = Array.from({ length: trace.length }, (_, step) => {
    const store = new Store({ step });
    store.take({ view: "gather" });
    const { phases, length } = store.trace;
    assert.ok(!phases.some(({ name }) => names.has(name)));
    return store.state.step / (length - 1);
  });
  places.forEach((place, step) => {
    assert.ok(Math.abs(place - step / (trace.length - 1)) < 1 / trace.length, `step ${step}`);
  });
});

test("a step or a cell that is not there is told, and the one before stays", () => {
  const far = { kind: "x", index: [9, 0] } as const;
  const store = new Store({ step: 1e6, selection: { kind: "y", index: [1] } });
  assert.deepEqual([...store.refused.keys()], ["step", "selection"]);
  assert.deepEqual([store.state.step, store.state.selection], [0, null]);
  store.take({ stride: 2, step: 3, selection: { kind: "x", index: [2, 2] } });
  assert.equal(store.refused.size, 0);
  store.take({ step: store.trace.length, selection: { ...far, index: [...far.index] } });
  assert.deepEqual([...store.refused.values()].map(String), [
    "GeometryError: step (=10) must be smaller than 10: use 0 to 9",
    "GeometryError: selection (=x:9,0) must be a cell that is there: x:0,0 to x:2,2",
  ]);
  assert.deepEqual(store.state.selection, { kind: "x", index: [2, 2] });
  assert.equal(store.state.step, 3);
});

test("what the reader changes takes the step along and lets a cell go, and says nothing", () => {
  const cell = { kind: "x" as const, index: [2, 2] };
  const last = new Store({}).trace.length - 1;
  const store = new Store({ step: last, selection: cell });
  store.take({ input_size: 2 });
  assert.equal(store.refused.size, 0);
  assert.equal(store.state.step, store.trace.length - 1);
  assert.ok(store.trace.length - 1 < last);
  assert.equal(store.state.selection, null);
});

test("a step that is told with its geometry is judged by that", () => {
  const store = new Store({});
  const long = store.trace.length + 3;
  store.take({ input_size: 4, step: long });
  assert.equal(store.refused.size, 0);
  assert.equal(store.state.step, long);
  assert.equal(store.inside(-Infinity), 0);
  assert.equal(store.inside(Infinity), store.trace.length - 1);
  assert.equal(store.inside(Number.NaN), 0);
  assert.equal(store.inside(1.9), 1);
});

/** A session as the player has it, but for the time, which passes tick by tick. */
function sessionOf(words: Partial<State>) {
  const store = new Store(words);
  const session: Session = new Session(store, (patch) => session.heed(store.take(patch)));
  Object.assign(session.clock, {
    start: () => (session.clock.timer = 1),
    stop: () => (session.clock.timer = 0),
  });
  return { store, session };
}

test("time plays to the end of the phase, with autoplay to the end, with loop for ever", () => {
  const played = (words: Partial<State>) => {
    const { store, session } = sessionOf({ stride: 2, padding: 1, ...words });
    session.play();
    const most = 2 * store.trace.length;
    let ticks = 0;
    for (; store.state.playing && ticks < most; ticks += 1) session.clock.tick();
    return { store, ticks, most };
  };
  const plain = played({});
  assert.equal(plain.store.state.step, plain.store.trace.phase(1).stop - 1);
  assert.ok(plain.store.state.step < plain.store.trace.length - 1);
  const whole = played({ autoplay: true });
  assert.equal(whole.store.state.step, whole.store.trace.length - 1);
  const round = played({ loop: true });
  assert.equal(round.ticks, round.most);
  assert.ok(round.store.state.playing);
});

test("a host that lets time pass is played to, as the button does", () => {
  const stops = [{}, { playing: false }].map((between) => {
    const { store, session } = sessionOf({ stride: 2, padding: 1 });
    for (const words of [between, { playing: true }]) session.heed(store.take(words));
    for (let ticks = 0; session.clock.running && ticks < store.trace.length; ticks += 1)
      session.clock.tick();
    return [store.state.step, store.trace.phase(1).stop - 1];
  });
  for (const [step, end] of stops) assert.equal(step, end);
});

test("time that passes already keeps its end when its pace changes", () => {
  const { store, session } = sessionOf({ stride: 2, padding: 1 });
  session.play();
  const { until } = session;
  while (store.state.step < until - 1) session.clock.tick();
  session.heed(store.take({ speed: 2, playing: true }));
  assert.equal(session.until, until);
  session.heed(store.take({ step: until, playing: false }));
  session.play();
  assert.ok(session.until > until);
});

test("a mode may take a step over, and then the step stays", () => {
  const { store, session } = sessionOf({ step: 1 });
  const asked: number[] = [];
  session.mode = { move: (by) => asked.push(by) > 0 };
  session.move(1);
  session.play();
  assert.deepEqual(asked, [1, 1]);
  assert.equal(store.state.step, 1);
  assert.equal(store.state.playing, false);
  session.mode = null;
  session.move(1);
  assert.equal(store.state.step, 2);
});
