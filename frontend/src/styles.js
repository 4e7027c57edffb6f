/** The styles of the player, one sheet for all players of a page. @module */
import everywhere from "./everywhere.css";
import parameters from "./parameters.css";
import base from "./style.css";
import { customProperties } from "./theme.js";

const texts = [base, parameters, everywhere];
const sheet = new CSSStyleSheet();
/** @type {Record<string, CSSStyleSheet>} */
const themes = {};
write();

/** Styles that come later. @param {string} css */
export function addStyles(css) {
  texts.push(css);
  write();
}

/** @param {"light" | "dark"} theme */
export const sheetsOf = (theme) => [(themes[theme] ??= coloured(theme)), sheet];

/** @param {"light" | "dark"} theme */
function coloured(theme) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`:host { ${customProperties(theme)} }`);
  return sheet;
}

function write() {
  sheet.replaceSync(texts.join("\n"));
}
