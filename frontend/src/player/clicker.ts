/** keys="fragments": in a deck the clicker steps the player first, then turns the slide. */
import type { Only } from "../parts/part.ts";

/** What clickers send, and the keys that turn slides. */
const BY: Record<string, number> = {
  PageDown: 1,
  ArrowRight: 1,
  " ": 1,
  PageUp: -1,
  ArrowLeft: -1,
};

/**
 * Hear the keys of the whole page, before the deck does.
 * @returns what stops it
 */
export function clicker(player: Only<"mode" | "move" | "root" | "state" | "trace">): () => void {
  const heard = (event: KeyboardEvent) => {
    const by = player.state.keys === "fragments" && !altered(event) ? BY[event.key] : 0;
    if (!by || !onShow(player.root.host) || elsewhere(event, player.root.host)) return;
    const step = player.state.step + by;
    const asks = Boolean(player.mode?.asks);
    if (asks ? by < 0 : step < 0 || step >= player.trace.length) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    player.move(by);
  };
  window.addEventListener("keydown", heard, true);
  return () => window.removeEventListener("keydown", heard, true);
}

const altered = ({ ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent) =>
  ctrlKey || metaKey || altKey || shiftKey;

/** Other slides are hidden, or told to screen readers as hidden. */
const onShow = (host: Element) =>
  host.checkVisibility({ visibilityProperty: true }) &&
  !host.closest("[aria-hidden=true], [hidden], [inert]");

/** Keys that a field, another player or this one itself will take. */
function elsewhere(event: KeyboardEvent, host: Element) {
  const path = event.composedPath();
  if (path.includes(host)) return !event.key.startsWith("Page");
  return path.some(
    (target) =>
      target instanceof Element &&
      target.matches("input, textarea, select, deconv-viz, [contenteditable]"),
  );
}
