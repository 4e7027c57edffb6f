/** Help: what the colours mean, and the keys. @module */
import { make } from "./dom.js";

/** @param {import("./player.js").Player} player @returns {import("./shell.js").Part} */
export function help(player) {
  const texts = player.words.help;
  const dialog = make(
    "dialog",
    { "aria-label": texts.title, closedby: "any", onkeydown: (/** @type {Event} */ event) => event.stopPropagation() },
    make("div", { class: "headline" }, make("p", { class: "heading" }, texts.title), make("button", { type: "button", onclick: () => dialog.close() }, texts.close)),
    make("dl", { class: "things" }, ...rows(texts.things, swatch)),
    make("dl", { class: "keys" }, ...rows(texts.keys, keycaps)),
    make("p", {}, texts.where),
  );
  const open = () => dialog.showModal();
  return {
    element: dialog,
    buttons: [make("button", { class: "tool", type: "button", "aria-label": texts.title, title: texts.title, onclick: open }, "?")],
    keys: { "?": open },
    update() {},
  };
}

/** @param {[string, string][] | Record<string, string>} pairs @param {(term: string) => Node[]} term */
const rows = (pairs, term) =>
  (Array.isArray(pairs) ? pairs : Object.entries(pairs)).map(([name, meaning]) =>
    make("div", {}, make("dt", {}, ...term(name)), make("dd", {}, meaning)),
  );

/** A cell as the stage draws it. @param {string} thing */
const swatch = (thing) => [make("span", { class: `swatch ${thing}`, "aria-hidden": "true" })];

/** @param {string} keys names of keys with spaces between */
const keycaps = (keys) => keys.split(" ").map((key) => make("kbd", {}, key));
