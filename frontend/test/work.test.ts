// One limit in both languages, and nothing on the way to a refusal that never ends.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { GeometryError } from "../src/core/errors.ts";
import { Geometry } from "../src/core/geometry.ts";
import { Trace } from "../src/core/trace.ts";
import { Store } from "../src/player/store.ts";
import { geometryOf } from "../src/words/state.ts";
import { DEFAULTS } from "../src/words/table.ts";

const golden = JSON.parse(
  readFileSync(new URL("../../tests/golden/limits.json", import.meta.url), "utf8"),
);

const said = (work: () => unknown) => {
  try {
    work();
    return null;
  } catch (error) {
    assert.ok(error instanceof GeometryError, String(error));
    return error.sentence();
  }
};

test("what is too much is refused in Python's words, and what is not is let through", () => {
  for (const { words, refused } of golden)
    assert.equal(
      said(() => geometryOf({ ...DEFAULTS, ...words })),
      refused,
      JSON.stringify(words),
    );
});

/** How often a geometry is made. */
function made(work: () => unknown) {
  const original = Object.getOwnPropertyDescriptor(Geometry.prototype, "ndim") as any;
  let count = 0;
  Object.defineProperty(Geometry.prototype, "ndim", {
    ...original,
    get() {
      count += 1;
      return original.get.call(this);
    },
  });
  try {
    work();
  } finally {
    Object.defineProperty(Geometry.prototype, "ndim", original);
  }
  return count;
}

const HUGE = [2 ** 16, 1e17, 1e300];
const SHAPES = ["input_size", "kernel_size", "stride", "dilation", "padding", "output_padding"];

test("whatever is asked, the nearest that is possible is found in few tries", () => {
  for (const view of ["scatter", "gather", "matrix"])
    for (const huge of HUGE)
      for (const name of [...SHAPES, "groups", "out_channel"])
        for (const other of SHAPES) {
          const words = { view, input_size: 1, kernel_size: 1, stride: huge, [other]: 2 };
          const count = made(() => {
            const store = new Store({ ...words, [name]: huge } as any);
            assert.ok(store.trace.sums.length <= 300_000);
            store.take({ [other]: huge } as any);
          });
          assert.ok(count < 20_000, `${count} for ${JSON.stringify({ ...words, [name]: huge })}`);
        }
});

test("a record that is too large is refused before its canvas is made", () => {
  const data = {
    schema: "deconvviz.trace/1",
    view: "scatter",
    geometry: new Geometry({ kernel_size: [1], stride: 10 ** 12 }).toDict(),
    input: [[1, 2]],
    weight: [[1]],
    bias: null,
  };
  assert.equal(
    said(() => Trace.fromDict(data)),
    "stride (=1000000000000) must be at most 65536: use 65536 or less",
  );
});

test("own data beyond the size shown count, too", () => {
  const input = [Array(200_001).fill(0)];
  assert.match(
    String(
      said(() => geometryOf({ ...DEFAULTS, input_size: [3], kernel_size: [1], input } as any)),
    ),
    /would hold 200001 numbers/,
  );
});
