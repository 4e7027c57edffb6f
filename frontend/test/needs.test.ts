// Which Node the tests ask for, and what an older one is told.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";

/** What the check says where Node has another version. */
function told(version: string) {
  const pretend = `Object.defineProperty(process.versions, "node", { value: "${version}" }); require("./needs.cjs")`;
  const { status, stderr } = spawnSync(process.execPath, ["-e", pretend], {
    cwd: new URL("..", import.meta.url),
    encoding: "utf8",
  });
  return { status, said: stderr.trim() };
}

test("an older Node is told in one sentence which one it takes", () => {
  for (const version of ["18.20.0", "20.20.2", "22.17.1"])
    assert.deepEqual(told(version), {
      status: 1,
      said: `The tests need Node 22.18 or newer; this is Node ${version}.`,
    });
});

test("Node 22.18 and newer pass", () => {
  for (const version of ["22.18.0", "22.19.0", "24.0.0", "100.1.2"])
    assert.deepEqual(told(version), { status: 0, said: "" });
});
