/** Take it along: a link, code for another page, lines of Python, a picture. @module */
import { copied, download, pixels } from "./clipboard.js";
import { make } from "./dom.js";
import { addressOf, embedOf, linkOf } from "./embed.js";
import { nest } from "./grid.js";
import { allOf } from "./owndata.js";
import { picture } from "./picture.js";
import { numpyLines, torchLines } from "./python.js";
import { fill } from "./text.js";
import { coloursOf } from "./theme.js";

/** @typedef {import("./player.js").Player} Player */
/** @typedef {import("./shell.js").Now} Now */

/** What can be copied; what is null here is not offered. @type {Record<string, (player: Player, now: Now) => string | null>} */
const COPIES = {
  link: (player) => (player.address ? addressOf(player.known, player.address.base) : linkOf(player.known)),
  embed: (player) => embedOf(player.known),
  torch: (_, { trace, good }) => torchLines(trace, layerOf(good)),
  numpy: (_, { trace, good }) => numpyLines(trace, layerOf(good)),
};
const PICTURES = ["png", "svg"];

/** The arrays of the whole layer, as nested lists. @param {import("./words/table.js").State} good */
const layerOf = (good) => ({ input: nest(...allOf(good, "input")), weight: nest(...allOf(good, "weight")) });

let trays = 0;

/** @param {Player} player @returns {import("./shell.js").Part} */
export function share(player) {
  const texts = player.words.share;
  /** @type {Now | null} */
  let now = null;
  const field = make("textarea", { readonly: true, rows: 6, "aria-label": texts.field, hidden: true });
  // the same words where the reader looks; the status region has said them already
  const echo = make("p", { class: "said", "aria-hidden": "true" });
  const copy = (/** @type {string} */ name) => async () => {
    const text = COPIES[name](player, /** @type {Now} */ (now)) ?? "";
    const done = await copied(text);
    field.hidden = done;
    if (!done) offer(field, text);
    player.say(fill(done ? texts.copied : texts.refused, { name: texts[name] }));
  };
  const save = (/** @type {string} */ kind) => async () => {
    const name = await saved(kind, /** @type {Now} */ (now));
    player.say(fill(texts.saved, { name }));
  };
  const button = (/** @type {string} */ name, /** @type {() => void} */ onclick) => make("button", { type: "button", onclick }, texts[name]);
  const copies = Object.keys(COPIES).map((name) => button(name, copy(name)));
  const id = `deconvviz-tray-${(trays += 1)}`;
  const tray = make(
    "div",
    { class: "tray", id, hidden: true },
    group(texts.copy, copies),
    group(texts.save, PICTURES.map((kind) => button(kind, save(kind)))),
    echo,
    field,
  );
  const opener = make("button", { class: "tool", type: "button", "aria-expanded": "false", "aria-controls": id, onclick: () => toggle(opener, tray) }, texts.share);
  return {
    element: null,
    tray,
    buttons: [opener],
    update(latest) {
      now = latest;
      echo.textContent = latest.said;
      copies[0].hidden = COPIES.link(player, latest) === null;
    },
  };
}

/** @param {string} label @param {HTMLElement[]} buttons */
const group = (label, buttons) =>
  make("div", { role: "group", "aria-label": label }, make("span", { "aria-hidden": "true" }, label), ...buttons);

/** @param {HTMLElement} opener @param {HTMLElement} tray */
function toggle(opener, tray) {
  tray.hidden = !tray.hidden;
  opener.setAttribute("aria-expanded", String(!tray.hidden));
}

/** The text itself, selected, where the clipboard is refused. @param {HTMLTextAreaElement} field @param {string} text */
function offer(field, text) {
  field.value = text;
  field.focus();
  field.select();
  field.scrollTop = 0;
}

/** @param {string} kind @param {Now} now @returns {Promise<string>} the name of the file */
async function saved(kind, now) {
  const pen = /** @type {CanvasRenderingContext2D} */ (make("canvas").getContext("2d"));
  const measure = (/** @type {string} */ text, /** @type {string} */ font) => {
    pen.font = font;
    return pen.measureText(text).width;
  };
  const drawing = picture(now, coloursOf(now.theme), measure);
  const blob = kind === "png" ? await pixels(drawing) : new Blob([drawing.svg], { type: "image/svg+xml" });
  const name = fileName(now, kind);
  download(blob, name);
  return name;
}

/** A name that says what is in the picture: deconvviz-scatter-3x3-k3x3-s2-p1-op1-step06.png. @param {Pick<Now, "trace" | "state">} now @param {string} kind */
export function fileName({ trace: { geometry, inputSize }, state }, kind) {
  const short = (/** @type {unknown[]} */ values) => (values.every((value) => value === values[0]) ? String(values[0]) : values.join("x"));
  const parts = [
    ["", inputSize.join("x"), ""],
    ["k", geometry.kernel_size.join("x"), ""],
    ["s", short(geometry.stride), "1"],
    ["p", short(geometry.padding.map(([begin, end]) => (begin === end ? `${begin}` : `${begin}-${end}`))), "0"],
    ["op", short(geometry.output_padding), "0"],
    ["d", short(geometry.dilation), "1"],
  ].flatMap(([letter, value, usual]) => (value === usual ? [] : [letter + value]));
  return `deconvviz-${state.view}-${parts.join("-")}-step${String(state.step + 1).padStart(2, "0")}.${kind}`;
}
