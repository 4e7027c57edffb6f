/** What a cell has to do with the others: every product it takes part in. @module */
import { cells, ravel } from "./grid.js";

/** @typedef {import("./trace.js").Trace} Trace */
/** @typedef {import("./geometry.js").Axis} Axis */
/** @typedef {import("./scene.js").Ref} Ref */
/** @typedef {{ source: number[], tap: number[], target: number[] }} Meeting */
/** One product: where it comes from, where it goes, when it is made. @typedef {Meeting & { channel: number, x: number, w: number, at: number }} Product */
/** What is lit in a scene. @typedef {import("./draw.js").Lit} Lit */

/** Every product that a cell takes part in, inputs in raster order. @param {Trace} trace @param {Ref} ref @returns {Product[]} */
export function productsOf(trace, ref) {
  const channels = Array.from({ length: trace.channels }, (_, channel) => channel);
  return meetings(trace, ref).flatMap((meeting) => channels.map((channel) => product(trace, channel, meeting)));
}

/** How many products a cell takes part in. @param {Trace} trace @param {Ref} ref */
export const countOf = (trace, ref) => lines(trace, ref).reduce((all, line) => all * line.length, trace.channels);

/** @param {Trace} trace @param {Ref} ref @returns {Meeting[]} */
function meetings(trace, ref) {
  const along = lines(trace, ref);
  return cells(along.map((line) => line.length)).map((pick) => {
    const met = pick.map((at, axis) => along[axis][at]);
    return { source: met.map(([source]) => source), tap: met.map(([, tap]) => tap), target: met.map(([, , target]) => target) };
  });
}

/** Who meets whom along every axis: [source, tap, target]. @param {Trace} trace @param {Ref} ref */
const lines = ({ geometry, inputSize }, { kind, index }) =>
  geometry.axes.map((axis, at) => MEETINGS[kind](axis, index[at], inputSize[at]));

/** @type {Record<string, (axis: Axis, index: number, inputSize: number) => [number, number, number][]>} */
const MEETINGS = {
  y: (axis, target, inputSize) => axis.contributors(target, inputSize).map(([source, tap]) => [source, tap, target]),
  x: (axis, source, inputSize) => axis.footprint(source, inputSize).map(([tap, target]) => [source, tap, target]),
  w: (axis, index, inputSize) =>
    Array.from({ length: inputSize }, (_, source) => MEETINGS.x(axis, source, inputSize))
      .flat()
      .filter(([, tap]) => tap === index),
};

/** @param {Trace} trace @param {number} channel @param {Meeting} meeting @returns {Product} */
function product(trace, channel, meeting) {
  const cell = ravel(meeting.source, trace.inputSize);
  return {
    ...meeting,
    channel,
    x: trace.inputAt(channel, cell),
    w: trace.weightAt(channel, ravel(meeting.tap, trace.geometry.kernel_size)),
    at: cell * trace.channels + channel,
  };
}

/** A thing that meets more than this lights itself alone: all the rest would say nothing. */
const MANY = 400;

/** Every cell that a selection lights, itself first. @param {Trace} trace @param {Ref} ref @returns {Ref[]} */
export function lit(trace, ref) {
  const met = countOf(trace, ref) > MANY * trace.channels ? [] : meetings(trace, ref);
  return [ref, ...met.flatMap(three).filter(({ kind }) => kind !== ref.kind)];
}

/** The three cells of one product. @param {Meeting} meeting @returns {Ref[]} */
export const three = ({ source, tap, target }) => [
  { kind: "x", index: source },
  { kind: "w", index: tap },
  { kind: "y", index: target },
];

/**
 * Where those cells stand in a scene; a product that is spotted outshines the selection.
 * @param {Trace} trace @param {Ref} ref @param {import("./scene.js").Scene} scene @param {boolean} pinned
 * @param {Product | null} [spotted] @returns {Lit[]}
 */
export function litIn(trace, ref, scene, pinned, spotted = null) {
  const refs = spotted ? three(spotted) : lit(trace, ref);
  return refs.flatMap((other, at) => {
    const leads = spotted ? other.kind !== "w" : at === 0;
    const thick = spotted !== null || (pinned && at === 0);
    return scene.panels.flatMap((panel) => spansOf(panel, other, leads).map((span) => ({ ...span, panel: panel.id, pinned: thick })));
  });
}

/** A line of a matrix lights only for what leads: the rest would light all of it. @param {import("./scene.js").Panel} panel @param {Ref} ref @param {boolean} leads @returns {import("./scene.js").Span[]} */
function spansOf(panel, ref, leads) {
  const place = panel.place(ref);
  if (panel.spans) return place || leads ? panel.spans(ref) : [];
  return place ? [{ rows: [place[0], place[0] + 1], cols: [place[1], place[1] + 1] }] : [];
}
