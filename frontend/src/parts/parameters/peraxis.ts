/** Every parameter split into its axes, and padding into its sides. */

import { fill } from "../../core/text.ts";
import type { Place } from "../../words/ranges.ts";
import { PARAMETERS } from "../../words/table.ts";
import { anew, make } from "../dom.ts";
import type { Only } from "../part.ts";
import type { Field } from "./fields.ts";
import { field } from "./fields.ts";

export function perAxisTable(player: Only<"choose" | "good" | "state" | "words">): Field {
  const element = make("div", { class: "per-axis" });
  const fieldsOf = anew((ndim: number) => {
    const fields: Field[] = [];
    element.replaceChildren(table(player, ndim, fields));
    return fields;
  });
  return {
    element,
    update(now) {
      for (const { update } of fieldsOf(now.good.kernel_size.length)) update(now);
    },
  };
}

/** @param fields gains every one */
function table(player: Only<"choose" | "good" | "state" | "words">, ndim: number, fields: Field[]) {
  const { ui, parameters: words, axes } = player.words;
  const names = axes[ndim - 1];
  const cell = (place: Place, label: string) => {
    const made = field(
      player,
      place,
      "",
      fill(words.place, { name: label, axis: names[place.axis ?? 0] }),
    );
    fields.push(made);
    return make("td", {}, made.element);
  };
  const row = (name: string, label: string, side: number = NaN) =>
    make(
      "tr",
      {},
      make("th", { scope: "row" }, label),
      ...names.map((_: string, axis: number) =>
        cell(Number.isNaN(side) ? { name, axis } : { name, axis, side }, label),
      ),
    );
  const rows = PARAMETERS.flatMap((name) =>
    name === "padding"
      ? [0, 1].map((side) => row(name, words.sides[side], side))
      : [row(name, ui.names[name])],
  );
  const head = names.map((name: string) => make("th", { scope: "col" }, name));
  return make(
    "table",
    {},
    make("thead", {}, make("tr", {}, make("td"), ...head)),
    make("tbody", {}, ...rows),
  );
}
