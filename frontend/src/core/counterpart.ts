/** What a step and a cell of one trace are in another, for players that go together. */

import { ravel, unravel, volume } from "./grid.ts";
import type { Ref } from "./ref.ts";
import { SWAPPED } from "./ref.ts";
import type { Phase } from "./steps.ts";
import type { Trace } from "./trace.ts";

/** Phases that visit every cell of a map: what the layer reads or what it writes. */
const VISITS: Record<string, "x" | "y"> = {
  scatter: "x",
  unroll: "x",
  slide: "x",
  gather: "y",
  multiply: "y",
};
/** In which order the phases of all stories come; some stand for one another. */
const ORDER = [
  ["canvas"],
  ["map"],
  ["insert_zeros"],
  ["pad"],
  ["flip", "keep"],
  ["unroll"],
  ["transpose"],
  ["flatten"],
  ["scatter", "gather", "multiply", "slide"],
  ["crop"],
  ["cut"],
  ["extend"],
  ["reshape"],
  ["bias"],
];

const rank = ({ name }: Phase) => ORDER.findIndex((names) => names.includes(name));

/**
 * The step that means the same: about the same cell, else as far along in what corresponds.
 * @param step of the first trace
 */
export function counterpart(from: Trace, step: number, to: Trace): number {
  if (step === 0) return 0;
  if (step === from.length - 1) return to.length - 1;
  const phase = from.phase(step);
  const there = to.phases.find((other) => rank(other) === rank(phase));
  return there ? within(from, phase, step, to, there) : before(to, rank(phase));
}

/** The last step of a trace before what comes later in all stories. */
function before(to: Trace, place: number) {
  const earlier = to.phases.filter((phase) => rank(phase) <= place);
  return Math.max(0, ...earlier.map(({ stop }) => stop - 1));
}

function within(from: Trace, phase: Phase, step: number, to: Trace, there: Phase) {
  const done = step - phase.start;
  const [length, room] = [phase.stop - phase.start, there.stop - there.start];
  const kind = VISITS[phase.name];
  if (kind && kind === VISITS[there.name] && from.geometry.ndim === to.geometry.ndim) {
    const [size, other] = [sizeOf(from, kind), sizeOf(to, kind)];
    const [every, again] = [length / volume(size), room / volume(other)];
    const index = unravel(Math.floor(done / every), size);
    const cell = moved(from, kind, index, to).map((i, axis) =>
      Math.max(0, Math.min(other[axis] - 1, i)),
    );
    return there.start + ravel(cell, other) * again + Math.min(done % every, again - 1);
  }
  if (!kind) return there.start + Math.min(done, room - 1);
  return there.start + Math.round((done / Math.max(1, length - 1)) * (room - 1));
}

const sizeOf = ({ direct, layerSize, inputSize, outputSize }: Trace, kind: "x" | "y") =>
  kind === "x" ? layerSize : direct ? inputSize : outputSize;

/** What the layer calls a thing of a trace, and back. */
const ofLayer = ({ direct }: Trace, kind: Ref["kind"]) => (direct ? SWAPPED[kind] : kind);

/** The same cell in another trace, which may not have it: outputs count from where the first input lands. */
export function cellIn(from: Trace, { kind, index }: Ref, to: Trace): Ref {
  const thing = ofLayer(from, kind);
  return { kind: ofLayer(to, thing), index: moved(from, thing, index, to) };
}

const moved = (from: Trace, thing: Ref["kind"], index: readonly number[], to: Trace) =>
  thing === "y" ? index.map((o, axis) => o - firstOf(from, axis) + firstOf(to, axis)) : [...index];

const firstOf = ({ geometry }: Trace, axis: number) => geometry.axes[axis].outputIndex(0, 0);
