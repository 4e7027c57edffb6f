/** The page's own address, which can carry the state in its query. */

import { addressOf } from "../parts/share/embed.ts";
import { read } from "../words/read.ts";
import type { State } from "../words/table.ts";

/** Safari allows a page 100 changes of its address in 30 seconds. */
const PAUSE = 350;

/** The state that the page's address asks for. */
export const asked = (): Partial<State> => read(new URLSearchParams(location.search));

/** Keeps the page's address up to date, a few times a second at most. */
export class Address {
  base: Partial<State>;
  timer: number;
  state: State | undefined;

  /** @param base what needs no saying on this page */
  constructor(base: Partial<State>) {
    this.base = base;
    this.timer = 0;
  }

  keep(state: State) {
    this.state = { ...state };
    this.timer ||= window.setTimeout(() => this.#write(), PAUSE);
  }

  stop() {
    window.clearTimeout(this.timer);
    this.timer = 0;
  }

  #write() {
    this.timer = 0;
    if (this.state) history.replaceState(history.state, "", addressOf(this.state, this.base));
  }
}
