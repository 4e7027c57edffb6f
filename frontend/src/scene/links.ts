/** What a cell has to do with the others: every product it takes part in. */

import type { Axis } from "../core/geometry.ts";
import { cells, ravel } from "../core/grid.ts";
import type { Ref } from "../core/ref.ts";
import { SWAPPED } from "../core/ref.ts";
import type { Trace } from "../core/trace.ts";
import type { Panel, Scene, Span, Style } from "./scene.ts";

/** A frame around what the selection lights. */
export type Lit = Span & { panel: string; style: Style };
type Meeting = { source: number[]; tap: number[]; target: number[] };
/** One product: where it comes from, where it goes, when it is made. */
export type Product = Meeting & { channel: number; x: number; w: number; at: number };

/** Every product that a cell takes part in, inputs in raster order. */
export function productsOf(trace: Trace, ref: Ref): Product[] {
  const channels = Array.from({ length: trace.channels }, (_, channel) => channel);
  return meetings(trace, ref).flatMap((meeting) =>
    channels.map((channel) => product(trace, channel, meeting)),
  );
}

/** How many products a cell takes part in. */
export const countOf = (trace: Trace, ref: Ref) =>
  lines(trace, ref).reduce((all, line) => all * line.length, trace.channels);

function meetings(trace: Trace, ref: Ref): Meeting[] {
  const along = lines(trace, ref);
  return cells(along.map((line) => line.length)).map((pick) => {
    const met = pick.map((at, axis) => along[axis][at]);
    return {
      source: met.map(([source]) => source),
      tap: met.map(([, tap]) => tap),
      target: met.map(([, , target]) => target),
    };
  });
}

/** Who meets whom along every axis: [source, tap, target]. */
function lines(trace: Trace, { kind, index }: Ref): Met[][] {
  const { geometry, layerSize, direct, turned } = trace;
  // of a direct convolution, what the layer reads is what is written
  const of = direct ? SWAPPED[kind] : kind;
  return geometry.axes.map((axis, at) => {
    // a kernel that is not turned meets every input with the tap across
    const seen = (tap: number) => (turned ? tap : axis.kernel_size - 1 - tap);
    const place = kind === "w" ? seen(index[at]) : index[at];
    return MEETINGS[of](axis, place, layerSize[at]).map(
      ([x, tap, y]): Met => (direct ? [y, tap, x] : [x, seen(tap), y]),
    );
  });
}

type Met = [source: number, tap: number, target: number];

const MEETINGS: Record<string, (axis: Axis, index: number, inputSize: number) => Met[]> = {
  y: (axis, target, inputSize) =>
    axis.contributors(target, inputSize).map(([source, tap]) => [source, tap, target]),
  x: (axis, source, inputSize) =>
    axis.footprint(source, inputSize).map(([tap, target]) => [source, tap, target]),
  w: (axis, index, inputSize) =>
    Array.from({ length: inputSize }, (_, source) => MEETINGS.x(axis, source, inputSize))
      .flat()
      .filter(([, tap]) => tap === index),
};

function product(trace: Trace, channel: number, meeting: Meeting): Product {
  const cell = ravel(meeting.source, trace.inputSize);
  return {
    ...meeting,
    channel,
    x: trace.inputAt(channel, cell),
    w: trace.weightAt(channel, ravel(meeting.tap, trace.geometry.kernel_size)),
    at: trace.direct ? ravel(meeting.target, trace.outputSize) : cell * trace.channels + channel,
  };
}

/** A thing that meets more than this lights itself alone: all the rest would say nothing. */
const MANY = 400;

/** Every cell that a selection lights, itself first. */
export function lit(trace: Trace, ref: Ref): Ref[] {
  const met = countOf(trace, ref) > MANY * trace.channels ? [] : meetings(trace, ref);
  return [ref, ...met.flatMap(three).filter(({ kind }) => kind !== ref.kind)];
}

/** The three cells of one product. */
export const three = ({ source, tap, target }: Meeting): Ref[] => [
  { kind: "x", index: source },
  { kind: "w", index: tap },
  { kind: "y", index: target },
];

/** Where those cells stand in a scene; a product that is spotted outshines the selection. */
export function litIn(
  trace: Trace,
  ref: Ref,
  scene: Scene,
  pinned: boolean,
  spotted: Product | null = null,
): Lit[] {
  const refs = spotted ? three(spotted) : lit(trace, ref);
  return refs.flatMap((other, at) => {
    const leads = spotted ? other.kind !== "w" : at === 0;
    const style = spotted ? "active" : pinned && at === 0 ? "kept" : "linked";
    return scene.panels.flatMap((panel) =>
      spansOf(panel, other, leads).map((span) => ({ ...span, panel: panel.id, style })),
    );
  });
}

/** A line of a matrix lights only for what leads: the rest would light all of it. */
function spansOf(panel: Panel, ref: Ref, leads: boolean): Span[] {
  const place = panel.place(ref);
  if (panel.spans) return place || leads ? panel.spans(ref) : [];
  return place ? [{ rows: [place[0], place[0] + 1], cols: [place[1], place[1] + 1] }] : [];
}
