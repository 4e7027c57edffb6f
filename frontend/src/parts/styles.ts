/** The styles of the player, one sheet for all players of a page. */

import type { Theme } from "../paint/theme.ts";
import { customProperties } from "../paint/theme.ts";
import ask from "./css/ask.css";
import media from "./css/media.css";
import parameters from "./css/parameters.css";
import screen from "./css/screen.css";
import base from "./css/style.css";
import tools from "./css/tools.css";

const sheet = sheetOf([base, parameters, ask, tools, screen, media].join("\n"));
const themes: Record<string, CSSStyleSheet> = {};

export const sheetsOf = (theme: Theme) => [
  (themes[theme] ??= sheetOf(`:host { ${customProperties(theme)} }`)),
  sheet,
];

function sheetOf(css: string) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  return sheet;
}
