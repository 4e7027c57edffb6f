/** The one rule behind every picture, with the numbers of one meeting filled in. @module */
import { fill, number } from "./text.js";

/**
 * Why an input meets an output under a tap.
 * @param {import("./trace.js").Trace} trace @param {readonly number[]} source @param {readonly number[]} tap
 * @param {import("./text.js").Words} words
 */
export function rule({ geometry }, source, tap, words) {
  const names = words.axes[geometry.ndim - 1];
  const lines = geometry.axes.map((axis, at) =>
    fill(words.rule.line, {
      axis: names[at],
      stride: axis.stride,
      source: source[at],
      dilation: axis.dilation,
      tap: tap[at],
      padding: axis.padding_begin,
      output: number(axis.outputIndex(source[at], tap[at])),
    }),
  );
  return fill(words.rule.all, { lines: lines.join(", ") });
}
