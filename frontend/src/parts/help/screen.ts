/** The whole screen, and letters for a lecture hall. */

import { icon, make } from "../dom.ts";
import type { Only, Part } from "../part.ts";

/** In slides the deck owns the whole screen. */
const allowed = (root: ShadowRoot) => document.fullscreenEnabled && !root.host.closest(".reveal");

export function screen(
  player: Only<"choose" | "element" | "root" | "say" | "state" | "words">,
): Part {
  const texts = player.words.screen;
  const present = make(
    "button",
    {
      class: "tool",
      type: "button",
      onclick: () => player.choose({ present: !player.state.present }),
    },
    texts.present,
  );
  const full = make(
    "button",
    { class: "tool", type: "button", "aria-label": texts.full, title: texts.full, onclick: toggle },
    icon("full"),
  );
  const isFull = () => player.root.fullscreenElement === player.element;
  function toggle() {
    isFull()
      ? document.exitFullscreen()
      : player.element.requestFullscreen().catch(() => player.say(texts.refused));
  }
  function leave() {
    const was = isFull();
    if (was) document.exitFullscreen();
    return was;
  }
  const may = allowed(player.root);
  return {
    element: null,
    buttons: may ? [present, full] : [present],
    keys: may ? { f: toggle } : {},
    leave: { of: "screen", now: leave },
    update({ state }) {
      present.setAttribute("aria-pressed", String(state.present));
      full.setAttribute("aria-pressed", String(isFull()));
    },
  };
}
