/** Where the reader is: the step, the time that moves it on, and a mode that may take it over. */

import type { Mode } from "../parts/part.ts";
import type { State } from "../words/table.ts";
import { Clock } from "./clock.ts";
import type { Store } from "./store.ts";

export class Session {
  /** a prediction or an exercise that is under way */
  mode: Mode | null;
  /** the step at which playing ends */
  until: number;
  clock: Clock;
  store: Store;
  choose: (patch: Partial<State>) => void;

  constructor(store: Store, choose: (patch: Partial<State>) => void) {
    this.mode = null;
    this.until = 0;
    this.clock = new Clock(() => this.#tick());
    this.store = store;
    this.choose = choose;
  }

  /** From the last step it plays all again; a mode that asks first lets no time pass. */
  play() {
    if (this.mode?.move?.(1)) return this.pause();
    const { state, trace } = this.store;
    this.choose({ playing: true, step: state.step >= trace.length - 1 ? 0 : state.step });
  }

  pause() {
    if (this.store.state.playing) this.choose({ playing: false });
  }

  toggle() {
    this.store.state.playing ? this.pause() : this.play();
  }

  seek(step: number) {
    if (this.mode?.asks) return;
    this.choose({ step: this.store.inside(step), playing: false });
  }

  move(by: number) {
    if (this.mode?.move?.(by)) return;
    this.seek(this.store.state.step + by);
  }

  /**
   * Let the clock go, stop it or change its pace, as these words say.
   * @param led by the clock of another player
   */
  heed(taken: Partial<State>, led: boolean = false) {
    const { playing, speed } = this.store.state;
    const { running } = this.clock;
    // the clock of the one that leads is enough for both
    if (!playing || (led && "step" in taken)) return this.clock.stop();
    const begins = "playing" in taken && !led;
    if (begins && !running) this.until = this.#end();
    if (begins || ("speed" in taken && running)) this.clock.start(speed);
  }

  /** The end of the phase; with `autoplay`, of all. */
  #end() {
    const { state, trace } = this.store;
    const last = trace.length - 1;
    return state.autoplay ? last : trace.phase(Math.min(state.step + 1, last)).stop - 1;
  }

  #tick() {
    if (this.mode?.asks) return this.pause();
    const { state, trace } = this.store;
    const last = trace.length - 1;
    const next = state.step + 1;
    if (next > last) return state.loop ? this.choose({ step: 0 }) : this.pause();
    const ends = next >= this.until && !state.loop;
    this.choose(ends ? { step: next, playing: false } : { step: next });
  }
}
