/** What brings a player elsewhere: an address, a link, code for another page. @module */
import { DEFAULTS, underscored } from "./words/table.js";
import { attributes, query, write } from "./words/write.js";

/** @typedef {import("./words/table.js").State} State */

/** The address that this script came from; none in a notebook, or where it is written into the page. @type {string | null} */
const SCRIPT = /** @type {HTMLScriptElement | null | undefined} */ (globalThis.document?.currentScript)?.src || null;

/** The page's address with this state; what else is in its query stays. @param {Partial<State>} state @param {Partial<State>} base */
export function addressOf(state, base) {
  const url = new URL(location.href);
  const others = [...url.searchParams].filter(([name]) => !(underscored(name) in DEFAULTS));
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

/** An address as seen from a page of the same host. @param {string} target @param {string} page */
export function relative(target, page) {
  const [to, from] = [new URL(target), new URL(page)];
  if (to.origin !== from.origin || to.protocol !== from.protocol) return target;
  const [path, folders] = [to.pathname.split("/"), from.pathname.split("/").slice(0, -1)];
  const differ = folders.findIndex((folder, at) => folder !== path[at]);
  const shared = differ < 0 ? folders.length : differ;
  return [...folders.slice(shared).map(() => ".."), ...path.slice(shared)].join("/");
}
