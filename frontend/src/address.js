/** Where we are: the script's address, and the page's own, which can carry the state in its query. @module */
import { DEFAULTS, read } from "./state.js";
import { attributes, query, write } from "./spell.js";

/** @typedef {import("./state.js").State} State */

/** Safari allows a page 100 changes of its address in 30 seconds. */
const PAUSE = 350;
/** The address that this script came from; none in a notebook, or where it is written into the page. @type {string | null} */
const SCRIPT = /** @type {HTMLScriptElement | null | undefined} */ (globalThis.document?.currentScript)?.src || null;

/** The state that the page's address asks for. @returns {Partial<State>} */
export const asked = () => read(new URLSearchParams(location.search));

/** The page's address with this state; what else is in its query stays. @param {Partial<State>} state @param {Partial<State>} base */
export function addressOf(state, base) {
  const url = new URL(location.href);
  const others = [...url.searchParams].filter(([name]) => !(name.replaceAll("-", "_") in DEFAULTS));
  url.search = query([...others, ...write(state, base)]);
  return url.href;
}

/** The page without chrome that lies beside the script, with this state. @param {Partial<State>} state @returns {string | null} */
export function linkOf(state) {
  if (!SCRIPT) return null;
  const url = new URL("embed.html", SCRIPT);
  url.search = query(write(state));
  return url.href;
}

/** What brings this player into another page. @param {Partial<State>} state */
export function embedOf(state) {
  const src = SCRIPT ? relative(SCRIPT, location.href) : "deconvviz.js";
  return `<script src="${src}" defer></script>\n<deconv-viz${attributes(write(state))}></deconv-viz>\n`;
}

/** Keeps the page's address up to date, a few times a second at most. */
export class Address {
  /** @param {Partial<State>} base what needs no saying on this page */
  constructor(base) {
    this.base = base;
    this.timer = 0;
  }

  /** @param {State} state */
  keep(state) {
    this.state = { ...state };
    this.timer ||= window.setTimeout(() => this.#write(), PAUSE);
  }

  stop() {
    window.clearTimeout(this.timer);
    this.timer = 0;
  }

  #write() {
    this.timer = 0;
    if (this.state) history.replaceState(history.state, "", addressOf(this.state, this.base));
  }
}

/** An address as seen from a page of the same host. @param {string} target @param {string} page */
export function relative(target, page) {
  const [to, from] = [new URL(target), new URL(page)];
  if (to.origin !== from.origin || to.protocol !== from.protocol) return target;
  const [path, folders] = [to.pathname.split("/"), from.pathname.split("/").slice(0, -1)];
  const differ = folders.findIndex((folder, at) => folder !== path[at]);
  const shared = differ < 0 ? folders.length : differ;
  return [...folders.slice(shared).map(() => ".."), ...path.slice(shared)].join("/");
}
