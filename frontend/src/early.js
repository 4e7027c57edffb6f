/** Keys that come before those who know what they do. @module */

/** @typedef {import("./player.js").Player} Player */

/** What the player answers to; the parts that do come with the second script. */
export const HELD = [..." kf<>?", "ArrowLeft", "ArrowRight", "Home", "End"];

/** Whether a key is none of ours. @param {Player} player @param {KeyboardEvent} event */
export const foreign = ({ state }, { ctrlKey, metaKey, altKey }) => state.keys === "off" || ctrlKey || metaKey || altKey;

/** A text field keeps what is typed, a button its space bar: only the host must not hear of it. @param {KeyboardEvent} event @param {string} key */
export function native(event, key) {
  const target = /** @type {HTMLElement} */ (event.composedPath()[0]);
  if (target.matches("input:not([type=range]), textarea, select")) return true;
  return key === " " && target.matches("button");
}

/** Keep a key from the page, to press it once more later. @param {Player} player @param {KeyboardEvent} event @returns {(() => void) | null} */
export function held(player, event) {
  const { key, shiftKey } = event;
  const [target] = event.composedPath();
  if (foreign(player, event) || !HELD.includes(key) || native(event, key)) return null;
  event.preventDefault();
  event.stopPropagation();
  return () => target.dispatchEvent(new KeyboardEvent("keydown", { key, shiftKey, bubbles: true, composed: true }));
}
