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

type Maker = (player: Player) => Part;

/** Every part: a function of the player that returns its element and how to update it. */
const FIRST: Maker[] = [head, stages, predict, exercise, story, transport];
/** What waits below the first screen of a lecture. */
const REST: Maker[] = [parameters, table, share, screen, help];

const elementsOf = (parts: Part[]) => parts.flatMap(({ element }) => element ?? []);

export function shell(player: Player): {
  element: HTMLElement;
  parts: Part[];
  /** take out what waits for the author's question, or put it back */
  hold: (asks: boolean) => void;
} {
  const [upper, lower] = [FIRST, REST].map((some) => some.map((part) => part(player)));
  const parts = [...upper, ...lower];
  const buttons = parts.flatMap((part) => part.buttons ?? []);
  const above = elementsOf(upper);
  const first = make("div", { class: "first-screen" }, ...above);
  const elements: HTMLElement[] = [first, ...elementsOf(lower)];
  if (buttons.length) elements.push(make("div", { class: "foot" }, ...buttons));
  elements.push(...parts.flatMap((part) => part.tray ?? []));
  const properties = {
    class: "player",
    role: "group",
    "aria-roledescription": player.words.ui.player,
  };
  const element = make("div", properties, ...elements);
  const stays = new Set([first, ...parts.flatMap((part) => (part.asks ? part.element : null))]);
  const hold = (asks: boolean) => {
    const goes = (child: HTMLElement) => asks && !stays.has(child);
    within(first, above, goes);
    within(element, elements, goes);
  };
  return { element, parts, hold };
}

/** Take some children out, and put the others back to where they were. */
function within(parent: HTMLElement, all: HTMLElement[], goes: (child: HTMLElement) => boolean) {
  all.reduceRight((after: Node | null, child) => {
    if (goes(child)) child.remove();
    else if (!child.parentNode) parent.insertBefore(child, after);
    return child.parentNode ? child : after;
  }, null);
}
