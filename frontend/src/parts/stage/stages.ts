/** The stage, and on a wide page others with more views of the same numbers. */

import { once } from "../../core/memo.ts";
import type { Ref } from "../../core/ref.ts";
import type { Step } from "../../core/steps.ts";
import { fill } from "../../core/text.ts";
import type { Trace } from "../../core/trace.ts";
import { coloursOf } from "../../paint/theme.ts";
import { besideOf, calm, roomBeside, stepBeside } from "../../scene/beside.ts";
import { legend, longestLegend } from "../../scene/legend.ts";
import type { Scene } from "../../scene/scene.ts";
import { storyOf } from "../../words/state.ts";
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
    leave: { of: "inspection", now: () => all.some(({ inspector }) => inspector.leave()) },
    update({ trace, state, good, words, pointed, title, sentence, theme }) {
      const colours = coloursOf(theme);
      const views = besideOf({ ...good, beside: state.beside }, roomBeside(player));
      divide(player.element, all, 1 + views.length);
      main.label(fill(words.ui.stage, { title, sentence }), words);
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
      write(said, legend(trace, good.view, state.step, words, cell));
      write(room, longestLegend(trace, good.view, words, cell));
      const seen = {
        pinned: state.selection,
        pointed: pointed ?? activeOf(trace.step(state.step)),
      };
      views.forEach((view, at) => {
        const other = inView(trace, view);
        const rest = (scene: Scene) => calm(scene, other, trace, state.step);
        others[at].caption.textContent = words.ui.beside[view];
        others[at].label(words.ui.beside[view], words);
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

/** The same computation as another view tells it, made once a trace. */
function inView(trace: Trace, view: string): Trace {
  const story = storyOf(view);
  return once(trace, `in ${story}`, () => trace.withView(story));
}

/** Room for so many views. */
function divide(element: HTMLElement, stages: Stage[], count: number) {
  if ((element.dataset.views ?? "1") === String(count)) return;
  element.dataset.views = String(count);
  stages.forEach(({ element }, at) => (element.hidden = at >= count));
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
