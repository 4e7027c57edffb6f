/** What stands where no player can: why not, in a sentence above the host's still picture. */

import { GeometryError } from "../core/errors.ts";
import { themeNow } from "../paint/theme.ts";
import { make } from "../parts/dom.ts";
import { sheetsOf } from "../parts/styles.ts";

/** @param error of ours, whose sentence is told, or any other, which the console hears of too */
export function broken(root: ShadowRoot, error: unknown, lang: string) {
  const theme = themeNow("auto");
  root.adoptedStyleSheets = sheetsOf(theme);
  const reason = make("p", { class: "notice", role: "alert" }, `${faultOf(error).sentence(lang)}.`);
  const element = make("div", { class: "player broken" }, reason);
  element.dataset.theme = theme;
  root.replaceChildren(element, make("slot"));
}

function faultOf(error: unknown): GeometryError {
  if (error instanceof GeometryError) return error;
  reportError(error);
  return new GeometryError("broken", { reason: String(error) });
}
