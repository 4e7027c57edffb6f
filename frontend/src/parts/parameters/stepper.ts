/** A number with a button on each side. */

import { fill } from "../../core/text.ts";
import { icon, make, write } from "../dom.ts";

let steppers = 0;

interface Stepper {
  element: HTMLElement;
  show: (text: string, wrong: boolean, range: string) => void;
}

/**
 * @param options `name` says all where the label alone does not; `empty` stands in an empty field
 */
export function stepper({
  label,
  name = label,
  words,
  typed,
  by,
  empty = "",
}: {
  label: string;
  name?: string;
  words: any;
  typed: (text: string) => void;
  by: (change: number) => void;
  empty?: string;
}): Stepper {
  const id = `deconvviz-number-${(steppers += 1)}`;
  /** what was last shown: while that stays, so does what is being typed */
  let given: string | null = null;
  const change = (step: number) => {
    given = null;
    by(step);
  };
  const input = make("input", {
    id,
    inputmode: "numeric",
    autocomplete: "off",
    spellcheck: "false",
    placeholder: empty || null,
    "aria-label": name === label ? null : name,
    "aria-describedby": `${id}-range`,
    onchange() {
      given = null;
      typed(input.value);
    },
    onkeydown(event: KeyboardEvent) {
      const step = { ArrowUp: 1, ArrowDown: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      change(step);
    },
  });
  const button = (kind: "less" | "more", step: number) =>
    make(
      "button",
      { type: "button", "aria-label": fill(words[kind], { name }), onclick: () => change(step) },
      icon(kind),
    );
  const range = make("span", { class: "range", id: `${id}-range` });
  const element = make(
    "div",
    { class: "parameter" },
    make("label", { for: id }, label),
    make("span", { class: "stepper" }, button("less", -1), input, button("more", 1)),
    range,
  );
  return {
    element,
    show(text, wrong, legal) {
      const now = `${text}|${wrong}|${legal}`;
      if (given === now) return;
      given = now;
      input.value = text;
      input.style.setProperty("--digits", String(Math.max(2, text.length, empty.length)));
      input.setAttribute("aria-invalid", String(wrong));
      element.classList.toggle("wrong", wrong);
      write(range, legal);
    },
  };
}
