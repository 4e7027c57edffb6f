/** The head: the title that states the takeaway, the choice of view, the live size line. */

import type { Trace } from "../../core/trace.ts";
import { besideOf, canStand, roomBeside } from "../../scene/beside.ts";
import { crossing } from "../../words/crossing.ts";
import type { State } from "../../words/table.ts";
import { VIEWS } from "../../words/table.ts";
import { anew, make, write } from "../dom.ts";
import type { Now, Only, Part } from "../part.ts";
import { sizeLine } from "./sizeline.ts";

export function head(
  player: Only<"choose" | "known" | "mode" | "state" | "width" | "words">,
): Part {
  const { ui } = player.words;
  const title = make("p", { class: "title" });
  const size = make("p", { class: "size" });
  const given = make("p", { class: "given" });
  const views = VIEWS.map((view) =>
    make("button", { type: "button", value: view, onclick: () => choose(view) }, ui.views[view]),
  );
  const choose = (view: string) => player.choose(crossing(player.known, view));
  /** the views that were on show: they stay on offer */
  const seen = new Set<string>();
  const sizes = anew((trace: Trace) => size.replaceChildren(...sizeLine(trace, ui, player.words)));
  const choice = make("div", { class: "views", role: "group", "aria-label": ui.view }, ...views);
  const others = companions(player);
  const headline = make("div", { class: "headline" }, title, others.element, choice);
  const element = make("div", { class: "head" }, headline, size);
  return {
    element,
    asks: true,
    update(now) {
      const { trace, state, good, title: text } = now;
      write(title, text);
      if (player.mode?.asks) {
        write(given, player.mode.asks.given);
        for (const other of [others.element, choice]) other.remove();
        size.replaceWith(given);
        return;
      }
      if (!size.parentNode) {
        headline.append(others.element, choice);
        given.replaceWith(size);
      }
      seen.add(good.view);
      const offered = viewsOf(state.views, seen);
      others.update(now, offered);
      const shown = views.filter(({ value }) => offered.includes(value));
      if (shown.length !== choice.children.length) choice.replaceChildren(...shown);
      for (const button of views)
        button.setAttribute("aria-pressed", String(button.value === good.view));
      sizes(trace);
    },
  };
}

/** Unless the author lists them, all but the direct convolution, which not every figure is about. */
function viewsOf(asked: string, seen: ReadonlySet<string>) {
  if (asked === "none") return [];
  const listed = asked.split(",").map((name) => name.trim());
  const usual = VIEWS.filter((view) => view !== "direct" || seen.has(view));
  return asked === "auto" ? usual : listed;
}

/** The direct convolution stands beside others only where it is offered. */
const may = (good: State, view: string, offered: string[]) =>
  (view !== "direct" || offered.includes(view)) && canStand(good, view);

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
    update({ good, state }: Now, offered: string[]) {
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
              (entry.value !== "none" && !may(good, entry.value, offered)));
        select.value = shown[at] ?? "none";
      });
    },
  };
}
