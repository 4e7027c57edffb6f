/**
 * Your turn: the reader places products, zeros, a row of C; each move is graded at once against
 * the trace.
 */

import { fill } from "../../core/text.ts";
import type { Trace } from "../../core/trace.ts";
import type { Scene } from "../../scene/scene.ts";
import type { Move, Task } from "../../scene/tasks.ts";
import { moveAt, TASKS, tasksOf } from "../../scene/tasks.ts";
import { make, write } from "../dom.ts";
import type { Cell, Only, Part } from "../part.ts";

/** What has happened so far. */
export type Attempt = {
  name: string;
  trace: Trace;
  task: Task;
  done: Set<Move>;
  missed: Set<Move>;
  said: string;
  verdict: "" | "right" | "wrong";
};

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
  const [hint, show, again, close] = [
    act(texts.hint, () => say(next()?.hint ?? "", "")),
    act(texts.show, reveal),
    act(texts.again, () => {
      begin(turn + 1);
      player.render();
    }),
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
    make("div", { class: "answer" }, hint, show, again, close, count),
  );
  let attempt: Attempt | null = null;
  let turn = 0;

  const mode = {
    quiet: true,
    tall: true,
    alone: true,
    scene: (scene: Scene) => attempt?.task.scene(attempt.done, next()) ?? scene,
    pin: (_: unknown, at: Cell) => place(at),
    move: () => true,
  };

  const offered = () => {
    const possible = tasksOf(player.trace);
    return possible.find((name) => name === OF_VIEW[player.good.view]) ?? "stamp";
  };
  const next = () => attempt?.task.moves.find((move) => !attempt?.done.has(move)) ?? null;

  function begin(at: number) {
    turn = at;
    const { trace, state, words } = player;
    attempt = {
      name: state.exercise,
      trace,
      task: TASKS[state.exercise](trace, turn, words),
      done: new Set(),
      missed: new Set(),
      said: "",
      verdict: "",
    };
    const radios = attempt.task.choices.map((kind, k) =>
      make(
        "label",
        {},
        make("input", { type: "radio", name: "kind", value: kind, checked: k === 0 }),
        ` ${texts.kind[kind]}`,
      ),
    );
    choices.replaceChildren(make("legend", {}, texts.kinds), ...radios);
  }

  const chosen = () => (choices.querySelector("input:checked") as HTMLInputElement | null)?.value;

  /** The reader puts the next thing, or the chosen kind, into a cell. */
  function place({ panel, row, col }: Cell) {
    const wanted = next();
    if (
      !attempt ||
      !wanted ||
      !attempt.task.moves.some((move) => move.panel === panel.id || panel.id === "folded")
    )
      return;
    const { task, done } = attempt;
    const cell = row * panel.cols + col;
    const move = moveAt(task, panel.id, cell);
    if (move && done.has(move)) return say(move.because, "");
    if (move && (task.choices.length ? move.kind === chosen() : move === wanted))
      return settle(move, texts.right);
    attempt.missed.add(task.choices.length && move ? move : wanted);
    const not =
      task.choices.length && move
        ? `${fill(texts.not, { kind: texts.kind[chosen() ?? ""] })} ${move.because}`
        : task.wrong(panel, cell);
    say(`${not} ${texts.retry}`, "wrong");
  }

  function reveal() {
    const move = next();
    if (!attempt || !move) return;
    attempt.missed.add(move);
    settle(move, fill(texts.shown, { name: texts.kind[move.name] ?? move.name }));
  }

  function settle(move: Move, lead: string) {
    const { done, missed, task } = attempt as Attempt;
    done.add(move);
    const all = done.size === task.moves.length;
    const end = all
      ? ` ${fill(texts.done, { moves: task.moves.length, first: task.moves.length - missed.size })}`
      : "";
    say(`${lead} ${move.because}${end}`, "right");
  }

  function say(text: string, kind: "" | "right" | "wrong") {
    if (!attempt) return;
    attempt.said = text;
    attempt.verdict = kind;
    player.render();
  }

  return {
    element,
    buttons: [button],
    prepare({ state, trace }) {
      const on = tasksOf(trace).includes(state.exercise);
      if (on && (attempt?.name !== state.exercise || attempt.trace !== trace)) begin(0);
      if (!on) attempt = null;
      if (on) player.mode = mode;
      else if (player.mode === mode) player.mode = null;
    },
    update({ trace, state }) {
      const possible = tasksOf(trace);
      element.hidden = !state.exercise;
      flat.hidden = possible.length === names.length;
      for (const choice of names) {
        choice.setAttribute("aria-pressed", String(choice.value === attempt?.name));
        choice.disabled = !possible.includes(choice.value);
      }
      for (const act of [hint, show, again, choices, count]) act.hidden = !attempt;
      title.textContent = state.exercise ? texts[state.exercise].title : "";
      player.element.classList.toggle("practising", attempt !== null);
      button.setAttribute("aria-pressed", String(state.exercise !== ""));
      if (!attempt) return [question, verdict].forEach((line) => write(line, ""));
      const { task, done, said, verdict: kind } = attempt;
      const wanted = next();
      write(question, wanted ? task.prompt(wanted) : texts.over);
      write(verdict, said);
      verdict.className = `verdict ${kind}`;
      choices.hidden = !task.choices.length || !wanted;
      hint.hidden = show.hidden = !wanted;
      count.textContent = fill(texts.count, { done: done.size, moves: task.moves.length });
    },
  };
}

const act = (text: string, onclick: () => void) =>
  make("button", { type: "button", onclick }, text);
