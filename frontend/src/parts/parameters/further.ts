/** Behind "more": its button, its panel, and the notice while numbers are edited. */

import type { Around } from "../data/data.ts";
import { data } from "../data/data.ts";
import { make, opener } from "../dom.ts";
import type { Part } from "../part.ts";
import { more } from "./more.ts";

export function further(player: Around): Part {
  const numbers = data(player);
  const panel = more(player, numbers);
  const button = opener(player.words.parameters.more, panel.element, {}, () => player.render());
  return {
    element: null,
    buttons: [button],
    tray: make("div", { class: "further" }, numbers.notice, panel.element),
    prepare: numbers.prepare,
    leave: numbers.leave,
    update(now) {
      numbers.update(now);
      if (!panel.element.hidden) panel.update(now);
    },
  };
}
