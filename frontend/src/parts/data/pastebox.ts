/** A field into which a matrix is pasted. */

import { fill } from "../../core/text.ts";
import { readNumbers } from "../../words/numbers.ts";
import type { Name } from "../../words/owndata.ts";
import { make } from "../dom.ts";

/** A field for a matrix. */
export function pasteBox(words: any, take: (name: Name, data: any) => void) {
  let opened: { name: Name; by: HTMLElement } | null = null;
  const label = make("label", { for: "deconvviz-paste" });
  const text = make("textarea", {
    rows: 4,
    id: "deconvviz-paste",
    spellcheck: "false",
    placeholder: words.sample,
  });
  const refused = make("p", { class: "refused", role: "alert" });
  const close = () => {
    opened?.by.setAttribute("aria-expanded", "false");
    opened?.by.focus();
    opened = null;
    element.hidden = true;
  };
  const use = () => {
    if (!opened) return;
    try {
      take(opened.name, readNumbers(text.value, opened.name));
      close();
    } catch (error) {
      refused.textContent = (error as Error).message;
    }
  };
  const element = make(
    "div",
    { class: "paste", hidden: true },
    label,
    text,
    refused,
    make(
      "span",
      { class: "actions" },
      make("button", { type: "button", onclick: use }, words.use),
      make("button", { type: "button", onclick: close }, words.cancel),
    ),
  );
  return {
    element,
    open(name: Name, by: HTMLElement) {
      if (opened?.name === name) return close();
      opened?.by.setAttribute("aria-expanded", "false");
      opened = { name, by };
      by.setAttribute("aria-expanded", "true");
      label.textContent = fill(words.paste_label, { name: words.sources[name] });
      refused.textContent = "";
      element.hidden = false;
      text.focus();
    },
  };
}
