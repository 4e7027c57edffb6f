/** Behind "more": its button, its panel, and the notice while numbers are edited. */

import type { Around } from "../data/data.ts";
import { data } from "../data/data.ts";
import { make } from "../dom.ts";
import type { Part } from "../part.ts";
import { more } from "./more.ts";

export function further(player: Around): Part {
  const numbers = data(player);
  const panel = more(player, numbers);
  const open = make(
    "button",
    { type: "button", "aria-expanded": "false", onclick: toggle },
    player.words.parameters.more,
  );
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
