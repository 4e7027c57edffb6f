/** Parts that the second script brings: until it is here, only what opens them stands in their place. @module */
import { icon, make } from "./dom.js";
import { here } from "./later.js";

/** @typedef {import("./player.js").Player} Player */
/** @typedef {import("./shell.js").Part} Part */
/** @typedef {import("./shell.js").Now} Now */
/** @typedef {import("./text.js").Words} Words */

/** What opens a part. @type {Record<string, (words: Words) => HTMLButtonElement[]>} */
const BUTTONS = {
  predict: ({ predict }) => [make("button", { type: "button" }, predict.toggle)],
  exercise: ({ exercise }) => [make("button", { type: "button" }, exercise.toggle)],
  table: ({ table }) => [make("button", { type: "button" }, table.show)],
  share: ({ share }) => [make("button", { class: "tool", type: "button" }, share.share)],
  help: ({ help }) => [make("button", { class: "tool", type: "button", "aria-label": help.title, title: help.title }, "?")],
  more: ({ parameters }) => [make("button", { type: "button", "aria-expanded": "false" }, parameters.more)],
  presets: () => [],
  refusal: () => [],
  screen: ({ screen }) => [make("button", { class: "tool", type: "button" }, screen.present), make("button", { class: "tool", type: "button", "aria-label": screen.full, disabled: true }, icon("full"))],
};

/** What stands in a part's place. @type {Record<string, (words: Words) => HTMLElement>} */
const PLACES = {
  presets: ({ presets }) => make("select", { "aria-label": presets.label, disabled: true }, make("option", {}, presets.none)),
};

/** @param {keyof import("./later.js").Extra["parts"]} name @returns {(player: Player) => Part} */
export const deferred = (name) => (player) => here()?.parts[name](player) ?? stub(name, player);

/** @param {keyof import("./later.js").Extra["parts"]} name @param {Player} player @returns {Part} */
function stub(name, player) {
  const place = PLACES[name]?.(player.words) ?? make("div", { hidden: true });
  const tray = make("div", { hidden: true });
  const buttons = BUTTONS[name](player.words);
  /** @type {Part | null} */
  let part = null;
  let wanted = false;
  for (const button of buttons) button.addEventListener("click", () => ((wanted = !wanted), player.want(), player.render()));
  return {
    element: place,
    tray,
    buttons,
    get keys() {
      return part?.keys;
    },
    get leave() {
      return part?.leave;
    },
    prepare: (now) => part?.prepare?.(now),
    update: (now) => part?.update(now),
    arrive(extra) {
      part = extra.parts[name](player);
      const opener = part.buttons?.[0];
      swap(player, place, part.element);
      swap(player, tray, part.tray ?? null);
      buttons.forEach((button, at) => swap(player, button, part?.buttons?.[at] ?? null));
      if (wanted) queueMicrotask(() => opener?.click());
    },
  };
}

/** One element in place of another, with the focus if that had it. @param {Player} player @param {HTMLElement} old @param {HTMLElement | null} next */
function swap(player, old, next) {
  const focused = player.root.activeElement === old;
  if (!next) return old.remove();
  old.replaceWith(next);
  if (focused) next.focus();
}
