/** Every parameter with its legal range, presets, and behind "more": axes, channels, bias, own data. @module */
import { deferred } from "./deferred.js";
import { make } from "./dom.js";
import { field } from "./fields.js";
import { PARAMETERS } from "./state.js";

/** @typedef {import("./player.js").Player} Player */

/** @param {Player} player @returns {import("./shell.js").Part} */
export function parameters(player) {
  const { ui } = player.words;
  const fields = PARAMETERS.map((name) => field(player, { name }, ui.names[name]));
  const refusal = deferred("refusal")(player);
  const presets = deferred("presets")(player);
  const rest = deferred("more")(player);
  return {
    element: make(
      "div",
      { class: "parameters", role: "group", "aria-label": ui.parameters },
      make("div", { class: "fields" }, ...fields.map(({ element }) => element)),
      ...pieces([refusal.element, refusal.tray]),
      make("div", { class: "choices" }, ...pieces([presets.element, ...(rest.buttons ?? []), presets.tray])),
      ...pieces([rest.tray]),
    ),
    patient: true,
    prepare: (now) => rest.prepare?.(now),
    get leave() {
      return rest.leave;
    },
    arrive(extra) {
      for (const part of [refusal, presets, rest]) part.arrive?.(extra);
    },
    update(now) {
      for (const { update } of fields) update(now);
      refusal.update(now);
      presets.update(now);
      rest.update(now);
    },
  };
}

/** @param {(HTMLElement | null | undefined)[]} elements */
const pieces = (elements) => elements.flatMap((element) => element ?? []);
