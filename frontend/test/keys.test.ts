/** The help names every key that the player hears, and no other. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { words } from "../src/core/text.ts";
import { KEYS } from "../src/player/keys.ts";

/** Those of parts, which stand in the help, too; pressed in tests/browser. */
const OF_PARTS = ["Enter", "F", "Esc", "?"];

const cap = (key: string) =>
  key === " " ? "Space" : key.length === 1 ? key.toUpperCase() : key.replace(/Arrow(\w+)/, arrow);
const arrow = (_: string, side: string) => ({ Left: "←", Right: "→" })[side] ?? side;

test("the help lists the keys that are heard", () => {
  const listed = words("en").help.keys.flatMap(([keys]: [string]) => keys.split(" "));
  assert.deepEqual(listed.sort(), [...Object.keys(KEYS).map(cap), ...OF_PARTS].sort());
});
