/** Take it along: a link, code for another page, lines of Python, a picture. */

import { nest } from "../../core/grid.ts";
import { fill } from "../../core/text.ts";
import { picture } from "../../paint/picture.ts";
import { coloursOf } from "../../paint/theme.ts";
import { allOf } from "../../words/owndata.ts";
import type { State } from "../../words/table.ts";
import { make, opener } from "../dom.ts";
import type { Now, Only, Part } from "../part.ts";
import { copied, download, pixels } from "./clipboard.ts";
import { addressOf, embedOf, linkOf } from "./embed.ts";
import { numpyLines, torchLines } from "./python.ts";

/** What can be copied; what is null here is not offered. */
const COPIES: Record<string, (player: Only<"address" | "known">, now: Now) => string | null> = {
  link: (player) =>
    player.address ? addressOf(player.known, player.address.base) : linkOf(player.known),
  embed: (player) => embedOf(player.known),
  torch: (_, { trace, good }) => torchLines(trace, layerOf(good)),
  numpy: (_, { trace, good }) => numpyLines(trace, layerOf(good)),
};
const PICTURES = ["png", "svg"];

/** The arrays of the whole layer, as nested lists. */
const layerOf = (good: State) => ({
  input: nest(...allOf(good, "input")),
  weight: nest(...allOf(good, "weight")),
});

export function share(player: Only<"address" | "known" | "say" | "words">): Part {
  const texts = player.words.share;
  let now: Now | null = null;
  const field = make("textarea", {
    readonly: true,
    rows: 6,
    "aria-label": texts.field,
    hidden: true,
  });
  // the same words where the reader looks; the status region has said them already
  const echo = make("p", { class: "said", "aria-hidden": "true" });
  const copy = (name: string) => async () => {
    const text = COPIES[name](player, now as Now) ?? "";
    const done = await copied(text);
    field.hidden = done;
    if (!done) offer(field, text);
    player.say(fill(done ? texts.copied : texts.refused, { name: texts[name] }));
  };
  const save = (kind: string) => async () => {
    const name = await saved(kind, now as Now);
    player.say(fill(texts.saved, { name }));
  };
  const button = (name: string, onclick: () => void) =>
    make("button", { type: "button", onclick }, texts[name]);
  const copies = Object.keys(COPIES).map((name) => button(name, copy(name)));
  const tray = make(
    "div",
    { class: "tray", id: "tray" },
    group(texts.copy, copies),
    group(
      texts.save,
      PICTURES.map((kind) => button(kind, save(kind))),
    ),
    echo,
    field,
  );
  return {
    element: null,
    tray,
    buttons: [opener(texts.share, tray, { class: "tool", "aria-controls": "tray" })],
    update(latest) {
      now = latest;
      echo.textContent = latest.said;
      copies[0].hidden = COPIES.link(player, latest) === null;
    },
  };
}

const group = (label: string, buttons: HTMLElement[]) =>
  make(
    "div",
    { role: "group", "aria-label": label },
    make("span", { "aria-hidden": "true" }, label),
    ...buttons,
  );

/** The text itself, selected, where the clipboard is refused. */
function offer(field: HTMLTextAreaElement, text: string) {
  field.value = text;
  field.focus();
  field.select();
  field.scrollTop = 0;
}

/** @returns the name of the file */
async function saved(kind: string, now: Now): Promise<string> {
  const pen = make("canvas").getContext("2d") as CanvasRenderingContext2D;
  const measure = (text: string, font: string) => {
    pen.font = font;
    return pen.measureText(text).width;
  };
  const drawing = picture(now, coloursOf(now.theme), measure);
  const blob =
    kind === "png" ? await pixels(drawing) : new Blob([drawing.svg], { type: "image/svg+xml" });
  const name = fileName(now, kind);
  download(blob, name);
  return name;
}

/** A name that says what is in the picture: deconvviz-scatter-3x3-k3x3-s2-p1-op1-step06.png. */
export function fileName(
  { trace: { geometry, inputSize }, state }: Pick<Now, "trace" | "state">,
  kind: string,
) {
  const short = (values: unknown[]) =>
    values.every((value) => value === values[0]) ? String(values[0]) : values.join("x");
  const parts = [
    ["", inputSize.join("x"), ""],
    ["k", geometry.kernel_size.join("x"), ""],
    ["s", short(geometry.stride), "1"],
    [
      "p",
      short(
        geometry.padding.map(([begin, end]) => (begin === end ? `${begin}` : `${begin}-${end}`)),
      ),
      "0",
    ],
    ["op", short(geometry.output_padding), "0"],
    ["d", short(geometry.dilation), "1"],
  ].flatMap(([letter, value, usual]) => (value === usual ? [] : [letter + value]));
  return `deconvviz-${state.view}-${parts.join("-")}-step${String(state.step + 1).padStart(2, "0")}.${kind}`;
}
