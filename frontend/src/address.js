/** The page's own address, which can carry the state in its query. @module */
import { addressOf } from "./embed.js";
import { read } from "./words/read.js";

/** @typedef {import("./words/table.js").State} State */

/** Safari allows a page 100 changes of its address in 30 seconds. */
const PAUSE = 350;

/** The state that the page's address asks for. @returns {Partial<State>} */
export const asked = () => read(new URLSearchParams(location.search));

/** Keeps the page's address up to date, a few times a second at most. */
export class Address {
  /** @param {Partial<State>} base what needs no saying on this page */
  constructor(base) {
    this.base = base;
    this.timer = 0;
  }

  /** @param {State} state */
  keep(state) {
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
