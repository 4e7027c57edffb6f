/**
 * What few readers need at once: axes, channels and groups, bias, one number per axis, own data.
 */

import { fill, number } from "../../core/text.ts";
import { Axes } from "../../words/dimensions.ts";
import { wholeIn } from "../../words/numbers.ts";
import { channelsOf, withChannels } from "../../words/owndata.ts";
import { groupOf } from "../../words/state.ts";
import type { State } from "../../words/table.ts";
import { make, opener, write } from "../dom.ts";
import type { Only } from "../part.ts";
import type { Field } from "./fields.ts";
import { perAxisTable } from "./peraxis.ts";
import { stepper } from "./stepper.ts";

/** Channels that a reader can follow. */
const MOST_CHANNELS = 4;

export function more(
  player: Only<"choose" | "good" | "render" | "state" | "words">,
  data: { element: HTMLElement },
): Field {
  const words = player.words.parameters;
  const [axes, channels, groups, shown] = [
    dimensions(player),
    channelField(player),
    groupField(player),
    shownField(player),
  ];
  const [bias, table] = [biasField(player), perAxisTable(player)];
  const split = opener(words.per_axis, table.element, {}, () => player.render());
  const group = make("p", { class: "note" });
  return {
    element: make(
      "div",
      { class: "more" },
      make(
        "div",
        { class: "fields" },
        axes.element,
        channels.element,
        groups.element,
        shown.element,
        bias.element,
        split,
      ),
      channels.reason,
      group,
      table.element,
      data.element,
    ),
    update(now) {
      const texts = now.good.view === "direct" ? words.group_direct : words.group;
      group.textContent = grouped(now.good, texts);
      bias.element.hidden = now.good.view === "direct";
      for (const { update } of [axes, channels, groups, shown, bias]) update(now);
      if (!table.element.hidden) table.update(now);
    },
  };
}

/** One, two or three axes. */
function dimensions(player: Only<"choose" | "good" | "words">): Field {
  const words = player.words.parameters;
  const memory = new Axes();
  const buttons = words.ndim.map((label: string, at: number) =>
    make("button", { type: "button", onclick: () => choose(at + 1) }, label),
  );
  const choose = (ndim: number) => {
    if (ndim !== player.good.kernel_size.length)
      player.choose({ ...memory.switched(player.good, ndim), playing: false });
  };
  return {
    element: make(
      "div",
      { class: "parameter" },
      make("span", {}, words.dimensions),
      make("div", { class: "views", role: "group", "aria-label": words.dimensions }, ...buttons),
    ),
    update: ({ good }) =>
      buttons.forEach((button: HTMLElement, at: number) =>
        button.setAttribute("aria-pressed", String(at + 1 === good.kernel_size.length)),
      ),
  };
}

/** Input channels of all groups: those of one group stamp in turn, all onto one canvas. */
function channelField(
  player: Only<"choose" | "good" | "render" | "words">,
): Field & { reason: HTMLElement } {
  const words = player.words.parameters;
  const reason = make("p", { class: "reason", role: "alert" });
  const most = () => Math.max(MOST_CHANNELS, channelsOf(player.good));
  let tried = "";
  /** the possible choice that was on show at the attempt */
  let at: unknown = null;
  const choose = (channels: unknown) => {
    const legal =
      typeof channels === "number" &&
      Number.isInteger(channels) &&
      channels >= 1 &&
      channels <= most();
    [tried, at] = legal ? ["", null] : [String(channels), player.good];
    if (legal) player.choose({ ...withChannels(player.good, channels), playing: false });
    else player.render();
  };
  const { element, show } = stepper({
    label: words.channels,
    words: player.words.ui,
    typed: (text) => choose(wholeIn(text)),
    by: (step) => choose(channelsOf(player.good) + step * player.good.groups),
  });
  return {
    element,
    reason,
    update({ good }) {
      if (at !== good) tried = "";
      show(
        tried || String(channelsOf(good)),
        tried !== "",
        fill(words.between, { least: 1, most: most() }),
      );
      write(
        reason,
        tried && fill(words.channels_range, { name: words.channels, value: tried, most: most() }),
      );
    },
  };
}

/** Into how many groups the channels fall: a divisor of their number. */
function groupField(player: Only<"choose" | "good" | "words">): Field {
  const words = player.words.parameters;
  const choose = (groups: unknown) =>
    player.choose({ groups, out_channel: 0, selection: null, playing: false });
  const by = (step: number) => {
    const legal = divisors(channelsOf(player.good));
    choose(legal[legal.indexOf(player.good.groups) + step] ?? player.good.groups + step);
  };
  const { element, show } = stepper({
    label: words.groups,
    words: player.words.ui,
    typed: (text) => choose(wholeIn(text)),
    by,
  });
  return {
    element,
    update: ({ state, good }) =>
      show(
        String(state.groups),
        state.groups !== good.groups,
        divisors(channelsOf(good)).join(", "),
      ),
  };
}

/** Which output channel is shown: here every group has one. */
function shownField(player: Only<"choose" | "good" | "words">): Field {
  const words = player.words.parameters;
  const choose = (out_channel: unknown) =>
    player.choose({ out_channel, selection: null, playing: false });
  const by = (step: number) => choose(player.good.out_channel + step);
  const { element, show } = stepper({
    label: words.out_channel,
    words: player.words.ui,
    typed: (text) => choose(wholeIn(text)),
    by,
  });
  return {
    element,
    update({ state, good }) {
      element.hidden = good.groups === 1;
      const legal = fill(words.between, { least: 0, most: good.groups - 1 });
      show(String(state.out_channel), state.out_channel !== good.out_channel, legal);
    },
  };
}

const divisors = (count: number) =>
  Array.from({ length: count }, (_, at) => at + 1).filter((part) => count % part === 0);

/** What the output shown sees of the input, and the weight's shape. */
export function grouped(good: State, words: any) {
  const all = channelsOf(good);
  const { first, channels } = groupOf(good, all);
  const kernel = good.kernel_size.join(", ");
  const text =
    all === 1
      ? words.one
      : good.groups === 1
        ? words.all
        : channels === 1
          ? words.single
          : words.some;
  return fill(text, {
    all,
    channels,
    kernel,
    groups: good.groups,
    shown: good.out_channel,
    first,
    last: first + channels - 1,
  });
}

function biasField(player: Only<"choose" | "state" | "words">): Field {
  const words = player.words.parameters;
  const choose = (bias: any) => player.choose({ bias, playing: false });
  const typed = (text: string) => {
    const plain = text.trim().replace("−", "-");
    choose(
      plain === "" || plain === words.none
        ? null
        : Number.isFinite(Number(plain))
          ? Number(plain)
          : text,
    );
  };
  const by = (step: number) => choose(Number(player.state.bias ?? 0) + step || null);
  const { element, show } = stepper({
    label: words.bias,
    words: player.words.ui,
    typed,
    by,
    empty: words.none,
  });
  return {
    element,
    update({ state, good, fault }) {
      const text = typeof state.bias === "number" ? number(state.bias) : (state.bias ?? "");
      show(text, fault !== null && state.bias !== good.bias, "");
    },
  };
}
