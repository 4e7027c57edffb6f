/** One question: asked, then answered or skipped, and the tally. Free of who asks. Pure, no DOM. */

import { fill, number } from "../../core/text.ts";
import type { Question } from "../../scene/questions.ts";
import { guessOf, isRight } from "../../scene/questions.ts";

/** A question that was answered; `guess` is null where it was skipped, `text` as it was given. */
type Told = { question: Question; guess: readonly number[] | null; text: string };

export interface Asking {
  /** what waits for an answer */
  asked: Question | null;
  /** what was typed was no answer */
  refused: boolean;
  told: Told | null;
  /** of those before a step that were not skipped */
  tally: { seen: number; asked: number };
}

export const SILENT: Asking = {
  asked: null,
  refused: false,
  told: null,
  tally: { seen: 0, asked: 0 },
};

export const ask = (asking: Asking, question: Question): Asking => ({
  ...asking,
  asked: question,
  refused: false,
  told: null,
});

export const skip = (asking: Asking) => tell(asking, null, "");

/** A cell of y was chosen. */
export const pick = (asking: Asking, index: readonly number[]) =>
  asking.asked?.pick ? tell(asking, index, named(index)) : asking;

/** One of a few answers was chosen. */
export function choose(asking: Asking, at: number): Asking {
  const text = asking.asked?.choices?.[at];
  return text === undefined ? asking : tell(asking, [at], text);
}

/** Something was typed: numbers answer, all else is refused. */
export function enter(asking: Asking, text: string): Asking {
  if (!asking.asked || asking.asked.pick) return asking;
  const guess = guessOf(text);
  return guess.length ? tell(asking, guess, text.trim()) : { ...asking, refused: true };
}

/** A question goes, asked or told, where it no longer stands. */
export function keep(
  { asked, refused, told, tally }: Asking,
  stands: (question: Question, told: boolean) => boolean,
): Asking {
  const waits = asked !== null && stands(asked, false);
  return {
    asked: waits ? asked : null,
    refused: waits && refused,
    told: told && stands(told.question, true) ? told : null,
    tally,
  };
}

function tell(asking: Asking, guess: readonly number[] | null, text: string): Asking {
  const { asked: question, tally } = asking;
  if (!question) return asking;
  const told = { question, guess, text };
  const seen = tally.seen + (missed(told) ? 0 : 1);
  return {
    asked: null,
    refused: false,
    told,
    tally: guess && question.until === undefined ? { seen, asked: tally.asked + 1 } : tally,
  };
}

/** Whether the guess is wrong; what was skipped is not. */
export const missed = ({ question, guess }: Told) => guess !== null && !isRight(question, guess);

/** What is said of the answer, or of an entry that is none. */
export function verdict({ asked, refused, told }: Asking, texts: any) {
  if (told) {
    const { question, guess, text } = told;
    const kind = guess && (missed(told) ? "wrong" : "right");
    const lead = fill(texts[kind ?? "skipped"], { guess: text, truth: question.truth });
    return { kind: kind ?? "", text: `${lead} ${question.because}`.trim() };
  }
  if (!asked || !refused) return null;
  const wants = asked.kind === "pattern" ? "row" : asked.answer.every(Number.isInteger);
  return { kind: "", text: texts[wants === "row" ? wants : wants ? "whole" : "number"] };
}

const named = (index: readonly number[]) => `y[${index.map((i) => number(i)).join(", ")}]`;
