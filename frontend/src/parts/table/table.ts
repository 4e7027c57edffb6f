/**
 * The present panels as tables of numbers: for screen readers, for copying, for whoever prefers
 * them.
 */

import type { Words } from "../../core/text.ts";
import { fill, number } from "../../core/text.ts";
import { heading } from "../../paint/layout.ts";
import { LOOK, LOOKS } from "../../scene/looks.ts";
import type { Panel } from "../../scene/scene.ts";
import { sceneOf } from "../../scene/views/index.ts";
import { make, opener } from "../dom.ts";
import type { Only, Part } from "../part.ts";

/** A longer side is cut here, and says so. */
const MOST = 32;

const NAMES = Object.keys(LOOK);

export function table(player: Only<"mode" | "render" | "words">): Part {
  const { table: texts } = player.words;
  const place = make("div", {
    class: "tables",
    role: "group",
    "aria-label": texts.title,
  });
  let written = "";
  return {
    element: place,
    buttons: [opener(texts.show, place, {}, () => player.render())],
    update({ trace, state, good, words }) {
      if (place.hidden || state.playing) return;
      const plain = sceneOf(trace, state.step, words, good.view);
      const { panels } = player.mode?.scene?.(plain, trace, state.step) ?? plain;
      const signature = panels
        .map(({ label, values, looks }) => `${label} ${values} ${looks}`)
        .join("\n");
      if (signature === written) return;
      written = signature;
      place.replaceChildren(...panels.map((panel) => tableOf(panel, words)));
    },
  };
}

function tableOf(panel: Panel, words: Words) {
  const [rows, cols] = [panel.rows, panel.cols].map((size) =>
    Array.from({ length: Math.min(size, MOST) }, (_, i) => i),
  );
  const head = make(
    "tr",
    {},
    make("td", { class: "corner" }),
    ...cols.map((col) => make("th", { scope: "col" }, String(col))),
  );
  const body = rows.map((row) =>
    make(
      "tr",
      {},
      make("th", { scope: "row" }, String(row)),
      ...cols.map((col) => cellOf(panel, row, col, words)),
    ),
  );
  const caption = heading(panel, panel.label);
  const cut = rows.length < panel.rows || cols.length < panel.cols;
  const note = cut
    ? [
        make(
          "p",
          {},
          fill(words.table.cut, {
            rows: rows.length,
            cols: cols.length,
            allRows: panel.rows,
            allCols: panel.cols,
          }),
        ),
      ]
    : [];
  const found = make(
    "table",
    {},
    make("caption", { class: panel.thing }, caption),
    make("thead", {}, head),
    make("tbody", {}, ...body),
  );
  return make(
    "div",
    { class: "table", role: "region", tabindex: 0, "aria-label": caption },
    found,
    ...note,
  );
}

function cellOf(panel: Panel, row: number, col: number, words: Words) {
  const at = row * panel.cols + col;
  const look = LOOKS[panel.looks[at]];
  const state = look.hatch || look.dash ? words.inspect.looks[NAMES[panel.looks[at]]] : "";
  const text = look.blank ? "" : number(panel.values[at]);
  return make(
    "td",
    { class: state ? "structural" : "", title: state },
    text,
    ...(state ? [make("span", { class: "aside" }, ` ${state}`)] : []),
  );
}
