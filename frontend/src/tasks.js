/** What a reader can do by hand: every task is a list of moves, taken from the trace, and a picture of those done. Pure. @module */
import { ravel, unravel, volume } from "./grid.js";
import { LOOK } from "./looks.js";
import { rule } from "./rule.js";
import { grid } from "./scene.js";
import { cell, size } from "./sentences.js";
import { fill, number } from "./text.js";
import { sceneOf } from "./views/index.js";

/** @typedef {import("./trace.js").Trace} Trace */
/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").Panel} Panel */
/** @typedef {import("./text.js").Words} Words */
/** One thing to place: where, and the reason. `cells` are places of the panel, in raster order. @typedef {{ panel: string, cells: number[], kind: string, name: string, because: string, hint: string }} Move */
/**
 * With `choices` a move is a kind and any cell, else the moves come in their order.
 * @typedef {object} Task
 * @property {Move[]} moves @property {string[]} choices
 * @property {(done: ReadonlySet<Move>, next: Move | null) => Scene} scene
 * @property {(next: Move) => string} prompt
 * @property {(panel: Panel, at: number) => string} wrong why nothing of this task belongs into a cell
 */

/** @type {Record<string, (trace: Trace, turn: number, words: Words) => Task>} */
export const TASKS = { stamp, zeros, row };

/** The tasks that a trace can give. @param {Trace} trace */
export const tasksOf = ({ geometry }) => Object.keys(TASKS).filter((name) => geometry.ndim < 3 || name === "stamp");

/** Which input a turn is about: the one in the middle first, where stamps meet. @param {Trace} trace @param {number} turn */
const inputOf = (trace, turn) => (Math.floor(trace.input.length / 2) + turn) % trace.input.length;

/** Place the products of one stamp on the canvas. @type {(trace: Trace, turn: number, words: Words) => Task} */
function stamp(own, turn, words) {
  const trace = own.view === "scatter" ? own : own.withView("scatter");
  const texts = words.exercise.stamp;
  const start = /** @type {import("./trace.js").Phase} */ (trace.phases.find(({ name }) => name === "scatter")).start;
  const index = start + inputOf(trace, turn);
  const step = trace.step(index);
  const [before, after] = [sceneOf(trace, index - 1, words), sceneOf(trace, index, words)];
  const panelOf = (/** @type {Scene} */ scene, /** @type {string} */ id) => /** @type {Panel} */ (scene.panels.find((panel) => panel.id === id));
  const [old, made] = [panelOf(before, "y"), panelOf(after, "y")];
  const moves = trace.geometry.taps().map((tap, at) => {
    const index = trace.geometry.outputIndex(step.source, tap);
    const place = /** @type {[number, number]} */ (made.place({ kind: "y", index }));
    const because = rule(trace, step.source, tap, words);
    return {
      panel: "y",
      cells: [place[0] * made.cols + place[1]],
      kind: "product",
      tap,
      name: fill(texts.name, { source: cell(step.source), tap: cell(tap), x: number(step.value), w: number(trace.weightAt(step.channel, at)), product: number(step.products[at]) }),
      because: fill(texts.lands, { index: cell(index.map((o) => number(o))), rule: because }),
      hint: fill(texts.hint, { source: cell(step.source), tap: cell(tap), stride: size(trace.geometry.stride), dilation: size(trace.geometry.dilation) }),
    };
  });
  return {
    moves,
    choices: [],
    prompt: (next) => fill(texts.prompt, { name: next.name }),
    wrong(panel, at) {
      const place = panel.ref(Math.floor(at / panel.cols), at % panel.cols);
      const other = place && moves.find((move) => move.cells[0] === at);
      return other && panel.id === "y" ? fill(texts.other, { tap: cell(other.tap) }) : texts.nothing;
    },
    scene(done, next) {
      const placed = new Set(moves.filter((move) => done.has(move)).flatMap((move) => move.cells));
      const mix = (/** @type {any} */ from, /** @type {any} */ to) => from && from.map((/** @type {number} */ value, /** @type {number} */ at) => (placed.has(at) ? to[at] : value));
      const canvas = { ...old, label: made.label, brief: made.brief, values: mix(old.values, made.values), looks: mix(old.looks, made.looks), badges: mix(old.badges, made.badges) };
      const panels = after.panels.map((panel) => (panel.id === "y" ? canvas : panel));
      const tap = moves.find((move) => move === next)?.tap;
      const marks = after.marks.filter(({ panel }) => panel !== "y");
      return { ...after, panels, marks: tap ? [...marks, ring(panels, "w", tap), ring(panels, "stamp", tap)] : after.marks };
    },
  };
}

/** Say what every cell of the stretched and padded map is. @type {(trace: Trace, turn: number, words: Words) => Task} */
function zeros(own, _, words) {
  const texts = words.exercise.zeros;
  const trace = own.view === "gather" ? own : own.withView("gather");
  const turned = /** @type {import("./trace.js").Phase} */ (trace.phases.find(({ name }) => name === "flip")).start;
  const map = /** @type {Panel} */ (sceneOf(trace, turned, words).panels.find(({ id }) => id === "map"));
  const input = { ...grid("x", "input", "x", trace.inputSize), values: trace.input.slice(0, trace.cells) };
  input.looks.fill(LOOK.input);
  input.label = fill(words.panels.x, { size: input.brief });
  const moves = [...inputs(trace, map, texts), ...runs(trace, map, "inserted"), ...runs(trace, map, "padded")];
  for (const move of moves) move.hint ||= texts.hint;
  const hidden = new Set(moves.flatMap((move) => move.cells));
  return {
    moves,
    choices: ["input", "inserted", "padded"].filter((kind) => moves.some((move) => move.kind === kind)),
    prompt: () => texts.prompt,
    wrong: () => texts.nothing,
    scene(done) {
      const known = new Set([...done].flatMap((move) => move.cells));
      const looks = map.looks.map((look, at) => (hidden.has(at) && !known.has(at) ? LOOK.unwritten : look));
      const panels = [input, { ...map, looks, foot: null, ref: () => null, place: () => null }];
      return { panels, marks: [], arrangements: [[[["x"], ["map"]]], [[["x"]], [["map"]]]] };
    },
  };
}

/** One move an input of the map. @param {Trace} trace @param {Panel} map @param {any} texts @returns {Move[]} */
function inputs(trace, map, texts) {
  return places(map, LOOK.input).map((at) => {
    const { index } = /** @type {import("./scene.js").Ref} */ (map.ref(Math.floor(at / map.cols), at % map.cols));
    const lines = trace.geometry.axes.map((axis, k) => {
      const extent = axis.grown(trace.inputSize[k]);
      return fill(texts.place, { begin: number(extent.begin), stride: axis.stride, source: index[k], place: number(axis.mapPlace(index[k], extent)) });
    });
    return { panel: "map", cells: [at], kind: "input", name: `x[${cell(index)}]`, because: fill(texts.input, { index: cell(index), lines: lines.join(", ") }), hint: "" };
  });
}

/**
 * One move a step of the story that made zeros: a gap that stride opened, a side of the border.
 * Which cells it made is read off the picture: rows, then columns, without any input.
 * @param {Trace} trace @param {Panel} map @param {"inserted" | "padded"} kind @returns {Move[]}
 */
function runs(trace, map, kind) {
  const own = places(map, LOOK[kind]);
  const phase = trace.phases.find(({ name }) => name === (kind === "inserted" ? "insert_zeros" : "pad"));
  if (!phase || !own.length) return [];
  const inputs = places(map, LOOK.input);
  const taken = new Set();
  const sides = map.rows === 1 ? [(/** @type {number} */ at) => at % map.cols] : [(/** @type {number} */ at) => Math.floor(at / map.cols), (/** @type {number} */ at) => at % map.cols];
  return Array.from({ length: phase.stop - phase.start }, (_, k) => trace.step(phase.start + k))
    .filter(({ count }) => count > 0)
    .map((step) => {
      const lineOf = sides[step.axis];
      const full = [...new Set(inputs.map(lineOf))].sort((a, b) => a - b);
      const [from, to] = kind === "inserted" ? [full[step.gap], full[step.gap + 1]] : step.side === 0 ? [-1, firstOf(map, lineOf)] : [lastOf(map, lineOf), Infinity];
      const cells = own.filter((at) => lineOf(at) > from && lineOf(at) < to && !taken.has(at));
      for (const at of cells) taken.add(at);
      return { panel: "map", cells, kind, name: kind, because: trace.sentence(step.index), hint: "" };
    })
    .filter(({ cells }) => cells.length);
}

/** The first line of the map that is not border. @param {Panel} map @param {(at: number) => number} lineOf */
const firstOf = (map, lineOf) => Math.min(...within(map).map(lineOf));
/** @param {Panel} map @param {(at: number) => number} lineOf */
const lastOf = (map, lineOf) => Math.max(...within(map).map(lineOf));
/** @param {Panel} map */
const within = (map) => [...places(map, LOOK.input), ...places(map, LOOK.inserted), ...places(map, LOOK.cropped)];

/** The cells that look so, in raster order. @param {Panel} panel @param {number} look */
const places = (panel, look) => [...panel.looks.keys()].filter((at) => panel.looks[at] === look);

/** Ways to lay out a row of C that is too long. */
const FOLDED = [[[["x"], ["w"]], [["folded"]]], [[["x"], ["w"], ["folded"]]]];

/** Write the kernel into one row of C. @type {(trace: Trace, turn: number, words: Words) => Task} */
function row(trace, turn, words) {
  const texts = words.exercise.row;
  const k = inputOf(trace, turn);
  const { channel, source } = trace.sourceOf(k);
  const { geometry, outputSize } = trace;
  const columns = volume(outputSize);
  const scene = sceneOf(trace.view === "scatter" ? trace : trace.withView("scatter"), k + 1, words);
  const given = scene.panels.filter(({ id }) => id === "x" || id === "w");
  const flat = { ...grid("c", "kernel", "y", [columns]), letter: "C", label: fill(texts.label, { row: k, columns }), brief: fill(texts.brief, { row: k }) };
  flat.foot = [...flat.values.keys()];
  flat.ref = (_, col) => ({ kind: "y", index: unravel(col, outputSize) });
  flat.place = (ref) => (ref.kind === "y" && ref.index.every((o, axis) => o >= 0 && o < outputSize[axis]) ? [0, ravel(ref.index, outputSize)] : null);
  const folded = { ...grid("folded", "kernel", "y", outputSize), letter: "C", label: fill(texts.folded, { row: k, columns: outputSize[outputSize.length - 1] }), brief: fill(texts.foldedBrief, { row: k }) };
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
      because: fill(texts.lands, { column: at, target: cell(target), rule: rule(trace, source, tap, words) }),
      hint: fill(texts.hint, { source: cell(source), columns: size(outputSize) }),
    };
  });
  const weights = new Map(moves.map((move) => [move.cells[0], trace.weightAt(channel, ravel(move.tap, geometry.kernel_size))]));
  return {
    moves,
    choices: [],
    prompt: (next) => fill(texts.prompt, { row: k, source: cell(source), name: next.name }),
    wrong(_, at) {
      const other = moves.find((move) => move.cells[0] === at);
      const target = cell(unravel(at, outputSize));
      return other ? fill(texts.other, { column: at, target, tap: cell(other.tap) }) : fill(texts.nothing, { column: at, target, source: cell(source) });
    },
    scene(done, next) {
      const placed = new Set([...done].flatMap((move) => move.cells));
      const all = done.size === moves.length;
      const written = [flat, folded].map((panel) => ({
        ...panel,
        values: panel.values.map((_, at) => (placed.has(at) ? (weights.get(at) ?? 0) : 0)),
        looks: panel.looks.map((_, at) => (placed.has(at) ? LOOK.kernel : all ? LOOK.inserted : LOOK.unwritten)),
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

/** A thick ring around one cell. @param {Panel[]} panels @param {string} id @param {readonly number[]} index @returns {import("./scene.js").Mark} */
function ring(panels, id, index) {
  const [row, col] = panels.find((panel) => panel.id === id)?.place({ kind: "w", index: [...index] }) ?? [0, 0];
  return { panel: id, rows: [row, row + 1], cols: [col, col + 1], style: "active" };
}

/** The move that a cell belongs to. @param {Task} task @param {string} panel @param {number} at */
export const moveAt = (task, panel, at) =>
  task.moves.find((move) => move.cells.includes(at) && (move.panel === panel || panel === "folded")) ?? null;
