/** Behind "more": its button, its panel, and the notice while numbers are edited. @module */
import { data } from "./data.js";
import { make } from "./dom.js";
import { more } from "./more.js";

/** @param {import("./player.js").Player} player @returns {import("./shell.js").Part} */
export function further(player) {
  const numbers = data(player);
  const panel = more(player, numbers);
  const open = make("button", { type: "button", "aria-expanded": "false", onclick: toggle }, player.words.parameters.more);
  panel.element.hidden = true;
  function toggle() {
    panel.element.hidden = !panel.element.hidden;
    open.setAttribute("aria-expanded", String(!panel.element.hidden));
    player.render();
  }
  return {
    element: null,
    buttons: [open],
    tray: make("div", { class: "further" }, numbers.notice, panel.element),
    prepare: numbers.prepare,
    leave: numbers.leave,
    update(now) {
      numbers.update(now);
      if (!panel.element.hidden) panel.update(now);
    },
  };
}
