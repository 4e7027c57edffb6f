// Imports point only up the list of rooms, types included, and no file waits for itself.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { test } from "node:test";

const SRC = new URL("../src/", import.meta.url);
/** Each room imports only from itself and from those before it. */
const ROOMS = ["core", "words", "scene", "paint", "parts", "player", "hosts"];

const FILES = readdirSync(SRC, { recursive: true, encoding: "utf8" })
  .map((path) => path.replaceAll("\\", "/"))
  .filter((path) => path.endsWith(".ts") && !path.endsWith(".d.ts"));

/** The files that a text of a file imports, types included. */
function importsOf(path: string, text: string): string[] {
  const named = text.matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+\.ts)"/g);
  return [...named].map(([, target]) => posix.join(posix.dirname(path), target));
}

const IMPORTS = new Map(
  FILES.map((path) => [path, importsOf(path, readFileSync(new URL(path, SRC), "utf8"))]),
);

/** Where a file stands in the list: parts have a room each, which only the last opens to others. */
const floor = (path: string) => ROOMS.indexOf(path.split("/")[0]);

const pointsDown = (from: string, to: string) => floor(to) > floor(from);

/** A way from a file back to itself. */
function circle(start: string): string[] | null {
  const seen = new Set<string>();
  const walk = (path: string, way: string[]): string[] | null => {
    for (const next of IMPORTS.get(path) ?? []) {
      if (next === start) return [...way, next];
      if (seen.has(next)) continue;
      seen.add(next);
      const found = walk(next, [...way, next]);
      if (found) return found;
    }
    return null;
  };
  return walk(start, [start]);
}

test("every file lies in a room that the list knows", () => {
  assert.ok(FILES.length > 60);
  assert.deepEqual(
    FILES.filter((path) => floor(path) < 0),
    [],
  );
  for (const [path, targets] of IMPORTS)
    for (const target of targets) assert.ok(IMPORTS.has(target), `${path} imports ${target}`);
});

test("no import points down, types included", () => {
  const down = [...IMPORTS].flatMap(([path, targets]) =>
    targets.filter((target) => pointsDown(path, target)).map((target) => `${path} -> ${target}`),
  );
  assert.deepEqual(down, []);
});

test("no file waits for itself", () => {
  for (const path of FILES) assert.equal(circle(path), null);
});

test("an import that points down would be found, of a type, a value, or later", () => {
  for (const text of [
    'import type { Player } from "../player/player.ts";',
    'import {\n  Player,\n} from "../player/player.ts";',
    'const { Player } = await import("../player/player.ts");',
  ]) {
    const [target] = importsOf("core/geometry.ts", text);
    assert.equal(target, "player/player.ts");
    assert.ok(pointsDown("core/geometry.ts", target));
  }
});

test("no part takes the whole player", () => {
  const takes = (text: string) => /\bPlayer\b/.test(text);
  const parts = FILES.filter((path) => path.startsWith("parts/") && path !== "parts/part.ts");
  assert.ok(parts.length > 25);
  assert.deepEqual(
    parts.filter((path) => takes(readFileSync(new URL(path, SRC), "utf8"))),
    [],
  );
  assert.ok(takes('import type { Part, Player } from "../part.ts";'));
  assert.ok(!takes('import type { Only, Part } from "../part.ts";'));
});

test("no file says what the bundle leaves out of the texts", () => {
  const [, listed] =
    /UNSAID = (\[[^\]]+\])/.exec(readFileSync(new URL("../build.ts", import.meta.url), "utf8")) ??
    [];
  const unsaid: string[] = JSON.parse(listed);
  const texts = new URL("../../deconvviz/text/en.json", import.meta.url);
  const sections = Object.keys(JSON.parse(readFileSync(texts, "utf8")));
  assert.ok(unsaid.length && unsaid.every((section) => sections.includes(section)));
  const said = new RegExp(`\\b(?:words|words\\(.*\\))\\.(?:${unsaid.join("|")})\\b`);
  assert.match("words.page", said);
  for (const path of FILES)
    assert.doesNotMatch(readFileSync(new URL(path, SRC), "utf8"), said, path);
});
