/** Light or dark: from the attribute, else from the page, else from the system; its colours. */
import tokens from "../../../deconvviz/tokens.json" with { type: "json" };

type Thing = { fill: string; line: string; text: string };
export interface Colours {
  page: string;
  stage: string;
  text: string;
  muted: string;
  line: string;
  edge: string;
  accent: string;
  ring: string;
  things: Record<string, Thing>;
  /** from none to most; else from the page to the text */
  counts: string[] | null;
}

const THINGS = ["input", "kernel", "output", "inserted", "padded", "cropped", "wrong"];

/** "forced": the few colours that the reader's system leaves to a page. */
export type Theme = "light" | "dark" | "forced";

const KNOWN: Map<string, Colours> = new Map();

/** The colours of a theme: one object each, so that what is mixed from them can be kept. */
export function coloursOf(name: Theme): Colours {
  const text = name === "forced" ? resolved(JSON.stringify(tokens.forced)) : name;
  const set = name === "forced" ? JSON.parse(text) : tokens[name];
  const things = Object.fromEntries(THINGS.map((thing) => [thing, set[thing]]));
  const counts = name === "forced" ? null : tokens.cividis;
  if (!KNOWN.has(text)) KNOWN.set(text, { ...set, counts, things });
  return KNOWN.get(text) as Colours;
}

/** With the numbers of today in place of the system's names for colours. */
function resolved(text: string) {
  const probe = document.body.appendChild(document.createElement("i"));
  const written = text.replace(/"([A-Z]\w+)"/g, (_, name) => {
    probe.style.color = name;
    const [red, green, blue] = getComputedStyle(probe).color.match(/\d+/g) as string[];
    const rgb = (Number(red) << 16) | (Number(green) << 8) | Number(blue);
    return `"#${rgb.toString(16).padStart(6, "0")}"`;
  });
  probe.remove();
  return written;
}

/** The tokens as CSS custom properties. */
export function customProperties(name: Theme) {
  const set: Record<string, string | Record<string, string>> = tokens[name];
  return Object.entries(set)
    .flatMap(([key, value]) =>
      typeof value === "string"
        ? [[`--${key.replaceAll("_", "-")}`, value]]
        : Object.entries(value).map(([part, colour]) => [`--${key}-${part}`, colour]),
    )
    .map(([key, value]) => `${key}: ${value};`)
    .join(" ");
}

const FORCED = "(forced-colors: active)";
const PAPER = ["beforeprint", "afterprint"];
let announced = false;
globalThis.addEventListener?.("beforeprint", () => (announced = true));
globalThis.addEventListener?.("afterprint", () => (announced = false));

/** Whether the page is being printed. */
export const printing = () => announced || matchMedia("print").matches;

/** The same, or the page is a deck that is laid out for paper: see reveal.js on `?print-pdf`. */
export const onPaper = () => printing() || /\bprint-pdf\b/i.test(location.search);

/** What the page around us says: pydata's book theme, JupyterLab, VS Code. */
export function themeNow(wanted: string): Theme {
  if (onPaper()) return "light";
  if (matchMedia(FORCED).matches) return "forced";
  if (wanted === "light" || wanted === "dark") return wanted;
  const { documentElement: root, body } = document;
  const said = root.dataset.theme ?? body?.dataset.vscodeThemeKind ?? "";
  if (said.includes("dark")) return "dark";
  if (said.includes("light")) return "light";
  if (body?.dataset.jpThemeLight) return body.dataset.jpThemeLight === "false" ? "dark" : "light";
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

/**
 * Call back whenever the page or the system changes its theme.
 * @returns stop
 */
export function watchTheme(changed: () => void): () => void {
  const media = ["(prefers-color-scheme: dark)", "print", FORCED].map((query) => matchMedia(query));
  const watcher = new MutationObserver(changed);
  const attributeFilter = ["data-theme", "data-jp-theme-light", "data-vscode-theme-kind"];
  for (const node of [document.documentElement, document.body])
    if (node) watcher.observe(node, { attributes: true, attributeFilter });
  for (const query of media) query.addEventListener("change", changed);
  // some browsers print a copy that they make right after they said so
  for (const name of PAPER) addEventListener(name, changed);
  return () => {
    watcher.disconnect();
    for (const name of PAPER) removeEventListener(name, changed);
    for (const query of media) query.removeEventListener("change", changed);
  };
}
