/** Every parameter split into its axes, and padding into its sides. @module */
import { make } from "./dom.js";
import { field } from "./fields.js";
import { PARAMETERS } from "./words/table.js";
import { fill } from "./text.js";

/** @param {import("./player.js").Player} player @returns {import("./fields.js").Field} */
export function perAxisTable(player) {
  const element = make("div", { class: "per-axis" });
  /** @type {import("./fields.js").Field[]} */
  let fields = [];
  let built = 0;
  return {
    element,
    update(now) {
      const ndim = now.good.kernel_size.length;
      if (built !== ndim) {
        fields = [];
        element.replaceChildren(table(player, ndim, fields));
        built = ndim;
      }
      for (const { update } of fields) update(now);
    },
  };
}

/** @param {import("./player.js").Player} player @param {number} ndim @param {import("./fields.js").Field[]} fields gains every one */
function table(player, ndim, fields) {
  const { ui, parameters: words, axes } = player.words;
  const names = axes[ndim - 1];
  const cell = (/** @type {import("./ranges.js").Place} */ place, /** @type {string} */ label) => {
    const made = field(player, place, "", fill(words.place, { name: label, axis: names[place.axis ?? 0] }));
    fields.push(made);
    return make("td", {}, made.element);
  };
  const row = (/** @type {string} */ name, /** @type {string} */ label, /** @type {number} */ side = NaN) =>
    make(
      "tr",
      {},
      make("th", { scope: "row" }, label),
      ...names.map((/** @type {string} */ _, /** @type {number} */ axis) => cell(isNaN(side) ? { name, axis } : { name, axis, side }, label)),
    );
  const rows = PARAMETERS.flatMap((name) =>
    name === "padding" ? [0, 1].map((side) => row(name, words.sides[side], side)) : [row(name, ui.names[name])],
  );
  const head = names.map((/** @type {string} */ name) => make("th", { scope: "col" }, name));
  return make("table", {}, make("thead", {}, make("tr", {}, make("td"), ...head)), make("tbody", {}, ...rows));
}
