// Bundles src/ for its two hosts:   node build.ts           write deconvviz/static/*
//                                   node build.ts --check   fail if what is committed differs
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build, type Plugin, transform } from "esbuild";

const frontend = dirname(fileURLToPath(import.meta.url));
const root = dirname(frontend);

const singleSources = [
  "frontend/build.ts",
  "frontend/package.json",
  "deconvviz/tokens.json",
  "deconvviz/looks.json",
  "deconvviz/example.json",
  "deconvviz/presets.json",
  "deconvviz/words.json",
];

/** The files below a folder, as POSIX paths from the root. */
function filesBelow(folder: string): string[] {
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

/** A style sheet is imported as its text, minified like the rest. */
const sheets: Plugin = {
  name: "sheets",
  setup({ onLoad }) {
    onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(readFileSync(path, "utf8"), { loader: "css", minify: true });
      return { contents: code.trim(), loader: "text" };
    });
  },
};

/** Sections of the texts that only Python says: readers need not fetch them. */
const UNSAID = ["words", "plane", "descriptions", "page", "stills"];
const texts: Plugin = {
  name: "texts",
  setup({ onLoad }) {
    onLoad({ filter: /text[\\/]en\.json$/ }, ({ path }) => {
      const { errors, ...sections } = JSON.parse(readFileSync(path, "utf8"));
      const said = kept(sections, (section) => !UNSAID.includes(section));
      const contents = JSON.stringify({ ...said, errors: kept(errors, isNamed) });
      return { contents, loader: "json" };
    });
  },
};

const kept = (texts: object, says: (name: string) => boolean) =>
  Object.fromEntries(Object.entries(texts).filter(([name]) => says(name)));

const sources = filesBelow("frontend/src").map((path) => readFileSync(join(root, path), "utf8"));

/** Whether a refusal is one of ours: each is named where it is raised. */
const isNamed = (refusal: string) => sources.some((source) => source.includes(`"${refusal}"`));

/** @param entry below frontend */
async function bundled(entry: string, format: "esm" | "iife") {
  const { outputFiles } = await build({
    absWorkingDir: frontend,
    entryPoints: [entry],
    format,
    bundle: true,
    plugins: [sheets, texts],
    minify: true,
    target: "es2022",
    legalComments: "none",
    write: false,
  });
  return outputFiles[0].text;
}

const kilobytes = (text: string) =>
  `${(Buffer.byteLength(text) / 1000).toFixed(1)} kB, ${(gzipSync(text).length / 1000).toFixed(1)} kB gzip`;

function committed(file: string) {
  try {
    return readFileSync(join(root, file), "utf8").replaceAll("\r\n", "\n");
  } catch {
    return null;
  }
}

const { version } = JSON.parse(readFileSync(join(frontend, "package.json"), "utf8"));
const hash = sourceHash();
const banner = `/* deconvviz ${version} sources sha256:${hash} */\n`;
const checking = process.argv.includes("--check");

const built = {
  // anywidget imports this one
  "deconvviz/static/deconvviz.mjs": await bundled("src/hosts/widget.ts", "esm"),
  // a classic script, since browsers block module scripts on file://
  "deconvviz/static/deconvviz.js": await bundled("src/hosts/element.ts", "iife"),
};

for (const [file, body] of Object.entries(built)) {
  const text = banner + body;
  if (!checking) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  } else if (committed(file) !== text) {
    console.error(
      `${file} is not what frontend/src builds: run "make bundle" and commit the result`,
    );
    process.exitCode = 1;
    continue;
  }
  console.log(`${file}: ${kilobytes(text)}`);
}
