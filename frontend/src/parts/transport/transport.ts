/** The transport: play, first, back, forward, last, the scrubber over its phases, speed. */

import { fill } from "../../core/text.ts";
import type { Trace } from "../../core/trace.ts";
import { icon, make, write } from "../dom.ts";
import type { Only, Part } from "../part.ts";

const SPEEDS = [0.5, 1, 2, 4];

export function transport(
  player: Only<"choose" | "move" | "seek" | "state" | "toggle" | "words">,
): Part {
  const { ui } = player.words;
  const play = make("button", { class: "play", type: "button", onclick: () => player.toggle() });
  const scrubber = make("input", {
    type: "range",
    min: 0,
    "aria-label": ui.scrub,
    oninput: () => player.seek(Number(scrubber.value)),
  });
  const bar = make("div", { class: "bar", "aria-hidden": "true" });
  const [phase, step] = [make("span"), make("span")];
  const speed = make("button", {
    class: "speed",
    type: "button",
    onclick: () => player.choose({ speed: faster(player.state.speed) }),
  });
  const jump = (name: "first" | "back" | "forward" | "last", onclick: () => void) =>
    make(
      "button",
      { type: "button", class: `jump ${name}`, "aria-label": ui[name], title: ui[name], onclick },
      icon(name),
    );
  const buttons = [
    play,
    jump("first", () => player.seek(0)),
    jump("back", () => player.move(-1)),
    jump("forward", () => player.move(1)),
    jump("last", () => player.seek(Infinity)),
  ];
  return {
    element: make(
      "div",
      { class: "transport" },
      make("div", { class: "buttons" }, ...buttons),
      make("div", { class: "track" }, bar, scrubber),
      make("span", { class: "count" }, phase, " ", step),
      speed,
    ),
    update({ trace, state, sentence }) {
      const label = state.playing ? ui.pause : ui.play;
      if (play.textContent !== label)
        play.replaceChildren(icon(state.playing ? "pause" : "play"), label);
      scrubber.max = String(trace.length - 1);
      scrubber.value = String(state.step);
      write(phase, ui.phases[trace.phase(state.step).name]);
      write(step, fill(ui.step, { step: state.step + 1, steps: trace.length }));
      scrubber.setAttribute(
        "aria-valuetext",
        fill(ui.within, { phase: phase.textContent, sentence }),
      );
      speed.textContent = `${state.speed}×`;
      speed.setAttribute("aria-label", `${state.speed}× ${ui.speed}`);
      showPhases(bar, trace, state.step, ui.phases);
    },
  };
}

/**
 * One piece of the bar a phase, on the scale of the scrubber: the bar is filled up to its thumb.
 */
function showPhases(bar: HTMLElement, trace: Trace, step: number, names: any) {
  while (bar.children.length > trace.phases.length) bar.lastChild?.remove();
  while (bar.children.length < trace.phases.length) bar.append(make("span"));
  const last = trace.length - 1;
  trace.phases.forEach(({ name, start, stop }, at) => {
    const piece = bar.children[at] as HTMLElement;
    const [from, to] = [Math.max(0, start - 0.5), Math.min(last, stop - 0.5)];
    const done = Math.min(1, Math.max(0, (step - from) / (to - from)));
    const room = String(to - from);
    if (piece.title !== names[name]) piece.title = names[name];
    if (piece.style.flexGrow !== room) piece.style.flexGrow = room;
    const share = `${100 * done}%`;
    if (piece.style.getPropertyValue("--done") !== share) piece.style.setProperty("--done", share);
  });
}

const faster = (speed: number) => SPEEDS[(SPEEDS.indexOf(speed) + 1) % SPEEDS.length];
