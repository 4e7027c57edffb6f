// What the views hand to the painter: pure scenes, held against the trace and against counting by
// hand.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { cells, ravel, volume } from "../src/core/grid.ts";
import type { Ref } from "../src/core/ref.ts";
import { words } from "../src/core/text.ts";
import { VIEWS as STORIES, Trace } from "../src/core/trace.ts";
import { layout } from "../src/paint/layout.ts";
import { inkOn, levelOf, shadesOf } from "../src/paint/shades.ts";
import { coloursOf } from "../src/paint/theme.ts";
import { calm, stepBeside } from "../src/scene/beside.ts";
import { legend, longestLegend } from "../src/scene/legend.ts";
import { letteringOf } from "../src/scene/legible.ts";
import { LOOK, LOOKS } from "../src/scene/looks.ts";
import type { Mark, Panel, Scene } from "../src/scene/scene.ts";
import { grid, Plane, pour } from "../src/scene/scene.ts";
import { sceneOf } from "../src/scene/views/index.ts";
import { panelOf } from "./panel.ts";

/** They all end on the same output; the direct convolution reads another map. */
const VIEWS = STORIES.filter((view) => view !== "direct");

const folder = new URL("../../tests/golden/", import.meta.url);
const names = readdirSync(folder).filter((name) => /_(scatter|gather|matrix)\.json$/.test(name));
const traceOf = (name: string) =>
  Trace.fromDict(JSON.parse(readFileSync(new URL(name, folder), "utf8")).trace);
const scene = (trace: Trace, index: number, view: string = trace.view) =>
  sceneOf(trace, index, words("en"), view);
const last = (trace: Trace) => trace.length - 1;
const valueAt = ({ values, cols }: Panel, [row, col]: [number, number]) => values[row * cols + col];

for (const name of names) {
  const trace = traceOf(name);
  const views = trace.view === "scatter" ? ["scatter", "overlap"] : [trace.view];

  for (const view of views)
    test(`${name} as ${view}: every scene is whole`, () => {
      for (let index = 0; index < trace.length; index += 1) {
        const {
          panels,
          marks,
          arrangements,
          crowded,
          notes = [],
          signs = [],
        } = scene(trace, index, view);
        const ids = panels.map(({ id }) => id);
        for (const found of panels) check(found, `${index} ${found.id}`);
        for (const mark of marks) inside(panels, mark);
        const always = ids.filter((id) => id !== "line").sort();
        for (const rows of arrangements) assert.deepEqual(rows.flat(2).sort(), always);
        for (const rows of crowded?.arrangements ?? [])
          assert.deepEqual(rows.flat(2).sort(), [...ids].sort());
        for (const note of notes) assert.ok(ids.includes(note.panel));
        for (const { after, before } of signs)
          assert.ok(ids.includes(after) && ids.includes(before));
      }
    });

  test(`${name}: the last picture shows the output`, () => {
    const y = panelOf(scene(trace, last(trace)), "y");
    cells(trace.outputSize).forEach((index, at) => {
      const place = y.place({ kind: "y", index });
      assert.ok(place);
      assert.equal(valueAt(y, place), trace.output[at]);
      assert.deepEqual(y.ref(...place), { kind: "y", index });
    });
  });

  test(`${name}: the same step is the same scene by every path`, () => {
    for (const view of views) {
      const index = Math.floor(last(trace) / 2);
      const forward = traceOf(name);
      for (let at = 0; at <= index; at += 1) scene(forward, at, view);
      const back = traceOf(name);
      scene(back, last(back), view);
      assert.deepEqual(plain(scene(forward, index, view)), plain(scene(back, index, view)));
    }
  });
}

/** A scene without its functions. */
const plain = ({ panels, ...rest }: Scene) =>
  JSON.parse(
    JSON.stringify({
      ...rest,
      panels: panels.map(({ values, looks, ...panel }) => ({
        ...panel,
        values: [...values],
        looks: [...looks],
      })),
    }),
  );

/** Sizes agree, numbers are numbers, cells and things find each other. */
function check(found: Panel, where: string) {
  const { rows, cols, values, looks } = found;
  assert.equal(values.length, rows * cols, where);
  assert.equal(looks.length, rows * cols, where);
  assert.ok(found.label && !/[{}]|undefined|NaN/.test(found.label + found.brief), found.label);
  assert.ok(found.peak > 0, where);
  values.forEach((value) => assert.ok(Number.isFinite(value), where));
  for (let row = 0; row < rows; row += 1)
    for (let col = 0; col < cols; col += 1) {
      assert.ok(LOOKS[looks[row * cols + col]], where);
      const ref = found.ref(row, col);
      const place = ref && !found.spans && found.place(ref);
      if (place) assert.ok(samePlace(found, place, ref), `${where} ${row} ${col}`);
    }
}

const samePlace = (found: Panel, place: [number, number], ref: Ref | null) =>
  JSON.stringify(found.ref(...place)) === JSON.stringify(ref);

function inside(panels: Panel[], { panel: id, rows, cols }: Mark) {
  const found = panels.find((each) => each.id === id);
  assert.ok(
    found && rows[0] >= 0 && rows[0] < rows[1] && rows[1] <= found.rows,
    `${id} rows ${rows}`,
  );
  assert.ok(cols[0] >= 0 && cols[0] < cols[1] && cols[1] <= found.cols, `${id} cols ${cols}`);
}

for (const name of names.filter((each) => each.endsWith("_scatter.json"))) {
  test(`${name}: overlap counts what is counted by hand`, () => {
    const trace = traceOf(name);
    const y = panelOf(scene(trace, last(trace), "overlap"), "y");
    const whole = trace.geometry.whole;
    const counts = new Array(volume(trace.fullSize)).fill(0);
    for (const source of cells(trace.inputSize))
      for (const { target } of whole.footprint(source, trace.inputSize))
        counts[ravel(target, trace.fullSize)] += 1;
    const start = trace.geometry.window(trace.inputSize).map(([begin]) => begin);
    cells(trace.fullSize).forEach((cell, at) => {
      const place = y.place({ kind: "y", index: cell.map((i, axis) => i - start[axis]) });
      assert.ok(place);
      assert.equal(valueAt(y, place), counts[at]);
      if (trace.geometry.ndim === 2)
        assert.equal(
          valueAt(y, place),
          valueAt(y, [place[0], 0]) * valueAt(y, [0, place[1]]),
          "the counts at the edges",
        );
      if (!counts[at]) assert.equal(LOOKS[y.looks[place[0] * y.cols + place[1]]].hatch, true);
    });
  });
}

for (const name of names.filter((each) => each.endsWith("_matrix.json"))) {
  test(`${name}: the matrix times the column is the output`, () => {
    const trace = traceOf(name);
    const { start, stop } = trace.phases.filter((phase) => phase.name === "multiply")[0];
    const now = scene(trace, stop - 1);
    const [C, xs, ys] = ["C", "xs", "ys"].map((id) => panelOf(now, id));
    for (let row = 0; row < C.rows; row += 1) {
      let sum = 0;
      for (let col = 0; col < C.cols; col += 1)
        sum += valueAt(C, [row, col]) * valueAt(xs, [col, 0]);
      assert.ok(Math.abs(sum - valueAt(ys, [row, 0])) < 1e-9 * Math.max(1, Math.abs(sum)));
    }
    const step = trace.step(start);
    const framed = scene(trace, start).marks.filter((mark) => mark.panel === "C");
    assert.deepEqual(
      framed.map(({ style }) => style),
      step.columns.length ? ["stamp", "active"] : ["active"],
    );
  });

  test(`${name}: things are lines and entries of the matrix`, () => {
    const trace = traceOf(name);
    const C = panelOf(scene(trace, last(trace)), "C");
    assert.ok(C.spans);
    const origin = trace.inputSize.map(() => 0);
    assert.deepEqual(C.spans({ kind: "x", index: origin }), [
      { rows: [0, C.rows], cols: [0, trace.channels] },
    ]);
    assert.deepEqual(C.spans({ kind: "y", index: origin }), [{ rows: [0, 1], cols: [0, C.cols] }]);
    for (const { rows, cols } of C.spans({ kind: "w", index: origin }))
      assert.deepEqual(C.ref(rows[0], cols[0]), { kind: "w", index: origin });
  });
}

test("the map of the gather view holds the numbers of the trace", () => {
  for (const name of ["stride_gather.json", "sides_gather.json", "dilation_gather.json"]) {
    const trace = traceOf(name);
    for (let index = 0; index < trace.length; index += 1) {
      const map = panelOf(scene(trace, index), "map");
      const frame = trace.frame(index);
      const shown = [...map.values].filter(
        (_, at) => ![LOOK.none, LOOK.cropped].includes(map.looks[at]),
      );
      assert.deepEqual(shown, [...frame.values.subarray(0, volume(frame.size.slice(1)))]);
    }
  }
});

test("a plane finds every index again, and nothing in the gaps between slices", () => {
  for (const size of [[5], [2, 3], [3, 2, 4]]) {
    const plane = new Plane(size);
    const places = new Set();
    for (const index of cells(size)) {
      const [row, col] = plane.on(index);
      assert.deepEqual(plane.off(row, col), index);
      places.add(row * plane.cols + col);
    }
    assert.equal(places.size, volume(size));
    plane.each((at, place) =>
      assert.deepEqual(plane.on(cells(size)[at]), [
        Math.floor(place / plane.cols),
        place % plane.cols,
      ]),
    );
  }
  assert.equal(new Plane([2, 2, 3]).off(0, 3), null);
});

test("slices side by side say which plane they are", () => {
  const trace = traceOf("three_d_gather.json");
  const { notes = [] } = scene(trace, last(trace));
  const told = (id: string) =>
    notes.filter((note) => note.panel === id && note.text).map(({ text, brief }) => [text, brief]);
  assert.deepEqual(
    told("y"),
    Array.from({ length: trace.outputSize[0] }, (_, i) => [`plane ${i}`, String(i)]),
  );
  assert.equal(told("map").length, trace.inputSize[0]);
  assert.deepEqual(
    told("w").map(([, brief]) => Number(brief)),
    Array.from({ length: trace.geometry.kernel_size[0] }, (_, i) => i).reverse(),
  );
});

test("one axis that is trimmed at one side says so", () => {
  const trace = traceOf("causal_scatter.json");
  const [[begin, end]] = trace.geometry.padding;
  assert.ok(begin !== end);
  const { notes = [] } = scene(trace, 0);
  assert.equal(notes.length, (begin ? 1 : 0) + (end ? 1 : 0));
});

test("what is written on a count can be read", () => {
  const channel = (value: number) =>
    value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  const light = (colour: string) => {
    const [r, g, b] = [1, 3, 5].map((at) =>
      channel(Number.parseInt(colour.slice(at, at + 2), 16) / 255),
    );
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  for (const theme of ["light", "dark"] as const) {
    const shades = shadesOf(LOOKS[LOOK.count], coloursOf(theme));
    assert.equal(shades.length, 32);
    for (const colour of shades) {
      const [dark, bright] = [light(colour), light(inkOn(colour))].sort((a, b) => a - b);
      assert.ok((bright + 0.05) / (dark + 0.05) >= 4.5, colour);
    }
  }
});

test("shades grow with the number and stop at the largest", () => {
  assert.deepEqual(
    [0, 1, -2, 9].map((value) => levelOf(value, 2)),
    [0, 16, 31, 31],
  );
});

/** About what a browser measures. */
const measure = (text: string) => 7 * text.length + 4;

for (const [width, height] of [
  [1190, 312],
  [650, 312],
  [340, 330],
  [318, 330],
])
  test(`nothing collides and nothing is cut at ${width} px`, () => {
    for (const name of names) {
      const trace = traceOf(name);
      for (const view of trace.view === "scatter" ? ["scatter", "overlap"] : [trace.view])
        for (const index of [0, last(trace)]) {
          const { boxes } = layout(scene(trace, index, view), {
            width,
            height,
            font: 14,
            largest: 44,
            measure,
          });
          const areas = boxes.map(({ panel: { rows, cols }, x, y, cell, tall }) => [
            x,
            y,
            x + cols * cell,
            y + rows * tall,
          ]);
          for (const [left, top, right, bottom] of areas)
            assert.ok(
              left >= 0 && top >= 0 && right <= width && bottom <= height + 1,
              `${name} ${view} ${left} ${top} ${right} ${bottom}`,
            );
          areas.forEach((a, at) =>
            areas
              .slice(at + 1)
              .forEach((b) =>
                assert.ok(
                  a[2] <= b[0] || b[2] <= a[0] || a[3] <= b[1] || b[3] <= a[1],
                  `${name} ${view}`,
                ),
              ),
          );
        }
    }
  });

test("cells far too many for the room still have a place", () => {
  const panels = [grid("y", "output", "y", [2000, 2000])];
  const { boxes } = layout(
    { panels, marks: [], arrangements: [[[["y"]]]] },
    { width: 318, height: 330, font: 14, largest: 44, measure },
  );
  assert.ok(2000 * boxes[0].cell <= 318);
});

for (const name of names.filter((each) => each.endsWith("_gather.json")))
  test(`${name}: while zeros are being inserted the picture is as large as its label says`, () => {
    const trace = traceOf(name);
    const phase = trace.phases.find((each) => each.name === "insert_zeros");
    for (let index = phase?.start ?? 0; index < (phase?.stop ?? 0); index += 1) {
      const { looks, label, brief } = panelOf(scene(trace, index), "map");
      const sizes = brief.split(",")[0].split(" × ").map(Number);
      assert.ok(label.includes(brief));
      assert.ok(!looks.includes(LOOK.cropped), `step ${index}`);
      assert.equal(
        looks.filter((look) => look !== LOOK.none).length,
        volume(sizes),
        `step ${index}`,
      );
    }
  });

for (const [name, view] of names
  .flatMap((each) => VIEWS.map((other) => [each, other]))
  .filter(([each, other]) => !each.endsWith(`_${other}.json`)))
  test(`${name}: beside a step of it stand, in ${view}, the outputs that it has finished, and no others`, () => {
    const trace = traceOf(name);
    const other = trace.withView(view);
    for (let index = 0; index < trace.length; index += 1) {
      const { output, done } = trace.frame(index);
      const calmed = calm(scene(other, last(other)), other, trace, index);
      assert.deepEqual(calmed.marks, []);
      const y = panelOf(calmed, view === "matrix" ? "ys" : "y");
      cells(trace.outputSize).forEach((target, at) => {
        const stamps = trace.geometry
          .contributors(target, trace.inputSize)
          .map(({ source }) => (ravel(source, trace.inputSize) + 1) * trace.channels);
        const finished =
          trace.view === "scatter" ? stamps.every((stamp) => stamp <= done) : at < done;
        const place = y.place({ kind: "y", index: target });
        assert.ok(place);
        assert.equal(valueAt(y, place), finished ? output[at] : 0, `${name} ${index}`);
        assert.equal(
          y.looks[place[0] * y.cols + place[1]] === LOOK.outputEmpty,
          !finished,
          `${name} ${index}`,
        );
      });
    }
  });

for (const view of VIEWS)
  test(`beside a step of ${view} stand the counts so far, and a rim that is empty until all is done`, () => {
    const trace = traceOf(`sides_${view}.json`);
    const other = trace.withView("scatter");
    for (let index = 0; index < trace.length; index += 1) {
      const { done } = trace.frame(index);
      const all = trace.frame(last(trace)).done;
      const shown = calm(
        scene(other, stepBeside(other, trace, index), "overlap"),
        other,
        trace,
        index,
      );
      const y = panelOf(shown, "y");
      const counts = y.values
        .filter((_, at) => LOOKS[y.looks[at]].count)
        .reduce((sum, count) => sum + count, 0);
      const lit = cells(trace.outputSize).filter(
        (target, at) => at < done && trace.geometry.contributors(target, trace.inputSize).length,
      ).length;
      const expected = view === "scatter" ? scene(trace, index, "overlap") : null;
      if (expected) assert.deepEqual([...y.values], [...panelOf(expected, "y").values]);
      else if (done < all) assert.equal(y.looks.filter((look) => LOOKS[look].count).length, lit);
      else assert.ok(counts > 0);
      assert.ok(shown.marks.every(({ style }) => style === "period" && done === all));
      const canvas = panelOf(calm(scene(other, last(other)), other, trace, index), "y");
      if (view !== "scatter" && done < all)
        assert.ok(!canvas.looks.includes(LOOK.cropped) && canvas.looks.includes(LOOK.rimEmpty));
    }
  });

test("beside the first view there are no panels for the products of a step", () => {
  for (const view of VIEWS) {
    const trace = traceOf(`stride_${view}.json`);
    const { panels, arrangements } = calm(scene(trace, last(trace)), trace, trace, 0);
    const ids = panels.map(({ id }) => id).sort();
    assert.ok(!ids.some((id) => ["stamp", "products", "line"].includes(id)));
    for (const rows of arrangements) assert.deepEqual(rows.flat(2).sort(), ids);
  }
});

test("a legend names what is in the picture, and nothing else", () => {
  const told = (trace: Trace, step: number, view = trace.view) =>
    legend(trace, view, step, words("en"));
  const matrix = traceOf("stride_matrix.json");
  const multiply = matrix.phases.find(({ name }) => name === "multiply")?.start ?? 0;
  assert.match(told(matrix, 0), /row being written/);
  assert.match(told(matrix, multiply), /plain frame/);
  assert.doesNotMatch(told(matrix, last(matrix)), /frame/i);
  const canvas = traceOf("stride_scatter.json");
  for (let step = 0; step < canvas.length; step += 1) {
    const framed = scene(canvas, step, "overlap").marks.some(({ style }) => style === "period");
    assert.equal(/one period/.test(told(canvas, step, "overlap")), framed, `${step}`);
    for (const view of ["scatter", "overlap"]) {
      const crop = scene(canvas, step, view).marks.some(({ style }) => style === "crop");
      assert.equal(/what is kept/.test(told(canvas, step, view)), crop, `${step}`);
    }
  }
  for (const name of names.filter((each) => each.endsWith("_scatter.json"))) {
    const trace = traceOf(name);
    const { looks } = panelOf(scene(trace, trace.input.length, "overlap"), "y");
    const text = told(trace, trace.input.length, "overlap");
    assert.equal(
      /Dashed cells/.test(text),
      looks.some((look) => LOOKS[look].dash),
      name,
    );
    assert.equal(/At the edges/.test(text), looks.includes(LOOK.factor), name);
    assert.ok(longestLegend(trace, "overlap", words("en")).length >= text.length);
  }
});

test("the numbers of a panel have one size, or none of them is written", () => {
  const plain = pour(grid("w", "kernel", "w", [2, 2]), [1, 0.5, 12, 3], () => LOOK.kernel);
  const long = pour(grid("w", "kernel", "w", [2, 2]), [1, 0.0625, 12, 3], () => LOOK.kernel);
  assert.equal(letteringOf(plain, 44, 44)?.digits, 3);
  assert.ok((letteringOf(long, 44, 44)?.size ?? 99) < (letteringOf(plain, 44, 44)?.size ?? 0));
  assert.ok(letteringOf(plain, 21, 21));
  assert.equal(letteringOf(long, 20, 20), null);
});
