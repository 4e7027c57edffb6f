/** Every parameter with its legal range, presets, and behind "more": axes, channels, bias, own data. @module */
import { data } from "./data.js";
import { make } from "./dom.js";
import { field } from "./fields.js";
import { more } from "./more.js";
import { presetMenu } from "./presetmenu.js";
import { entries, mended } from "./ranges.js";
import { PARAMETERS } from "./state.js";
import { fill } from "./text.js";

/** @typedef {import("./player.js").Player} Player */
/** @typedef {import("./state.js").State} State */

/** @param {Player} player @returns {import("./shell.js").Part} */
export function parameters(player) {
  const { ui } = player.words;
  const words = player.words.parameters;
  const fields = PARAMETERS.map((name) => field(player, { name }, ui.names[name]));
  const reason = refusal(player);
  const presets = presetMenu(player);
  const numbers = data(player);
  const rest = more(player, numbers);
  const open = make("button", { type: "button", "aria-expanded": "false", onclick: toggle }, words.more);
  rest.element.hidden = true;
  function toggle() {
    rest.element.hidden = !rest.element.hidden;
    open.setAttribute("aria-expanded", String(!rest.element.hidden));
    player.render();
  }
  return {
    element: make(
      "div",
      { class: "parameters", role: "group", "aria-label": ui.parameters },
      make("div", { class: "fields" }, ...fields.map(({ element }) => element)),
      ...reason.elements,
      make("div", { class: "choices" }, presets.element, open, presets.note),
      numbers.notice,
      rest.element,
    ),
    prepare: numbers.prepare,
    leave: numbers.leave,
    update(now) {
      for (const { update } of fields) update(now);
      reason.update(now);
      presets.update(now.good);
      numbers.update(now);
      if (!rest.element.hidden) rest.update(now);
    },
  };
}

/** Why a choice is impossible, and the nearest possible one. @param {Player} player */
function refusal(player) {
  const words = player.words.parameters;
  const reason = make("p", { class: "reason", role: "alert" });
  const use = make("button", { class: "mend", type: "button", onclick: () => player.choose(mended(player.state, player.good)) });
  return {
    elements: [reason, use],
    update(/** @type {import("./shell.js").Now} */ { state, good, fault }) {
      use.hidden = !fault;
      const text = fault ? `${fault.sentence(state.lang)}. ${player.instead}` : "";
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
