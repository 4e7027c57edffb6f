/** A layer by its name, and what is worth seeing in it. */

import { size } from "../../core/sentences.ts";
import { fill } from "../../core/text.ts";
import type { Preset } from "../../words/presets.ts";
import { PRESETS, presetOf, wordsOf } from "../../words/presets.ts";
import { geometryOf } from "../../words/state.ts";
import type { State } from "../../words/table.ts";
import { anew, make } from "../dom.ts";
import type { Only, Part } from "../part.ts";

export function presetMenu(player: Only<"choose" | "words">): Part {
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
    player.choose({ ...wordsOf(preset), step: 0, playing: false, selection: null });
  }
  const show = anew((good: State) => {
    const id = presetOf(good, chosen)?.id ?? "";
    select.value = id;
    note.textContent = id && id === chosen ? words.notes[id] : "";
  });
  return { element: select, tray: note, update: ({ good }) => show(good) };
}

function option(preset: Preset, words: any) {
  const { geometry, inputSize } = geometryOf(wordsOf(preset) as any);
  const sizes = {
    title: words.titles[preset.id],
    input: size(inputSize),
    output: size(geometry.outputSize(inputSize)),
  };
  return make("option", { value: preset.id }, fill(words.option, sizes));
}
