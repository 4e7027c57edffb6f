/** The player as an anywidget. The only file that knows Jupyter. */

import { bring } from "../core/text.ts";
import { Player } from "../player/player.ts";
import { shortest } from "../words/axes.ts";
import { differing } from "../words/state.ts";
import type { State } from "../words/table.ts";
import { PARAMETERS, TABLE, traitOf } from "../words/table.ts";

type Model = {
  get: (name: string) => any;
  set: (name: string, value: unknown) => void;
  on: (event: string, heard: () => void) => void;
  off?: (event: string, heard: () => void) => void;
  save_changes?: () => void;
};

const NAMES = Object.keys(TABLE);

function render({ model, el }: { model: Model; el: HTMLElement }) {
  el.dataset.lmSuppressShortcuts = "true";
  const root = el.shadowRoot ?? el.attachShadow({ mode: "open" });
  // JupyterLab forbids the line break that Enter is to a browser, and with it the field's change
  root.addEventListener("beforeinput", (event) => event.stopPropagation());
  let telling = false;
  const player = new Player(root, stateOf(model), (patch, { good }) => {
    telling = true;
    for (const [name, value] of Object.entries(patch))
      model.set(traitOf(name), told(model, name, value, good.kernel_size.length));
    telling = false;
    quietly(() => model.save_changes?.());
  });
  // one message may change several words: the first of its events takes them all
  const listener = () => {
    const patch = telling ? {} : news(stateOf(model), player.store.told);
    if (Object.keys(patch).length) player.set(patch);
  };
  for (const name of NAMES) model.on(`change:${traitOf(name)}`, listener);
  return () => {
    for (const name of NAMES) quietly(() => model.off?.(`change:${traitOf(name)}`, listener));
    player.remove();
  };
}

/** What is new; sizes count the axes for each other, so that of these all come along. */
function news(state: State, told: State): Partial<State> {
  const found = differing(state, told);
  const sized = PARAMETERS.some((name) => name in found);
  return {
    ...found,
    ...Object.fromEntries(sized ? PARAMETERS.map((name) => [name, (state as any)[name]]) : []),
  };
}

/** A value as the host likes it: where a slider is joined to a word, a number stays a number. */
function told(model: Model, name: string, value: any, ndim: number) {
  if (!PARAMETERS.includes(name)) return value;
  const joined = name !== "input_size" && typeof model.get(traitOf(name)) === "number";
  return shortest(name, value, joined ? 2 : ndim);
}

function stateOf(model: Model): State {
  const [lang, sentences] = ["lang", "_sentences"].map((name) => model.get(name));
  if (sentences) bring(lang, sentences);
  return Object.fromEntries(
    NAMES.map((name) => [name, model.get(traitOf(name))]).filter(
      ([, value]) => value !== undefined,
    ),
  ) as State;
}

/** Static hosts of notebooks throw here: they have nobody to tell. */
function quietly(act: () => void) {
  try {
    act();
  } catch {
    return;
  }
}

export default { render };
