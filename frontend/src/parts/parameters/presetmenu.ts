/** A layer by its name, and what is worth seeing in it. */

import { size } from "../../core/sentences.ts";
import { fill } from "../../core/text.ts";
import type { Preset } from "../../words/presets.ts";
import { PRESETS, presetOf, wordsOf } from "../../words/presets.ts";
import { geometryOf } from "../../words/state.ts";
import type { State } from "../../words/table.ts";
import { anew, make } from "../dom.ts";
import type { Only, Part } from "../part.ts";

export function presetMenu(player: Only<"choose" | "good" | "words">): Part {
  const words = player.words.presets;
  let chosen = "";
  const none = make("option", { value: "" }, words.none);
  const groups = Object.entries(words.groups).map(([group, label]) =>
    make(
      "optgroup",
      { label },
      ...PRESETS.filter((preset) => preset.group === group).map((preset) => option(preset, words)),
    ),
  );
  const select = make("select", { "aria-label": words.label, onchange: choose }, none, ...groups);
  const note = make("p", { class: "note" });
  function choose() {
    const preset = PRESETS.find(({ id }) => id === select.value);
    if (!preset) return;
    chosen = preset.id;
    const words = wordsOf(preset, player.good.view === "direct");
    player.choose({ ...words, step: 0, playing: false, selection: null });
  }
  const name = anew((direct: boolean) => {
    for (const entry of select.options) rename(entry, direct, words);
  });
  const show = anew((good: State) => {
    name(good.view === "direct");
    const id = presetOf(good, chosen)?.id ?? "";
    select.value = id;
    note.textContent = id && id === chosen ? words.notes[id] : "";
  });
  return { element: select, tray: note, update: ({ good }) => show(good) };
}

const option = ({ id }: Preset, words: any) => rename(make("option", { value: id }), false, words);

/** Its title and its sizes, from what is read to what is written. */
function rename(entry: HTMLOptionElement, direct: boolean, words: any) {
  const preset = PRESETS.find(({ id }) => id === entry.value);
  if (!preset) return entry;
  const { geometry, inputSize } = geometryOf(wordsOf(preset) as any);
  const sizes = [inputSize, geometry.outputSize(inputSize)].map(size);
  const [input, output] = direct && !preset.view ? sizes.reverse() : sizes;
  entry.textContent = fill(words.option, { title: words.titles[preset.id], input, output });
  return entry;
}
