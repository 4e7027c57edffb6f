/** The stage, and on a wide page others with more views of the same numbers. @module */
import { besideOf, calm, roomBeside, stepBeside } from "./beside.js";
import { make, write } from "./dom.js";
import { Stage } from "./stage.js";
import { legend, longestLegend } from "./legend.js";
import { fill } from "./text.js";
import { coloursOf } from "./theme.js";

/** @typedef {import("./trace.js").Trace} Trace */
/** @typedef {import("./scene.js").Ref} Ref */

/** @param {import("./player.js").Player} player @returns {import("./shell.js").Part} */
export function stages(player) {
  const all = [new Stage(player), new Stage(player), new Stage(player)];
  const [main, ...others] = all;
  const [said, room] = [make("span"), make("span", { "aria-hidden": "true" })];
  const key = make("p", { class: "legend" }, said, room);
  for (const { element } of others) element.hidden = true;
  player.stages = all;
  return {
    element: make("div", { class: "stages" }, main.element, ...others.map(({ element }) => element), key),
    leave: { of: "inspection", now: () => all.some(({ inspector }) => inspector.leave()) },
    update({ trace, state, good, words, pointed, title, sentence, theme }) {
      const colours = coloursOf(theme);
      const views = besideOf({ ...good, beside: state.beside }, roomBeside(player));
      divide(player.element, all, 1 + views.length);
      main.label(fill(words.ui.stage, { title, sentence }), words);
      main.show(trace, state.step, words, colours, { pinned: state.selection, pointed }, good.view, player.mode?.scene);
      const cell = cellOf(main);
      write(said, legend(trace, good.view, state.step, words, cell));
      write(room, longestLegend(trace, good.view, words, cell));
      const seen = { pinned: state.selection, pointed: pointed ?? activeOf(trace.step(state.step)) };
      views.forEach((view, at) => {
        const other = player.inView(view);
        const rest = (/** @type {import("./scene.js").Scene} */ scene) => calm(scene, other, trace, state.step);
        others[at].caption.textContent = words.ui.beside[view];
        others[at].label(words.ui.beside[view], words);
        others[at].show(other, stepBeside(other, trace, state.step), words, colours, seen, view, rest);
      });
    },
  };
}

/** Room for so many views. @param {HTMLElement} element @param {Stage[]} stages @param {number} count */
function divide(element, stages, count) {
  if ((element.dataset.views ?? "1") === String(count)) return;
  element.dataset.views = String(count);
  stages.forEach(({ element }, at) => (element.hidden = at >= count));
  for (const stage of stages) stage.measure();
}

/** Pixels of the smallest cell of the outputs. @param {Stage} stage */
function cellOf({ layout }) {
  const outputs = (layout?.boxes ?? []).filter(({ panel }) => panel.id === "y" || panel.id === "map");
  return Math.min(...outputs.map(({ cell, tall }) => Math.min(cell, tall)));
}

/** The cell that a step is about. @param {import("./trace.js").Step} step @returns {Ref | null} */
function activeOf(step) {
  if (step.source) return { kind: "x", index: step.source };
  return step.target ? { kind: "y", index: step.target } : null;
}
