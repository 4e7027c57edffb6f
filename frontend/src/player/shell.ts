/** The parts of a player, in the order in which they stand. */

import { make } from "../parts/dom.ts";
import { exercise } from "../parts/exercise/exercise.ts";
import { head } from "../parts/head/head.ts";
import { help } from "../parts/help/help.ts";
import { screen } from "../parts/help/screen.ts";
import { parameters } from "../parts/parameters/parameters.ts";
import type { Part, Player } from "../parts/part.ts";
import { predict } from "../parts/predict/predict.ts";
import { share } from "../parts/share/share.ts";
import { stages } from "../parts/stage/stages.ts";
import { story } from "../parts/story/story.ts";
import { table } from "../parts/table/table.ts";
import { transport } from "../parts/transport/transport.ts";

/** Every part: a function of the player that returns its element and how to update it. */
const PARTS = [
  head,
  stages,
  predict,
  exercise,
  story,
  transport,
  parameters,
  table,
  share,
  screen,
  help,
];

export function shell(player: Player): { element: HTMLElement; parts: Part[] } {
  const parts = PARTS.map((part) => part(player));
  const buttons = parts.flatMap((part) => part.buttons ?? []);
  const elements = parts.flatMap(({ element }) => element ?? []);
  if (buttons.length) elements.push(make("div", { class: "foot" }, ...buttons));
  elements.push(...parts.flatMap((part) => part.tray ?? []));
  const properties = {
    class: "player",
    role: "group",
    "aria-roledescription": player.words.ui.player,
  };
  return { element: make("div", properties, ...elements), parts };
}
