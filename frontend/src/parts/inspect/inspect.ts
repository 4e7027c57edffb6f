/**
 * The picture cell by cell, for keyboard and screen reader: Enter opens a grid over every panel,
 * Esc closes it.
 */

import type { Words } from "../../core/text.ts";
import type { Trace } from "../../core/trace.ts";
import type { Box, Layout } from "../../paint/layout.ts";
import { heading } from "../../paint/layout.ts";
import type { Panel } from "../../scene/scene.ts";
import { make } from "../dom.ts";
import type { Only } from "../part.ts";
import { alike, nameOf } from "./name.ts";
import type { Walk } from "./walk.ts";
import { ASIDE, around, arrive, change, go, placeIn, start, stay } from "./walk.ts";

export function inspector({
  sheet,
  player,
}: {
  sheet: HTMLElement;
  player: Only<"mode" | "pause" | "pin" | "point" | "state" | "trace" | "words">;
}): {
  update: (layout: Layout, words: Words) => void;
  leave: () => boolean;
} {
  const overlay = make("div", { class: "cells" });
  /** what stands where, and what it was named after */
  const grids: Map<string, { element: HTMLElement; key: string; panel: Panel; trace: Trace }> =
    new Map();
  let boxes: Box[] = [];
  let words: Words = player.words;
  let walk = ASIDE;
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
  overlay.addEventListener("focusin", (event) => reached(event.target as HTMLElement));
  overlay.addEventListener("focusout", () => setTimeout(() => focused() || leave(false)));
  overlay.addEventListener("click", (event) => {
    event.stopPropagation();
    reached(event.target as HTMLElement);
    pin();
  });

  const KEYS: Record<string, () => void> = {
    ArrowUp: () => step(-1, 0),
    ArrowDown: () => step(1, 0),
    ArrowLeft: () => step(0, -1),
    ArrowRight: () => step(0, 1),
    Home: () => step(0, -Infinity),
    End: () => step(0, Infinity),
    "Ctrl+Home": () => step(-Infinity, -Infinity),
    "Ctrl+End": () => step(Infinity, Infinity),
    "Ctrl+ArrowRight": () => move(change(walk, panels(), 1)),
    "Ctrl+ArrowDown": () => move(change(walk, panels(), 1)),
    "Ctrl+ArrowLeft": () => move(change(walk, panels(), -1)),
    "Ctrl+ArrowUp": () => move(change(walk, panels(), -1)),
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
    walk = start(walk, panels(), player.state.selection);
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

  const panels = () => boxes.map(({ panel }) => panel);
  /** the panel that the reader is in */
  const present = () => panels().find(({ id }) => id === walk.panel) ?? panels()[0];
  const focused = () => overlay.contains((sheet.getRootNode() as ShadowRoot).activeElement);

  function move(to: Walk) {
    walk = to;
    refresh();
    focus();
  }

  const step = (down: number, right: number) => move(go(walk, present(), [down, right]));

  function focus() {
    const grid = grids.get(walk.panel);
    (grid?.element.querySelector('[tabindex="0"]') as HTMLElement | null | undefined)?.focus({
      preventScroll: false,
    });
  }

  /** The reader is on a cell: the same as pointing at it. */
  function reached(target: HTMLElement) {
    const { panel, row, col } = target.dataset;
    const grid = grids.get(panel ?? "");
    if (!grid || !panel) return;
    walk = arrive(walk, panel, [Number(row), Number(col)]);
    const at = { panel: grid.panel, row: Number(row), col: Number(col) };
    player.point(at.panel.ref(at.row, at.col), nameOf(at, player.trace, words, player.mode?.quiet));
  }

  function pin() {
    const panel = present();
    const [row, col] = placeIn(walk, panel);
    player.pin(panel.ref(row, col), { panel, row, col });
  }

  /** Make the grids anew where the picture or the reader has moved; then name every cell. */
  function refresh() {
    const had = focused();
    walk = stay(walk, panels());
    for (const [id, { element }] of grids)
      if (!boxes.some(({ panel }) => panel.id === id)) {
        element.remove();
        grids.delete(id);
      }
    for (const box of boxes) {
      const [row, col] = placeIn(walk, box.panel);
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
        player.mode?.quiet,
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
      const text = nameOf(
        { panel, row: at[0], col: at[1] },
        player.trace,
        words,
        player.mode?.quiet,
      );
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
