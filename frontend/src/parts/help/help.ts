/** Help: what the colours mean, and the keys. */

import { make } from "../dom.ts";
import type { Only, Part } from "../part.ts";

export function help(player: Only<"words">): Part {
  const texts = player.words.help;
  const things = make("dl", { class: "things" }, ...rows(texts.things, swatch));
  const dialog = make(
    "dialog",
    {
      "aria-label": texts.title,
      closedby: "any",
      onkeydown: (event: Event) => event.stopPropagation(),
    },
    make(
      "div",
      { class: "headline" },
      make("p", { class: "heading" }, texts.title),
      make("button", { type: "button", onclick: () => dialog.close() }, texts.close),
    ),
    things,
    make("dl", { class: "keys" }, ...rows(texts.keys, keycaps)),
    make("p", {}, texts.where),
  );
  const named = (direct: boolean) =>
    rows(direct ? { ...texts.things, ...texts.direct } : texts.things, swatch);
  let told = false;
  const open = () => dialog.showModal();
  return {
    element: dialog,
    buttons: [
      make(
        "button",
        {
          class: "tool",
          type: "button",
          "aria-label": texts.title,
          title: texts.title,
          onclick: open,
        },
        "?",
      ),
    ],
    keys: { "?": open },
    update({ trace: { direct } }) {
      if (direct !== told) things.replaceChildren(...named(direct));
      told = direct;
    },
  };
}

const rows = (pairs: [string, string][] | Record<string, string>, term: (term: string) => Node[]) =>
  (Array.isArray(pairs) ? pairs : Object.entries(pairs)).map(([name, meaning]) =>
    make("div", {}, make("dt", {}, ...term(name)), make("dd", {}, meaning)),
  );

/** A cell as the stage draws it. */
const swatch = (thing: string) => [
  make("span", { class: `swatch ${thing}`, "aria-hidden": "true" }),
];

/** @param keys names of keys with spaces between */
const keycaps = (keys: string) => keys.split(" ").map((key) => make("kbd", {}, key));
