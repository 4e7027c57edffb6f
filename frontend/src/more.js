/** What few readers need at once: axes, channels and groups, bias, one number per axis, own data. @module */
import { channelsOf, withChannels } from "./owndata.js";
import { Axes } from "./dimensions.js";
import { make, write } from "./dom.js";
import { perAxisTable } from "./peraxis.js";
import { groupOf } from "./state.js";
import { wholeIn } from "./words/numbers.js";
import { stepper } from "./stepper.js";
import { fill, number } from "./text.js";

/** @typedef {import("./player.js").Player} Player */
/** @typedef {import("./shell.js").Now} Now */

/** Channels that a reader can follow. */
const MOST_CHANNELS = 4;

/** @param {Player} player @param {{ element: HTMLElement }} data @returns {import("./fields.js").Field} */
export function more(player, data) {
  const words = player.words.parameters;
  const [axes, channels, groups, shown] = [dimensions(player), channelField(player), groupField(player), shownField(player)];
  const [bias, table] = [biasField(player), perAxisTable(player)];
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
    element: make("div", { class: "more" }, make("div", { class: "fields" }, axes.element, channels.element, groups.element, shown.element, bias.element, split), channels.reason, group, table.element, data.element),
    update(now) {
      group.textContent = grouped(now.good, words.group);
      for (const { update } of [axes, channels, groups, shown, bias]) update(now);
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

/** Input channels of all groups: those of one group stamp in turn, all onto one canvas. @param {Player} player @returns {import("./fields.js").Field & { reason: HTMLElement }} */
function channelField(player) {
  const words = player.words.parameters;
  const reason = make("p", { class: "reason", role: "alert" });
  const most = () => Math.max(MOST_CHANNELS, channelsOf(player.good));
  let tried = "";
  /** @type {unknown} the possible choice that was on show at the attempt */
  let at = null;
  const choose = (/** @type {unknown} */ channels) => {
    const legal = typeof channels === "number" && Number.isInteger(channels) && channels >= 1 && channels <= most();
    [tried, at] = legal ? ["", null] : [String(channels), player.good];
    if (legal) player.choose({ ...withChannels(player.good, channels), playing: false });
    else player.render();
  };
  const { element, show } = stepper({
    label: words.channels,
    words: player.words.ui,
    typed: (text) => choose(wholeIn(text)),
    by: (step) => choose(channelsOf(player.good) + step * player.good.groups),
  });
  return {
    element,
    reason,
    update({ good }) {
      if (at !== good) tried = "";
      show(tried || String(channelsOf(good)), tried !== "", fill(words.between, { least: 1, most: most() }));
      write(reason, tried && fill(words.channels_range, { name: words.channels, value: tried, most: most() }));
    },
  };
}

/** Into how many groups the channels fall: a divisor of their number. @param {Player} player @returns {import("./fields.js").Field} */
function groupField(player) {
  const words = player.words.parameters;
  const choose = (/** @type {unknown} */ groups) => player.choose({ groups, out_channel: 0, selection: null, playing: false });
  const by = (/** @type {number} */ step) => {
    const legal = divisors(channelsOf(player.good));
    choose(legal[legal.indexOf(player.good.groups) + step] ?? player.good.groups + step);
  };
  const { element, show } = stepper({ label: words.groups, words: player.words.ui, typed: (text) => choose(wholeIn(text)), by });
  return {
    element,
    update: ({ state, good }) => show(String(state.groups), state.groups !== good.groups, divisors(channelsOf(good)).join(", ")),
  };
}

/** Which output channel is shown: here every group has one. @param {Player} player @returns {import("./fields.js").Field} */
function shownField(player) {
  const words = player.words.parameters;
  const choose = (/** @type {unknown} */ out_channel) => player.choose({ out_channel, selection: null, playing: false });
  const by = (/** @type {number} */ step) => choose(player.good.out_channel + step);
  const { element, show } = stepper({ label: words.out_channel, words: player.words.ui, typed: (text) => choose(wholeIn(text)), by });
  return {
    element,
    update({ state, good }) {
      element.hidden = good.groups === 1;
      const legal = fill(words.between, { least: 0, most: good.groups - 1 });
      show(String(state.out_channel), state.out_channel !== good.out_channel, legal);
    },
  };
}

/** @param {number} count */
const divisors = (count) => Array.from({ length: count }, (_, at) => at + 1).filter((part) => count % part === 0);

/** What the output shown sees of the input, and the weight's shape. @param {import("./words/table.js").State} good @param {any} words */
export function grouped(good, words) {
  const all = channelsOf(good);
  const { first, channels } = groupOf(good, all);
  const kernel = good.kernel_size.join(", ");
  const text = all === 1 ? words.one : good.groups === 1 ? words.all : channels === 1 ? words.single : words.some;
  return fill(text, { all, channels, kernel, groups: good.groups, shown: good.out_channel, first, last: first + channels - 1 });
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
