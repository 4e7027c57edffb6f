/**
 * Every parameter with its legal range, presets, and behind "more": axes, channels, bias, own
 * data.
 */

import { fill } from "../../core/text.ts";
import type { State } from "../../words/table.ts";
import { PARAMETERS } from "../../words/table.ts";
import type { Around } from "../data/data.ts";
import { make, write } from "../dom.ts";
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
      fields[EXTRA].element.hidden = !counts(now.good);
      rename(fields[SIZE].element, now.good.view === "direct" ? ui.large : ui.names.input_size, ui);
      refused.update(now);
      presets.update(now);
      rest.update(now);
    },
  };
}

/** Call a field something else, and the buttons beside it. */
function rename(field: HTMLElement, name: string, ui: any) {
  write(field.querySelector("label") as HTMLElement, name);
  const [less, more] = field.querySelectorAll("button");
  less.setAttribute("aria-label", fill(ui.less, { name }));
  more.setAttribute("aria-label", fill(ui.more, { name }));
}

const SIZE = PARAMETERS.indexOf("input_size");
const EXTRA = PARAMETERS.indexOf("output_padding");

/** Whether output_padding counts: of a direct convolution it follows from the size, or it cuts. */
const counts = ({ view, stride, dilation }: State) =>
  view !== "direct" || dilation.some((d: number, axis: number) => d > stride[axis]);

const pieces = (elements: (HTMLElement | null | undefined)[]) =>
  elements.flatMap((element) => element ?? []);
