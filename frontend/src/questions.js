/** What to ask before a step is shown. Questions and answers come from the trace. Pure, no DOM. @module */
import { ravel, same } from "./grid.js";
import { countOf, productsOf } from "./links.js";
import { rule } from "./rule.js";
import { cell, size } from "./sentences.js";
import { stampedUntil } from "./stories/scatter.js";
import { fill, number } from "./text.js";

/** @typedef {import("./trace.js").Trace} Trace */
/** @typedef {import("./trace.js").Step} Step */
/** @typedef {import("./scene.js").Ref} Ref */
/** @typedef {import("./text.js").Words} Words */
/**
 * `index` is the step that answers; with `pick` the answer is a cell of y, else one number or one an axis.
 * `about` is the cell to look at afterwards, `truth` the answer in words, `because` its reason.
 * @typedef {object} Question
 * @property {string} kind @property {number} index @property {string} text @property {readonly number[]} answer
 * @property {boolean} pick @property {Ref | null} about @property {string} truth @property {string} because
 */

/** A sum of more products than this is cut. */
const TERMS = 8;

/** What to ask before a step is shown, or null. @param {Trace} trace @param {number} index @param {Words} words @param {string} [view] @returns {Question | null} */
export function questionFor(trace, index, words, view = trace.view) {
  const step = trace.step(index);
  const kinds = KINDS[view === "overlap" && step.phase === "scatter" ? view : step.phase] ?? [];
  const turn = index - trace.phase(index).start;
  for (let later = 0; later < kinds.length; later += 1) {
    const question = kinds[(turn + later) % kinds.length](trace, step, words.predict, words);
    if (question) return { pick: false, index, ...question };
  }
  return null;
}

/** What size the output will have: asked at the start. @param {Trace} trace @param {Words} words @returns {Question} */
export function sizeQuestion(trace, words) {
  const { axes, ndim } = trace.geometry;
  const sums = axes.map((axis, at) =>
    fill(words.predict.because.size, {
      axis: begun(fill(words.units[ndim - 1][at], { n: 2 })),
      stride: axis.stride,
      input: trace.inputSize[at],
      span: axis.span,
      begin: axis.padding_begin,
      end: axis.padding_end,
      extra: axis.output_padding,
      output: trace.outputSize[at],
    }),
  );
  const because = sums.every((sum) => sum.replace(/^\S+ /, "") === sums[0].replace(/^\S+ /, "")) ? sums[0] : sums.join(" ");
  return {
    kind: "size",
    index: 0,
    text: words.predict.size,
    answer: trace.outputSize,
    pick: false,
    about: null,
    truth: size(trace.outputSize),
    because,
  };
}

/** A word as it stands at the start of a sentence. @param {string} word */
const begun = (word) => word.slice(0, 1).toUpperCase() + word.slice(1);

/** A guess as it was typed: every number in it. @param {string} text */
export const guessOf = (text) => (text.replaceAll("−", "-").replaceAll(/(\d),(\d)/g, "$1 $2").match(/-?\d+(\.\d+)?/g) ?? []).map(Number);

/** One number for every axis is enough where all are alike. @param {Question} question @param {readonly number[]} guess */
export function isRight({ answer }, guess) {
  const wide = guess.length === 1 ? answer.map(() => guess[0]) : guess;
  return wide.length === answer.length && wide.every((value, at) => number(value) === number(answer[at]));
}

/** @typedef {(trace: Trace, step: Step, texts: any, words: Words) => Omit<Question, "index" | "pick"> & { pick?: boolean } | null} Ask */
/** @type {Record<string, Ask[]>} */
const KINDS = { scatter: [land, value, met], overlap: [met, land], gather: [gathered, zeros], multiply: [gathered] };

/** @type {Ask} */
function land(trace, step, texts, words) {
  const tap = step.targets[0].map(() => 0);
  const answer = trace.geometry.outputIndex(step.source, tap);
  return {
    kind: "land",
    text: fill(texts.land, { source: cell(step.source) }),
    answer,
    pick: true,
    about: { kind: "x", index: step.source },
    truth: nameOf(trace, answer, texts),
    because: fill(texts.because.land, { rule: rule(trace, step.source, tap, words) }),
  };
}

/** @type {Ask} */
function value(trace, step, texts) {
  const found = crowded(trace, step);
  if (!found) return null;
  const { target, tap } = found;
  const made = productsOf(trace, { kind: "y", index: target }).filter(({ at }) => at < stampsUntil(trace, step));
  const after = made.reduce((sum, { x, w }) => sum + x * w, 0);
  const added = step.products[tap];
  return {
    kind: "value",
    text: fill(texts.value, { cell: nameOf(trace, target, texts), source: cell(step.source) }),
    answer: [after],
    about: { kind: "y", index: target },
    truth: number(after),
    because: fill(texts.because.value, { before: number(after - added), source: cell(step.source), tap: cell(trace.geometry.taps()[tap]), added: number(added), after: number(after) }),
  };
}

/** @type {Ask} */
function met(trace, step, texts) {
  const found = crowded(trace, step);
  if (!found) return null;
  const made = productsOf(trace, { kind: "y", index: found.target }).filter(({ at }) => at < stampsUntil(trace, step));
  return {
    kind: "met",
    text: fill(texts.met, { cell: nameOf(trace, found.target, texts), source: cell(step.source) }),
    answer: [made.length],
    about: { kind: "y", index: found.target },
    truth: String(made.length),
    because: fill(texts.because.met, { count: made.length, sources: [...new Set(made.map(({ source }) => `x[${cell(source)}]`))].join(", ") }),
  };
}

/** @type {Ask} */
function gathered(trace, step, texts) {
  return {
    kind: "gathered",
    text: fill(texts.gathered, { target: cell(step.target) }),
    answer: [step.value],
    about: { kind: "y", index: step.target },
    truth: number(step.value),
    because: fill(texts.because.gathered, { terms: terms(trace, step.target), value: number(step.value) }),
  };
}

/** The products of an output that meet an input, written out. @param {Trace} trace @param {number[]} target */
function terms(trace, target) {
  const all = productsOf(trace, { kind: "y", index: target }).map(({ x, w }) => `${number(x)}·${number(w)}`);
  const shown = all.length > TERMS ? [...all.slice(0, TERMS - 1), "…"] : all;
  return shown.length ? shown.join(" + ") : "0";
}

/** @type {Ask} */
function zeros(trace, step, texts) {
  const products = step.products.length;
  const about = /** @type {Ref} */ ({ kind: "y", index: step.target });
  const real = countOf(trace, about);
  const count = products - real;
  const padded = step.sources.filter((/** @type {unknown} */ source) => source === "padded").length * trace.channels;
  return {
    kind: "zeros",
    text: fill(texts.zeros, { products, target: cell(step.target) }),
    answer: [count],
    about,
    truth: String(count),
    because: fill(texts.because.zeros, { inserted: count - padded, padded, count, real }),
  };
}

/** The cell of a stamp where most products meet, inside the output: [target as an index of y, place of its tap]. @param {Trace} trace @param {Step} step */
function crowded(trace, step) {
  const { counts } = stampedUntil(trace, stampsUntil(trace, step));
  const window = trace.geometry.footprint(step.source, trace.inputSize);
  const taps = trace.geometry.taps();
  const found = window.map(({ tap, target }) => {
    const at = taps.findIndex((other) => same(other, tap));
    const place = step.targets[at];
    return { target, tap: at, count: counts[ravel(place, trace.fullSize)] };
  });
  return found.sort((a, b) => b.count - a.count)[0] ?? null;
}

/** @param {Trace} trace @param {Step} step */
const stampsUntil = (trace, step) => trace.frame(step.index).done;

/** @param {Trace} trace @param {readonly number[]} target @param {any} texts */
function nameOf(trace, target, texts) {
  const inside = target.every((o, axis) => o >= 0 && o < trace.outputSize[axis]);
  return fill(inside ? texts.output : texts.cropped, { index: cell(target.map((o) => number(o))) });
}
