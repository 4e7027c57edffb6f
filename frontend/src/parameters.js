/** Every parameter with its legal range, presets, and behind "more": axes, channels, bias, own data. @module */
import { deferred } from "./deferred.js";
import { make } from "./dom.js";
import { field } from "./fields.js";
import { entries, mended } from "./ranges.js";
import { PARAMETERS } from "./state.js";
import { fill } from "./text.js";

/** @typedef {import("./player.js").Player} Player */
/** @typedef {import("./state.js").State} State */

/** @param {Player} player @returns {import("./shell.js").Part} */
export function parameters(player) {
  const { ui } = player.words;
  const fields = PARAMETERS.map((name) => field(player, { name }, ui.names[name]));
  const reason = refusal(player);
  const presets = deferred("presets")(player);
  const rest = deferred("more")(player);
  return {
    element: make(
      "div",
      { class: "parameters", role: "group", "aria-label": ui.parameters },
      make("div", { class: "fields" }, ...fields.map(({ element }) => element)),
      ...reason.elements,
      make("div", { class: "choices" }, ...pieces([presets.element, ...(rest.buttons ?? []), presets.tray])),
      ...pieces([rest.tray]),
    ),
    prepare: (now) => rest.prepare?.(now),
    get leave() {
      return rest.leave;
    },
    arrive(extra) {
      for (const part of [presets, rest]) part.arrive?.(extra);
    },
    update(now) {
      for (const { update } of fields) update(now);
      reason.update(now);
      presets.update(now);
      rest.update(now);
    },
  };
}

/** @param {(HTMLElement | null | undefined)[]} elements */
const pieces = (elements) => elements.flatMap((element) => element ?? []);

/** Why a choice is impossible, and the nearest possible one. @param {Player} player */
function refusal(player) {
  const words = player.words.parameters;
  const reason = make("p", { class: "reason", role: "alert" });
  const use = make("button", { class: "mend", type: "button", onclick: () => player.choose(mended(player.state, player.good)) });
  return {
    elements: [reason, use],
    update(/** @type {import("./shell.js").Now} */ { state, good, fault }) {
      use.hidden = !fault;
      const why = fault?.sentence(state.lang);
      const text = why ? `${why}. ${player.words.ui.kept}` : "";
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
