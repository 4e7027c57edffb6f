/** Your turn: the reader places products, zeros, a row of C; each move is graded at once against the trace. @module */
import { make, write } from "./dom.js";
import { TASKS, moveAt, tasksOf } from "./tasks.js";
import { fill } from "./text.js";

/** @typedef {import("./tasks.js").Task} Task */
/** @typedef {import("./tasks.js").Move} Move */
/** @typedef {import("./trace.js").Trace} Trace */
/** What has happened so far. @typedef {{ name: string, trace: Trace, task: Task, done: Set<Move>, missed: Set<Move>, said: string, verdict: "" | "right" | "wrong" }} Attempt */

/** What each view is practised with. @type {Record<string, string>} */
const OF_VIEW = { gather: "zeros", matrix: "row" };

/** @param {import("./player.js").Player} player @returns {import("./shell.js").Part} */
export function exercise(player) {
  const { exercise: texts } = player.words;
  const open = (/** @type {string} */ name) => player.choose({ exercise: name, predict: false, playing: false });
  const button = make("button", { type: "button", onclick: () => open(player.state.exercise ? "" : offered()) }, texts.toggle);
  const names = Object.keys(TASKS).map((name) => make("button", { type: "button", value: name, onclick: () => open(name) }, texts[name].short));
  const title = make("strong", {});
  const question = make("p", { class: "question" });
  const verdict = make("p", { class: "verdict" });
  const choices = make("fieldset", { class: "choices" });
  const count = make("span", { class: "tally" });
  const [hint, show, again, close] = [
    act(texts.hint, () => say(next()?.hint ?? "", "")),
    act(texts.show, reveal),
    act(texts.again, () => (begin(turn + 1), player.render())),
    act(texts.close, () => (open(""), button.focus())),
  ];
  const flat = make("p", { class: "note" }, texts.flat_only);
  const element = make(
    "div",
    { class: "ask", role: "group", "aria-label": texts.toggle, hidden: true },
    make("div", { class: "top" }, title, make("div", { class: "views", role: "group", "aria-label": texts.choose }, ...names)),
    flat,
    make("div", { role: "status" }, question, verdict),
    choices,
    make("div", { class: "answer" }, hint, show, again, close, count),
  );
  /** @type {Attempt | null} */
  let attempt = null;
  let turn = 0;

  const mode = {
    quiet: true,
    tall: true,
    alone: true,
    scene: (/** @type {import("./scene.js").Scene} */ scene) => attempt?.task.scene(attempt.done, next()) ?? scene,
    pin: (/** @type {unknown} */ _, /** @type {import("./player.js").Cell} */ at) => place(at),
    move: () => true,
  };

  const offered = () => {
    const possible = tasksOf(player.trace);
    return possible.find((name) => name === OF_VIEW[player.good.view]) ?? "stamp";
  };
  const next = () => attempt?.task.moves.find((move) => !attempt?.done.has(move)) ?? null;

  /** @param {number} at */
  function begin(at) {
    turn = at;
    const { trace, state, words } = player;
    if (!trace) return;
    attempt = { name: state.exercise, trace, task: TASKS[state.exercise](trace, turn, words), done: new Set(), missed: new Set(), said: "", verdict: "" };
    const radios = attempt.task.choices.map((kind, k) =>
      make("label", {}, make("input", { type: "radio", name: "kind", value: kind, checked: k === 0 }), ` ${texts.kind[kind]}`),
    );
    choices.replaceChildren(make("legend", {}, texts.kinds), ...radios);
  }

  const chosen = () => /** @type {HTMLInputElement | null} */ (choices.querySelector("input:checked"))?.value;

  /** The reader puts the next thing, or the chosen kind, into a cell. @param {import("./player.js").Cell} at */
  function place({ panel, row, col }) {
    const wanted = next();
    if (!attempt || !wanted || !attempt.task.moves.some((move) => move.panel === panel.id || panel.id === "folded")) return;
    const { task, done } = attempt;
    const cell = row * panel.cols + col;
    const move = moveAt(task, panel.id, cell);
    if (move && done.has(move)) return say(move.because, "");
    if (move && (task.choices.length ? move.kind === chosen() : move === wanted)) return settle(move, texts.right);
    attempt.missed.add(task.choices.length && move ? move : wanted);
    const not = task.choices.length && move ? `${fill(texts.not, { kind: texts.kind[chosen() ?? ""] })} ${move.because}` : task.wrong(panel, cell);
    say(`${not} ${texts.retry}`, "wrong");
  }

  function reveal() {
    const move = next();
    if (!attempt || !move) return;
    attempt.missed.add(move);
    settle(move, fill(texts.shown, { name: texts.kind[move.name] ?? move.name }));
  }

  /** @param {Move} move @param {string} lead */
  function settle(move, lead) {
    const { done, missed, task } = /** @type {Attempt} */ (attempt);
    done.add(move);
    const all = done.size === task.moves.length;
    const end = all ? ` ${fill(texts.done, { moves: task.moves.length, first: task.moves.length - missed.size })}` : "";
    say(`${lead} ${move.because}${end}`, "right");
  }

  /** @param {string} text @param {"" | "right" | "wrong"} kind */
  function say(text, kind) {
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

/** @param {string} text @param {() => void} onclick */
const act = (text, onclick) => make("button", { type: "button", onclick }, text);
