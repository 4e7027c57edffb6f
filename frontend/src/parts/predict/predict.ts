/**
 * Predict before reveal: one question before a step, commit or skip, then the truth beside the
 * guess.
 */

import type { Ref } from "../../core/ref.ts";
import type { Trace } from "../../core/trace.ts";
import type { Question } from "../../scene/questions.ts";
import { questionFor, sizeQuestion } from "../../scene/questions.ts";
import type { Scene } from "../../scene/scene.ts";
import { make } from "../dom.ts";
import type { Cell, Only, Part } from "../part.ts";
import type { Asking } from "./asking.ts";
import { ask, enter, keep, pick, SILENT, skip } from "./asking.ts";
import { card } from "./card.ts";
import { pictured } from "./picture.ts";

export function predict(
  player: Only<
    | "choose"
    | "element"
    | "good"
    | "mode"
    | "pin"
    | "point"
    | "pointed"
    | "render"
    | "seek"
    | "state"
    | "trace"
    | "words"
  >,
): Part {
  const texts = player.words.predict;
  const button = make(
    "button",
    {
      type: "button",
      onclick: () =>
        player.choose({ predict: !player.state.predict, exercise: "", playing: false }),
    },
    texts.toggle,
  );
  const view = card(texts, { enter: entered, skip: () => tell(skip(asking)) }, button);
  let asking = SILENT;
  /** of what is asked and told */
  let of: Trace | null = null;

  const mode = {
    alone: true,
    get quiet() {
      return asking.asked !== null;
    },
    scene(scene: Scene, trace: Trace) {
      const pointed = player.pointed?.kind === "y" ? player.pointed.index : null;
      return pictured(scene, trace, asking, pointed, texts.hidden);
    },
    pin(ref: Ref | null, at: Cell) {
      const { asked } = asking;
      if (asked?.pick && ref?.kind === "y") tell(pick(asking, ref.index));
      else if (!asked && ref) player.pin(ref);
      else if (asked && !asked.pick && at) view.focus();
    },
    move(by: number) {
      const { trace, state } = player;
      if (by !== 1) return false;
      if (asking.asked) {
        tell(skip(asking));
        return true;
      }
      const next =
        state.step + 1 < trace.length
          ? questionFor(trace, state.step + 1, player.words, player.good.view)
          : null;
      if (next) open(next, trace);
      return next !== null;
    },
  };

  function open(next: Question, trace: Trace) {
    [asking, of] = [ask(asking, next), trace];
    player.point(null);
    player.choose({ playing: false });
    view.open(!next.pick);
  }

  function entered(text: string) {
    const next = enter(asking, text);
    if (!next.refused) return tell(next);
    asking = next;
    player.render();
    view.focus();
  }

  /** The reader sees the step that answers, and the cell that it is about. */
  function tell(next: Asking) {
    if (next === asking || !next.told) return;
    const inside = view.holdsFocus();
    asking = next;
    player.seek(next.told.question.index);
    player.point(next.told.question.about);
    if (inside) view.giveBack();
  }

  return {
    element: view.element,
    buttons: [button],
    prepare({ state, trace }) {
      const on = state.predict && !state.exercise;
      asking = keep(
        asking,
        (question, told) =>
          on && of === trace && state.step === (told ? question.index : stepBefore(question)),
      );
      if (on && player.mode !== mode && state.step === 0)
        [asking, of] = [ask(asking, sizeQuestion(trace, player.words)), trace];
      if (on) player.mode = mode;
      else if (player.mode === mode) player.mode = null;
    },
    update({ state, trace }) {
      view.element.hidden = player.mode !== mode;
      player.element.classList.toggle("sizing", asking.asked?.kind === "size");
      button.setAttribute("aria-pressed", String(state.predict));
      view.update(asking, state.step + 1 < trace.length ? texts.ready : texts.ended);
    },
  };
}

/** Where a question is asked; that of the size comes before all others, at the first step. */
const stepBefore = ({ index }: Question) => Math.max(0, index - 1);
