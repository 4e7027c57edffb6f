import assert from "node:assert/strict";
import type { Panel } from "../src/scene/scene.ts";

/** @returns the panel of a scene that has this name, and fails where none has */
export function panelOf({ panels }: { panels: Panel[] }, id: string): Panel {
  const found = panels.find((each) => each.id === id);
  assert.ok(found, id);
  return found;
}
