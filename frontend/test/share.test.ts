// What is written can be read again; what is drawn as SVG is what the painter draws.
import assert from "node:assert/strict";
import { test } from "node:test";
import { over, words } from "../src/core/text.ts";
import { picture } from "../src/paint/picture.ts";
import { coloursOf } from "../src/paint/theme.ts";
import { relative } from "../src/parts/share/embed.ts";
import { numpyLines, torchLines } from "../src/parts/share/python.ts";
import { fileName } from "../src/parts/share/share.ts";
import { read } from "../src/words/read.ts";
import { traceOf } from "../src/words/state.ts";
import type { State } from "../src/words/table.ts";
import { DEFAULTS } from "../src/words/table.ts";
import { attributes, query, write } from "../src/words/write.ts";
import { dice, drawn } from "./draw.ts";

/** The state as a player holds it: one value per axis. */
function held(patch: Partial<State>): State {
  const state = { ...DEFAULTS, ...patch };
  const trace = traceOf(state);
  return { ...state, ...trace.geometry.toDict(), input_size: trace.inputSize };
}

test("a state survives its words, its query and a base of its own", () => {
  const roll = dice(1);
  for (let at = 0; at < 500; at += 1) {
    const state = held({
      ...drawn(roll),
      step: roll(0, 9),
      view: ["scatter", "gather", "matrix"][roll(0, 2)],
      speed: [0.5, 1, 2][roll(0, 2)],
      theme: ["auto", "dark"][roll(0, 1)],
      loop: roll(0, 1) === 1,
      title: ["", 'a "title" & <more>, 1:2'][roll(0, 1)],
      selection: { kind: "y", index: [0] },
    });
    const expected = state;
    assert.deepEqual(held(read(write(state))), expected);
    assert.deepEqual(held(read(new URLSearchParams(query(write(state))))), expected);
    const base = held(drawn(roll));
    assert.deepEqual(held({ ...base, ...read(write(state, base)) }), expected);
  }
});

test("only what differs from the defaults is written, one value where axes are alike", () => {
  const pairs = (patch: Partial<State>) => query(write(held(patch)));
  assert.equal(pairs({}), "");
  assert.equal(
    pairs({ stride: 2, padding: 1, output_padding: 1, step: 4 }),
    "stride=2&padding=1&output-padding=1&step=4",
  );
  assert.equal(pairs({ kernel_size: [3, 2], stride: [2, 1] }), "kernel-size=3,2&stride=2,1");
  assert.equal(pairs({ kernel_size: [4], padding: [[1, 2]] }), "kernel-size=4,&padding=1:2");
  assert.equal(pairs({ kernel_size: [3, 3, 3] }), "kernel-size=3,3,3");
  assert.equal(
    pairs({
      padding: [
        [0, 1],
        [2, 2],
      ],
    }),
    "padding=0:1,2",
  );
  assert.equal(
    pairs({ bias: 0.5, selection: { kind: "x", index: [0, 1] }, playing: true }),
    "bias=0.5&selection=x:0,1",
  );
});

test("attributes are safe inside a page", () => {
  assert.equal(
    attributes([["title", 'a "b" <c> & d']]),
    ' title="a &quot;b&quot; &lt;c&gt; &amp; d"',
  );
});

test("an address is relative within one host and whole across hosts", () => {
  const script = "https://a.org/book/_static/deconvviz.js";
  assert.equal(relative(script, "https://a.org/book/index.html"), "_static/deconvviz.js");
  assert.equal(
    relative(script, "https://a.org/book/deep/er/page.html"),
    "../../_static/deconvviz.js",
  );
  assert.equal(relative(script, "https://a.org/book/_static/embed.html"), "deconvviz.js");
  assert.equal(relative(script, "https://b.org/"), script);
  assert.equal(relative("file:///x/deconvviz.js", "file:///x/y/p.html"), "../deconvviz.js");
});

test("lines of Python name only what differs, and cut where the sides differ", () => {
  const plain = torchLines(traceOf(held({})));
  assert.match(plain, /conv_transpose2d\(x, w\)\n/);
  const same = torchLines(traceOf(held({ stride: 2, padding: 1, output_padding: 1 })));
  assert.match(same, /conv_transpose2d\(x, w, stride=2, padding=1, output_padding=1\)\n/);
  const uneven = torchLines(
    traceOf(
      held({
        stride: 2,
        padding: [
          [0, 1],
          [1, 1],
        ],
      }),
    ),
  );
  assert.match(uneven, /conv_transpose2d\(x, w, stride=2, padding=\(0, 1\)\)\[:, 0:6, :\]\n/);
  const causal = torchLines(traceOf(held({ kernel_size: [4], stride: [2], padding: [[0, 2]] })));
  assert.match(causal, /conv_transpose1d\(x, w, stride=2\)\[:, 0:6\]\n/);
  const ours = numpyLines(
    traceOf(
      held({
        stride: 2,
        padding: [
          [0, 1],
          [1, 1],
        ],
        bias: 2,
      }),
    ),
  );
  assert.match(ours, /dv\.conv_transpose\(x, w, bias=\[2\], stride=2, padding=\(\(0, 1\), 1\)\)/);
});

/** @returns what a part is shown */
function shown(state: State): any {
  const trace = traceOf(state);
  return {
    trace,
    state,
    words: words("en"),
    title: "A <title> that is long enough to need a second line of its own here",
    sentence: trace.sentence(state.step),
    theme: "light",
  };
}
const measure = (text: string, font: string) =>
  text.length * 0.6 * parseFloat(/([\d.]+)px/.exec(font)?.[1] ?? "10");

test("the picture holds every number of the stage, the title and the sentence", () => {
  for (const view of ["scatter", "gather"]) {
    const state = held({
      stride: 2,
      padding: 1,
      output_padding: 1,
      view,
      step: 6,
      selection: { kind: "y", index: [1, 1] },
    });
    const { svg, width, height } = picture(shown(state), coloursOf("light"), measure);
    assert.ok(width === 960 && height > 300 && height < 1000);
    assert.ok(svg.startsWith("<svg ") && svg.endsWith("</svg>"));
    assert.ok(svg.includes("A &lt;title&gt;"));
    assert.doesNotMatch(svg, /NaN|undefined|null|Infinity/);
    assert.ok(svg.split("<text").length > 25);
    assert.ok(svg.includes(coloursOf("light").things.kernel.line));
  }
});

test("the same step is the same picture, whatever was drawn before", () => {
  const now = shown(held({ stride: 2, step: 5 }));
  assert.equal(
    picture(now, coloursOf("dark"), measure).svg,
    picture(now, coloursOf("dark"), measure).svg,
  );
});

test("a file is named for what it shows", () => {
  const named = (patch: Partial<State>) => fileName(shown(held(patch)), "png");
  assert.equal(
    named({ stride: 2, padding: 1, output_padding: 1, step: 5 }),
    "deconvviz-scatter-3x3-k3x3-s2-p1-op1-step06.png",
  );
  assert.equal(
    named({ kernel_size: [4], padding: [[0, 2]], view: "gather" }),
    "deconvviz-gather-3-k4-p0-2-step01.png",
  );
});

test("a language stands over English, sentence by sentence", () => {
  const english = { a: "one", b: { c: "two", d: ["x", "y"] } };
  assert.deepEqual(over(english, { b: { c: "zwei" }, z: "unknown" }), {
    a: "one",
    b: { c: "zwei", d: ["x", "y"] },
  });
  for (const none of [3, null, "x", [], { a: 1, b: null }, { b: { c: [], d: "xy" } }])
    assert.deepEqual(over(english, none), english);
  assert.equal(words("xx").ui.play, words("en").ui.play);
  assert.equal(words("__proto__").ui.play, words("en").ui.play);
});
