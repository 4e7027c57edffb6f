/** Light or dark: from the attribute, else from the page, else from the system. */
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
  /** from none to most */
  counts: string[];
}

const THINGS = ["input", "kernel", "output", "inserted", "padded", "cropped"];

const KNOWN: Map<string, Colours> = new Map();

/** The colours of a theme: one object each, so that what is mixed from them can be kept. */
export function coloursOf(name: "light" | "dark"): Colours {
  const set = (tokens as any)[name];
  const things = Object.fromEntries(THINGS.map((thing) => [thing, set[thing]]));
  if (!KNOWN.has(name)) KNOWN.set(name, { ...set, counts: tokens.cividis, things });
  return KNOWN.get(name) as Colours;
}

/** The tokens as CSS custom properties. */
export function customProperties(name: "light" | "dark") {
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

/** What the page around us says: pydata's book theme, JupyterLab, VS Code. */
export function themeNow(wanted: string): "light" | "dark" {
  if (matchMedia("print").matches) return "light";
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
