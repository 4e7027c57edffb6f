/** The stepper of one place of the parameters: all axes, one axis, or one side of one. */

import { fill } from "../../core/text.ts";
import { followed } from "../../words/kernels.ts";
import type { Place } from "../../words/ranges.ts";
import { at, base, entries, LEAST, moved, possible, put, range } from "../../words/ranges.ts";
import { perAxis } from "../../words/read.ts";
import type { State } from "../../words/table.ts";
import { anew } from "../dom.ts";
import type { Now, Only } from "../part.ts";
import { stepper } from "./stepper.ts";

export type Field = { element: HTMLElement; update: (now: Now) => void };

export function field(
  player: Only<"choose" | "good" | "state" | "words">,
  place: Place,
  label: string,
  name: string = label,
): Field {
  const words = player.words.parameters;
  const ndim = () => player.good.kernel_size.length;
  const typed = (text: string) => {
    const value = perAxis(text);
    const whole = place.axis === undefined && (Array.isArray(value) || typeof value !== "number");
    change(player, whole ? { [place.name]: value } : put(from(), place, value, ndim()));
  };
  const from = () => base(player.state, player.good, place.name);
  const by = (step: number) => change(player, moved(from(), place, step, ndim()));
  const { element, show } = stepper({ label, name, words: player.words.ui, typed, by });
  const legal = anew((good: State) => rangeText(good, place, words));
  return {
    element,
    update({ state, good, fault }) {
      const text = written(state, place, ndim());
      show(text, fault !== null && text !== written(good, place, ndim()), legal(good));
    },
  };
}

/** The reader's choice of parameters; data with a name follow a new size. */
export function change(player: Only<"choose" | "good" | "state">, patch: Partial<State>) {
  const next = { ...player.state, ...patch };
  const data = possible(next) ? followed(player.good, next) : {};
  player.choose({ ...patch, ...data, playing: false });
}

function rangeText(good: State, place: Place, words: any) {
  const found = range(good, place);
  if (!found) return "";
  const { least, most } = found;
  if (place.axis !== undefined && most === Infinity && least === LEAST[place.name]) return "";
  return fill(most === Infinity ? words.from : most === least ? words.only : words.between, {
    least,
    most,
  });
}

/** As a reader would type it: one number, or one per axis. */
function written(state: State, place: Place, ndim: number) {
  const value = (state as any)[place.name];
  const alike = at(state, place, ndim);
  const fits = !Array.isArray(value) || value.length === ndim || value.length === 1;
  if (place.axis !== undefined || (alike !== undefined && fits)) return String(alike ?? "");
  return entries(state, place.name, ndim).map(sides).join(",");
}

const sides = (entry: any) =>
  Array.isArray(entry) && entry[0] !== entry[1] ? entry.join(":") : String([entry].flat()[0]);
