/** What a question takes out of the picture, and what shows the guess in it. Pure, no DOM. */

import type { Trace } from "../../core/trace.ts";
import { without } from "../../scene/beside.ts";
import { LOOK } from "../../scene/looks.ts";
import type { Panel, Scene } from "../../scene/scene.ts";
import { grid, Plane } from "../../scene/scene.ts";
import type { Asking } from "./asking.ts";
import { missed } from "./asking.ts";

/**
 * @param pointed at, as an index of y
 * @param hidden what stands in place of the size
 */
export function pictured(
  scene: Scene,
  trace: Trace,
  { asked, told }: Asking,
  pointed: readonly number[] | null,
  hidden: string,
): Scene {
  const secret = asked && (asked.kind === "size" || asked.until !== undefined);
  const shown = secret ? veiled(scene, asked.kind, hidden) : scene;
  if (asked?.kind === "land" && pointed) return withStamp(shown, trace, pointed);
  if (told?.guess && told.question.kind === "land" && missed(told))
    return withStamp(scene, trace, told.guess);
  return shown;
}

/** A matrix holds every answer but these. */
const NOT_IN_MATRIX = ["value", "claim"];

/** The picture without what answers: no counts, no holes, no output where its size is asked. */
function veiled(scene: Scene, kind: string, hidden: string): Scene {
  const matrix = scene.panels.some(({ id }) => id === "C") && !NOT_IN_MATRIX.includes(kind);
  const rest = matrix ? without(["C", "xs", "ys", "line"], scene) : scene;
  const sized = kind === "size";
  const panels = rest.panels.map((panel) =>
    sized && panel.id === "y" ? standIn(panel, hidden) : uncounted(panel),
  );
  const tells = ({ panel }: { panel: string }) =>
    panels.some(({ id }) => id === panel) && !(panel === "y" && (sized || matrix));
  return {
    ...rest,
    panels,
    marks: rest.marks.filter(tells),
    notes: rest.notes?.filter(tells),
    signs: matrix ? [] : rest.signs,
  };
}

/** One cell that shows nothing, in place of a panel whose size is the question. */
const standIn = ({ id, thing, letter, plane }: Panel, label: string): Panel => ({
  ...grid(
    id,
    thing,
    "y",
    plane.size.map(() => 1),
  ),
  letter,
  label,
  brief: label,
  ref: () => null,
  place: () => null,
});

const uncounted = (panel: Panel): Panel => ({
  ...panel,
  badges: null,
  looks: panel.looks.map((look) => (look === LOOK.unreached ? LOOK.outputEmpty : look)),
});

/** The outline of a stamp whose first cell lies on a cell of y. */
function withStamp(scene: Scene, trace: Trace, index: readonly number[]): Scene {
  const panel = scene.panels.find(({ id }) => id === "y");
  const place = panel?.place({ kind: "y", index: [...index] });
  if (!panel || !place || trace.geometry.ndim > 2) return scene;
  const { rows, cols } = new Plane(trace.geometry.axes.map(({ span }) => span));
  const until = (start: number, span: number, size: number) =>
    [start, Math.min(size, start + span)] as [number, number];
  const mark = {
    panel: "y",
    rows: until(place[0], rows, panel.rows),
    cols: until(place[1], cols, panel.cols),
    style: "linked" as const,
  };
  return { ...scene, marks: [...scene.marks, mark] };
}
