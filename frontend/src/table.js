/** The present panels as tables of numbers: for screen readers, for copying, for whoever prefers them. @module */
import { make } from "./dom.js";
import { heading } from "./layout.js";
import { LOOK, LOOKS } from "./looks.js";
import { fill, number } from "./text.js";
import { sceneOf } from "./views/index.js";

/** @typedef {import("./scene.js").Panel} Panel */
/** @typedef {import("./text.js").Words} Words */

/** A longer side is cut here, and says so. */
const MOST = 32;

const NAMES = Object.keys(LOOK);

/** @param {import("./player.js").Player} player @returns {import("./shell.js").Part} */
export function table(player) {
  const { table: texts } = player.words;
  const place = make("div", { class: "tables", role: "group", "aria-label": texts.title, hidden: true });
  const button = make("button", { type: "button", "aria-expanded": "false", onclick: toggle }, texts.show);
  let written = "";
  function toggle() {
    place.hidden = !place.hidden;
    button.setAttribute("aria-expanded", String(!place.hidden));
    player.render();
  }
  return {
    element: place,
    buttons: [button],
    update({ trace, state, good, words }) {
      if (place.hidden || state.playing) return;
      const plain = sceneOf(trace, state.step, words, good.view);
      const { panels } = player.mode?.scene?.(plain, trace, state.step) ?? plain;
      const signature = panels.map(({ label, values, looks }) => `${label} ${values} ${looks}`).join("\n");
      if (signature === written) return;
      written = signature;
      place.replaceChildren(...panels.map((panel) => tableOf(panel, words)));
    },
  };
}

/** @param {Panel} panel @param {Words} words */
function tableOf(panel, words) {
  const [rows, cols] = [panel.rows, panel.cols].map((size) => Array.from({ length: Math.min(size, MOST) }, (_, i) => i));
  const head = make("tr", {}, make("td", { class: "corner" }), ...cols.map((col) => make("th", { scope: "col" }, String(col))));
  const body = rows.map((row) => make("tr", {}, make("th", { scope: "row" }, String(row)), ...cols.map((col) => cellOf(panel, row, col, words))));
  const caption = heading(panel, panel.label);
  const cut = rows.length < panel.rows || cols.length < panel.cols;
  const note = cut ? [make("p", {}, fill(words.table.cut, { rows: rows.length, cols: cols.length, allRows: panel.rows, allCols: panel.cols }))] : [];
  const found = make("table", {}, make("caption", { class: panel.thing }, caption), make("thead", {}, head), make("tbody", {}, ...body));
  return make("div", { class: "table", role: "region", tabindex: 0, "aria-label": caption }, found, ...note);
}

/** @param {Panel} panel @param {number} row @param {number} col @param {Words} words */
function cellOf(panel, row, col, words) {
  const at = row * panel.cols + col;
  const look = LOOKS[panel.looks[at]];
  const state = look.hatch || look.dash ? words.inspect.looks[NAMES[panel.looks[at]]] : "";
  const text = look.blank ? "" : number(panel.values[at]);
  return make("td", { class: state ? "structural" : "", title: state }, text, ...(state ? [make("span", { class: "aside" }, ` ${state}`)] : []));
}
