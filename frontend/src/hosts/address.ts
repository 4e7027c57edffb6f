/** The page's own address, which can carry the state in its query. */

import type { Ref } from "../core/ref.ts";
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
  state:
    | {
        input_size: any;
        kernel_size: any;
        stride: any;
        padding: any;
        output_padding: any;
        dilation: any;
        input: any;
        weight: any;
        bias: number | null;
        groups: any;
        out_channel: any;
        view: string;
        step: number;
        playing: boolean;
        speed: number;
        selection: Ref | null;
        lang: string;
        theme: string;
        controls: string;
        keys: string;
        autoplay: boolean;
        loop: boolean;
        title: string;
        predict: boolean;
        exercise: string;
        present: boolean;
        beside: string;
      }
    | undefined;

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
