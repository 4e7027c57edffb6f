/** The parts of a player, in the order in which they stand. @module */
import { make } from "./dom.js";
import { exercise } from "./exercise.js";
import { head } from "./head.js";
import { help } from "./help.js";
import { parameters } from "./parameters.js";
import { predict } from "./predict.js";
import { screen } from "./screen.js";
import { share } from "./share.js";
import { stages } from "./stages.js";
import { story } from "./story.js";
import { table } from "./table.js";
import { transport } from "./transport.js";

/**
 * What every part is shown at an update.
 * @typedef {object} Now
 * @property {import("./trace.js").Trace} trace
 * @property {import("./words/table.js").State} state what the reader asked for
 * @property {import("./words/table.js").State} good the last possible choice, which is what `trace` shows
 * @property {import("./errors.js").GeometryError | null} fault
 * @property {import("./text.js").Words} words
 * @property {import("./scene.js").Ref | null} pointed
 * @property {string} said what was just copied or saved
 * @property {string} title @property {string} sentence @property {"light" | "dark"} theme
 */
/**
 * A part brings its element, how to update it, and if it likes buttons for the foot and keys.
 * @typedef {object} Part
 * @property {HTMLElement | null} element @property {(now: Now) => void} update
 * @property {(now: Now) => void} [prepare] runs for every part before any is updated: sets the mode
 * @property {HTMLButtonElement[]} [buttons] @property {import("./keys.js").Keys} [keys]
 * @property {HTMLElement} [tray] what a button of the foot opens below it
 * @property {{ of: "inspection" | "screen", now: () => boolean }} [leave] what Escape leaves; false if there was nothing to leave
 */

/** Every part: a function of the player that returns its element and how to update it. */
const PARTS = [head, stages, predict, exercise, story, transport, parameters, table, share, screen, help];

/** @param {import("./player.js").Player} player @returns {{ element: HTMLElement, parts: Part[] }} */
export function shell(player) {
  const parts = PARTS.map((part) => part(player));
  const buttons = parts.flatMap((part) => part.buttons ?? []);
  const elements = parts.flatMap(({ element }) => element ?? []);
  if (buttons.length) elements.push(make("div", { class: "foot" }, ...buttons));
  elements.push(...parts.flatMap((part) => part.tray ?? []));
  const properties = { class: "player", role: "group", "aria-roledescription": player.words.ui.player };
  return { element: make("div", properties, ...elements), parts };
}
