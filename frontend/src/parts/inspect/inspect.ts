/**
 * The picture cell by cell, for keyboard and screen reader: Enter opens a grid over every panel,
 * Esc closes it.
 */

import { cell as indices } from "../../core/sentences.ts";
import type { Words } from "../../core/text.ts";
import { fill, number } from "../../core/text.ts";
import type { Trace } from "../../core/trace.ts";
import type { Box, Layout } from "../../paint/layout.ts";
import { heading } from "../../paint/layout.ts";
import { countOf } from "../../scene/links.ts";
import { LOOK, LOOKS } from "../../scene/looks.ts";
import type { Panel } from "../../scene/scene.ts";
import { make } from "../dom.ts";
import type { Cell, Only } from "../part.ts";

/** Cells are made this far around the reader's place: more would only be slow. */
const REACH = 7;

const NAMES = Object.keys(LOOK);

/** What a cell is, in words. */
export function nameOf({ panel, row, col }: Cell, trace: Trace, words: Words) {
  const at = row * panel.cols + col;
  const { inspect } = words;
  const look = LOOKS[panel.looks[at]];
  const state = inspect.looks[NAMES[panel.looks[at]]];
  const ref = panel.ref(row, col);
  const where = fill(panel.rows > 1 ? inspect.where : inspect.along, { row, col });
  const thing = ref ? `${ref.kind}[${indices(ref.index.map((i) => number(i)))}]` : "";
  const value = look.blank ? "" : fill(inspect.value, { value: number(panel.values[at]) });
  const count =
    ref && !look.blank
      ? fill(inspect.counts[ref.kind], {
          count: panel.badges ? panel.badges[at] : countOf(trace, ref),
        })
      : "";
  return [where, thing, value, count, state].filter(Boolean).join(", ");
}

export function inspector({
  sheet,
  player,
}: {
  sheet: HTMLElement;
  player: Only<"pause" | "pin" | "point" | "state" | "trace" | "words">;
}): {
  update: (layout: Layout, words: Words) => void;
  leave: () => boolean;
} {
  const overlay = make("div", { class: "cells" });
  /** what stands where, and what it was named after */
  const grids: Map<string, { element: HTMLElement; key: string; panel: Panel; trace: Trace }> =
    new Map();
  /** where the reader was in every panel */
  const places: Map<string, [number, number]> = new Map();
  let boxes: Box[] = [];
  let words: Words = player.words;
  let current = "";
  rest();

  sheet.addEventListener("keydown", (event) => {
    if (
      event.target !== sheet ||
      event.key !== "Enter" ||
      event.ctrlKey ||
      event.metaKey ||
      event.altKey
    )
      return;
    taken(event);
    enter();
  });
  overlay.addEventListener("keydown", (event) => {
    const act =
      event.metaKey || event.altKey || event.shiftKey
        ? null
        : KEYS[(event.ctrlKey ? "Ctrl+" : "") + event.key];
    if (!act) return;
    taken(event);
    act();
  });
  overlay.addEventListener("focusin", (event) => arrive(event.target as HTMLElement));
  overlay.addEventListener("focusout", () => setTimeout(() => focused() || leave(false)));
  overlay.addEventListener("click", (event) => {
    event.stopPropagation();
    arrive(event.target as HTMLElement);
    pin();
  });

  const KEYS: Record<string, () => void> = {
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

  /** @param back the focus returns to the picture */
  function leave(back: boolean) {
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
      if (!place) continue;
      places.set(panel.id, place);
      return panel.id;
    }
    return boxes.some(({ panel }) => panel.id === current) ? current : (boxes[0]?.panel.id ?? "");
  }

  const boxOf = () => boxes.find(({ panel }) => panel.id === current) ?? (boxes[0] as Box);
  const placeIn = (panel: Panel) => {
    const [row, col] = places.get(panel.id) ?? [0, 0];
    return [Math.min(row, panel.rows - 1), Math.min(col, panel.cols - 1)];
  };
  const focused = () => overlay.contains((sheet.getRootNode() as ShadowRoot).activeElement);

  function go(down: number, right: number) {
    const { panel } = boxOf();
    const [row, col] = placeIn(panel);
    const within = (at: number, size: number) => Math.max(0, Math.min(size - 1, at));
    places.set(panel.id, [within(row + down, panel.rows), within(col + right, panel.cols)]);
    refresh();
    focus();
  }

  function change(by: number) {
    const at = boxes.findIndex(({ panel }) => panel.id === current) + by;
    current = boxes[(at + boxes.length) % boxes.length].panel.id;
    refresh();
    focus();
  }

  function focus() {
    const grid = grids.get(current);
    (grid?.element.querySelector('[tabindex="0"]') as HTMLElement | null | undefined)?.focus({
      preventScroll: false,
    });
  }

  /** The reader is on a cell: the same as pointing at it. */
  function arrive(target: HTMLElement) {
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
    for (const [id, { element }] of grids)
      if (!boxes.some(({ panel }) => panel.id === id)) {
        element.remove();
        grids.delete(id);
      }
    for (const box of boxes) {
      const [row, col] = placeIn(box.panel);
      const rows = around(row, box.panel.rows);
      const cols = around(col, box.panel.cols);
      const key = JSON.stringify([
        box.x,
        box.y,
        box.cell,
        box.tall,
        box.panel.rows,
        box.panel.cols,
        rows,
        cols,
      ]);
      const known = grids.get(box.panel.id);
      const element = known?.key === key ? known.element : gridOf(box, rows, cols);
      if (known && known.element !== element) known.element.replaceWith(element);
      else if (!known) overlay.append(element);
      grids.set(box.panel.id, { element, key, panel: box.panel, trace: player.trace });
      if (
        known?.element !== element ||
        known.trace !== player.trace ||
        !alike(known.panel, box.panel)
      )
        name(element, box.panel);
      stop(element, row, col);
    }
    if (had && !focused()) focus();
  }

  function name(element: HTMLElement, panel: Panel) {
    element.setAttribute("aria-label", heading(panel, panel.label));
    for (const cell of element.querySelectorAll("[role=gridcell]") as NodeListOf<HTMLElement>) {
      const at = [Number(cell.dataset.row), Number(cell.dataset.col)];
      const text = nameOf({ panel, row: at[0], col: at[1] }, player.trace, words);
      if (cell.getAttribute("aria-label") !== text) cell.setAttribute("aria-label", text);
    }
  }

  /** The one cell at which Tab stops. */
  function stop(element: HTMLElement, row: number, col: number) {
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

/** Whether every cell would have the name it has. */
const alike = (a: Panel, b: Panel) =>
  a.label === b.label &&
  a.looks.every(
    (look, at) =>
      look === b.looks[at] && a.values[at] === b.values[at] && a.badges?.[at] === b.badges?.[at],
  );

/**
 * The stretch around a place in which cells are made. It moves in leaps, so that most moves make
 * nothing.
 */
function around(at: number, size: number) {
  if (size <= 2 * REACH + 1) return [0, size];
  const start = Math.max(
    0,
    Math.min(size - 2 * REACH, Math.floor(at / REACH) * REACH - Math.floor(REACH / 2)),
  );
  return [start, Math.min(size, start + 2 * REACH + 1)];
}

function gridOf({ panel, x, y, cell, tall }: Box, rows: number[], cols: number[]) {
  const range = ([start, stop]: number[]) =>
    Array.from({ length: stop - start }, (_, i) => start + i);
  const side = `width: ${cell}px; height: ${tall}px`;
  const cellOf = (row: number) => (col: number) =>
    make("span", {
      role: "gridcell",
      tabindex: -1,
      style: side,
      "aria-colindex": col + 1,
      "data-panel": panel.id,
      "data-row": row,
      "data-col": col,
    });
  return make(
    "div",
    {
      role: "grid",
      "aria-rowcount": panel.rows,
      "aria-colcount": panel.cols,
      style: `left: ${x + cols[0] * cell}px; top: ${y + rows[0] * tall}px`,
    },
    ...range(rows).map((row) =>
      make("div", { role: "row", "aria-rowindex": row + 1 }, ...range(cols).map(cellOf(row))),
    ),
  );
}

/** What we handle goes no further. */
function taken(event: Event) {
  event.preventDefault();
  event.stopPropagation();
}
