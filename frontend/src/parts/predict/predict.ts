/**
 * Predict before reveal: one question before a step, commit or skip, then the truth beside the
 * guess.
 */

import type { Ref } from "../../core/ref.ts";
import { fill, number } from "../../core/text.ts";
import type { Trace } from "../../core/trace.ts";
import { LOOK } from "../../scene/looks.ts";
import type { Question } from "../../scene/questions.ts";
import { guessOf, isRight, questionFor, sizeQuestion } from "../../scene/questions.ts";
import type { Scene } from "../../scene/scene.ts";
import { Plane } from "../../scene/scene.ts";
import { make, write } from "../dom.ts";
import type { Cell, Only, Part } from "../part.ts";

export type Told = { question: Question; guess: readonly number[] | null; text: string };

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
  const question = make("p", { class: "question", id: "question" });
  const input = make("input", {
    type: "text",
    inputmode: "decimal",
    autocomplete: "off",
    spellcheck: "false",
    "aria-labelledby": "question",
  });
  const commit = make("button", { type: "submit", class: "main" }, texts.commit);
  const skip = make("button", { type: "button", onclick: () => tell(null, "") }, texts.skip);
  const form = make(
    "form",
    { class: "answer", onsubmit: submit, onkeydown: keyed },
    input,
    commit,
    skip,
  );
  const verdict = make("p", { class: "verdict" });
  const tally = make("p", { class: "tally" });
  const status = make("div", { role: "status" }, question, verdict);
  const element = make(
    "div",
    { class: "ask", role: "group", "aria-label": texts.toggle, hidden: true },
    status,
    form,
    tally,
  );

  let asked: Question | null = null;
  /** of what is asked and told */
  let of: Trace | null = null;
  let told: Told | null = null;
  let refused = false;
  const score = { seen: 0, asked: 0 };
  /** where the focus was before the question took it */
  let back: HTMLElement | null = null;

  const mode = {
    alone: true,
    get quiet() {
      return asked !== null;
    },
    scene(scene: Scene, trace: Trace) {
      if (asked?.kind === "size") return withoutOutput(scene, texts.hidden);
      const pointed = player.pointed?.kind === "y" ? player.pointed.index : null;
      if (asked?.kind === "land" && pointed) return withStamp(scene, trace, pointed);
      if (told?.question.kind === "land" && told.guess && !isRight(told.question, told.guess))
        return withStamp(scene, trace, told.guess);
      return scene;
    },
    pin(ref: Ref | null, at: Cell) {
      if (asked?.pick && ref?.kind === "y") tell(ref.index, named(ref.index));
      else if (!asked && ref) player.pin(ref);
      else if (asked && !asked.pick && at) input.focus();
    },
    move(by: number) {
      const { trace, state } = player;
      if (by !== 1) return false;
      if (asked) {
        tell(null, "");
        return true;
      }
      const next =
        state.step + 1 < trace.length
          ? questionFor(trace, state.step + 1, player.words, player.good.view)
          : null;
      if (next) ask(next, trace);
      return next !== null;
    },
  };

  function ask(next: Question, trace: Trace) {
    [asked, told, of, refused] = [next, null, trace, false];
    player.point(null);
    player.choose({ playing: false });
    const { activeElement } = element.getRootNode() as ShadowRoot;
    back = activeElement as HTMLElement | null;
    input.value = "";
    if (back && !next.pick && matchMedia("(pointer: fine)").matches) input.focus();
  }

  function tell(guess: readonly number[] | null, text: string) {
    if (!asked) return;
    const answered = asked;
    const inside = form.contains((element.getRootNode() as ShadowRoot).activeElement);
    told = { question: answered, guess, text };
    asked = null;
    refused = false;
    if (guess) score.asked += 1;
    if (guess && isRight(answered, guess)) score.seen += 1;
    player.seek(answered.index);
    player.point(answered.about);
    if (inside) (back?.isConnected && back !== input ? back : button).focus();
  }

  function submit(event: Event) {
    event.preventDefault();
    if (asked?.pick) return;
    const guess = guessOf(input.value);
    if (guess.length) tell(guess, input.value.trim());
    else {
      refused = true;
      player.render();
      input.focus();
    }
  }

  /** Right in an empty field, or Escape, is: skip. */
  function keyed(event: KeyboardEvent) {
    if (
      event.key !== "Escape" &&
      (event.key !== "ArrowRight" || input.value || event.target !== input)
    )
      return;
    event.preventDefault();
    event.stopPropagation();
    tell(null, "");
  }

  return {
    element,
    buttons: [button],
    prepare({ state, trace }) {
      const on = state.predict && !state.exercise;
      if (
        asked &&
        (!on ||
          of !== trace ||
          (asked.kind !== "size" && asked.index !== state.step + 1) ||
          (asked.kind === "size" && state.step))
      )
        asked = null;
      if (told && (!on || of !== trace || told.question.index !== state.step)) told = null;
      if (!asked) refused = false;
      if (on && player.mode !== mode && state.step === 0)
        [asked, of] = [sizeQuestion(trace, player.words), trace];
      if (on) player.mode = mode;
      else if (player.mode === mode) player.mode = null;
    },
    update({ state, trace }) {
      element.hidden = player.mode !== mode;
      player.element.classList.toggle("sizing", asked?.kind === "size");
      button.setAttribute("aria-pressed", String(state.predict));
      form.hidden = !asked;
      input.hidden = commit.hidden = Boolean(asked?.pick);
      write(
        question,
        asked
          ? asked.text
          : told
            ? told.question.text
            : state.step + 1 < trace.length
              ? texts.ready
              : texts.ended,
      );
      verdict.hidden = !told && !refused;
      verdict.className = told?.guess
        ? isRight(told.question, told.guess)
          ? "verdict right"
          : "verdict wrong"
        : "verdict";
      write(verdict, told ? verdictOf(told, texts) : asked && refused ? wanted(asked, texts) : "");
      tally.hidden = !score.asked;
      write(tally, fill(texts.tally, score));
    },
  };
}

/** What to type, after something else was typed. */
const wanted = ({ answer }: Question, texts: any) =>
  answer.every(Number.isInteger) ? texts.whole : texts.number;

function verdictOf({ question, guess, text }: Told, texts: any) {
  const template = !guess ? texts.skipped : isRight(question, guess) ? texts.right : texts.wrong;
  return `${fill(template, { guess: text, truth: question.truth })} ${question.because}`;
}

const named = (index: readonly number[]) => `y[${index.map((i) => number(i)).join(", ")}]`;

/** The picture without the output: its size is the question. */
function withoutOutput(scene: Scene, label: string): Scene {
  const panels = scene.panels.map((panel) =>
    panel.thing === "output"
      ? {
          ...panel,
          label,
          brief: label,
          looks: panel.looks.map(() => LOOK.none),
          badges: null,
          foot: panel.foot === null ? null : panel.foot.map(() => -1),
          place: () => null,
        }
      : panel,
  );
  const elsewhere = ({ panel }: { panel: string }) =>
    panels.every(({ id, thing }) => id !== panel || thing !== "output");
  return {
    ...scene,
    panels,
    marks: scene.marks.filter(elsewhere),
    notes: scene.notes?.filter(elsewhere),
  };
}

/** The outline of a stamp whose first cell lies on a cell of y. */
function withStamp(scene: Scene, trace: Trace, index: readonly number[]): Scene {
  const panel = scene.panels.find(({ id }) => id === "y");
  const place = panel?.place({ kind: "y", index: [...index] });
  if (!panel || !place || trace.geometry.ndim > 2) return scene;
  const { rows, cols } = new Plane(trace.geometry.axes.map(({ span }) => span));
  const until = (start: number, span: number, size: number) =>
    [start, Math.min(size, start + span)] as [number, number];
  const mark = {
    panel: "y",
    rows: until(place[0], rows, panel.rows),
    cols: until(place[1], cols, panel.cols),
    style: "linked" as const,
  };
  return { ...scene, marks: [...scene.marks, mark] };
}
