/** Every parameter with its legal range, presets, and behind "more": axes, channels, bias, own data. @module */
import { make } from "./dom.js";
import { field } from "./fields.js";
import { further } from "./further.js";
import { presetMenu } from "./presetmenu.js";
import { refusal } from "./refusal.js";
import { PARAMETERS } from "./words/table.js";

/** @typedef {import("./player.js").Player} Player */

/** @param {Player} player @returns {import("./shell.js").Part} */
export function parameters(player) {
  const { ui } = player.words;
  const fields = PARAMETERS.map((name) => field(player, { name }, ui.names[name]));
  const refused = refusal(player);
  const presets = presetMenu(player);
  const rest = further(player);
  return {
    element: make(
      "div",
      { class: "parameters", role: "group", "aria-label": ui.parameters },
      make("div", { class: "fields" }, ...fields.map(({ element }) => element)),
      ...pieces([refused.element, refused.tray]),
      make("div", { class: "choices" }, ...pieces([presets.element, ...(rest.buttons ?? []), presets.tray])),
      ...pieces([rest.tray]),
    ),
    prepare: (now) => rest.prepare?.(now),
    leave: rest.leave,
    update(now) {
      for (const { update } of fields) update(now);
      refused.update(now);
      presets.update(now);
      rest.update(now);
    },
  };
}

/** @param {(HTMLElement | null | undefined)[]} elements */
const pieces = (elements) => elements.flatMap((element) => element ?? []);
