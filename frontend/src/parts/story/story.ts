/** What just happened, in one sentence, and why the cell in question is what it is. */

import { make, write } from "../dom.ts";
import type { Only, Part } from "../part.ts";
import { fit, spoken, why } from "./why.ts";

export function story(player: Only<"led" | "mode" | "note" | "render" | "spot" | "width">): Part {
  const sentence = make("p", { class: "sentence" });
  const said = make("p", { class: "said" });
  const kept = make("p", { class: "aside" });
  const status = make("div", { role: "status", "aria-atomic": "false" }, sentence, said, kept);
  const reason = make("div", { class: "why" });
  /** what the line was written from */
  let written: unknown[] = [];
  let open = false;
  let aloud = "";
  const toggle = () => {
    open = !open;
    written = [];
    player.render();
    (reason.querySelector(".more") as HTMLElement | null)?.focus();
  };
  return {
    element: make("div", { class: "story" }, status, reason),
    update({ trace, state, words, pointed, sentence: text, said: aside }) {
      write(sentence, text);
      write(said, aside);
      status.setAttribute("role", player.mode?.alone ? "group" : "status");
      const quiet = state.playing || player.led || player.mode?.alone;
      status.setAttribute("aria-live", quiet ? "off" : "polite");
      const ref = state.selection ?? pointed;
      const done =
        ref && ["scatter", "direct"].includes(trace.view) ? trace.frame(state.step).done : Infinity;
      const cause = [
        trace,
        JSON.stringify(ref),
        done,
        player.width,
        ref ? "" : player.note,
        Boolean(player.mode?.quiet),
      ];
      write(kept, state.selection && same(cause, written) ? aloud : "");
      if (same(cause, written)) return;
      open =
        open && same(cause.slice(0, 2), written.length ? written.slice(0, 2) : cause.slice(0, 2));
      written = cause;
      reason.classList.toggle("hint", !ref);
      reason.classList.toggle("open", open);
      if (!ref)
        return reason.replaceChildren(player.note || (player.mode?.quiet ? "" : words.why.hint));
      const line = why(trace, ref, {
        done,
        open,
        words,
        spot: (product) => player.spot(product),
        toggle,
      });
      reason.replaceChildren(line.head, ...line.terms, line.more);
      aloud = spoken(line);
      write(kept, state.selection ? aloud : "");
      if (!open) fit(reason, line, words);
    },
  };
}

const same = (a: unknown[], b: unknown[]) =>
  a.length === b.length && a.every((value, at) => value === b[at]);
