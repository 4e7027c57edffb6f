/** The stage, and on a wide page others with more views of the same numbers. */

import type { Ref } from "../../core/ref.ts";
import type { Step } from "../../core/steps.ts";
import type { Words } from "../../core/text.ts";
import { fill, number } from "../../core/text.ts";
import type { Trace } from "../../core/trace.ts";
import { coloursOf } from "../../paint/theme.ts";
import {
  adjoint,
  besideOf,
  calm,
  roomBeside,
  stepBeside,
  traceBeside,
} from "../../scene/beside.ts";
import { legend, longestLegend } from "../../scene/legend.ts";
import type { Scene } from "../../scene/scene.ts";
import { make, write } from "../dom.ts";
import type { Only, Part } from "../part.ts";
import { Stage } from "./stage.ts";

export function stages(
  player: Only<
    | "element"
    | "fills"
    | "mode"
    | "pause"
    | "pin"
    | "point"
    | "spotted"
    | "stage"
    | "stages"
    | "state"
    | "trace"
    | "width"
    | "words"
  >,
): Part {
  const all = [new Stage(player), new Stage(player), new Stage(player)];
  const [main, ...others] = all;
  const [said, room] = [make("span"), make("span", { "aria-hidden": "true" })];
  const key = make("p", { class: "legend" }, said, room);
  for (const { element } of others) element.hidden = true;
  player.stages = all;
  return {
    element: make(
      "div",
      { class: "stages" },
      main.element,
      ...others.map(({ element }) => element),
      key,
    ),
    asks: true,
    leave: { of: "inspection", now: () => all.some(({ inspector }) => inspector.leave()) },
    update({ trace, state, good, words, pointed, title, sentence, theme }) {
      const colours = coloursOf(theme);
      const views = besideOf({ ...good, beside: state.beside }, roomBeside(player));
      divide(player.element, all, 1 + views.length);
      main.label(sentence ? fill(words.ui.stage, { title, sentence }) : title, words);
      main.show(
        trace,
        state.step,
        words,
        colours,
        { pinned: state.selection, pointed },
        good.view,
        player.mode?.scene,
      );
      const cell = cellOf(main);
      const asks = Boolean(player.mode?.asks);
      write(said, asks ? "" : legend(trace, good.view, state.step, words, cell));
      write(room, asks ? "" : longestLegend(trace, good.view, words, cell));
      const seen = {
        pinned: state.selection,
        pointed: pointed ?? activeOf(trace.step(state.step)),
      };
      views.forEach((view, at) => {
        const other = traceBeside(good, trace, view);
        const rest = (scene: Scene) => calm(scene, other, trace, state.step);
        const caption = captionOf(trace, other, view, words);
        others[at].caption.textContent = caption;
        others[at].label(caption, words);
        others[at].show(
          other,
          stepBeside(other, trace, state.step),
          words,
          colours,
          seen,
          view,
          rest,
        );
      });
    },
  };
}

/** What a second picture shows; of a pair, the two sums that make each the other's transpose. */
function captionOf(first: Trace, other: Trace, view: string, words: Words) {
  if (first.direct === other.direct) return words.ui.beside[view];
  const [ours, theirs] = adjoint(first, other).map((sum) => number(sum));
  return fill(words.ui.pair[other.direct ? "direct" : "transposed"], { ours, theirs });
}

/** Room for so many views. */
function divide(element: HTMLElement, stages: Stage[], count: number) {
  if ((element.dataset.views ?? "1") === String(count)) return;
  element.dataset.views = String(count);
  stages.forEach((stage, at) => {
    stage.element.hidden = at >= count;
    if (at >= count) stage.clear();
  });
  for (const stage of stages) stage.measure();
}

/** Pixels of the smallest cell of the outputs. */
function cellOf({ layout }: Stage) {
  const outputs = (layout?.boxes ?? []).filter(
    ({ panel }) => panel.id === "y" || panel.id === "map",
  );
  return Math.min(...outputs.map(({ cell, tall }) => Math.min(cell, tall)));
}

/** The cell that a step is about. */
function activeOf(step: Step): Ref | null {
  if (step.source) return { kind: "x", index: step.source };
  return step.target ? { kind: "y", index: step.target } : null;
}
