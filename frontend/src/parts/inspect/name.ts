/** What a cell of the picture is, in words. Pure. */

import { cell as indices } from "../../core/sentences.ts";
import type { Words } from "../../core/text.ts";
import { fill, number } from "../../core/text.ts";
import type { Trace } from "../../core/trace.ts";
import { countOf } from "../../scene/links.ts";
import { LOOK, LOOKS } from "../../scene/looks.ts";
import type { Panel } from "../../scene/scene.ts";
import type { Cell } from "../part.ts";

const NAMES = Object.keys(LOOK);

/** @param quiet nothing is said of who meets whom */
export function nameOf({ panel, row, col }: Cell, trace: Trace, words: Words, quiet?: boolean) {
  const at = row * panel.cols + col;
  const { inspect } = words;
  const look = LOOKS[panel.looks[at]];
  const state = inspect.looks[NAMES[panel.looks[at]]];
  const ref = panel.ref(row, col);
  const where = fill(panel.rows > 1 ? inspect.where : inspect.along, { row, col });
  const thing = ref ? `${ref.kind}[${indices(ref.index.map((i) => number(i)))}]` : "";
  const value = look.blank ? "" : fill(inspect.value, { value: number(panel.values[at]) });
  const count =
    ref && !look.blank && !quiet
      ? fill(inspect.counts[ref.kind], {
          count: panel.badges && ref.kind === "y" ? panel.badges[at] : countOf(trace, ref),
        })
      : "";
  return [where, thing, value, count, state].filter(Boolean).join(", ");
}

/** Whether every cell would have the name it has. */
export const alike = (a: Panel, b: Panel) =>
  a.label === b.label &&
  a.looks.every(
    (look, at) =>
      look === b.looks[at] && a.values[at] === b.values[at] && a.badges?.[at] === b.badges?.[at],
  );
