/** A layer by its name, and what is worth seeing in it. @module */
import { make } from "./dom.js";
import { PRESETS, presetOf, wordsOf } from "./presets.js";
import { size } from "./sentences.js";
import { geometryOf } from "./state.js";
import { fill } from "./text.js";

/** @param {import("./player.js").Player} player @returns {import("./shell.js").Part} */
export function presetMenu(player) {
  const words = player.words.presets;
  let chosen = "";
  const none = make("option", { value: "" }, words.none);
  const groups = Object.entries(words.groups).map(([group, label]) =>
    make("optgroup", { label }, ...PRESETS.filter((preset) => preset.group === group).map((preset) => option(preset, words))),
  );
  const select = make("select", { "aria-label": words.label, onchange: choose }, none, ...groups);
  const note = make("p", { class: "note" });
  function choose() {
    const preset = PRESETS.find(({ id }) => id === select.value);
    if (!preset) return;
    chosen = preset.id;
    player.choose({ ...wordsOf(preset), step: 0, playing: false, selection: null });
  }
  /** @type {import("./words/table.js").State | null} */
  let known = null;
  return {
    element: select,
    tray: note,
    update({ good }) {
      if (known === good) return;
      known = good;
      const id = presetOf(good, chosen)?.id ?? "";
      select.value = id;
      note.textContent = id && id === chosen ? words.notes[id] : "";
    },
  };
}

/** @param {import("./presets.js").Preset} preset @param {any} words */
function option(preset, words) {
  const { geometry, inputSize } = geometryOf(/** @type {any} */ (wordsOf(preset)));
  const sizes = { title: words.titles[preset.id], input: size(inputSize), output: size(geometry.outputSize(inputSize)) };
  return make("option", { value: preset.id }, fill(words.option, sizes));
}
