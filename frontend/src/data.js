/** Own numbers: named ones, pasted ones, a small picture, or typed into the cells. @module */
import { make } from "./dom.js";
import { editor } from "./edit.js";
import { readImage } from "./image.js";
import { NAMED, kindOf, named } from "./kernels.js";
import { brought, channelsOf, exampled, isExample, pictured } from "./owndata.js";
import { pasteBox } from "./pastebox.js";
import { fill } from "./text.js";

/** @typedef {import("./player.js").Player} Player */
/** @typedef {import("./owndata.js").Name} Name */

/** @param {Player} player @returns {import("./shell.js").Part & { element: HTMLElement, notice: HTMLElement }} */
export function data(player) {
  const words = player.words.data;
  const said = make("p", { class: "said-of-data", role: "status" });
  const notice = make("p", { class: "editing" });
  const say = (/** @type {string} */ text) => (said.textContent = text);
  const take = (/** @type {Name} */ name, /** @type {any} */ numbers) =>
    player.choose({ ...brought(player.good, name, numbers), playing: false });
  const edit = editor(player, take, say);
  let editing = false;
  const toggle = () => {
    editing = !editing;
    if (!editing) edit.close();
    player.render();
  };
  const button = make("button", { type: "button", "aria-pressed": "false", onclick: toggle }, words.edit);
  notice.append(words.editing, " ", make("button", { type: "button", onclick: toggle }, words.done));
  const box = pasteBox(words, take);
  const sources = /** @type {Name[]} */ (["input", "weight"]).map((name) => source(player, name, box));
  const picture = pictureButton(player, words, say);
  sources[0].element.append(picture);
  let accepting = false;
  return {
    element: make("div", { class: "data" }, ...sources.map(({ element }) => element), button, box.element, said),
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
    leave: { of: "inspection", now: () => editing && (toggle(), true) },
  };
}

/** What stands in the input or the kernel, by name. @param {Player} player @param {Name} name @param {ReturnType<typeof pasteBox>} box */
function source(player, name, box) {
  const words = player.words.data;
  const label = words.sources[name];
  const numbers = fill(words.numbers, { name: label });
  const option = (/** @type {string} */ value, /** @type {string} */ text) => make("option", { value }, text);
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
    const chosen = select.value ? { [name]: named(select.value, size, channelsOf(good), good.stride) } : exampled(good, name);
    player.choose({ ...chosen, playing: false });
  }
  const paste = make("button", { type: "button", onclick: () => box.open(name, paste), "aria-expanded": "false", "aria-label": fill(words.paste_into, { name: label }) }, words.paste);
  /** @type {import("./words/table.js").State | null} */
  let known = null;
  return {
    element: make("div", { class: "source" }, make("span", { class: name === "input" ? "input" : "kernel" }, label), select, paste),
    /** @param {import("./words/table.js").State} good */
    update(good) {
      if (known === good) return;
      known = good;
      const kind = isExample(good, name) ? "" : kindOf(good, name) || "own";
      own.hidden = kind !== "own";
      if (select.value !== kind) select.value = kind;
    },
  };
}

/** @param {Player} player @param {any} words @param {(text: string) => void} say */
function pictureButton(player, words, say) {
  const file = make("input", { type: "file", accept: "image/*", hidden: true, onchange: () => show(player, file.files?.[0], words, say) });
  return make("span", {}, file, make("button", { type: "button", onclick: () => file.click() }, words.picture));
}

/** A picture dropped anywhere on the player. @param {Player} player @param {any} words @param {(text: string) => void} say */
function accept(player, words, say) {
  player.element.addEventListener("dragover", (event) => event.dataTransfer?.types.includes("Files") && event.preventDefault());
  player.element.addEventListener("drop", (event) => {
    const file = event.dataTransfer?.files[0];
    if (!file || player.state.controls !== "full") return;
    event.preventDefault();
    show(player, file, words, say);
  });
}

/** @param {Player} player @param {File | undefined} file @param {any} words @param {(text: string) => void} say */
async function show(player, file, words, say) {
  if (!file) return;
  try {
    const { rows, height, width } = await readImage(file);
    player.choose({ ...pictured(player.good, rows), playing: false });
    say(fill(words.shown, { name: file.name, height, width, rows: rows.length, columns: rows[0].length }));
  } catch {
    say(fill(words.no_picture, { name: file.name }));
  }
}
