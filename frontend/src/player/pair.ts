/**
 * Players of a page that their author joined by a name: what the reader does in one, the others do
 * too. Each stays whole by itself. Only the one that the reader touched leads, so nothing goes round.
 * Where a kernel runs, it joins widgets.
 */

import { cellIn, counterpart } from "../core/counterpart.ts";
import type { Ref } from "../core/ref.ts";
import type { Trace } from "../core/trace.ts";
import { crosses, sizesIn } from "../words/crossing.ts";
import { possible } from "../words/ranges.ts";
import { differing } from "../words/state.ts";
import type { State } from "../words/table.ts";
import { DATA, PARAMETERS, SHAPING } from "../words/table.ts";

export interface Member {
  readonly trace: Trace;
  readonly state: State;
  readonly good: State;
  readonly known: State;
  /** as its author made it */
  readonly base: State;
  /** whether its author's question waits for an answer */
  readonly asks: boolean;
  follow: (patch: Partial<State>) => void;
  render: () => void;
  light: (ref: Ref | null) => void;
}

const members: Set<Member> = new Set();
let leads = false;

/**
 * A new player joins those of its name, where they are by now.
 * @returns what lets it leave
 */
export function join(member: Member): () => void {
  for (const other of partners(member)) {
    const moved = differing(other.known, other.base);
    delete moved.playing;
    if (Object.keys(moved).length) return joined(member, () => bring(other, moved, member));
  }
  return joined(member, () => {});
}

function joined(member: Member, first: () => void) {
  alone(first);
  members.add(member);
  if (member.asks) renderOthers(member);
  else if (waits(member)) member.render();
  return () => {
    members.delete(member);
    if (member.asks) renderOthers(member);
  };
}

/** Its question is put, answered or gone: what the others show would tell. */
export function renderOthers(member: Member) {
  for (const other of partners(member)) if (!other.state.ask) other.render();
}

/** Whether a player must not tell what another of its name asks. */
export const waits = (member: Member) =>
  members.has(member) && !member.state.ask && partners(member).some(({ asks }) => asks);

/** The reader changed a player. */
export const lead = (member: Member, news: Partial<State>) =>
  alone(() => {
    if (!members.has(member)) return;
    for (const other of partners(member)) bring(member, news, other);
  });

/** The reader points at a cell of a player. */
export const light = (member: Member, ref: Ref | null) =>
  alone(() => {
    if (!members.has(member)) return;
    for (const other of partners(member)) other.light(refIn(member.trace, ref, other.trace));
  });

const partners = (member: Member) =>
  [...members].filter(
    (other) => other !== member && member.state.pair && other.state.pair === member.state.pair,
  );

function alone(act: () => void) {
  if (leads) return;
  leads = true;
  try {
    act();
  } finally {
    leads = false;
  }
}

function bring(member: Member, news: Partial<State>, other: Member) {
  const shape = shapeFor(member, news, other);
  if (Object.keys(shape).length) other.follow(shape);
  const place = placeFor(member, news, other);
  if (Object.keys(place).length) other.follow(place);
}

/** Of what shapes the computation all but that in which the author made the two differ. */
export function shapeFor(
  { good, base }: Member,
  news: Partial<State>,
  other: Pick<Member, "base" | "good">,
): Partial<State> {
  const meant = differing(base, other.base);
  // a direct convolution reads the map that the layer writes: its sizes are not the other's
  if ("view" in meant && crosses(good.view, base.view)) return {};
  const axes = good.kernel_size.length === other.good.kernel_size.length;
  const names = Object.keys(news).filter(
    (name) =>
      SHAPING.includes(name) &&
      !(name in meant) &&
      (axes || ![...PARAMETERS, ...DATA].includes(name)),
  );
  const shape = {
    ...Object.fromEntries(names.map((name) => [name, news[name as keyof State]])),
    ...(axes &&
      transposes(base, other.base) &&
      differing(sizesIn(good, other.good.view), other.good)),
  };
  return possible({ ...other.good, ...shape }) ? shape : {};
}

/** Whether one player is of the layer that transposes what the other is of, so that their sizes go together. */
const transposes = (one: State, other: State) =>
  crosses(one.view, other.view) && !Object.keys(differing(sizesIn(one, other.view), other)).length;

/** Where the reader is, in the words of another player. */
function placeFor({ trace, state }: Member, news: Partial<State>, other: Member): Partial<State> {
  const moves = "step" in news || Object.keys(news).some((name) => SHAPING.includes(name));
  return {
    ...("speed" in news && { speed: news.speed }),
    ...("selection" in news && { selection: refIn(trace, state.selection, other.trace) }),
    ...(moves && { step: counterpart(trace, state.step, other.trace) }),
    ...("playing" in news && { playing: news.playing }),
  };
}

const refIn = (from: Trace, ref: Ref | null, to: Trace): Ref | null =>
  ref && from.geometry.ndim === to.geometry.ndim ? cellIn(from, ref, to) : null;
