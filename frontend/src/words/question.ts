/** The author's one question, as it is written: twin of deconvviz/words/question.py. */

/** What is asked: its kind, the cell and the tap that it is about, what a claim is. */
export interface Wanted {
  text: string;
  kind: string;
  index: number[];
  tap: number[] | null;
  says: boolean | null;
}

const INDEX = "-?[0-9]+(?:,-?[0-9]+)*";
const GRAMMAR = new RegExp(
  `^(?:(size|holes|pattern)|(value|count) (${INDEX})|land (${INDEX})(?: tap (${INDEX}))?|claim (true|false))$`,
);

/** A question as it is kept, with single spaces. */
export const tidy = (text: string) =>
  text
    .trim()
    .replace(/\s*,\s*/g, ",")
    .replace(/\s+/g, " ");

/** What a text asks, or null if that is no question. */
export function wanted(text: string): Wanted | null {
  const found = GRAMMAR.exec(text);
  if (!found) return null;
  const [, plain, named, index, source, tap, says] = found;
  return {
    text,
    kind: plain ?? named ?? (source ? "land" : "claim"),
    index: indexIn(index ?? source),
    tap: tap ? indexIn(tap) : null,
    says: says ? says === "true" : null,
  };
}

const indexIn = (text: string | undefined) => (text ? text.split(",").map(Number) : []);
