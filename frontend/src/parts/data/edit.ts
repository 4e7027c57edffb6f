/** Editing numbers in the picture: a small field at the cell that was clicked. */

import type { Ref } from "../../core/ref.ts";
import { fill } from "../../core/text.ts";
import type { Box } from "../../paint/layout.ts";
import { readNumbers } from "../../words/numbers.ts";
import type { Name } from "../../words/owndata.ts";
import { make } from "../dom.ts";
import type { Mode, Only } from "../part.ts";
import { dataOf, further, isMatrix, takesNumbers, textOf, written } from "./typing.ts";

/** Small cells get a field that can be hit and read. */
const LEAST = { width: 44, height: 30 };

/**
 * @param take own data, (channels, *size)
 * @param say what the reader should know
 */
export function editor(
  player: Only<"good" | "stage" | "state" | "trace" | "words">,
  take: (name: Name, data: any) => void,
  say: (text: string) => void,
) {
  /** the cell whose number is being typed */
  let ref: Ref | null = null;
  const words = player.words.data;
  const field = make("input", {
    class: "cell",
    inputmode: "text",
    autocomplete: "off",
    spellcheck: "false",
    hidden: true,
    onkeydown: keys,
    onblur: () => (commit() ? close() : shut()),
    onpaste: pasted,
  });

  const mode: Mode = {
    quiet: true,
    pin: (picked) => (picked && takesNumbers(picked) ? open(picked) : say(words.outputs)),
  };

  function open(next: Ref) {
    if (ref && !commit()) return;
    ref = next;
    field.value = textOf(ref, player);
    field.setAttribute(
      "aria-label",
      fill(words.cell, { name: ref.kind, index: ref.index.join(", ") }),
    );
    if (!place()) return;
    field.focus({ preventScroll: true });
    field.select();
  }

  /** Put the field where its cell is now; a cell that is gone takes it along. */
  function place() {
    const stage = player.stage;
    const box = ref && boxOf(stage?.layout?.boxes ?? [], ref);
    if (!ref || !box || !stage) return shut();
    field.hidden = false;
    if (field.parentElement !== stage.element) stage.element.append(field);
    const [row, col] = box.panel.place(ref) as [number, number];
    const [width, height] = [Math.max(box.cell, LEAST.width), Math.max(box.tall, LEAST.height)];
    const left = stage.sheet.offsetLeft + box.x + (col + 0.5) * box.cell - width / 2;
    const top = stage.sheet.offsetTop + box.y + (row + 0.5) * box.tall - height / 2;
    Object.assign(field.style, {
      left: `${Math.max(0, left)}px`,
      top: `${top}px`,
      width: `${width}px`,
      height: `${height}px`,
    });
    return true;
  }

  /** Take what was typed; false if it is no number. */
  function commit() {
    if (!ref) return true;
    const data = written(ref, field.value, player);
    field.setAttribute("aria-invalid", String(!data));
    if (!data) {
      say(fill(words.no_number, { value: field.value }));
      return false;
    }
    if (data.changed) take(dataOf(ref), data.numbers);
    return true;
  }

  function shut() {
    ref = null;
    field.hidden = true;
    return false;
  }

  function close() {
    shut();
    say("");
  }

  /** To the next cell, or out after the last one. */
  function move(by: number) {
    if (!ref || !commit()) return;
    const next = further(ref, by, player.trace);
    ref = null;
    if (next) open(next);
    else leave();
  }

  function leave() {
    close();
    (player.stage?.sheet as HTMLElement | null | undefined)?.focus({ preventScroll: true });
  }

  function keys(event: KeyboardEvent) {
    const by = event.key === "Enter" ? 1 : event.key === "Tab" ? (event.shiftKey ? -1 : 1) : 0;
    if (event.key !== "Escape" && !by) return;
    event.preventDefault();
    event.stopPropagation();
    by ? move(by) : leave();
  }

  /** Several numbers pasted into one cell are a matrix. */
  function pasted(event: ClipboardEvent) {
    const text = event.clipboardData?.getData("text") ?? "";
    if (!ref || !isMatrix(text)) return;
    event.preventDefault();
    const name = dataOf(ref);
    try {
      const data = readNumbers(text, name);
      close();
      take(name, data);
    } catch (error) {
      say((error as Error).message);
    }
  }

  return { mode, place, close };
}

/** The panel that shows the thing itself, rather than its products or a column of all channels. */
function boxOf(boxes: Box[], ref: Ref) {
  const shown = boxes.filter(({ panel }) => panel.place(ref));
  return (
    shown.find(({ panel }) => panel.id === ref.kind) ??
    shown.find(({ panel }) => panel.letter === ref.kind) ??
    shown[0] ??
    null
  );
}
