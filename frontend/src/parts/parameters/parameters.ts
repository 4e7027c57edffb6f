/**
 * Every parameter with its legal range, presets, and behind "more": axes, channels, bias, own
 * data.
 */

import { PARAMETERS } from "../../words/table.ts";
import type { Around } from "../data/data.ts";
import { make } from "../dom.ts";
import type { Only, Part } from "../part.ts";
import { field } from "./fields.ts";
import { further } from "./further.ts";
import { presetMenu } from "./presetmenu.ts";
import { refusal } from "./refusal.ts";

export function parameters(player: Around & Only<"instead">): Part {
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
      make(
        "div",
        { class: "choices" },
        ...pieces([presets.element, ...(rest.buttons ?? []), presets.tray]),
      ),
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

const pieces = (elements: (HTMLElement | null | undefined)[]) =>
  elements.flatMap((element) => element ?? []);
