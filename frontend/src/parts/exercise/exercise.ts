/**
 * Your turn: the reader places products, zeros, a row of C; each move is graded at once against
 * the trace.
 */

import { fill } from "../../core/text.ts";
import type { Scene } from "../../scene/scene.ts";
import { TASKS, tasksOf } from "../../scene/tasks.ts";
import { make, write } from "../dom.ts";
import type { Cell, Only, Part } from "../part.ts";
import type { Attempt } from "./attempt.ts";
import { begin, hint, nextOf, place, reveal } from "./attempt.ts";

/** What each view is practised with. */
const OF_VIEW: Record<string, string> = { gather: "zeros", matrix: "row" };

export function exercise(
  player: Only<"choose" | "element" | "good" | "mode" | "render" | "state" | "trace" | "words">,
): Part {
  const { exercise: texts } = player.words;
  const open = (name: string) => player.choose({ exercise: name, predict: false, playing: false });
  const button = make(
    "button",
    { type: "button", onclick: () => open(player.state.exercise ? "" : offered()) },
    texts.toggle,
  );
  const names = Object.keys(TASKS).map((name) =>
    make("button", { type: "button", value: name, onclick: () => open(name) }, texts[name].short),
  );
  const title = make("strong", {});
  const question = make("p", { class: "question" });
  const verdict = make("p", { class: "verdict" });
  const choices = make("fieldset", { class: "choices" });
  const count = make("span", { class: "tally" });
  const [help, show, again, close] = [
    act(texts.hint, () => become(hint)),
    act(texts.show, () => become((now) => reveal(now, texts))),
    act(texts.again, () => become(({ turn }) => start(turn + 1))),
    act(texts.close, () => {
      open("");
      button.focus();
    }),
  ];
  const flat = make("p", { class: "note" }, texts.flat_only);
  const element = make(
    "div",
    { class: "ask", role: "group", "aria-label": texts.toggle, hidden: true },
    make(
      "div",
      { class: "top" },
      title,
      make("div", { class: "views", role: "group", "aria-label": texts.choose }, ...names),
    ),
    flat,
    make("div", { role: "status" }, question, verdict),
    choices,
    make("div", { class: "answer" }, help, show, again, close, count),
  );
  let attempt: Attempt | null = null;

  const mode = {
    quiet: true,
    tall: true,
    alone: true,
    scene: (scene: Scene) => attempt?.task.scene(attempt.done, nextOf(attempt)) ?? scene,
    pin: (_: unknown, { panel, row, col }: Cell) =>
      become((now) => place(now, { panel, at: row * panel.cols + col, kind: chosen() }, texts)),
    move: () => true,
  };

  const offered = () => {
    const possible = tasksOf(player.trace);
    return possible.find((name) => name === OF_VIEW[player.good.view]) ?? "stamp";
  };
  const chosen = () =>
    (choices.querySelector("input:checked") as HTMLInputElement | null)?.value ?? "";

  /** What a move makes of the attempt. */
  function become(move: (attempt: Attempt) => Attempt) {
    const next = attempt && move(attempt);
    if (next === attempt) return;
    attempt = next;
    player.render();
  }

  function start(turn: number) {
    const { trace, state, words } = player;
    const attempt = begin(state.exercise, trace, turn, words);
    const radios = attempt.task.choices.map((kind, k) =>
      make(
        "label",
        {},
        make("input", { type: "radio", name: "kind", value: kind, checked: k === 0 }),
        ` ${texts.kind[kind]}`,
      ),
    );
    choices.replaceChildren(make("legend", {}, texts.kinds), ...radios);
    return attempt;
  }

  return {
    element,
    buttons: [button],
    prepare({ state, trace }) {
      const on = tasksOf(trace).includes(state.exercise);
      if (on && (attempt?.name !== state.exercise || attempt.trace !== trace)) attempt = start(0);
      if (!on) attempt = null;
      if (on) player.mode = mode;
      else if (player.mode === mode) player.mode = null;
    },
    update({ trace, state }) {
      const possible = tasksOf(trace);
      button.hidden = !possible.length;
      element.hidden = !state.exercise || !possible.length;
      flat.hidden = possible.length === names.length;
      for (const choice of names) {
        choice.setAttribute("aria-pressed", String(choice.value === attempt?.name));
        choice.disabled = !possible.includes(choice.value);
      }
      for (const act of [help, show, again, choices, count]) act.hidden = !attempt;
      title.textContent = state.exercise ? texts[state.exercise].title : "";
      player.element.classList.toggle("practising", attempt !== null);
      button.setAttribute("aria-pressed", String(state.exercise !== ""));
      if (!attempt) return [question, verdict].forEach((line) => write(line, ""));
      const { task, done, said, verdict: kind } = attempt;
      const wanted = nextOf(attempt);
      write(question, wanted ? task.prompt(wanted) : texts.over);
      write(verdict, said);
      verdict.className = `verdict ${kind}`;
      choices.hidden = !task.choices.length || !wanted;
      help.hidden = show.hidden = !wanted;
      count.textContent = fill(texts.count, { done: done.size, moves: task.moves.length });
    },
  };
}

const act = (text: string, onclick: () => void) =>
  make("button", { type: "button", onclick }, text);
