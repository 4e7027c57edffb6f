/** The head: the title that states the takeaway, the choice of view, the live size line. */

import type { Trace } from "../../core/trace.ts";
import { besideOf, canStand, roomBeside } from "../../scene/beside.ts";
import { VIEWS } from "../../words/table.ts";
import { anew, make, write } from "../dom.ts";
import type { Now, Only, Part } from "../part.ts";
import { sizeLine } from "./sizeline.ts";

export function head(player: Only<"choose" | "mode" | "state" | "width" | "words">): Part {
  const { ui } = player.words;
  const title = make("p", { class: "title" });
  const size = make("p", { class: "size" });
  const views = VIEWS.map((view) =>
    make(
      "button",
      { type: "button", value: view, onclick: () => player.choose({ view }) },
      ui.views[view],
    ),
  );
  const sizes = anew((trace: Trace) => size.replaceChildren(...sizeLine(trace, ui, player.words)));
  const choice = make("div", { class: "views", role: "group", "aria-label": ui.view }, ...views);
  const others = companions(player);
  return {
    element: make(
      "div",
      { class: "head" },
      make("div", { class: "headline" }, title, others.element, choice),
      size,
    ),
    update(now) {
      const { trace, good, title: text } = now;
      others.update(now);
      write(title, text);
      for (const button of views)
        button.setAttribute("aria-pressed", String(button.value === good.view));
      sizes(trace);
    },
  };
}

/** Which views stand beside the first: a choice for each that there is room for. */
function companions(player: Only<"choose" | "mode" | "state" | "width" | "words">) {
  const { ui } = player.words;
  const option = (value: string, text: string) => make("option", { value }, text);
  const selects: HTMLSelectElement[] = ui.companions.map((label: string) =>
    make(
      "select",
      { "aria-label": label, onchange: choose },
      option("none", ui.no_companion),
      ...VIEWS.map((view) => option(view, ui.views[view])),
    ),
  );
  function choose() {
    const chosen = selects
      .filter(({ hidden }) => !hidden)
      .map(({ value }) => value)
      .filter((value) => value !== "none");
    player.choose({ beside: [...new Set(chosen)].join(",") || "none" });
  }
  const element = make(
    "div",
    { class: "companions" },
    make("span", { "aria-hidden": "true" }, ui.companion),
    ...selects,
  );
  return {
    element,
    update({ good, state }: Now) {
      const room = roomBeside(player);
      const shown = besideOf({ ...good, beside: state.beside }, room);
      element.hidden = room === 0;
      selects.forEach((select, at) => {
        select.hidden = at >= room || at > shown.length;
        if (select.hidden) return;
        for (const entry of select.options)
          entry.hidden = entry.disabled =
            entry.value !== shown[at] &&
            (shown.includes(entry.value) ||
              (entry.value !== "none" && !canStand(good, entry.value)));
        select.value = shown[at] ?? "none";
      });
    },
  };
}
