/** Maps of one axis whose cells are too narrow for numbers: their numbers are the heights of bars. */

import { once } from "../core/memo.ts";
import type { Trace } from "../core/trace.ts";
import { legibleFrom } from "./legible.ts";
import { peakOf } from "./scene.ts";

/** Whether any number of a trace can be negative. */
export const isSigned = (trace: Trace) =>
  once(trace, "signed", () =>
    [trace.input, trace.weight, [trace.bias ?? 0]].some((numbers) => numbers.some((n) => n < 0)),
  );

/** Whether cells so wide show the outputs as bars. */
export const hasBars = (trace: Trace, cell: number) =>
  trace.geometry.ndim === 1 &&
  cell < once(trace, "legible peak", () => legibleFrom(Float64Array.of(peakOf(trace.output))));
