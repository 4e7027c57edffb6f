// Bundles src/ for its two hosts:   node build.mjs           write deconvviz/static/*
//                                   node build.mjs --check   fail if what is committed differs
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build, transform } from "esbuild";

const frontend = dirname(fileURLToPath(import.meta.url));
const root = dirname(frontend);

/** What the second script brings: it needs the first, and is not needed for a first look. */
const EXTRA = "deconvviz/static/deconvviz-extra.js";
/** Sections of the sentences that only Python says. */
const PYTHON = ["captions", "stills", "page"];
/** Sections that the second script brings, but for what stands on a button. */
const LATER = ["errors", "predict", "exercise", "share", "help", "data", "inspect", "table", "presets", "why", "screen"];
/** And of other sections, the steps of the matrix and what is said of impossible choices. @type {Record<string, string[]>} */
const LATER_TOO = { steps: ["unroll", "transpose", "flatten", "multiply", "reshape"], ui: ["kept", "nearest", "unchanged"] };
/** What stands on buttons, and where a reader first looks. */
const ON_BUTTONS = ["predict.toggle", "exercise.toggle", "share.share", "help.title", "inspect.invite", "table.show", "presets.label", "presets.none", "why.hint", "screen.present", "screen.full"];

const singleSources = [
  "frontend/build.mjs",
  "frontend/package.json",
  "deconvviz/tokens.json",
  "deconvviz/example.json",
  "deconvviz/presets.json",
];

/** @param {string} folder @returns {string[]} the files below it, as POSIX paths from the root */
function filesBelow(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}

/** The twin of source_hash in tools/bundle.py. */
function sourceHash() {
  const texts = filesBelow("deconvviz/text").filter((path) => path.endsWith(".json"));
  const digest = createHash("sha256");
  for (const path of [...filesBelow("frontend/src"), ...texts, ...singleSources].sort()) {
    const content = readFileSync(join(root, path), "utf8").replaceAll("\r\n", "\n");
    digest.update(`${path}\0${content}\0`);
  }
  return digest.digest("hex");
}

/** A style sheet is imported as its text, minified like the rest. @type {import("esbuild").Plugin} */
const sheets = {
  name: "sheets",
  setup({ onLoad }) {
    onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(readFileSync(path, "utf8"), { loader: "css", minify: true });
      return { contents: code.trim(), loader: "text" };
    });
  },
};

/** @param {string} path */
const read = (path) => JSON.parse(readFileSync(join(root, path), "utf8"));
const [en, tokens] = ["deconvviz/text/en.json", "deconvviz/tokens.json"].map(read);

/** What a bundle holds of the texts and the colours. @typedef {{ words: unknown, tokens: unknown }} Part */

/** The sentences that JavaScript says. */
function spoken() {
  const sources = filesBelow("frontend/src").map((path) => readFileSync(join(root, path), "utf8")).join("");
  const said = Object.entries(en.errors).filter(([key]) => sources.includes(`"${key}"`));
  const sections = Object.entries({ ...en, errors: Object.fromEntries(said) });
  return Object.fromEntries(sections.filter(([name]) => !PYTHON.includes(name)));
}

/** Those of a first look. */
function first() {
  const words = Object.fromEntries(Object.entries(spoken()).filter(([name]) => !LATER.includes(name)));
  for (const path of ON_BUTTONS) {
    const [section, name] = path.split(".");
    words[section] = { ...words[section], [name]: en[section][name] };
  }
  for (const [section, names] of Object.entries(LATER_TOO))
    words[section] = Object.fromEntries(Object.entries(en[section]).filter(([name]) => !names.includes(name)));
  return words;
}

/** The others; merged into those of a first look. */
const later = () => ({
  ...Object.fromEntries(Object.entries(spoken()).filter(([name]) => LATER.includes(name))),
  ...Object.fromEntries(Object.entries(LATER_TOO).map(([section, names]) => [section, Object.fromEntries(names.map((name) => [name, en[section][name]]))])),
});

/** Counts are coloured in a view that comes later. */
const { cividis, ...themes } = tokens;
/** @type {Record<string, Part>} */
const PARTS = { all: { words: spoken(), tokens }, first: { words: first(), tokens: themes }, later: { words: later(), tokens: { cividis } } };

/** Only some of the sentences and tokens. @param {Part} part @returns {import("esbuild").Plugin} */
const parts = ({ words, tokens }) => ({
  name: "parts",
  setup({ onLoad }) {
    onLoad({ filter: /text[\\/]en\.json$/ }, () => ({ contents: JSON.stringify(words), loader: "json" }));
    onLoad({ filter: /[\\/]tokens\.json$/ }, () => ({ contents: JSON.stringify(tokens), loader: "json" }));
  },
});

/** What the first script has already. @param {Set<string>} modules their paths from the root @returns {import("esbuild").Plugin} */
const shared = (modules) => ({
  name: "shared",
  setup({ onResolve }) {
    onResolve({ filter: /^\.\.?\/.*\.js$/ }, ({ path, resolveDir }) => {
      const found = relative(frontend, join(resolveDir, path)).replaceAll("\\", "/");
      return modules.has(found) ? { path: found, external: true } : undefined;
    });
  },
});

/**
 * @param {import("esbuild").BuildOptions} options @param {Part} part @param {import("esbuild").Plugin[]} [plugins]
 * @returns {Promise<{ text: string, modules: Set<string> }>} what was built, and of which modules
 */
async function bundled(options, part, plugins = []) {
  const { outputFiles = [], metafile } = await build({
    absWorkingDir: frontend,
    bundle: true,
    plugins: [sheets, parts(part), ...plugins],
    minify: true,
    target: "es2022",
    legalComments: "none",
    define: { "globalThis.BUILD": JSON.stringify(mark) },
    metafile: true,
    write: false,
    ...options,
  });
  return { text: outputFiles[0].text, modules: new Set(Object.keys(metafile?.inputs ?? {})) };
}

/** @param {string} contents */
const entryOf = (contents) => ({ stdin: { contents, resolveDir: frontend } });

/** The imports of what the first script has, as esbuild writes them. */
const IMPORT = /import\s*\{([^}]*)\}\s*from\s*"(src\/[^"]+)";/g;

/** What is imported, and its name here. @param {string} names */
const pairs = (names) => names.split(",").map((name) => name.trim().split(" as "));

/** The first script hands over, in one list, what the second needs; the second is no module, as browsers block those on file://. */
async function scripts() {
  const { modules } = await bundled({ ...entryOf('import "./src/element.js";'), format: "iife" }, PARTS.first);
  const { text } = await bundled({ ...entryOf('import "./src/extra.js";'), format: "esm" }, PARTS.later, [shared(modules)]);
  const imports = [...text.matchAll(IMPORT)].flatMap(([, names, path]) => pairs(names).map(([name, here]) => ({ shared: `${name} ${path}`, here: here ?? name })));
  const list = [...new Set(imports.map(({ shared }) => shared))].map((shared) => shared.split(" "));
  const entry = [
    'import "./src/element.js";',
    ...list.map(([name, path], at) => `import { ${name} as shared${at} } from "./${path}";`),
    // of two copies on one page the first defines the element
    `globalThis.deconvvizShared ??= [${list.map((_, at) => `shared${at}`)}];`,
  ].join("\n");
  const { text: core } = await bundled({ ...entryOf(entry), format: "iife" }, PARTS.first);
  const places = imports.map(({ shared, here }) => `${here}=deconvvizShared[${list.findIndex((pair) => pair.join(" ") === shared)}]`);
  const extra = `(()=>{const ${places};${text.replace(IMPORT, "").trim()}})();\n`;
  return { core, extra };
}

/** @param {string} text */
const kilobytes = (text) =>
  `${(Buffer.byteLength(text) / 1000).toFixed(1)} kB, ${(gzipSync(text).length / 1000).toFixed(1)} kB gzip`;

/** @param {string} file */
function committed(file) {
  try {
    return readFileSync(join(root, file), "utf8").replaceAll("\r\n", "\n");
  } catch {
    return null;
  }
}

const { version } = JSON.parse(readFileSync(join(frontend, "package.json"), "utf8"));
const hash = sourceHash();
const mark = hash.slice(0, 8);
const banner = `/* deconvviz ${version} sources sha256:${hash} */\n`;
const checking = process.argv.includes("--check");

const { core, extra } = await scripts();
const { text: module } = await bundled({ entryPoints: ["src/widget.js"], format: "esm" }, PARTS.all);
const built = {
  // anywidget imports this one
  "deconvviz/static/deconvviz.mjs": module,
  // classic scripts, since browsers block module scripts on file://
  "deconvviz/static/deconvviz.js": core,
  [EXTRA]: extra,
};

for (const [file, body] of Object.entries(built)) {
  const text = banner + body;
  if (!checking) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  } else if (committed(file) !== text) {
    console.error(`${file} is not what frontend/src builds: run "make bundle" and commit the result`);
    process.exitCode = 1;
    continue;
  }
  console.log(`${file}: ${kilobytes(text)}`);
}
