/** What brings a player elsewhere: an address, a link, code for another page. */
import type { State } from "../../words/table.ts";
import { DEFAULTS, underscored } from "../../words/table.ts";
import { attributes, query, write } from "../../words/write.ts";

/**
 * The address that this script came from; none in a notebook, or where it is written into the
 * page.
 */
const SCRIPT: string | null =
  (globalThis.document?.currentScript as HTMLScriptElement | null | undefined)?.src || null;

/** The page's address with this state; what else is in its query stays. */
export function addressOf(state: Partial<State>, base: Partial<State>) {
  const url = new URL(location.href);
  const others = [...url.searchParams].filter(
    ([name]) => !Object.hasOwn(DEFAULTS, underscored(name)),
  );
  url.search = query([...others, ...write(state, base)]);
  return url.href;
}

/** The page without chrome that lies beside the script, with this state. */
export function linkOf(state: Partial<State>): string | null {
  if (!SCRIPT) return null;
  const url = new URL("embed.html", SCRIPT);
  url.search = query(write({ ...state, fit: DEFAULTS.fit }));
  return url.href;
}

/** What brings this player into another page. */
export function embedOf(state: Partial<State>) {
  const src = SCRIPT ? relative(SCRIPT, location.href) : "deconvviz.js";
  return `<script src="${src}" defer></script>\n<deconv-viz${attributes(write(state))}></deconv-viz>\n`;
}

/** An address as seen from a page of the same host. */
export function relative(target: string, page: string) {
  const [to, from] = [new URL(target), new URL(page)];
  if (to.origin !== from.origin || to.protocol !== from.protocol) return target;
  const [path, folders] = [to.pathname.split("/"), from.pathname.split("/").slice(0, -1)];
  const differ = folders.findIndex((folder, at) => folder !== path[at]);
  const shared = differ < 0 ? folders.length : differ;
  return [...folders.slice(shared).map(() => ".."), ...path.slice(shared)].join("/");
}
