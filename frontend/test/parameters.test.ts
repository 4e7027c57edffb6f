// What stands behind the steppers: ranges, mending, axes, own data, presets. No page needed.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { GeometryError } from "../src/core/errors.ts";
import { words } from "../src/core/text.ts";
import { both } from "../src/parts/head/sizeline.ts";
import { grouped } from "../src/parts/parameters/more.ts";
import { sceneOf } from "../src/scene/views/index.ts";
import { refusal } from "../src/words/check.ts";
import { Axes, withAxes } from "../src/words/dimensions.ts";
import { fitted, greys } from "../src/words/image.ts";
import { followed, kindOf, named } from "../src/words/kernels.ts";
import { begun, mended, ORDER } from "../src/words/nearest.ts";
import { readNumbers } from "../src/words/numbers.ts";
import { brought, exampled, isExample, pictured, withChannels } from "../src/words/owndata.ts";
import { PRESETS, presetOf, wordsOf } from "../src/words/presets.ts";
import { at, base, LEAST, moved, possible, put, range } from "../src/words/ranges.ts";
import { read } from "../src/words/read.ts";
import { differing, geometryOf, missing, traceOf } from "../src/words/state.ts";
import { DEFAULTS, NAMES, PARAMETERS, SHAPING, TABLE, VIEWS } from "../src/words/table.ts";

/** A possible state, as the player keeps it. */
function good(patch: Record<string, any>): any {
  const state = { ...DEFAULTS, ...patch };
  const { geometry, inputSize } = geometryOf(state);
  return { ...state, ...geometry.toDict(), input_size: inputSize };
}

/** Numbers that look random and are the same every time. */
function dice(seed = 7) {
  return (most: number) => {
    seed = (seed * 16807) % 2147483647;
    return seed % (most + 1);
  };
}

function drawn(draw: ReturnType<typeof dice>) {
  for (;;) {
    const ndim = 1 + draw(1);
    const list = (least: number, more: number) =>
      Array.from({ length: ndim }, () => least + draw(more));
    const state = {
      ...DEFAULTS,
      input_size: list(1, 4),
      kernel_size: list(1, 4),
      stride: list(1, 3),
      dilation: list(1, 2),
      output_padding: list(0, 2),
      padding: Array.from({ length: ndim }, () => [draw(4), draw(4)]),
    };
    if (possible(state)) return good(state);
  }
}

test("a range holds exactly what is possible, for 200 drawn states and every place", () => {
  const draw = dice();
  for (let count = 0; count < 200; count += 1) {
    const state = drawn(draw);
    const ndim = state.kernel_size.length;
    for (const name of PARAMETERS)
      for (let axis = -1; axis < ndim; axis += 1) {
        const place =
          axis < 0 ? { name } : name === "padding" ? { name, axis, side: draw(1) } : { name, axis };
        const found = range(state, place);
        if (!found) {
          assert.equal(at(state, place, ndim), undefined);
          continue;
        }
        for (let value = LEAST[name] - 1; value <= 30; value += 1)
          assert.equal(
            possible({ ...state, ...put(state, place, value, ndim) }),
            value >= found.least && value <= found.most,
            JSON.stringify([state, place, value, found]),
          );
      }
  }
});

test("an impossible choice has a possible one beside it", () => {
  const start = good({ stride: 2, padding: 1, output_padding: 1 });
  const tried = { ...start, output_padding: [4, 4] };
  assert.deepEqual(mended(tried, start), { output_padding: [1, 1] });
  assert.deepEqual(mended({ ...start, stride: [0, 2] }, start), { stride: [2, 2] });
  assert.deepEqual(
    mended(
      {
        ...start,
        padding: [
          [9, 1],
          [1, 1],
        ],
      },
      start,
    ),
    {
      padding: [
        [6, 1],
        [1, 1],
      ],
    },
  );
  assert.deepEqual(mended({ ...start, kernel_size: "three" }, start), { kernel_size: [3, 3] });
  assert.deepEqual(mended({ ...start, bias: "x" as any }, start), { bias: null });
  const draw = dice(3);
  for (let count = 0; count < 300; count += 1) {
    const state = drawn(draw);
    const name = PARAMETERS[draw(5)];
    const attempt = {
      ...state,
      ...moved(state, { name }, draw(60) - 30, state.kernel_size.length),
    };
    if (!possible(attempt))
      assert.ok(possible({ ...attempt, ...mended(attempt, state) }), JSON.stringify(attempt));
  }
});

test("a change starts from numbers: what cannot be moved is left behind", () => {
  const start = good({ stride: 2 });
  assert.equal(base({ ...start, stride: [3, 3] }, start, "stride").stride[0], 3);
  for (const stride of ["abc", [1, 2, 3], ["x", 1]])
    assert.deepEqual(moved(base({ ...start, stride }, start, "stride"), { name: "stride" }, 1, 2), {
      stride: [3, 3],
    });
});

test("axes come and go, and come back as they were", () => {
  const plane = good({
    input_size: [3, 5],
    kernel_size: [3, 2],
    stride: [2, 1],
    padding: [
      [0, 1],
      [1, 1],
    ],
    input: [
      [
        [1, 2],
        [3, 4],
      ],
    ],
  });
  const axes = new Axes();
  const row = good({ ...plane, ...axes.switched(plane, 1) });
  assert.deepEqual(
    [row.input_size, row.kernel_size, row.stride, row.padding],
    [[5], [2], [1], [[1, 1]]],
  );
  assert.deepEqual(row.input, [[1, 2]]);
  const again = good({ ...row, ...axes.switched(row, 2) });
  assert.deepEqual(again, plane);
  const other = good({ ...again, ...axes.switched(again, 1), stride: [3] });
  assert.deepEqual(good({ ...other, ...axes.switched(other, 2) }).stride, [3, 3]);
  assert.deepEqual(withAxes(good({ input_size: 9 }), 3).input_size, [3, 9, 9]);
  assert.ok(traceOf(good({ ...plane, ...withAxes(plane, 3) })).output.every(Number.isFinite));
});

test("numbers are read as people write them", () => {
  const matrix = [
    [1, 2],
    [3, 4],
  ];
  for (const text of [
    "1 2\n3 4",
    "1,2;3,4",
    "1\t2\r\n3\t4\n",
    "[[1,2],[3,4]]",
    "array([[1., 2.],\n       [3., 4.]], dtype=float32)",
    "[[1 2]\n [3 4]]",
  ])
    assert.deepEqual(readNumbers(text, "input"), matrix, text);
  assert.deepEqual(readNumbers("tensor([[[1., −2e-1]]])", "input"), [[[1, -0.2]]]);
  const refused: [string, string][] = [
    ["1 2\n3 x", "input: row 2 holds 'x', which is not a number"],
    ["1 2\n3", "input: row 2 has 1 number, row 1 has 2: make every row as long"],
    ["[[1, 2], [3, nan]]", "input: row 2 holds 'nan', which is not a number"],
    ["[[1, 2], 3]", "input: row 1 mixes numbers with lists of numbers"],
    ["[[1, 2], [3", "input: a bracket that opens at row 2 or before it is never closed"],
    [" ", "input must hold at least one number: rows by line or ;, numbers by space or comma"],
    ["array([[0, 1, ..., 9]])", "input: row 1 holds '...', which is not a number"],
  ];
  for (const [text, sentence] of refused)
    assert.throws(
      () => readNumbers(text, "input"),
      (error) => error instanceof GeometryError && error.sentence() === sentence,
    );
});

test("own data in attributes bring their size, unless one comes with them", () => {
  const plane = good(read([["input", "1 2 3; 4 5 6"]]));
  assert.deepEqual(
    [plane.input_size, plane.input],
    [
      [2, 3],
      [
        [
          [1, 2, 3],
          [4, 5, 6],
        ],
      ],
    ],
  );
  assert.deepEqual(
    good(
      read([
        ["weight", "[[[1,2],[3,4]]]"],
        ["kernel-size", "3"],
      ]),
    ).kernel_size,
    [3, 3],
  );
  assert.deepEqual(good(read([["input", "[1,2,3]"]])).kernel_size, [3]);
  assert.deepEqual(
    good(
      read([
        ["input", "[[1,2,3]]"],
        ["kernel-size", "2,"],
      ]),
    ).input_size,
    [3],
  );
  assert.deepEqual(read([["input", "[[1,2,3]]"]], 1), { input: [[1, 2, 3]], input_size: [3] });
  assert.throws(
    () => geometryOf({ ...DEFAULTS, ...read([["input", "1 2; 3"]]) } as any),
    /row 2 has 1 number/,
  );
  assert.throws(
    () => geometryOf({ ...DEFAULTS, ...read([["bias", "much"]]) } as any),
    /bias \(='much'\)/,
  );
});

test("named data keep their name at another size, other data their numbers", () => {
  assert.deepEqual(named("bilinear", [4], 1, [2]), [[0.25, 0.75, 0.75, 0.25]]);
  assert.deepEqual(named("nearest", [4], 1, [2]), [[0, 1, 1, 0]]);
  assert.deepEqual(named("binomial", [3, 3], 1)[0], [
    [1, 2, 1],
    [2, 4, 2],
    [1, 2, 1],
  ]);
  assert.deepEqual(named("random", [3, 3], 2), named("random", [3, 3], 2));
  const smooth = good({ kernel_size: 4, stride: 2, weight: named("bilinear", [4, 4], 1, [2, 2]) });
  assert.equal(kindOf(smooth, "weight"), "bilinear");
  const next = { ...smooth, kernel_size: [3, 3] };
  assert.deepEqual(followed(smooth, next).weight, named("bilinear", [3, 3], 1, [2, 2]));
  assert.deepEqual(
    followed(
      good({
        weight: [
          [
            [9, 9],
            [9, 9],
          ],
        ],
      }),
      next,
    ),
    {},
  );
  assert.deepEqual(followed(smooth, { ...smooth, stride: [3, 3] }), {});
});

test("groups: an output sees the channels of its group alone", () => {
  const start = good({ stride: 2 });
  const four = good({ ...start, ...withChannels(start, 4) });
  const second = good({ ...four, groups: 2, out_channel: 1 });
  const trace = traceOf(second);
  assert.equal(trace.channels, 2);
  assert.deepEqual([...trace.input], [...traceOf(four).input].slice(2 * trace.cells));
  const first = traceOf(good({ ...four, groups: 2 }));
  const sum = first.sums.map((value, at) => value + trace.sums[at]);
  assert.deepEqual([...sum], [...traceOf(four).sums]);
  assert.ok(
    grouped(second, words("en").parameters.group).startsWith(
      "groups = 2: output channel 1 sees input channels 2–3 of 4",
    ),
  );
  assert.throws(
    () => traceOf({ ...four, groups: 3 }),
    /groups \(=3\) must divide the first axis of weight, 4 channels/,
  );
  assert.throws(
    () => traceOf({ ...four, groups: 2, out_channel: 2 }),
    /out_channel \(=2\) must be smaller than 2: use 0 to 1/,
  );
  assert.equal(
    good({
      ...second,
      ...brought(second, "input", [
        [1, 2],
        [3, 4],
      ]),
    }).groups,
    1,
  );
});

test("channels: both data have as many, and the example comes back", () => {
  const start = good({});
  const three = good({ ...start, ...withChannels(start, 3) });
  assert.equal(traceOf(three).channels, 3);
  assert.ok(isExample(three, "weight") && isExample(three, "input"));
  const { group } = words("en").parameters;
  assert.ok(
    grouped(three, group).includes(
      "all 3 input channels add up. The weight of such a layer has shape (3, out_channels, 3, 3)",
    ),
  );
  assert.ok(grouped(start, group).startsWith("One input channel"));
  const one = good({ ...three, ...withChannels(three, 1) });
  assert.deepEqual(traceOf(one).output, traceOf(start).output);
  const own = good({
    ...three,
    ...brought(three, "input", [
      [1, 2],
      [3, 4],
    ]),
  });
  assert.deepEqual([traceOf(own).channels, own.input_size], [1, [2, 2]]);
  assert.deepEqual(exampled(own, "input"), { input: null });
  assert.throws(() => brought(start, "input", [1, 2]), /must have 2 axes/);
});

test("a picture becomes grey numbers from 0 to 9", () => {
  assert.deepEqual(fitted(480, 640), [12, 16]);
  assert.deepEqual(fitted(5, 3), [5, 3]);
  assert.deepEqual(fitted(1000, 1), [16, 1]);
  assert.deepEqual(
    greys([0, 0, 0, 255, 255, 255, 255, 255, 255, 0, 0, 255, 128, 128, 128, 255], 2),
    [
      [0, 9],
      [3, 5],
    ],
  );
  const flat = good({ kernel_size: [3], input_size: [5] });
  const shown = good({ ...flat, ...pictured(flat, [[1, 2, 3]]) });
  assert.deepEqual(
    [shown.input_size, shown.kernel_size],
    [
      [1, 3],
      [3, 3],
    ],
  );
});

test("every preset is possible, has its words, and is known again", () => {
  for (const preset of PRESETS) {
    const state = good(wordsOf(preset));
    assert.ok(traceOf(state).output.every(Number.isFinite), preset.id);
    assert.equal(presetOf(state, preset.id)?.id, preset.id);
    assert.ok(words("en").presets.titles[preset.id] && words("en").presets.notes[preset.id]);
  }
  assert.equal(presetOf(good({ stride: 5 })), null);
});

test("both parameter sets, to the letter", () => {
  const line = (patch: any) => both(traceOf(good(patch)), words("en").sizes);
  assert.equal(
    line({ stride: 2, padding: 1, output_padding: 1 }),
    "ConvTranspose2d(k 3, s 2, p 1, op 1) transposes Conv2d(k 3, s 2, p 1) on 6 × 6",
  );
  assert.equal(
    line({
      kernel_size: [3, 2],
      stride: [2, 1],
      padding: [
        [1, 2],
        [0, 0],
      ],
      dilation: [1, 2],
    }),
    "ConvTranspose2d(k (3, 2), s (2, 1), p (1:2, 0), d (1, 2)) transposes Conv2d(k (3, 2), s (2, 1), p (1:2, 0), d (1, 2)) on 4 × 5",
  );
  assert.equal(
    line({ kernel_size: [4], stride: [2], padding: [[0, 2]], input_size: [5] }),
    "ConvTranspose1d(k 4, s 2, p 0:2) transposes Conv1d(k 4, s 2, p 0:2) on 10",
  );
  assert.equal(
    line({ dilation: 3, output_padding: 2 }),
    "ConvTranspose2d(k 3, s 1, p 0, op 2, d 3) transposes Conv2d(k 3, s 1, p 0, d 3) on 11 × 11, of which the first 3 × 3 outputs count",
  );
});

const REFUSED = {
  "speed (=0) must be a number from 0.1 to 10": ["speed", "0"],
  "speed (='x') must be a number from 0.1 to 10": ["speed", "x"],
  "speed (=-2) must be a number from 0.1 to 10": ["speed", "-2"],
  "autoplay (='no') must be true or false": ["autoplay", "no"],
  "predict (='0') must be true or false": ["predict", "0"],
  "theme (='drak') must be one of auto, light, dark": ["theme", "drak"],
  "controls (='some') must be one of full, transport, none": ["controls", "some"],
  "exercise (='stamps') must be one of '', stamp, zeros, row": ["exercise", "stamps"],
  "keys (='none') must be one of on, off, fragments": ["keys", "none"],
  "lang (='xx') must be one of en": ["lang", "xx"],
  "view (='walk') must be one of scatter, gather, matrix, overlap, direct": ["view", "walk"],
  "beside (='none') must be one of auto, none, scatter, gather, matrix, overlap, direct; several views have commas between them":
    ["beside", "gather,none"],
  "step (=-1) must be at least 0: use 0 or more": ["step", "-1"],
  "step (='x') must be a whole number of at least 0: write 0 or a larger one": ["step", "x"],
  "selection (='y') must be one cell or none: kind x, w or y, and its index as a list; as text, y:2,3":
    ["selection", "y"],
};

test("a word that may not be so is refused by name", () => {
  for (const [sentence, [name, text]] of Object.entries(REFUSED)) {
    const { [name]: value } = read([[name, text]]) as any;
    assert.equal(refusal(name, value)?.sentence(), sentence);
  }
});

test("what a player starts with, and what may be written, is not refused", () => {
  const written = {
    speed: "2.5",
    autoplay: "",
    loop: "true",
    present: "false",
    beside: "gather, matrix",
    exercise: "",
    selection: "null",
    view: "overlap",
    step: "0",
  };
  for (const [name, value] of Object.entries({ ...DEFAULTS, ...read(Object.entries(written)) }))
    assert.equal(refusal(name, value), null, name);
});

test("an impossible start has a possible choice near it, which keeps all words that fit", () => {
  for (const words of [
    { padding: 9, stride: 2, input_size: [4, 4] },
    { output_padding: 3, stride: 2 },
    { kernel_size: 0, stride: 3 },
    { kernel_size: [3, 3, 3, 3] },
    { stride: "abc", padding: 1 },
    { input: "[[1,2],[3]]", stride: 2 },
    { groups: 2, weight: [[[1]], [[2]], [[3]]] },
    { input_size: 5000 },
    { bias: "much", kernel_size: [3] },
  ] as Record<string, any>[]) {
    const state = { ...DEFAULTS, ...words };
    assert.ok(!possible(state));
    const near = begun(state);
    const { geometry } = traceOf({ ...near, ...mended(state, near) });
    if (words.stride === 2) assert.deepEqual(geometry.stride, [2, 2]);
    if (words.padding === 9)
      assert.deepEqual(geometry.padding, [
        [4, 4],
        [4, 4],
      ]);
  }
});

test("what a text means, or why it is refused, is what Python says", () => {
  const rows = JSON.parse(
    readFileSync(new URL("../../tests/golden/words.json", import.meta.url), "utf8"),
  );
  assert.deepEqual([...new Set(rows.map((row: any) => row.name))], NAMES);
  for (const { name, text, value, refused } of rows) {
    const state = { ...DEFAULTS, ...read([[name, text]]) } as any;
    const told = `${name}=${JSON.stringify(text)}`;
    const usual = traceOf(DEFAULTS);
    const error = refusal(name, state[name]) ?? fault(state) ?? missing(usual, name, state[name]);
    assert.equal(error?.sentence(), refused, told);
    if (refused === undefined) assert.deepEqual(meant(name, state), value, told);
  }
});

function fault(state: any): GeometryError | undefined {
  try {
    geometryOf(state);
  } catch (error) {
    return error as GeometryError;
  }
}

function meant(name: string, state: any) {
  const { geometry, inputSize } = geometryOf(state);
  return { ...state, ...geometry.toDict(), input_size: inputSize }[name];
}

test("every word that shapes the computation is mended, each once", () => {
  assert.deepEqual([...ORDER].sort(), [...SHAPING].sort());
  const good = begun({
    ...DEFAULTS,
    stride: 0,
    dilation: 0,
    padding: 1,
    output_padding: 1,
    input: [[[1]], [[2]]],
    groups: 2,
    out_channel: 1,
    bias: "x",
    view: "gather",
  } as any);
  assert.deepEqual(
    [good.stride, good.dilation, good.padding, good.output_padding],
    [
      [1, 1],
      [1, 1],
      [
        [1, 1],
        [1, 1],
      ],
      [0, 0],
    ],
  );
  assert.deepEqual([good.groups, good.out_channel, good.bias, good.view], [2, 1, null, "gather"]);
});

test("every view of the table can be drawn and every default is legal", () => {
  for (const view of VIEWS)
    assert.ok(sceneOf(traceOf({ ...DEFAULTS, view }), 0, words("en"), view).panels.length, view);
  for (const [name, { default: usual }] of Object.entries(TABLE))
    assert.equal(refusal(name, usual), null, name);
});

test("one number stands for all axes, and for no others", () => {
  const row = { kernel_size: [3], input_size: [4], stride: [2] };
  assert.deepEqual(differing({ kernel_size: 3, stride: 2 }, row), {});
  assert.deepEqual(differing({ kernel_size: [3, 3], input_size: 4, stride: 1 }, row), {
    kernel_size: [3, 3],
    stride: 1,
  });
  const linked = good({ kernel_size: 4, input_size: [5] });
  assert.deepEqual(linked.kernel_size, [4]);
});
