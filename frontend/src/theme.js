/** Light or dark: from the attribute, else from the page, else from the system. @module */
import tokens from "../../deconvviz/tokens.json" with { type: "json" };

/** @typedef {{ fill: string, line: string, text: string }} Thing */
/**
 * @typedef {object} Colours
 * @property {string} page @property {string} stage @property {string} text @property {string} muted
 * @property {string} line @property {string} edge @property {string} accent @property {string} ring
 * @property {Record<string, Thing>} things @property {string[]} counts from none to most
 */

const THINGS = ["input", "kernel", "output", "inserted", "padded", "cropped"];

/** @type {Map<string, Colours>} */
const KNOWN = new Map();

/** The colours of a theme: one object each, so that what is mixed from them can be kept. @param {"light" | "dark"} name @returns {Colours} */
export function coloursOf(name) {
  const set = /** @type {any} */ (tokens)[name];
  const things = Object.fromEntries(THINGS.map((thing) => [thing, set[thing]]));
  if (!KNOWN.has(name)) KNOWN.set(name, { ...set, counts: tokens.cividis, things });
  return /** @type {Colours} */ (KNOWN.get(name));
}

/** The tokens as CSS custom properties. @param {"light" | "dark"} name */
export function customProperties(name) {
  const set = /** @type {any} */ (tokens)[name];
  return Object.entries(set)
    .flatMap(([key, value]) =>
      typeof value === "string"
        ? [[`--${key.replaceAll("_", "-")}`, value]]
        : Object.entries(value).map(([part, colour]) => [`--${key}-${part}`, colour]),
    )
    .map(([key, value]) => `${key}: ${value};`)
    .join(" ");
}

/** What the page around us says: pydata's book theme, JupyterLab, VS Code. @param {string} wanted @returns {"light" | "dark"} */
export function themeNow(wanted) {
  if (matchMedia("print").matches) return "light";
  if (wanted === "light" || wanted === "dark") return wanted;
  const { documentElement: root, body } = document;
  const said = root.dataset.theme ?? body?.dataset.vscodeThemeKind ?? "";
  if (said.includes("dark")) return "dark";
  if (said.includes("light")) return "light";
  if (body?.dataset.jpThemeLight) return body.dataset.jpThemeLight === "false" ? "dark" : "light";
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

/** Call back whenever the page or the system changes its theme. @param {() => void} changed @returns {() => void} stop */
export function watchTheme(changed) {
  const media = ["(prefers-color-scheme: dark)", "print"].map((query) => matchMedia(query));
  const watcher = new MutationObserver(changed);
  const attributeFilter = ["data-theme", "data-jp-theme-light", "data-vscode-theme-kind"];
  for (const node of [document.documentElement, document.body])
    if (node) watcher.observe(node, { attributes: true, attributeFilter });
  for (const query of media) query.addEventListener("change", changed);
  return () => {
    watcher.disconnect();
    for (const query of media) query.removeEventListener("change", changed);
  };
}
