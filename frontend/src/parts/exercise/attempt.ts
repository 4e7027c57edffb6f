/** An attempt at a task: the reader places one move after the other, and is told at once. Pure. */

import type { Words } from "../../core/text.ts";
import { fill } from "../../core/text.ts";
import type { Trace } from "../../core/trace.ts";
import type { Panel } from "../../scene/scene.ts";
import type { Move, Task } from "../../scene/tasks.ts";
import { moveAt, TASKS } from "../../scene/tasks.ts";

/** What has happened so far. */
export interface Attempt {
  name: string;
  trace: Trace;
  turn: number;
  task: Task;
  done: ReadonlySet<Move>;
  missed: ReadonlySet<Move>;
  said: string;
  verdict: "" | "right" | "wrong";
}

export const begin = (name: string, trace: Trace, turn: number, words: Words): Attempt => ({
  name,
  trace,
  turn,
  task: TASKS[name](trace, turn, words),
  done: new Set(),
  missed: new Set(),
  said: "",
  verdict: "",
});

/** The move that is asked for; null when all are done. */
export const nextOf = ({ task, done }: Attempt) =>
  task.moves.find((move) => !done.has(move)) ?? null;

/**
 * The reader puts the next thing, or one of a kind, into a cell.
 * @param at in raster order
 */
export function place(
  attempt: Attempt,
  { panel, at, kind }: { panel: Panel; at: number; kind: string },
  texts: any,
): Attempt {
  const { task, done } = attempt;
  const wanted = nextOf(attempt);
  if (!wanted || !task.moves.some((move) => move.panel === panel.id || panel.id === "folded"))
    return attempt;
  const move = moveAt(task, panel.id, at);
  if (move && done.has(move)) return say(attempt, move.because);
  const byKind = task.choices.length > 0;
  if (move && (byKind ? move.kind === kind : move === wanted))
    return settle(attempt, move, texts.right, texts);
  const not =
    byKind && move
      ? `${fill(texts.not, { kind: texts.kind[kind] })} ${move.because}`
      : task.wrong(panel, at);
  return say(miss(attempt, byKind && move ? move : wanted), `${not} ${texts.retry}`, "wrong");
}

export const hint = (attempt: Attempt) => say(attempt, nextOf(attempt)?.hint ?? "");

/** The next move is made for the reader. */
export function reveal(attempt: Attempt, texts: any): Attempt {
  const move = nextOf(attempt);
  if (!move) return attempt;
  const lead = fill(texts.shown, { name: texts.kind[move.name] ?? move.name });
  return settle(miss(attempt, move), move, lead, texts);
}

function settle(attempt: Attempt, move: Move, lead: string, texts: any): Attempt {
  const { moves } = attempt.task;
  const done = new Set(attempt.done).add(move);
  const first = moves.length - attempt.missed.size;
  const end =
    done.size === moves.length ? ` ${fill(texts.done, { moves: moves.length, first })}` : "";
  return say({ ...attempt, done }, `${lead} ${move.because}${end}`, "right");
}

const miss = (attempt: Attempt, move: Move): Attempt => ({
  ...attempt,
  missed: new Set(attempt.missed).add(move),
});

const say = (attempt: Attempt, said: string, verdict: Attempt["verdict"] = ""): Attempt => ({
  ...attempt,
  said,
  verdict,
});
