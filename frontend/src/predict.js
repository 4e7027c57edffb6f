/** Predict before reveal: one question before a step, commit or skip, then the truth beside the guess. @module */
import { make, write } from "./dom.js";
import { Plane } from "./scene.js";
import { guessOf, isRight, questionFor, sizeQuestion } from "./questions.js";
import { LOOK } from "./looks.js";
import { fill, number } from "./text.js";

/** @typedef {import("./questions.js").Question} Question */
/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./trace.js").Trace} Trace */
/** @typedef {{ question: Question, guess: readonly number[] | null, text: string }} Told */

/** @param {import("./player.js").Player} player @returns {import("./shell.js").Part} */
export function predict(player) {
  const texts = player.words.predict;
  const button = make("button", { type: "button", onclick: () => player.choose({ predict: !player.state.predict, exercise: "", playing: false }) }, texts.toggle);
  const question = make("p", { class: "question", id: "question" });
  const input = make("input", { type: "text", inputmode: "decimal", autocomplete: "off", spellcheck: "false", "aria-labelledby": "question" });
  const commit = make("button", { type: "submit", class: "main" }, texts.commit);
  const skip = make("button", { type: "button", onclick: () => tell(null, "") }, texts.skip);
  const form = make("form", { class: "answer", onsubmit: submit, onkeydown: keyed }, input, commit, skip);
  const verdict = make("p", { class: "verdict" });
  const tally = make("p", { class: "tally" });
  const status = make("div", { role: "status" }, question, verdict);
  const element = make("div", { class: "ask", role: "group", "aria-label": texts.toggle, hidden: true }, status, form, tally);

  /** @type {Question | null} */
  let asked = null;
  /** @type {Trace | null} of what is asked and told */
  let of = null;
  /** @type {Told | null} */
  let told = null;
  let refused = false;
  const score = { seen: 0, asked: 0 };
  /** @type {HTMLElement | null} where the focus was before the question took it */
  let back = null;

  const mode = {
    alone: true,
    get quiet() {
      return asked !== null;
    },
    /** @param {Scene} scene @param {Trace} trace */
    scene(scene, trace) {
      if (asked?.kind === "size") return withoutOutput(scene, texts.hidden);
      const pointed = player.pointed?.kind === "y" ? player.pointed.index : null;
      if (asked?.kind === "land" && pointed) return withStamp(scene, trace, pointed);
      if (told?.question.kind === "land" && told.guess && !isRight(told.question, told.guess)) return withStamp(scene, trace, told.guess);
      return scene;
    },
    /** @param {import("./scene.js").Ref | null} ref @param {import("./player.js").Cell} at */
    pin(ref, at) {
      if (asked?.pick && ref?.kind === "y") tell(ref.index, named(ref.index));
      else if (!asked && ref) player.pin(ref);
      else if (asked && !asked.pick && at) input.focus();
    },
    /** @param {number} by */
    move(by) {
      const { trace, state } = player;
      if (by !== 1 || !trace) return false;
      if (asked) {
        tell(null, "");
        return true;
      }
      const next = state.step + 1 < trace.length ? questionFor(trace, state.step + 1, player.words, player.good.view) : null;
      if (next) ask(next, trace);
      return next !== null;
    },
  };

  /** @param {Question} next @param {Trace} trace */
  function ask(next, trace) {
    [asked, told, of, refused] = [next, null, trace, false];
    player.point(null);
    player.choose({ playing: false });
    const { activeElement } = /** @type {ShadowRoot} */ (element.getRootNode());
    back = /** @type {HTMLElement | null} */ (activeElement);
    input.value = "";
    if (back && !next.pick && matchMedia("(pointer: fine)").matches) input.focus();
  }

  /** @param {readonly number[] | null} guess @param {string} text */
  function tell(guess, text) {
    if (!asked) return;
    const answered = asked;
    const inside = form.contains(/** @type {ShadowRoot} */ (element.getRootNode()).activeElement);
    told = { question: answered, guess, text };
    asked = null;
    refused = false;
    if (guess) score.asked += 1;
    if (guess && isRight(answered, guess)) score.seen += 1;
    player.seek(answered.index);
    player.point(answered.about);
    if (inside) (back?.isConnected && back !== input ? back : button).focus();
  }

  /** @param {Event} event */
  function submit(event) {
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

  /** Right in an empty field, or Escape, is: skip. @param {KeyboardEvent} event */
  function keyed(event) {
    if (event.key !== "Escape" && (event.key !== "ArrowRight" || input.value || event.target !== input)) return;
    event.preventDefault();
    event.stopPropagation();
    tell(null, "");
  }

  return {
    element,
    buttons: [button],
    prepare({ state, trace }) {
      const on = state.predict && !state.exercise;
      if (asked && (!on || of !== trace || (asked.kind !== "size" && asked.index !== state.step + 1) || (asked.kind === "size" && state.step))) asked = null;
      if (told && (!on || of !== trace || told.question.index !== state.step)) told = null;
      if (!asked) refused = false;
      if (on && player.mode !== mode && state.step === 0) [asked, of] = [sizeQuestion(trace, player.words), trace];
      if (on) player.mode = mode;
      else if (player.mode === mode) player.mode = null;
    },
    update({ state, trace }) {
      element.hidden = player.mode !== mode;
      player.element.classList.toggle("sizing", asked?.kind === "size");
      button.setAttribute("aria-pressed", String(state.predict));
      form.hidden = !asked;
      input.hidden = commit.hidden = Boolean(asked?.pick);
      write(question, asked ? asked.text : told ? told.question.text : state.step + 1 < trace.length ? texts.ready : texts.ended);
      verdict.hidden = !told && !refused;
      verdict.className = told?.guess ? (isRight(told.question, told.guess) ? "verdict right" : "verdict wrong") : "verdict";
      write(verdict, told ? verdictOf(told, texts) : asked && refused ? wanted(asked, texts) : "");
      tally.hidden = !score.asked;
      write(tally, fill(texts.tally, score));
    },
  };
}

/** What to type, after something else was typed. @param {Question} question @param {any} texts */
const wanted = ({ answer }, texts) => (answer.every(Number.isInteger) ? texts.whole : texts.number);

/** @param {Told} told @param {any} texts */
function verdictOf({ question, guess, text }, texts) {
  const template = !guess ? texts.skipped : isRight(question, guess) ? texts.right : texts.wrong;
  return `${fill(template, { guess: text, truth: question.truth })} ${question.because}`;
}

/** @param {readonly number[]} index */
const named = (index) => `y[${index.map((i) => number(i)).join(", ")}]`;

/** The picture without the output: its size is the question. @param {Scene} scene @param {string} label @returns {Scene} */
function withoutOutput(scene, label) {
  const panels = scene.panels.map((panel) =>
    panel.thing === "output"
      ? { ...panel, label, brief: label, looks: panel.looks.map(() => LOOK.none), badges: null, foot: panel.foot && panel.foot.map(() => -1), place: () => null }
      : panel,
  );
  const elsewhere = (/** @type {{ panel: string }} */ { panel }) => panels.every(({ id, thing }) => id !== panel || thing !== "output");
  return { ...scene, panels, marks: scene.marks.filter(elsewhere), notes: scene.notes?.filter(elsewhere) };
}

/** The outline of a stamp whose first cell lies on a cell of y. @param {Scene} scene @param {Trace} trace @param {readonly number[]} index @returns {Scene} */
function withStamp(scene, trace, index) {
  const panel = scene.panels.find(({ id }) => id === "y");
  const place = panel?.place({ kind: "y", index: [...index] });
  if (!panel || !place || trace.geometry.ndim > 2) return scene;
  const { rows, cols } = new Plane(trace.geometry.axes.map(({ span }) => span));
  const until = (/** @type {number} */ start, /** @type {number} */ span, /** @type {number} */ size) =>
    /** @type {[number, number]} */ ([start, Math.min(size, start + span)]);
  const mark = { panel: "y", rows: until(place[0], rows, panel.rows), cols: until(place[1], cols, panel.cols), style: /** @type {const} */ ("linked") };
  return { ...scene, marks: [...scene.marks, mark] };
}
