/** Why a choice is impossible, and the nearest possible one. */

import { fill } from "../../core/text.ts";
import { mended } from "../../words/nearest.ts";
import { entries } from "../../words/ranges.ts";
import type { State } from "../../words/table.ts";
import { PARAMETERS } from "../../words/table.ts";
import { make, write } from "../dom.ts";
import type { Only, Part } from "../part.ts";

export function refusal(player: Only<"choose" | "good" | "instead" | "state" | "words">): Part {
  const words = player.words.parameters;
  const reason = make("p", { class: "reason", role: "alert" });
  const use = make("button", {
    class: "mend",
    type: "button",
    onclick: () => player.choose(mended(player.state, player.good)),
  });
  return {
    element: reason,
    tray: use,
    update({ state, good, fault }) {
      use.hidden = !fault;
      const why = fault?.sentence(state.lang);
      const text = why ? `${why}. ${player.instead}` : "";
      write(reason, text);
      if (fault) use.textContent = offer(mended(state, good), state, words);
    },
  };
}

/** "use 1" where one number mends it. */
function offer(patch: Partial<State>, state: State, words: any) {
  const names = Object.keys(patch).filter((name) => PARAMETERS.includes(name));
  const ndim = [patch.kernel_size ?? state.kernel_size].flat().length;
  const [after, before] = [patch, state].map((from) =>
    names.map((name) => entries(from as State, name, ndim)).flat(2),
  );
  const news = new Set(after.filter((value, at) => value !== before[at]));
  return names.length === Object.keys(patch).length && news.size === 1
    ? fill(words.use, { value: [...news][0] })
    : words.back;
}
