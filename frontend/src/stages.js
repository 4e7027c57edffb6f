/** The stage, and on a wide page a second one with the other view of the same numbers. @module */
import { calm } from "./beside.js";
import { make } from "./dom.js";
import { Stage } from "./stage.js";
import { legend } from "./legend.js";
import { fill } from "./text.js";
import { coloursOf } from "./theme.js";

/** @typedef {import("./trace.js").Trace} Trace */
/** @typedef {import("./scene.js").Ref} Ref */

/** From this width on a second view stands beside the first; the matrix wants all of it. */
const WIDE = 1000;

/** @param {import("./player.js").Player} player @returns {import("./shell.js").Part} */
export function stages(player) {
  const [main, beside] = [new Stage(player), new Stage(player)];
  const key = make("p", { class: "legend" });
  player.stage = main;
  return {
    element: make("div", { class: "stages" }, main.element, beside.element, key),
    leave: { of: "inspection", now: () => [main, beside].some(({ inspector }) => inspector.leave()) },
    update({ trace, state, good, words, pointed, title, sentence, theme }) {
      const colours = coloursOf(theme);
      const wide = player.element.clientWidth >= WIDE && state.controls === "full" && good.view !== "matrix" && !player.mode?.alone;
      player.element.classList.toggle("wide", wide);
      beside.element.hidden = !wide;
      key.textContent = legend(trace, good.view, words);
      main.inspector.label(fill(words.ui.stage, { title, sentence }));
      main.show(trace, state.step, words, colours, { pinned: state.selection, pointed }, good.view, player.mode?.scene);
      if (!wide) return;
      const other = player.twin();
      beside.caption.textContent = words.ui.beside[other.view];
      beside.inspector.label(words.ui.beside[other.view]);
      const active = activeOf(trace.step(state.step));
      const seen = { pinned: state.selection, pointed: pointed ?? active };
      beside.show(other, other.length - 1, words, colours, seen, other.view, (scene) => calm(scene, trace, state.step, words));
    },
  };
}

/** The cell that a step is about. @param {import("./trace.js").Step} step @returns {Ref | null} */
function activeOf(step) {
  if (step.phase === "scatter") return { kind: "x", index: step.source };
  return step.target ? { kind: "y", index: step.target } : null;
}
