/** Own numbers: named ones, pasted ones, a small picture, or typed into the cells. */

import { fill } from "../../core/text.ts";
import { readImage } from "../../words/image.ts";
import { kindOf, NAMED, named } from "../../words/kernels.ts";
import type { Name } from "../../words/owndata.ts";
import { brought, channelsOf, exampled, isExample, pictured } from "../../words/owndata.ts";
import type { State } from "../../words/table.ts";
import { anew, make } from "../dom.ts";
import type { Only, Part } from "../part.ts";
import { editor } from "./edit.ts";
import { pasteBox } from "./pastebox.ts";

/** What of the player own numbers take. */
export type Around = Only<
  "choose" | "element" | "good" | "mode" | "render" | "stage" | "state" | "trace" | "words"
>;

export function data(player: Around): Part & { element: HTMLElement; notice: HTMLElement } {
  const words = player.words.data;
  const said = make("p", { class: "said-of-data", role: "status" });
  const notice = make("p", { class: "editing" });
  const say = (text: string) => (said.textContent = text);
  const take = (name: Name, numbers: any) =>
    player.choose({ ...brought(player.good, name, numbers), playing: false });
  const edit = editor(player, take, say);
  let editing = false;
  const toggle = () => {
    editing = !editing;
    if (!editing) edit.close();
    player.render();
  };
  /** Leave the cells; false if they were not being edited. */
  const stop = () => {
    const was = editing;
    if (was) toggle();
    return was;
  };
  const button = make(
    "button",
    { type: "button", "aria-pressed": "false", onclick: toggle },
    words.edit,
  );
  notice.append(
    words.editing,
    " ",
    make("button", { type: "button", onclick: toggle }, words.done),
  );
  const box = pasteBox(words, take);
  const sources = (["input", "weight"] as Name[]).map((name) => source(player, name, box));
  const picture = pictureButton(player, words, say);
  sources[0].element.append(picture);
  let accepting = false;
  return {
    element: make(
      "div",
      { class: "data" },
      ...sources.map(({ element }) => element),
      button,
      box.element,
      said,
    ),
    notice,
    prepare({ state }) {
      const free = !state.predict && !state.exercise;
      if (editing && free) player.mode = edit.mode;
      else if (player.mode === edit.mode) player.mode = null;
    },
    update({ good }) {
      if (!accepting) accept(player, words, say);
      accepting = true;
      const active = player.mode === edit.mode;
      notice.hidden = !active;
      button.setAttribute("aria-pressed", String(active));
      player.element.classList.toggle("editing-cells", active);
      for (const { update } of sources) update(good);
      if (active) edit.place();
    },
    leave: { of: "inspection", now: stop },
  };
}

/** What stands in the input or the kernel, by name. */
function source(
  player: Only<"choose" | "good" | "words">,
  name: Name,
  box: ReturnType<typeof pasteBox>,
) {
  const words = player.words.data;
  const label = words.sources[name];
  const numbers = fill(words.numbers, { name: label });
  const option = (value: string, text: string) => make("option", { value }, text);
  const own = option("own", words.own);
  const select = make(
    "select",
    { "aria-label": numbers, onchange: choose },
    option("", words.example),
    ...NAMED[name].map((kind) => option(kind, words.named[kind])),
    own,
  );
  function choose() {
    if (select.value === "own") return;
    const { good } = player;
    const size = name === "input" ? good.input_size : good.kernel_size;
    const chosen = select.value
      ? { [name]: named(select.value, size, channelsOf(good), good.stride) }
      : exampled(good, name);
    player.choose({ ...chosen, playing: false });
  }
  const paste = make(
    "button",
    {
      type: "button",
      onclick: () => box.open(name, paste),
      "aria-expanded": "false",
      "aria-label": fill(words.paste_into, { name: label }),
    },
    words.paste,
  );
  return {
    element: make(
      "div",
      { class: "source" },
      make("span", { class: name === "input" ? "input" : "kernel" }, label),
      select,
      paste,
    ),
    update: anew((good: State) => {
      const kind = isExample(good, name) ? "" : kindOf(good, name) || "own";
      own.hidden = kind !== "own";
      if (select.value !== kind) select.value = kind;
    }),
  };
}

function pictureButton(player: Only<"choose" | "good">, words: any, say: (text: string) => void) {
  const file = make("input", {
    type: "file",
    accept: "image/*",
    hidden: true,
    onchange: () => show(player, file.files?.[0], words, say),
  });
  return make(
    "span",
    {},
    file,
    make("button", { type: "button", onclick: () => file.click() }, words.picture),
  );
}

/** A picture dropped anywhere on the player. */
function accept(
  player: Only<"choose" | "element" | "good" | "state">,
  words: any,
  say: (text: string) => void,
) {
  player.element.addEventListener(
    "dragover",
    (event) => event.dataTransfer?.types.includes("Files") && event.preventDefault(),
  );
  player.element.addEventListener("drop", (event) => {
    const file = event.dataTransfer?.files[0];
    if (!file || player.state.controls !== "full") return;
    event.preventDefault();
    show(player, file, words, say);
  });
}

async function show(
  player: Only<"choose" | "good">,
  file: File | undefined,
  words: any,
  say: (text: string) => void,
) {
  if (!file) return;
  try {
    const { rows, height, width } = await readImage(file);
    player.choose({ ...pictured(player.good, rows), playing: false });
    say(
      fill(words.shown, {
        name: file.name,
        height,
        width,
        rows: rows.length,
        columns: rows[0].length,
      }),
    );
  } catch {
    say(fill(words.no_picture, { name: file.name }));
  }
}
