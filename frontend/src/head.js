/** The head: the title that states the takeaway, the choice of view, the live size line. @module */
import { make } from "./dom.js";
import { sizeLine } from "./sizeline.js";
import { DRAWN } from "./views/index.js";

/** @param {import("./player.js").Player} player @returns {import("./shell.js").Part} */
export function head(player) {
  const { ui } = player.words;
  const title = make("p", { class: "title" });
  const size = make("p", { class: "size" });
  const views = DRAWN.map((view) =>
    make("button", { type: "button", value: view, onclick: () => player.choose({ view }) }, ui.views[view]),
  );
  /** @type {import("./trace.js").Trace | null} whose sizes stand there */
  let told = null;
  const choice = make("div", { class: "views", role: "group", "aria-label": ui.view }, ...views);
  return {
    element: make("div", { class: "head" }, make("div", { class: "headline" }, title, choice), size),
    update({ trace, good, words, title: text }) {
      if (title.textContent !== text) title.textContent = text;
      for (const button of views) button.setAttribute("aria-pressed", String(button.value === good.view));
      if (told !== trace) size.replaceChildren(...sizeLine(trace, words.ui, words));
      told = trace;
    },
  };
}
