/** The one rule behind every picture, with the numbers of one meeting filled in. */

import type { Words } from "../core/text.ts";
import { fill, number } from "../core/text.ts";
import type { Trace } from "../core/trace.ts";

/** Why an input meets an output under a tap. */
export function rule(
  { geometry }: Trace,
  source: readonly number[],
  tap: readonly number[],
  words: Words,
) {
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
