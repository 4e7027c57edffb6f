/** The player as an anywidget. The only file that knows Jupyter. @module */
import { Player } from "./player.js";
import { DEFAULTS, differing } from "./state.js";
import { bring } from "./text.js";

/** @typedef {{ get: (name: string) => any, set: (name: string, value: unknown) => void, on: (event: string, heard: () => void) => void, off?: (event: string, heard: () => void) => void, save_changes?: () => void }} Model */

const NAMES = Object.keys(DEFAULTS);
/** ipywidgets has taken the name `keys`. @param {string} name */
const trait = (name) => (name === "keys" ? "keyboard" : name);

/** @param {{ model: Model, el: HTMLElement }} context */
function render({ model, el }) {
  el.dataset.lmSuppressShortcuts = "true";
  const root = el.shadowRoot ?? el.attachShadow({ mode: "open" });
  // JupyterLab forbids the line break that Enter is to a browser, and with it the field's change
  root.addEventListener("beforeinput", (event) => event.stopPropagation());
  let telling = false;
  const player = new Player(root, stateOf(model), (patch) => {
    telling = true;
    for (const [name, value] of Object.entries(patch)) model.set(trait(name), value);
    telling = false;
    quietly(() => model.save_changes?.());
  });
  // one message may change several words: the first of its events takes them all
  const listener = () => {
    const patch = telling ? {} : differing(stateOf(model), player.told);
    if (Object.keys(patch).length) player.set(patch);
  };
  for (const name of NAMES) model.on(`change:${trait(name)}`, listener);
  return () => {
    for (const name of NAMES) quietly(() => model.off?.(`change:${trait(name)}`, listener));
    player.remove();
  };
}

/** @param {Model} model @returns {Partial<import("./state.js").State>} */
function stateOf(model) {
  const [lang, sentences] = ["lang", "_sentences"].map((name) => model.get(name));
  if (sentences) bring(lang, sentences);
  return Object.fromEntries(NAMES.map((name) => [name, model.get(trait(name))]).filter(([, value]) => value !== undefined));
}

/** Static hosts of notebooks throw here: they have nobody to tell. @param {() => void} act */
function quietly(act) {
  try {
    act();
  } catch {
    return;
  }
}

export default { render };
