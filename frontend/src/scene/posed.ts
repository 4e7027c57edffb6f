/** The author's one question about a trace: twin of deconvviz/player/question.py. Pure, no DOM. */

import { GeometryError } from "../core/errors.ts";
import { isIn, ravel, volume } from "../core/grid.ts";
import type { Ref } from "../core/ref.ts";
import { cell, size } from "../core/sentences.ts";
import type { Words } from "../core/text.ts";
import { fill, number, words } from "../core/text.ts";
import type { Trace } from "../core/trace.ts";
import { type Wanted, wanted } from "../words/question.ts";
import { countOf, productsOf } from "./links.ts";
import { listed, type Named } from "./listed.ts";
import { cut, nameOf, type Question, sizeQuestion, sumOf } from "./questions.ts";
import { rule } from "./rule.ts";

/** With what the reader must know to answer. */
export type Posed = Required<Question> & { given: string };

/** Why a question cannot be put, or null if it can. */
export function refusalOf(trace: Trace, ask: string): GeometryError | null {
  try {
    posed(trace, ask, words("en"));
    return null;
  } catch (error) {
    if (error instanceof GeometryError) return error;
    throw error;
  }
}

type Told = Pick<Question, "text" | "answer" | "truth" | "because"> & Partial<Posed>;

/**
 * @param ask as the word says it
 * @param title the statement that a claim is about
 * @param step where the author stands
 * @throws GeometryError if its cell is not there
 */
export function posed(
  trace: Trace,
  ask: string,
  words: Words,
  title: string = "",
  step: number = 0,
): Posed {
  const asked = wanted(ask) as Wanted;
  if (trace.view === "direct" && asked.kind !== "claim")
    throw new GeometryError("asked_view", { value: `'${ask}'` });
  const told = TELL[asked.kind](trace, words, asked, title);
  const until = told.until ?? trace.length;
  return {
    kind: asked.kind,
    pick: false,
    about: null,
    choices: [],
    given: givenOf(trace, words),
    ...told,
    until,
    index: Math.max(step, told.index ?? (until < trace.length ? until : 0)),
  };
}

function givenOf({ geometry, inputSize, direct, bias }: Trace, { sizes }: Words) {
  const names: Named[] = direct ? sizes.direct : sizes.ours;
  const whole = names.map(([name, , usual]): Named => [name, name, usual]);
  const row = listed(whole, geometry);
  const parameters = bias === null ? row : `${row}, bias ${number(bias)}`;
  return fill(sizes.given, { input: size(inputSize), parameters });
}

const TELL: Record<string, (trace: Trace, words: Words, asked: Wanted, title: string) => Told> = {
  size: (trace, words) => ({ ...sizeQuestion(trace, words), until: unrolled(trace) }),

  land(trace, words, { text, index, tap }) {
    inside(text, "x", index, trace.inputSize);
    if (tap) inside(text, "w", tap, trace.geometry.kernel_size);
    const under = tap ?? index.map(() => 0);
    const answer = trace.geometry.outputIndex(index, under);
    const pick = trace.view === "scatter";
    return {
      kind: tap ? "tap" : "land",
      text: fill(words.ask[tap ? "tap" : "land"], {
        source: cell(index),
        tap: cell(under),
        how: words.ask.how[pick ? "pick" : "write"],
      }),
      answer,
      pick,
      about: { kind: "x", index },
      truth: nameOf(trace, answer, words.predict),
      because: fill(words.predict.because.land, { rule: rule(trace, index, under, words) }),
      until: pick
        ? start(trace, "scatter") + ravel(index, trace.inputSize) * trace.channels
        : unrolled(trace),
    };
  },

  value(trace, words, { text, index }) {
    const about = output(trace, text, index);
    const value = trace.output[ravel(index, trace.outputSize)];
    const terms = sumOf(trace, index, words);
    const because = fill(words.ask.because[terms ? "value" : "empty"], {
      terms,
      value: number(value),
      count: countOf(trace, about),
    });
    return {
      text: fill(words.ask.value, { index: cell(index) }),
      answer: [value],
      about,
      truth: number(value),
      because,
      until: tells(trace, about, value),
      index: trace.bias === null ? complete(trace, about) : trace.length - 1,
    };
  },

  count(trace, words, { text, index }) {
    const about = output(trace, text, index);
    const count = countOf(trace, about);
    const pairs = productsOf(trace, about)
      .filter(({ channel }) => channel === 0)
      .map(({ source, tap }) => `x[${cell(source)}]·w[${cell(tap)}]`);
    const kind = !count ? "empty" : trace.channels > 1 ? "channels" : "count";
    return {
      text: fill(words.ask.count, { index: cell(index) }),
      answer: [count],
      about,
      truth: String(count),
      because: fill(words.ask.because[kind], {
        pairs: cut(pairs).join(", "),
        met: pairs.length,
        channels: trace.channels,
      }),
      until: Math.min(complete(trace, about), unrolled(trace)),
    };
  },

  holes(trace, words) {
    const { geometry, outputSize } = trace;
    const reached = geometry.overlap(trace.inputSize).map((line) => line.filter(Boolean).length);
    const lines = reached.map((count, axis) =>
      fill(words.ask.because.line, {
        reached: count,
        all: outputSize[axis],
        unit: fill(words.units[geometry.ndim - 1][axis], { n: outputSize[axis] }),
      }),
    );
    const [there, all] = [reached, outputSize].map(volume);
    return {
      text: words.ask.holes,
      answer: [all - there],
      truth: String(all - there),
      because: fill(words.ask.because.holes[geometry.ndim === 1 ? "one" : "more"], {
        lines: lines.join(", "),
        reached: there,
        all,
      }),
      until: Math.min(last(trace), unrolled(trace)),
    };
  },

  pattern(trace, words) {
    const { axes, ndim } = trace.geometry;
    const axis = axes[ndim - 1].whole;
    const turns = Array.from({ length: axis.stride }, (_, phase) =>
      Array.from({ length: axis.kernel_size }, (_, tap) => tap).filter(
        (tap) => axis.outputIndex(0, tap) % axis.stride === phase,
      ),
    );
    const answer = period(turns.map((taps) => taps.length));
    const { turn, none } = words.ask.because;
    const written = turns.map((taps) =>
      taps.length ? fill(turn, { count: taps.length, taps: cell(taps) }) : none,
    );
    return {
      text: fill(words.ask.pattern[ndim === 1 ? "one" : "more"], {
        axis: words.sizes.axes[ndim - 1][ndim - 1],
      }),
      answer,
      truth: cell(answer),
      because: fill(words.ask.because.pattern, { turns: cut(written).join("; ") }),
      until: Math.min(last(trace), unrolled(trace)),
    };
  },

  claim: (_, { ask }, { says }, title) => ({
    text: fill(ask.claim, { title }),
    answer: [says ? 0 : 1],
    choices: ask.says,
    truth: ask.says[says ? 0 : 1],
    because: "",
  }),
};

/** @throws GeometryError if a cell is not one of a map's */
function inside(ask: string, letter: string, index: readonly number[], sizes: readonly number[]) {
  if (isIn(index, sizes)) return;
  throw new GeometryError("asked_cell", {
    value: `'${ask}'`,
    letter,
    size: size(sizes),
    least: sizes.map(() => 0).join(","),
    most: sizes.map((n) => n - 1).join(","),
  });
}

function output(trace: Trace, ask: string, index: number[]): Ref {
  inside(ask, "y", index, trace.outputSize);
  return { kind: "y", index };
}

/** Where a phase begins; the length of the trace, where there is none. */
const start = (trace: Trace, phase: string) =>
  trace.phases.find(({ name }) => name === phase)?.start ?? trace.length;

/** A matrix tells all but values as soon as it has a second row. */
const unrolled = (trace: Trace) => (trace.view === "matrix" ? 1 : trace.length);

/** The step that makes the last product of all. */
const last = (trace: Trace) =>
  trace.view === "scatter"
    ? start(trace, "scatter") + trace.input.length - 1
    : start(trace, WRITES[trace.view]) + trace.sums.length - 1;

/** The step that completes an output. */
function complete(trace: Trace, about: Ref) {
  if (trace.view !== "scatter")
    return start(trace, WRITES[trace.view]) + ravel(about.index, trace.outputSize);
  const made = productsOf(trace, about);
  return made.length ? start(trace, "scatter") + made[made.length - 1].at : last(trace);
}

/** The first step that shows an output's value, if only on the way to another. */
function tells(trace: Trace, about: Ref, value: number) {
  if (trace.view !== "scatter") return complete(trace, about);
  let sum = 0;
  const found = productsOf(trace, about).find(({ x, w }) => {
    sum += x * w;
    return number(sum) === number(value);
  });
  if (found) return start(trace, "scatter") + found.at;
  return trace.bias === null ? last(trace) : start(trace, "bias");
}

/** The phase that writes one output a step. */
const WRITES: Record<string, string> = { gather: "gather", matrix: "multiply" };

/** The shortest row of numbers that these repeat. */
function period(counts: number[]) {
  const { length } = counts;
  const repeats = (every: number) =>
    length % every === 0 && counts.every((count, at) => count === counts[at % every]);
  const every = counts.findIndex((_, at) => repeats(at + 1)) + 1;
  return counts.slice(0, every);
}
