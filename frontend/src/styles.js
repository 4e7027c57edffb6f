/** The styles of the player, one sheet for all players of a page. @module */
import ask from "./ask.css";
import media from "./media.css";
import parameters from "./parameters.css";
import screen from "./screen.css";
import base from "./style.css";
import { customProperties } from "./theme.js";
import tools from "./tools.css";

const sheet = sheetOf([base, parameters, ask, tools, screen, media].join("\n"));
/** @type {Record<string, CSSStyleSheet>} */
const themes = {};

/** @param {"light" | "dark"} theme */
export const sheetsOf = (theme) => [(themes[theme] ??= sheetOf(`:host { ${customProperties(theme)} }`)), sheet];

/** @param {string} css */
function sheetOf(css) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  return sheet;
}
