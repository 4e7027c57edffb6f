/** What few readers need at once: axes, channels, bias, one number per axis, own data. @module */
import { channelsOf, withChannels } from "./owndata.js";
import { Axes } from "./dimensions.js";
import { make } from "./dom.js";
import { perAxisTable } from "./peraxis.js";
import { whole } from "./state.js";
import { stepper } from "./stepper.js";
import { fill, number } from "./text.js";

/** @typedef {import("./player.js").Player} Player */
/** @typedef {import("./shell.js").Now} Now */

/** Channels that a reader can follow. */
const MOST_CHANNELS = 4;

/** @param {Player} player @param {{ element: HTMLElement }} data @returns {import("./fields.js").Field} */
export function more(player, data) {
  const words = player.words.parameters;
  const [axes, channels, bias, table] = [dimensions(player), channelField(player), biasField(player), perAxisTable(player)];
  table.element.hidden = true;
  const split = make(
    "button",
    {
      type: "button",
      "aria-expanded": "false",
      onclick() {
        table.element.hidden = !table.element.hidden;
        split.setAttribute("aria-expanded", String(!table.element.hidden));
        player.render();
      },
    },
    words.per_axis,
  );
  const group = make("p", { class: "note" });
  return {
    element: make("div", { class: "more" }, make("div", { class: "fields" }, axes.element, channels.element, bias.element, split), group, table.element, data.element),
    update(now) {
      group.textContent = grouped(now.good, words.group);
      for (const { update } of [axes, channels, bias]) update(now);
      if (!table.element.hidden) table.update(now);
    },
  };
}

/** One, two or three axes. @param {Player} player @returns {import("./fields.js").Field} */
function dimensions(player) {
  const words = player.words.parameters;
  const memory = new Axes();
  const buttons = words.ndim.map((/** @type {string} */ label, /** @type {number} */ at) =>
    make("button", { type: "button", onclick: () => choose(at + 1) }, label),
  );
  const choose = (/** @type {number} */ ndim) => {
    if (ndim !== player.good.kernel_size.length) player.choose({ ...memory.switched(player.good, ndim), playing: false });
  };
  return {
    element: make("div", { class: "parameter" }, make("span", {}, words.dimensions), make("div", { class: "views", role: "group", "aria-label": words.dimensions }, ...buttons)),
    update: ({ good }) =>
      buttons.forEach((/** @type {HTMLElement} */ button, /** @type {number} */ at) =>
        button.setAttribute("aria-pressed", String(at + 1 === good.kernel_size.length)),
      ),
  };
}

/** Input channels of one group: each stamps in turn, all onto one canvas. @param {Player} player @returns {import("./fields.js").Field} */
function channelField(player) {
  const words = player.words.parameters;
  let tried = "";
  const choose = (/** @type {unknown} */ channels) => {
    const legal = typeof channels === "number" && Number.isInteger(channels) && channels >= 1 && channels <= MOST_CHANNELS;
    tried = legal ? "" : String(channels);
    if (legal) player.choose({ ...withChannels(player.good, channels), playing: false });
    else player.render();
  };
  const { element, show } = stepper({
    label: words.channels,
    words: player.words.ui,
    typed: (text) => choose(whole(text)),
    by: (step) => choose(channelsOf(player.good) + step),
  });
  return {
    element,
    update({ good }) {
      const most = Math.max(MOST_CHANNELS, channelsOf(good));
      show(tried || String(channelsOf(good)), tried !== "", fill(words.between, { least: 1, most }));
      tried = "";
    },
  };
}

/** What groups have to do with the channels shown, with the numbers of a layer of two. @param {import("./state.js").State} good @param {any} words */
export function grouped(good, words) {
  const channels = channelsOf(good);
  const kernel = good.kernel_size.join(", ");
  return fill(channels === 1 ? words.one : words.many, { channels, double: 2 * channels, kernel });
}

/** @param {Player} player @returns {import("./fields.js").Field} */
function biasField(player) {
  const words = player.words.parameters;
  const choose = (/** @type {any} */ bias) => player.choose({ bias, playing: false });
  const typed = (/** @type {string} */ text) => {
    const plain = text.trim().replace("−", "-");
    choose(plain === "" || plain === words.none ? null : Number.isFinite(Number(plain)) ? Number(plain) : text);
  };
  const by = (/** @type {number} */ step) => choose(Number(player.state.bias ?? 0) + step || null);
  const { element, show } = stepper({ label: words.bias, words: player.words.ui, typed, by, empty: words.none });
  return {
    element,
    update({ state, good, fault }) {
      const text = typeof state.bias === "number" ? number(state.bias) : (state.bias ?? "");
      show(text, fault !== null && state.bias !== good.bias, "");
    },
  };
}
