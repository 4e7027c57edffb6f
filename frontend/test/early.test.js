// A key that is heard later must be held before: the two lists stand in two scripts.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { HELD } from "../src/early.js";
import { KEYS } from "../src/keys.js";

test("what the player answers to is held until it can", () => {
  const names = Object.keys(KEYS).map((name) => name.replace("Shift+", ""));
  assert.deepEqual(names.filter((name) => !HELD.includes(name)), []);
});

test("so is what its parts answer to", () => {
  const parts = ["help", "screen", "predict", "exercise", "share", "table"];
  const sources = parts.map((name) => readFileSync(new URL(`../src/${name}.js`, import.meta.url), "utf8")).join("");
  const keys = [...sources.matchAll(/keys: (?:may \? )?\{ "?(.)"?: /g)].map(([, key]) => key);
  assert.deepEqual(keys.sort(), ["?", "f"]);
  assert.deepEqual(keys.filter((key) => !HELD.includes(key)), []);
});
