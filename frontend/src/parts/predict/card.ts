/** The view of a question: what is asked, the field for the answer, the verdict, the tally. */

import { fill } from "../../core/text.ts";
import type { Question } from "../../scene/questions.ts";
import { anew, make, write } from "../dom.ts";
import type { Asking } from "./asking.ts";
import { verdict } from "./asking.ts";

/** @param on what was typed or chosen, or that the question is skipped */
export function card(
  texts: any,
  on: { enter: (text: string) => void; choose: (at: number) => void; skip: () => void },
) {
  const question = make("p", { class: "question", id: "question" });
  const input = make("input", {
    type: "text",
    autocomplete: "off",
    spellcheck: "false",
    "aria-labelledby": "question",
  });
  const commit = make("button", { type: "submit", class: "main" }, texts.commit);
  const skip = make("button", { type: "button", onclick: on.skip }, texts.skip);
  const choices = make("div", { role: "group", class: "answers", "aria-labelledby": "question" });
  const offer = anew((names: readonly string[] | undefined) =>
    choices.replaceChildren(...(names ?? []).map(choice)),
  );
  const choice = (name: string, at: number) =>
    make("button", { type: "button", class: "main", onclick: () => on.choose(at) }, name);
  const form = make(
    "form",
    { class: "answer", onsubmit: submit, onkeydown: keyed },
    choices,
    input,
    commit,
    skip,
  );
  const said = make("p", { class: "verdict" });
  const tally = make("p", { class: "tally" });
  const element = make(
    "div",
    { class: "ask", role: "group", "aria-label": texts.toggle, tabindex: -1, hidden: true },
    make("div", { role: "status" }, question, said),
    form,
    tally,
  );
  /** where the focus was before the question took it */
  let back: HTMLElement | null = null;

  const focused = () => (element.getRootNode() as ShadowRoot).activeElement as HTMLElement | null;

  function submit(event: Event) {
    event.preventDefault();
    on.enter(input.value);
  }

  /** Right in an empty field, or Escape, is: skip. */
  function keyed(event: KeyboardEvent) {
    if (
      event.key !== "Escape" &&
      (event.key !== "ArrowRight" || input.value || event.target !== input)
    )
      return;
    event.preventDefault();
    event.stopPropagation();
    on.skip();
  }

  return {
    element,
    focus: () => input.focus(),
    holdsFocus: () => form.contains(focused()),
    open(takesFocus: boolean) {
      back = focused();
      input.value = "";
      if (back && takesFocus && matchMedia("(pointer: fine)").matches) input.focus();
    },
    /** to where it was, else to the verdict */
    giveBack: () => (back?.isConnected && back !== input ? back : element).focus(),
    /** @param idle what stands here while nothing is asked or told */
    update(asking: Asking, idle: string) {
      const { asked, told } = asking;
      form.hidden = !asked;
      input.hidden = commit.hidden = !asked || !isTyped(asked);
      input.inputMode = asked && isRow(asked) ? "text" : "decimal";
      choices.hidden = !asked?.choices?.length;
      offer(asked?.choices);
      write(question, (asked ?? told?.question)?.text ?? idle);
      // the author's stands in the place of the title
      question.hidden = asked?.until !== undefined;
      element.classList.toggle("posed", (asked ?? told?.question)?.until !== undefined);
      const found = verdict(asking, texts);
      said.hidden = !found;
      said.className = `verdict ${found?.kind ?? ""}`.trim();
      write(said, found?.text ?? "");
      tally.hidden = !asking.tally.asked;
      write(tally, fill(texts.tally, asking.tally));
    },
  };
}

const isTyped = ({ pick, choices }: Question) => !pick && !choices?.length;

/** Where several numbers are wanted, the keyboard of a phone needs a space. */
const isRow = ({ kind, answer }: Question) => kind === "pattern" || answer.length > 1;
