/** The picture cell by cell, for keyboard and screen reader: Enter opens a grid over every panel, Esc closes it. @module */
import { make } from "./dom.js";
import { heading } from "./layout.js";
import { countOf } from "./links.js";
import { LOOK, LOOKS } from "./looks.js";
import { cell as indices } from "./sentences.js";
import { fill, number } from "./text.js";

/** @typedef {import("./scene.js").Panel} Panel */
/** @typedef {import("./layout.js").Box} Box */
/** @typedef {import("./player.js").Cell} Cell */
/** @typedef {import("./text.js").Words} Words */

/** Cells are made this far around the reader's place: more would only be slow. */
const REACH = 7;

const NAMES = Object.keys(LOOK);

/** What a cell is, in words. @param {Cell} cell @param {import("./trace.js").Trace} trace @param {Words} words */
export function nameOf({ panel, row, col }, trace, words) {
  const at = row * panel.cols + col;
  const { inspect } = words;
  const look = LOOKS[panel.looks[at]];
  const state = inspect.looks[NAMES[panel.looks[at]]];
  const ref = panel.ref(row, col);
  const where = fill(panel.rows > 1 ? inspect.where : inspect.along, { row, col });
  const thing = ref ? `${ref.kind}[${indices(ref.index.map((i) => number(i)))}]` : "";
  const value = look.blank ? "" : fill(inspect.value, { value: number(panel.values[at]) });
  const count = ref && !look.blank ? fill(inspect.counts[ref.kind], { count: panel.badges ? panel.badges[at] : countOf(trace, ref) }) : "";
  return [where, thing, value, count, state].filter(Boolean).join(", ");
}

/**
 * @param {{ sheet: HTMLElement, player: import("./player.js").Player }} stage
 * @returns {{ update: (layout: import("./layout.js").Layout, words: Words) => void, leave: () => boolean }}
 */
export function inspector({ sheet, player }) {
  const overlay = make("div", { class: "cells" });
  /** @type {Map<string, { element: HTMLElement, key: string, panel: Panel, trace: import("./trace.js").Trace }>} what stands where, and what it was named after */
  const grids = new Map();
  /** @type {Map<string, [number, number]>} where the reader was in every panel */
  const places = new Map();
  /** @type {Box[]} */
  let boxes = [];
  /** @type {Words} */
  let words = player.words;
  let current = "";
  rest();

  sheet.addEventListener("keydown", (event) => {
    if (event.target !== sheet || event.key !== "Enter" || event.ctrlKey || event.metaKey || event.altKey) return;
    taken(event);
    enter();
  });
  overlay.addEventListener("keydown", (event) => {
    const act = event.metaKey || event.altKey || event.shiftKey ? null : KEYS[(event.ctrlKey ? "Ctrl+" : "") + event.key];
    if (!act) return;
    taken(event);
    act();
  });
  overlay.addEventListener("focusin", (event) => arrive(/** @type {HTMLElement} */ (event.target)));
  overlay.addEventListener("focusout", () => setTimeout(() => focused() || leave(false)));
  overlay.addEventListener("click", (event) => {
    event.stopPropagation();
    arrive(/** @type {HTMLElement} */ (event.target));
    pin();
  });

  /** @type {Record<string, () => void>} */
  const KEYS = {
    ArrowUp: () => go(-1, 0),
    ArrowDown: () => go(1, 0),
    ArrowLeft: () => go(0, -1),
    ArrowRight: () => go(0, 1),
    Home: () => go(0, -Infinity),
    End: () => go(0, Infinity),
    "Ctrl+Home": () => go(-Infinity, -Infinity),
    "Ctrl+End": () => go(Infinity, Infinity),
    "Ctrl+ArrowRight": () => change(1),
    "Ctrl+ArrowDown": () => change(1),
    "Ctrl+ArrowLeft": () => change(-1),
    "Ctrl+ArrowUp": () => change(-1),
    Enter: pin,
  };

  function rest() {
    overlay.remove();
    overlay.replaceChildren();
    grids.clear();
    sheet.setAttribute("role", "img");
    sheet.setAttribute("tabindex", "0");
  }

  function enter() {
    player.pause();
    current = start();
    sheet.setAttribute("role", "group");
    sheet.removeAttribute("tabindex");
    sheet.append(overlay);
    refresh();
    focus();
  }

  /** @param {boolean} back the focus returns to the picture */
  function leave(back) {
    if (!overlay.isConnected) return false;
    rest();
    player.point(null);
    if (back) sheet.focus();
    return true;
  }

  /** The panel to begin with: the one that holds what is pinned. */
  function start() {
    const { selection } = player.state;
    for (const { panel } of boxes) {
      const place = selection && panel.place(selection);
      if (place) return places.set(panel.id, place), panel.id;
    }
    return boxes.some(({ panel }) => panel.id === current) ? current : (boxes[0]?.panel.id ?? "");
  }

  const boxOf = () => /** @type {Box} */ (boxes.find(({ panel }) => panel.id === current) ?? boxes[0]);
  const placeIn = (/** @type {Panel} */ panel) => {
    const [row, col] = places.get(panel.id) ?? [0, 0];
    return [Math.min(row, panel.rows - 1), Math.min(col, panel.cols - 1)];
  };
  const focused = () => overlay.contains(/** @type {ShadowRoot} */ (sheet.getRootNode()).activeElement);

  /** @param {number} down @param {number} right */
  function go(down, right) {
    const { panel } = boxOf();
    const [row, col] = placeIn(panel);
    const within = (/** @type {number} */ at, /** @type {number} */ size) => Math.max(0, Math.min(size - 1, at));
    places.set(panel.id, [within(row + down, panel.rows), within(col + right, panel.cols)]);
    refresh();
    focus();
  }

  /** @param {number} by */
  function change(by) {
    const at = boxes.findIndex(({ panel }) => panel.id === current) + by;
    current = boxes[(at + boxes.length) % boxes.length].panel.id;
    refresh();
    focus();
  }

  function focus() {
    const grid = grids.get(current);
    /** @type {HTMLElement | null | undefined} */ (grid?.element.querySelector('[tabindex="0"]'))?.focus({ preventScroll: false });
  }

  /** The reader is on a cell: the same as pointing at it. @param {HTMLElement} target */
  function arrive(target) {
    const { panel, row, col } = target.dataset;
    const grid = grids.get(panel ?? "");
    if (!grid || !panel) return;
    current = panel;
    places.set(panel, [Number(row), Number(col)]);
    const at = { panel: grid.panel, row: Number(row), col: Number(col) };
    player.point(at.panel.ref(at.row, at.col), nameOf(at, player.trace, words));
  }

  function pin() {
    const { panel } = boxOf();
    const [row, col] = placeIn(panel);
    player.pin(panel.ref(row, col), { panel, row, col });
  }

  /** Make the grids anew where the picture or the reader has moved; then name every cell. */
  function refresh() {
    const had = focused();
    if (!boxes.some(({ panel }) => panel.id === current)) current = boxes[0]?.panel.id ?? "";
    for (const [id, { element }] of grids) if (!boxes.some(({ panel }) => panel.id === id)) element.remove(), grids.delete(id);
    for (const box of boxes) {
      const [row, col] = placeIn(box.panel);
      const rows = around(row, box.panel.rows);
      const cols = around(col, box.panel.cols);
      const key = JSON.stringify([box.x, box.y, box.cell, box.tall, box.panel.rows, box.panel.cols, rows, cols]);
      const known = grids.get(box.panel.id);
      const element = known?.key === key ? known.element : gridOf(box, rows, cols);
      if (known && known.element !== element) known.element.replaceWith(element);
      else if (!known) overlay.append(element);
      grids.set(box.panel.id, { element, key, panel: box.panel, trace: player.trace });
      if (known?.element !== element || known.trace !== player.trace || !alike(known.panel, box.panel)) name(element, box.panel);
      stop(element, row, col);
    }
    if (had && !focused()) focus();
  }

  /** @param {HTMLElement} element @param {Panel} panel */
  function name(element, panel) {
    element.setAttribute("aria-label", heading(panel, panel.label));
    for (const cell of /** @type {NodeListOf<HTMLElement>} */ (element.querySelectorAll("[role=gridcell]"))) {
      const at = [Number(cell.dataset.row), Number(cell.dataset.col)];
      const text = nameOf({ panel, row: at[0], col: at[1] }, player.trace, words);
      if (cell.getAttribute("aria-label") !== text) cell.setAttribute("aria-label", text);
    }
  }

  /** The one cell at which Tab stops. @param {HTMLElement} element @param {number} row @param {number} col */
  function stop(element, row, col) {
    element.querySelector('[tabindex="0"]')?.setAttribute("tabindex", "-1");
    element.querySelector(`[data-row="${row}"][data-col="${col}"]`)?.setAttribute("tabindex", "0");
  }

  return {
    update(layout, now) {
      boxes = layout.boxes;
      words = now;
      if (overlay.isConnected && !player.state.playing) refresh();
    },
    leave: () => leave(true),
  };
}

/** Whether every cell would have the name it has. @param {Panel} a @param {Panel} b */
const alike = (a, b) => a.label === b.label && a.looks.every((look, at) => look === b.looks[at] && a.values[at] === b.values[at] && a.badges?.[at] === b.badges?.[at]);

/** The stretch around a place in which cells are made. It moves in leaps, so that most moves make nothing. @param {number} at @param {number} size */
function around(at, size) {
  if (size <= 2 * REACH + 1) return [0, size];
  const start = Math.max(0, Math.min(size - 2 * REACH, Math.floor(at / REACH) * REACH - Math.floor(REACH / 2)));
  return [start, Math.min(size, start + 2 * REACH + 1)];
}

/** @param {Box} box @param {number[]} rows @param {number[]} cols */
function gridOf({ panel, x, y, cell, tall }, rows, cols) {
  const range = (/** @type {number[]} */ [start, stop]) => Array.from({ length: stop - start }, (_, i) => start + i);
  const side = `width: ${cell}px; height: ${tall}px`;
  const cellOf = (/** @type {number} */ row) => (/** @type {number} */ col) =>
    make("span", { role: "gridcell", tabindex: -1, style: side, "aria-colindex": col + 1, "data-panel": panel.id, "data-row": row, "data-col": col });
  return make(
    "div",
    {
      role: "grid",
      "aria-rowcount": panel.rows,
      "aria-colcount": panel.cols,
      style: `left: ${x + cols[0] * cell}px; top: ${y + rows[0] * tall}px`,
    },
    ...range(rows).map((row) => make("div", { role: "row", "aria-rowindex": row + 1 }, ...range(cols).map(cellOf(row)))),
  );
}

/** What we handle goes no further. @param {Event} event */
function taken(event) {
  event.preventDefault();
  event.stopPropagation();
}
