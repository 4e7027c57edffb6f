/** Why is this cell what it is: its products, each with its numbers, as chips. */

import { isIn, ravel, volume } from "../../core/grid.ts";
import type { Ref } from "../../core/ref.ts";
import { cell } from "../../core/sentences.ts";
import type { Words } from "../../core/text.ts";
import { fill, number } from "../../core/text.ts";
import type { Trace } from "../../core/trace.ts";
import type { Product } from "../../scene/links.ts";
import { productsOf } from "../../scene/links.ts";
import { make } from "../dom.ts";

/** A line to be put in place: its head, its terms, and what stands for those that find no room. */
export type Line = {
  head: HTMLElement;
  terms: HTMLElement[];
  more: HTMLButtonElement;
  count: number;
};

const CLOSED = 12;
const OPEN = 240;
const THINGS = { x: "input", w: "kernel", y: "output" };

/** @param how products from stamp `done` on are not made yet */
export function why(
  trace: Trace,
  ref: Ref,
  {
    done,
    open,
    words,
    spot,
    toggle,
  }: {
    done: number;
    open: boolean;
    words: Words;
    spot: (product: Product | null) => void;
    toggle: () => void;
  },
): Line {
  const products = productsOf(trace, ref);
  const inside = ref.kind === "y" && isIn(ref.index, trace.outputSize);
  const bias = inside ? trace.bias : null;
  const chips: HTMLElement[] = products
    .slice(0, open ? OPEN : CLOSED)
    .map((product) => chip(trace, ref, product, product.at < done, spot));
  if (bias !== null)
    chips.push(make("span", { class: "bias" }, fill(words.why.bias, { value: number(bias) })));
  if (!chips.length) chips.push(make("span", {}, words.why.nothing));
  const joint = ref.kind === "y" ? "+" : "";
  return {
    head: make(
      "strong",
      { class: THINGS[ref.kind] },
      headline(trace, ref, products, { inside, done, words }),
    ),
    terms: chips.map((part, at) =>
      make("span", { class: "term" }, ...(at && joint ? [joint] : []), part),
    ),
    more: make(
      "button",
      { type: "button", class: "more", "aria-expanded": String(open), onclick: toggle },
      words.why.fewer,
    ),
    count: products.length + (bias !== null ? 1 : 0),
  };
}

/** The line as it is said aloud. */
export const spoken = ({ head, terms }: Line) =>
  `${head.textContent} ${terms.map(({ lastElementChild: part }) => said(part)).join("; ")}`;

const said = (part: Element | null) =>
  [...(part?.children ?? [])].map(({ textContent }) => textContent).join(": ") || part?.textContent;

/** Take away terms until the line fits its place, and say how many. */
export function fit(place: HTMLElement, { terms, more, count }: Line, words: Words) {
  let shown = terms.length;
  const say = () => {
    more.hidden = shown >= count;
    more.textContent = fill(words.why.more, { count: count - shown });
  };
  say();
  while (shown > 1 && place.scrollHeight > place.clientHeight + 1) {
    shown -= 1;
    terms[shown].hidden = true;
    say();
  }
}

/** What the cell is. */
function headline(
  trace: Trace,
  ref: Ref,
  products: Product[],
  { inside, done, words: { why, channel } }: { inside: boolean; done: number; words: Words },
) {
  const names = { index: cell(ref.index.map((i) => number(i))), count: products.length };
  if (ref.kind === "y") {
    const total =
      products.reduce((sum, { x, w }) => sum + x * w, 0) + (inside ? (trace.bias ?? 0) : 0);
    const template = !inside
      ? why.dropped
      : products.some(({ at }) => at >= done)
        ? why.later
        : why.y;
    const equals = products.length || inside ? " =" : "";
    return (
      fill(template, { ...names, value: number(total) }) +
      byChannel(trace, products, {
        channel,
        bias: inside && trace.bias !== null ? fill(why.bias, { value: number(trace.bias) }) : "",
      }) +
      equals
    );
  }
  const [data, size] =
    ref.kind === "x" ? [trace.input, trace.inputSize] : [trace.weight, trace.geometry.kernel_size];
  const every = trace.channels > 1 ? ":, " : "";
  const values = Array.from({ length: trace.channels }, (_, at) =>
    number(data[at * volume(size) + ravel(ref.index, size)]),
  );
  const lost =
    ref.kind === "x" && !trace.direct
      ? trace.channels * volume(trace.geometry.kernel_size) - products.length
      : 0;
  const dropped = lost ? fill(why.lost, { lost }) : "";
  return fill(why[ref.kind], {
    ...names,
    index: every + names.index,
    value: values.join(", "),
    lost: dropped,
  });
}

/** The sum of every channel, where there are several. */
function byChannel(
  trace: Trace,
  products: Product[],
  { channel: template, bias }: { channel: string; bias: string },
) {
  if (trace.channels < 2) return "";
  const sums = Array.from({ length: trace.channels }, (_, channel) =>
    products.reduce(
      (sum, product) => (product.channel === channel ? sum + product.x * product.w : sum),
      0,
    ),
  );
  const parts = sums.map(
    (sum, channel) => `${number(sum)} (${fill(template, { channel }).replace(/, $/, "")})`,
  );
  return ` = ${[...parts, bias].filter(Boolean).join(" + ")}`;
}

/** One product: what it is made of, its numbers below. */
function chip(
  trace: Trace,
  ref: Ref,
  product: Product,
  made: boolean,
  spot: (product: Product | null) => void,
) {
  const { channel, source, tap, target, x, w } = product;
  const lead = trace.channels > 1 ? [channel] : [];
  const input = make("span", { class: "input" }, `x[${cell([...lead, ...source])}]`);
  const kernel = make("span", { class: "kernel" }, `w[${cell([...lead, ...tap])}]`);
  const output = make("span", { class: "output" }, `y[${cell(target)}]`);
  const names = { y: [input, "·", kernel], x: [kernel, " → ", output], w: [input, " → ", output] }[
    ref.kind
  ];
  const [enter, leave] = [() => spot(product), () => spot(null)];
  return make(
    "button",
    {
      type: "button",
      class: made ? "chip" : "chip later",
      onpointerenter: enter,
      onpointerleave: leave,
      onfocus: enter,
      onblur: leave,
      onclick: enter,
    },
    make("span", { class: "names" }, ...names),
    make("span", { class: "numbers" }, `${number(x)} · ${number(w)}`),
  );
}
