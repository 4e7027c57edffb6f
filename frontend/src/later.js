/** What a first look can do without comes in a second script: when it is wanted, or the page is idle. @module */

/** What the second script brings. @typedef {typeof import("./extra.js").extra} Extra */

/** The address that this script came from; none in a notebook, or where it is written into the page. @type {string | null} */
export const SCRIPT = /** @type {HTMLScriptElement | null | undefined} */ (globalThis.document?.currentScript)?.src || null;

/** The second script lies beside the first. The build puts its own mark for BUILD, so that an old copy never answers to a new one. */
export const FILE = "deconvviz-extra.js";
const MARK = /** @type {any} */ (globalThis).BUILD;

/** @type {Extra | null} */
let extra = null;
let asked = false;
let missing = false;
/** Who wants to hear of it. @type {Set<() => void>} */
const waiting = new Set();

/** What the second script brought, once it is here. */
export const here = () => extra;

/** Whether it was asked for in vain: the next one to ask tries again. */
export const lost = () => missing;

/** @param {() => void} heard @returns {() => void} what stops it */
export function whenHere(heard) {
  waiting.add(heard);
  return () => waiting.delete(heard);
}

/** @param {Extra} brought */
export function arrive(brought) {
  extra = brought;
  tell();
}

/** Ask for it; where this script is written into the page, the second one follows by itself. */
export function fetchExtra() {
  if (asked || extra || !SCRIPT) return;
  asked = true;
  missing = false;
  const script = document.createElement("script");
  script.src = new URL(`${FILE}?${MARK}`, SCRIPT).href;
  script.addEventListener("error", () => {
    asked = false;
    missing = true;
    tell();
  });
  document.head.append(script);
}

/** Ask for it when the page has nothing else to do. */
export const fetchIdly = () => void (globalThis.requestIdleCallback ?? setTimeout)(fetchExtra);

function tell() {
  for (const heard of [...waiting]) heard();
}
