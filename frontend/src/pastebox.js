/** A field into which a matrix is pasted. @module */
import { make } from "./dom.js";
import { readNumbers } from "./words/numbers.js";
import { fill } from "./text.js";

/** @typedef {import("./owndata.js").Name} Name */

/** A field for a matrix. @param {any} words @param {(name: Name, data: any) => void} take */
export function pasteBox(words, take) {
  /** @type {{ name: Name, by: HTMLElement } | null} */
  let opened = null;
  const label = make("label", { for: "deconvviz-paste" });
  const text = make("textarea", { rows: 4, id: "deconvviz-paste", spellcheck: "false", placeholder: words.sample });
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
      refused.textContent = /** @type {Error} */ (error).message;
    }
  };
  const element = make(
    "div",
    { class: "paste", hidden: true },
    label,
    text,
    refused,
    make("span", { class: "actions" }, make("button", { type: "button", onclick: use }, words.use), make("button", { type: "button", onclick: close }, words.cancel)),
  );
  return {
    element,
    open(/** @type {Name} */ name, /** @type {HTMLElement} */ by) {
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
