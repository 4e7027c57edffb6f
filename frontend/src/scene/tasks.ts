/**
 * What a reader can do by hand: every task is a list of moves, taken from the trace, and a picture
 * of those done. Pure.
 */

import { isIn, ravel, unravel, volume } from "../core/grid.ts";
import type { Ref } from "../core/ref.ts";
import { cell, size } from "../core/sentences.ts";
import type { Phase } from "../core/steps.ts";
import type { Words } from "../core/text.ts";
import { fill, number } from "../core/text.ts";
import type { Trace } from "../core/trace.ts";
import { LOOK } from "./looks.ts";
import { rule } from "./rule.ts";
import type { Mark, Panel, Scene } from "./scene.ts";
import { grid } from "./scene.ts";
import { sceneOf } from "./views/index.ts";

/** One thing to place: where, and the reason. `cells` are places of the panel, in raster order. */
export type Move = {
  panel: string;
  cells: number[];
  kind: string;
  name: string;
  because: string;
  hint: string;
};
/** With `choices` a move is a kind and any cell, else the moves come in their order. */
export interface Task {
  moves: Move[];
  choices: string[];
  scene: (done: ReadonlySet<Move>, next: Move | null) => Scene;
  prompt: (next: Move) => string;
  /** why nothing of this task belongs into a cell */
  wrong: (panel: Panel, at: number) => string;
}

export const TASKS: Record<string, (trace: Trace, turn: number, words: Words) => Task> = {
  stamp,
  zeros,
  row,
};

/** The tasks that a trace can give. */
export const tasksOf = ({ geometry, direct, turned }: Trace) =>
  direct || !turned
    ? []
    : Object.keys(TASKS).filter((name) => geometry.ndim < 3 || name === "stamp");

/** Which input a turn is about: the one in the middle first, where stamps meet. */
const inputOf = (trace: Trace, turn: number) =>
  (Math.floor(trace.input.length / 2) + turn) % trace.input.length;

/** Place the products of one stamp on the canvas. */
function stamp(own: Trace, turn: number, words: Words): Task {
  const trace = own.view === "scatter" ? own : own.withView("scatter");
  const texts = words.exercise.stamp;
  const start = (trace.phases.find(({ name }) => name === "scatter") as Phase).start;
  const index = start + inputOf(trace, turn);
  const step = trace.step(index);
  const [before, after] = [sceneOf(trace, index - 1, words), sceneOf(trace, index, words)];
  const panelOf = (scene: Scene, id: string) =>
    scene.panels.find((panel) => panel.id === id) as Panel;
  const [old, made] = [panelOf(before, "y"), panelOf(after, "y")];
  const moves = trace.geometry.taps().map((tap, at) => {
    const index = trace.geometry.outputIndex(step.source, tap);
    const place = made.place({ kind: "y", index }) as [number, number];
    const because = rule(trace, step.source, tap, words);
    return {
      panel: "y",
      cells: [place[0] * made.cols + place[1]],
      kind: "product",
      tap,
      name: fill(texts.name, {
        source: cell(step.source),
        tap: cell(tap),
        x: number(step.value),
        w: number(trace.weightAt(step.channel, at)),
        product: number(step.products[at]),
      }),
      because: fill(texts.lands, { index: cell(index.map((o) => number(o))), rule: because }),
      hint: fill(texts.hint, {
        source: cell(step.source),
        tap: cell(tap),
        stride: size(trace.geometry.stride),
        dilation: size(trace.geometry.dilation),
      }),
    };
  });
  return {
    moves,
    choices: [],
    prompt: (next) => fill(texts.prompt, { name: next.name }),
    wrong(panel, at) {
      const place = panel.ref(Math.floor(at / panel.cols), at % panel.cols);
      const other = place && moves.find((move) => move.cells[0] === at);
      return other && panel.id === "y"
        ? fill(texts.other, { tap: cell(other.tap) })
        : texts.nothing;
    },
    scene(done, next) {
      const placed = new Set(moves.filter((move) => done.has(move)).flatMap((move) => move.cells));
      const mix = (from: any, to: any) =>
        from === null
          ? null
          : from.map((value: number, at: number) => (placed.has(at) ? to[at] : value));
      const canvas = {
        ...old,
        label: made.label,
        brief: made.brief,
        values: mix(old.values, made.values),
        looks: mix(old.looks, made.looks),
        badges: mix(old.badges, made.badges),
      };
      const panels = after.panels.map((panel) => (panel.id === "y" ? canvas : panel));
      const tap = moves.find((move) => move === next)?.tap;
      const marks = after.marks.filter(({ panel }) => panel !== "y");
      return {
        ...after,
        panels,
        marks: tap ? [...marks, ring(panels, "w", tap), ring(panels, "stamp", tap)] : after.marks,
      };
    },
  };
}

/** Say what every cell of the stretched and padded map is. */
function zeros(own: Trace, _: number, words: Words): Task {
  const texts = words.exercise.zeros;
  const trace = own.view === "gather" ? own : own.withView("gather");
  const turned = (trace.phases.find(({ name }) => name === "flip") as Phase).start;
  const map = sceneOf(trace, turned, words).panels.find(({ id }) => id === "map") as Panel;
  const input = {
    ...grid("x", "input", "x", trace.inputSize),
    values: trace.input.slice(0, trace.cells),
  };
  input.looks.fill(LOOK.input);
  input.label = fill(words.panels.x, { size: input.brief });
  const moves = [
    ...inputs(trace, map, texts),
    ...runs(trace, map, "inserted"),
    ...runs(trace, map, "padded"),
  ];
  for (const move of moves) move.hint ||= texts.hint;
  const hidden = new Set(moves.flatMap((move) => move.cells));
  return {
    moves,
    choices: ["input", "inserted", "padded"].filter((kind) =>
      moves.some((move) => move.kind === kind),
    ),
    prompt: () => texts.prompt,
    wrong: () => texts.nothing,
    scene(done) {
      const known = new Set([...done].flatMap((move) => move.cells));
      const looks = map.looks.map((look, at) =>
        hidden.has(at) && !known.has(at) ? LOOK.unwritten : look,
      );
      const panels = [input, { ...map, looks, foot: null, ref: () => null, place: () => null }];
      return { panels, marks: [], arrangements: [[[["x"], ["map"]]], [[["x"]], [["map"]]]] };
    },
  };
}

/** One move an input of the map. */
function inputs(trace: Trace, map: Panel, texts: any): Move[] {
  return places(map, LOOK.input).map((at) => {
    const { index } = map.ref(Math.floor(at / map.cols), at % map.cols) as Ref;
    const lines = trace.geometry.axes.map((axis, k) => {
      const extent = axis.grown(trace.inputSize[k]);
      return fill(texts.place, {
        begin: number(extent.begin),
        stride: axis.stride,
        source: index[k],
        place: number(axis.mapPlace(index[k], extent)),
      });
    });
    return {
      panel: "map",
      cells: [at],
      kind: "input",
      name: `x[${cell(index)}]`,
      because: fill(texts.input, { index: cell(index), lines: lines.join(", ") }),
      hint: "",
    };
  });
}

/**
 * One move a step of the story that made zeros: a gap that stride opened, a side of the border.
 * Which cells it made is read off the picture: rows, then columns, without any input.
 */
function runs(trace: Trace, map: Panel, kind: "inserted" | "padded"): Move[] {
  const own = places(map, LOOK[kind]);
  const phase = trace.phases.find(
    ({ name }) => name === (kind === "inserted" ? "insert_zeros" : "pad"),
  );
  if (!phase || !own.length) return [];
  const inputs = places(map, LOOK.input);
  const taken = new Set();
  const sides =
    map.rows === 1
      ? [(at: number) => at % map.cols]
      : [(at: number) => Math.floor(at / map.cols), (at: number) => at % map.cols];
  return Array.from({ length: phase.stop - phase.start }, (_, k) => trace.step(phase.start + k))
    .filter(({ count }) => count > 0)
    .map((step) => {
      const lineOf = sides[step.axis];
      const full = [...new Set(inputs.map(lineOf))].sort((a, b) => a - b);
      const [from, to] =
        kind === "inserted"
          ? [full[step.gap], full[step.gap + 1]]
          : step.side === 0
            ? [-1, firstOf(map, lineOf)]
            : [lastOf(map, lineOf), Infinity];
      const cells = own.filter((at) => lineOf(at) > from && lineOf(at) < to && !taken.has(at));
      for (const at of cells) taken.add(at);
      return {
        panel: "map",
        cells,
        kind,
        name: kind,
        because: trace.sentence(step.index),
        hint: "",
      };
    })
    .filter(({ cells }) => cells.length);
}

/** The first line of the map that is not border. */
const firstOf = (map: Panel, lineOf: (at: number) => number) =>
  Math.min(...within(map).map(lineOf));
const lastOf = (map: Panel, lineOf: (at: number) => number) => Math.max(...within(map).map(lineOf));
const within = (map: Panel) => [
  ...places(map, LOOK.input),
  ...places(map, LOOK.inserted),
  ...places(map, LOOK.cropped),
];

/** The cells that look so, in raster order. */
const places = (panel: Panel, look: number) =>
  [...panel.looks.keys()].filter((at) => panel.looks[at] === look);

/** Ways to lay out a row of C that is too long. */
const FOLDED = [[[["x"], ["w"]], [["folded"]]], [[["x"], ["w"], ["folded"]]]];

/** Write the kernel into one row of C. */
function row(trace: Trace, turn: number, words: Words): Task {
  const texts = words.exercise.row;
  const k = inputOf(trace, turn);
  const { channel, source } = trace.sourceOf(k);
  const { geometry, outputSize } = trace;
  const columns = volume(outputSize);
  const scene = sceneOf(trace.view === "scatter" ? trace : trace.withView("scatter"), k + 1, words);
  const given = scene.panels.filter(({ id }) => id === "x" || id === "w");
  const flat = {
    ...grid("c", "kernel", "y", [columns]),
    letter: "C",
    label: fill(texts.label, { row: k, columns }),
    brief: fill(texts.brief, { row: k }),
  };
  flat.foot = [...flat.values.keys()];
  flat.ref = (_, col) => ({ kind: "y", index: unravel(col, outputSize) });
  flat.place = (ref) =>
    ref.kind === "y" && isIn(ref.index, outputSize) ? [0, ravel(ref.index, outputSize)] : null;
  const folded = {
    ...grid("folded", "kernel", "y", outputSize),
    letter: "C",
    label: fill(texts.folded, { row: k, columns: outputSize[outputSize.length - 1] }),
    brief: fill(texts.foldedBrief, { row: k }),
  };
  const moves = geometry.footprint(source, trace.inputSize).map(({ tap, target }) => {
    const at = ravel(target, outputSize);
    const weight = number(trace.weightAt(channel, ravel(tap, geometry.kernel_size)));
    return {
      panel: "c",
      cells: [at],
      kind: "tap",
      tap,
      target,
      name: fill(texts.name, { tap: cell(tap), weight }),
      because: fill(texts.lands, {
        column: at,
        target: cell(target),
        rule: rule(trace, source, tap, words),
      }),
      hint: fill(texts.hint, { source: cell(source), columns: size(outputSize) }),
    };
  });
  const weights = new Map(
    moves.map((move) => [
      move.cells[0],
      trace.weightAt(channel, ravel(move.tap, geometry.kernel_size)),
    ]),
  );
  return {
    moves,
    choices: [],
    prompt: (next) => fill(texts.prompt, { row: k, source: cell(source), name: next.name }),
    wrong(_, at) {
      const other = moves.find((move) => move.cells[0] === at);
      const target = cell(unravel(at, outputSize));
      return other
        ? fill(texts.other, { column: at, target, tap: cell(other.tap) })
        : fill(texts.nothing, { column: at, target, source: cell(source) });
    },
    scene(done, next) {
      const placed = new Set([...done].flatMap((move) => move.cells));
      const all = done.size === moves.length;
      const written = [flat, folded].map((panel) => ({
        ...panel,
        values: panel.values.map((_, at) => (placed.has(at) ? (weights.get(at) ?? 0) : 0)),
        looks: panel.looks.map((_, at) =>
          placed.has(at) ? LOOK.kernel : all ? LOOK.inserted : LOOK.unwritten,
        ),
      }));
      const panels = [...given, ...written];
      const tap = moves.find((move) => move === next)?.tap;
      const marks = scene.marks.filter(({ panel }) => panel === "x");
      return {
        panels,
        marks: tap ? [...marks, ring(panels, "w", tap)] : marks,
        arrangements: [[[["x"], ["w"]], [["c"]]], ...(outputSize.length > 1 ? FOLDED : [])],
      };
    },
  };
}

/** A thick ring around one cell. */
function ring(panels: Panel[], id: string, index: readonly number[]): Mark {
  const [row, col] = panels
    .find((panel) => panel.id === id)
    ?.place({ kind: "w", index: [...index] }) ?? [0, 0];
  return { panel: id, rows: [row, row + 1], cols: [col, col + 1], style: "active" };
}

/** The move that a cell belongs to. */
export const moveAt = (task: Task, panel: string, at: number) =>
  task.moves.find(
    (move) => move.cells.includes(at) && (move.panel === panel || panel === "folded"),
  ) ?? null;
