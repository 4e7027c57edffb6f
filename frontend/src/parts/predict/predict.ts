/**
 * Predict before reveal: the author's one question, then one before every step; commit or skip,
 * then the truth beside the guess.
 */

import type { Ref } from "../../core/ref.ts";
import type { Trace } from "../../core/trace.ts";
import type { Posed } from "../../scene/posed.ts";
import { posed } from "../../scene/posed.ts";
import type { Question } from "../../scene/questions.ts";
import { questionFor, sizeQuestion } from "../../scene/questions.ts";
import type { Scene } from "../../scene/scene.ts";
import type { State } from "../../words/table.ts";
import { make } from "../dom.ts";
import type { Cell, Now, Only, Part } from "../part.ts";
import type { Asking } from "./asking.ts";
import { ask, choose, enter, keep, pick, SILENT, skip } from "./asking.ts";
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
  const view = card(texts, {
    enter: entered,
    choose: (at) => tell(choose(asking, at)),
    skip: () => tell(skip(asking)),
  });
  let asking = SILENT;
  /** of what is asked and told */
  let of: Trace | null = null;
  /** what the author's question was made from */
  let poses = "";

  const mode = {
    alone: true,
    get quiet() {
      return asking.asked !== null;
    },
    get asks() {
      const { asked } = asking;
      return asked && isPosed(asked) ? asked : null;
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
    const { question } = next.told;
    if (isPosed(question)) player.choose({ answered: true });
    player.seek(question.index);
    player.point(question.about);
    if (inside) view.giveBack();
  }

  /** Whether a question that is asked or told still stands. */
  function stands(question: Question, told: boolean) {
    const { state, trace } = player;
    if (of !== trace) return false;
    if (isPosed(question)) return told ? !state.exercise : state.ask !== "";
    return isOn(state) && state.step === (told ? question.index : stepBefore(question));
  }

  /** The author's question, while it waits. */
  function authors({ state, trace, fault, title }: Now) {
    if (!state.ask || state.answered || fault) return null;
    const key = JSON.stringify([state.ask, title, state.step]);
    if (mode.asks && of === trace && poses === key) return mode.asks;
    poses = key;
    return posed(trace, state.ask, player.words, title, state.step);
  }

  return {
    element: view.element,
    asks: true,
    buttons: [button],
    prepare(now) {
      const { state, trace } = now;
      asking = keep(asking, stands);
      // the host, or another view of one widget, has told
      if (mode.asks && state.answered) asking = skip(asking);
      const question = authors(now);
      if (question && question !== asking.asked) {
        [asking, of] = [ask(asking, question), trace];
        view.open(false);
      } else if (!question && isOn(state) && player.mode !== mode && state.step === 0)
        [asking, of] = [ask(asking, sizeQuestion(trace, player.words)), trace];
      if (isOn(state) || mode.asks) player.mode = mode;
      else if (player.mode === mode) player.mode = null;
    },
    update({ state, trace }) {
      view.element.hidden = player.mode !== mode && !asking.told;
      player.element.classList.toggle("sizing", asking.asked?.kind === "size");
      const { told } = asking;
      const posed = told !== null && isPosed(told.question);
      player.element.classList.toggle("answered", posed && state.step === told.question.index);
      player.element.classList.toggle("past", posed && state.step !== told.question.index);
      button.setAttribute("aria-pressed", String(state.predict));
      view.update(asking, state.step + 1 < trace.length ? texts.ready : texts.ended);
    },
  };
}

/** Where a question is asked; that of the size comes before all others, at the first step. */
const stepBefore = ({ index }: Question) => Math.max(0, index - 1);

const isPosed = (question: Question): question is Posed => question.until !== undefined;

const isOn = ({ predict, exercise }: State) => predict && !exercise;
