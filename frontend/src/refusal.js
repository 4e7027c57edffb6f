/** Why a choice is impossible, and the nearest possible one. @module */
import { make } from "./dom.js";
import { mended } from "./mend.js";
import { entries } from "./ranges.js";
import { PARAMETERS } from "./words/table.js";
import { fill } from "./text.js";

/** @typedef {import("./words/table.js").State} State */

/** @param {import("./player.js").Player} player @returns {import("./shell.js").Part} */
export function refusal(player) {
  const words = player.words.parameters;
  const reason = make("p", { class: "reason", role: "alert" });
  const use = make("button", { class: "mend", type: "button", onclick: () => player.choose(mended(player.state, player.good)) });
  return {
    element: reason,
    tray: use,
    update({ state, good, fault }) {
      use.hidden = !fault;
      const why = fault?.sentence(state.lang);
      const text = why ? `${why}. ${player.instead}` : "";
      if (reason.textContent !== text) reason.textContent = text;
      if (fault) use.textContent = offer(mended(state, good), state, words);
    },
  };
}

/** "use 1" where one number mends it. @param {Partial<State>} patch @param {State} state @param {any} words */
function offer(patch, state, words) {
  const names = Object.keys(patch).filter((name) => PARAMETERS.includes(name));
  const ndim = [patch.kernel_size ?? state.kernel_size].flat().length;
  const [after, before] = [patch, state].map((from) => names.map((name) => entries(/** @type {State} */ (from), name, ndim)).flat(2));
  const news = new Set(after.filter((value, at) => value !== before[at]));
  return names.length === Object.keys(patch).length && news.size === 1 ? fill(words.use, { value: [...news][0] }) : words.back;
}
