/** Time: one tick a step, slower where the reader asks for less motion. */

const INTERVAL = 900;
const CALM = 1000;

export class Clock {
  tick: () => void;
  timer: number;

  constructor(tick: () => void) {
    this.tick = tick;
    this.timer = 0;
  }

  get running() {
    return this.timer !== 0;
  }

  /** @param speed steps are this many times faster */
  start(speed: number) {
    this.stop();
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches ? CALM : 0;
    this.timer = window.setInterval(this.tick, Math.max(INTERVAL / speed, calm));
  }

  stop() {
    window.clearInterval(this.timer);
    this.timer = 0;
  }
}
