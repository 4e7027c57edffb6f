// Closed forms of counts, against counting one by one.
import assert from "node:assert/strict";
import { test } from "node:test";
import { resized } from "../src/core/example.ts";
import { Axis, Geometry } from "../src/core/geometry.ts";
import { Trace } from "../src/core/trace.ts";

function* drawn() {
  let seed = 12;
  const below = (n: number) => {
    seed = (seed * 16807) % 2147483647;
    return seed % n;
  };
  for (let k = 0; k < 1500; k += 1) {
    const [stride, dilation] = [1 + below(9), 1 + below(9)];
    const extra = below(Math.max(stride, dilation));
    const axis = new Axis(1 + below(9), stride, below(20), below(20), extra, dilation);
    yield { axis, n: 1 + below(9) };
  }
}

function pairs(axis: Axis, n: number) {
  const found: [number, number, number][] = [];
  for (let i = 0; i < n; i += 1)
    for (let t = axis.kernel_size - 1; t >= 0; t -= 1)
      found.push([i, t, axis.stride * i + axis.dilation * t - axis.padding_begin]);
  return found.filter(([, , o]) => o >= 0 && o < axis.outputSize(n));
}

test("contributors and overlap are what they are one by one", () => {
  for (const { axis, n } of drawn()) {
    const outputs = axis.outputSize(n);
    if (outputs < 1) continue;
    const met = pairs(axis, n);
    const counts = Array(outputs).fill(0);
    for (const [, , o] of met) counts[o] += 1;
    assert.deepEqual(axis.overlap(n), counts);
    counts.forEach((_, o) =>
      assert.deepEqual(
        axis.contributors(o, n),
        met.filter(([, , other]) => other === o).map(([i, t]) => [i, t]),
      ),
    );
  }
});

test("a cell is held where an earlier input reaches it", () => {
  for (const { axis, n } of drawn()) {
    const met = pairs(axis.whole, n);
    for (const [i, t, cell] of met)
      assert.equal(
        axis.held(i, t),
        met.some(([other, , o]) => o === cell && other < i),
      );
  }
});

/** How often a method of every axis is called. */
function calls(name: "contributors" | "held", work: () => void) {
  const original = Axis.prototype[name] as (...given: number[]) => any;
  let count = 0;
  (Axis.prototype as any)[name] = function (this: Axis, ...given: number[]) {
    count += 1;
    return original.apply(this, given);
  };
  try {
    work();
  } finally {
    (Axis.prototype as any)[name] = original;
  }
  return count;
}

test("a stamp asks each tap whether its cell is held, and nothing else", () => {
  const geometry = new Geometry({ kernel_size: [1000], stride: 30 });
  const [input, weight] = [resized(null, [9], 1, "input"), resized(null, [1000], 1, "weight")];
  const trace = new Trace(geometry, input, weight, [9], 1);
  assert.equal(
    calls("held", () => assert.equal(trace.step(4).held.length, 1000)),
    1000,
  );
  assert.equal(
    calls("contributors", () => trace.step(5)),
    0,
  );
  assert.equal(
    calls("contributors", () => geometry.overlap([9])),
    0,
  );
});
