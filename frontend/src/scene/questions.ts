/** What to ask before a step is shown. Questions and answers come from the trace. Pure, no DOM. */

import { isIn, ravel, same } from "../core/grid.ts";
import type { Ref } from "../core/ref.ts";
import { cell, size } from "../core/sentences.ts";
import type { Step } from "../core/steps.ts";
import { stampedUntil } from "../core/stories/scatter.ts";
import type { Words } from "../core/text.ts";
import { fill, number } from "../core/text.ts";
import type { Trace } from "../core/trace.ts";
import { countOf, productsOf } from "./links.ts";
import { rule } from "./rule.ts";

/** `index` is the step that answers; with `pick` the answer is a cell of y, else one number or one an axis.
 * `about` is the cell to look at afterwards, `truth` the answer in words, `because` its reason.
 * `until` is the first step that would tell an author's question, `choices` are all its answers, where
 * they are few. */
export interface Question {
  kind: string;
  index: number;
  text: string;
  answer: readonly number[];
  pick: boolean;
  about: Ref | null;
  truth: string;
  because: string;
  until?: number;
  choices?: readonly string[];
}

/** A list of more is cut. */
const TERMS = 8;

/** What to ask before a step is shown, or null. */
export function questionFor(
  trace: Trace,
  index: number,
  words: Words,
  view: string = trace.view,
): Question | null {
  const step = trace.step(index);
  const kinds = KINDS[view === "overlap" && step.phase === "scatter" ? view : step.phase] ?? [];
  const turn = index - trace.phase(index).start;
  for (let later = 0; later < kinds.length; later += 1) {
    const question = kinds[(turn + later) % kinds.length](trace, step, words.predict, words);
    if (question) return { pick: false, index, ...question };
  }
  return null;
}

/** What size the output will have: asked at the start. */
export function sizeQuestion(trace: Trace, words: Words): Question {
  const { axes, ndim } = trace.geometry;
  const texts = words.predict.because;
  const sums = axes.map((axis, at) =>
    fill(trace.direct ? texts.size_direct : texts.size, {
      axis: begun(fill(words.units[ndim - 1][at], { n: 2 })),
      stride: axis.stride,
      input: trace.inputSize[at],
      span: axis.span,
      begin: axis.padding_begin,
      end: axis.padding_end,
      extra: axis.output_padding,
      cut: axis.cut ? fill(texts.cut, { cut: axis.cut }) : "",
      output: trace.outputSize[at],
    }),
  );
  const because = sums.every((sum) => sum.replace(/^\S+ /, "") === sums[0].replace(/^\S+ /, ""))
    ? sums[0]
    : sums.join(" ");
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

/** A word as it stands at the start of a sentence. */
const begun = (word: string) => word.slice(0, 1).toUpperCase() + word.slice(1);

/** A guess as it was typed: every number in it. */
export const guessOf = (text: string) =>
  (
    text
      .replaceAll("−", "-")
      .replaceAll(/(\d),(\d)/g, "$1 $2")
      .match(/-?\d+(\.\d+)?/g) ?? []
  ).map(Number);

/** One number for every axis is enough where all are alike; a period may begin anywhere. */
export function isRight({ kind, answer }: Question, guess: readonly number[]) {
  if (kind === "pattern") return repeats(answer, guess);
  const wide = guess.length === 1 ? answer.map(() => guess[0]) : guess;
  return (
    wide.length === answer.length && wide.every((value, at) => number(value) === number(answer[at]))
  );
}

/** Whether the numbers are one period or more of these, wherever they begin. */
const repeats = (period: readonly number[], guess: readonly number[]) =>
  guess.length > 0 &&
  guess.length % period.length === 0 &&
  period.some((_, first) =>
    guess.every((value, at) => value === period[(first + at) % period.length]),
  );

/** All of a question but where it is asked. */
type Asked = Omit<Question, "index" | "pick"> & { pick?: boolean };
type Ask = (trace: Trace, step: Step, texts: any, words: Words) => Asked | null;
const KINDS: Record<string, Ask[]> = {
  scatter: [land, value, met],
  overlap: [met, land],
  gather: [gathered, zeros],
  multiply: [gathered],
  slide: [gathered],
};

function land(trace: Trace, step: Step, texts: any, words: Words): Asked | null {
  const tap = step.targets[0].map(() => 0);
  const answer = trace.geometry.outputIndex(step.source, tap);
  return {
    kind: "land",
    text: fill(texts.land, {
      source: cell(step.source),
      corner: texts.corners[trace.geometry.ndim - 1],
    }),
    answer,
    pick: true,
    about: { kind: "x", index: step.source },
    truth: nameOf(trace, answer, texts),
    because: fill(texts.because.land, { rule: rule(trace, step.source, tap, words) }),
  };
}

function value(trace: Trace, step: Step, texts: any): Asked | null {
  const found = crowded(trace, step);
  if (!found) return null;
  const { target, tap } = found;
  const made = productsOf(trace, { kind: "y", index: target }).filter(
    ({ at }) => at < stampsUntil(trace, step),
  );
  const after = made.reduce((sum, { x, w }) => sum + x * w, 0);
  const added = step.products[tap];
  return {
    kind: "value",
    text: fill(texts.value, { cell: nameOf(trace, target, texts), source: cell(step.source) }),
    answer: [after],
    about: { kind: "y", index: target },
    truth: number(after),
    because: fill(texts.because.value, {
      before: number(after - added),
      source: cell(step.source),
      tap: cell(trace.geometry.taps()[tap]),
      added: number(added),
      after: number(after),
    }),
  };
}

function met(trace: Trace, step: Step, texts: any): Asked | null {
  const found = crowded(trace, step);
  if (!found) return null;
  const made = productsOf(trace, { kind: "y", index: found.target }).filter(
    ({ at }) => at < stampsUntil(trace, step),
  );
  return {
    kind: "met",
    text: fill(texts.met, { cell: nameOf(trace, found.target, texts), source: cell(step.source) }),
    answer: [made.length],
    about: { kind: "y", index: found.target },
    truth: String(made.length),
    because: fill(texts.because.met, {
      count: made.length,
      sources: [...new Set(made.map(({ source }) => `x[${cell(source)}]`))].join(", "),
    }),
  };
}

function gathered(trace: Trace, step: Step, texts: any): Asked | null {
  return {
    kind: "gathered",
    text: fill(texts.gathered, { target: cell(step.target) }),
    answer: [step.value],
    about: { kind: "y", index: step.target },
    truth: number(step.value),
    because: fill(texts.because.gathered, {
      terms: products(trace, step.target).join(" + ") || "0",
      value: number(step.value),
    }),
  };
}

/** The products of an output that meet an input, written out. */
function products(trace: Trace, target: number[]) {
  const all = productsOf(trace, { kind: "y", index: target });
  return cut(all.map(({ x, w }) => `${number(x)}·${number(w)}`));
}

/** A list that can be read: of a long one, how it begins. */
export const cut = (texts: string[]) =>
  texts.length > TERMS ? [...texts.slice(0, TERMS - 1), "…"] : texts;

/** What adds up to an output, the bias too: nothing where no product and no bias does. */
export function sumOf(trace: Trace, target: number[], { why }: Words) {
  const bias = trace.bias === null ? [] : [fill(why.bias, { value: number(trace.bias) })];
  return [...products(trace, target), ...bias].join(" + ");
}

function zeros(trace: Trace, step: Step, texts: any): Asked | null {
  const products = step.products.length;
  const about = { kind: "y", index: step.target } as Ref;
  const real = countOf(trace, about);
  const count = products - real;
  const padded =
    step.sources.filter((source: unknown) => source === "padded").length * trace.channels;
  return {
    kind: "zeros",
    text: fill(texts.zeros, { products, target: cell(step.target) }),
    answer: [count],
    about,
    truth: String(count),
    because: fill(texts.because.zeros, { inserted: count - padded, padded, count, real }),
  };
}

/**
 * The cell of a stamp where most products meet, inside the output: [target as an index of y, place
 * of its tap].
 */
function crowded(trace: Trace, step: Step) {
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

const stampsUntil = (trace: Trace, step: Step) => trace.frame(step.index).done;

export function nameOf(trace: Trace, target: readonly number[], texts: any) {
  const inside = isIn(target, trace.outputSize);
  return fill(inside ? texts.output : texts.cropped, { index: cell(target.map((o) => number(o))) });
}
