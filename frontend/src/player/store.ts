/**
 * What the player was told: the reader's choice, the last possible one with its trace, and what
 * the host knows. No DOM.
 */

import { GeometryError } from "../core/errors.ts";
import type { Trace } from "../core/trace.ts";
import { refusalOf } from "../scene/posed.ts";
import { refusal } from "../words/check.ts";
import { begun, mended } from "../words/nearest.ts";
import { differing, geometryOf, missing, stillThere, traceOf } from "../words/state.ts";
import type { State } from "../words/table.ts";
import { DEFAULTS, PARAMETERS, SHAPING } from "../words/table.ts";

export class Store {
  /** what the reader asked for */
  state: State;
  /** the last possible choice, or before there was one the nearest */
  good!: State;
  /** of the last possible choice */
  trace!: Trace;
  /** whether a choice was possible yet */
  begun: boolean;
  /** why the choice is impossible */
  fault: GeometryError | null;
  /** why words may not be what was asked; they stay as they were */
  refused: Map<string, GeometryError>;
  /** the state as the host knows it */
  told: State;

  constructor(words: Partial<State>) {
    this.refused = new Map();
    this.state = { ...DEFAULTS, ...this.#possible(words) };
    this.begun = false;
    this.fault = null;
    this.#shape();
    if (this.fault) this.#begin();
    this.#place(this.fault ? {} : words, DEFAULTS);
    this.#judge();
    this.told = { ...this.state };
  }

  /** The state for others. An impossible choice stays here: for them, the last good one holds. */
  get known(): State {
    return this.fault ? { ...this.state, ...pick(this.good, SHAPING) } : { ...this.state };
  }

  /**
   * Take new words, as far as they may be so.
   * @returns those that may
   */
  take(words: Partial<State>): Partial<State> {
    const patch = this.#possible(words);
    const { trace: before } = this;
    const { step: was, selection } = this.state;
    Object.assign(this.state, patch);
    if (Object.keys(patch).some((name) => SHAPING.includes(name))) this.#shape();
    const step = before === this.trace ? was : samePlace(before, was, this.trace);
    if (!("step" in patch)) this.state.step = step;
    this.#place(patch, { step, selection });
    this.#judge();
    return patch;
  }

  /** The host gave these words: it knows them, and how we hold its sizes. */
  hear(words: Partial<State>) {
    const sizes = Object.keys(words).filter((name) => PARAMETERS.includes(name));
    Object.assign(this.told, words, this.fault ? {} : pick(this.state, sizes));
  }

  /** What is new to the host; from now on it knows. */
  news(): Partial<State> {
    const news = differing(this.known, this.told);
    Object.assign(this.told, news);
    return news;
  }

  /** The step of the trace that is nearest to a number. */
  inside(step: number): number {
    return Math.max(0, Math.min(this.trace.length - 1, Math.trunc(step) || 0));
  }

  /** A new trace from the state; an impossible choice keeps the last good one. */
  #shape() {
    try {
      const { geometry, inputSize } = geometryOf(this.state);
      const trace = traceOf(this.state);
      Object.assign(this.state, geometry.toDict(), { input_size: inputSize });
      this.trace = trace;
      this.good = { ...this.state };
      this.fault = null;
      this.begun = true;
    } catch (error) {
      if (!(error instanceof GeometryError)) throw error;
      this.fault = error;
    }
  }

  /** A step or a cell that was asked for and is not there: they stay as they were, or near. */
  #place(asked: Partial<State>, before: Pick<State, "step" | "selection">) {
    for (const name of ["step", "selection"].filter((name) => name in asked)) {
      const error = this.refused.get(name) ?? missing(this.trace, name, (asked as any)[name]);
      if (!error) continue;
      this.refused.set(name, error);
      Object.assign(this.state, pick(before as State, [name]));
    }
    this.state.step = this.inside(this.state.step);
    this.state.selection = stillThere(this.trace, this.state.selection);
  }

  /** The first choice was impossible: begin with the nearest that is not. */
  #begin() {
    const good = begun(this.state);
    const nearest = { ...good, ...mended(this.state, good) };
    const { geometry, inputSize } = geometryOf(nearest);
    this.trace = traceOf(nearest);
    this.good = { ...nearest, ...geometry.toDict(), input_size: inputSize };
  }

  /** A question about a cell that is not there is refused. */
  #judge() {
    const { ask, answered } = this.state;
    const error = ask && !answered && !this.fault ? refusalOf(this.trace, ask) : null;
    if (!error) return;
    this.refused.set("ask", error);
    this.state.ask = "";
  }

  /** Without the words that may not be so: they stay as they were. */
  #possible(words: Partial<State>): Partial<State> {
    return Object.fromEntries(
      Object.entries(words).filter(([name, value]) => {
        const error = refusal(name, value);
        if (error) this.refused.set(name, error);
        else this.refused.delete(name);
        return !error;
      }),
    );
  }
}

const pick = (state: State, names: string[]): Partial<State> =>
  Object.fromEntries(names.map((name) => [name, state[name as keyof State]]));

/** The same place in another trace: same step of the same phase, else as far along. */
function samePlace(before: Trace, step: number, after: Trace) {
  if (step === before.length - 1) return after.length - 1;
  const { name, start } = before.phase(step);
  const phase = after.phases.find((other) => other.name === name);
  if (phase) return Math.min(phase.start + step - start, phase.stop - 1);
  return Math.round((step / (before.length - 1)) * (after.length - 1));
}
