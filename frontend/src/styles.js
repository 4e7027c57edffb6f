/** The styles of the player, one sheet for all players of a page. @module */
import ask from "./ask.css";
import everywhere from "./everywhere.css";
import parameters from "./parameters.css";
import rest from "./rest.css";
import base from "./style.css";
import { customProperties } from "./theme.js";

const sheet = sheetOf([base, parameters, everywhere, ask, rest].join("\n"));
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
