/** What a question takes out of the picture, and what shows the guess in it. Pure, no DOM. */

import type { Trace } from "../../core/trace.ts";
import { LOOK } from "../../scene/looks.ts";
import type { Scene } from "../../scene/scene.ts";
import { Plane } from "../../scene/scene.ts";
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
  if (asked?.kind === "size") return withoutOutput(scene, hidden);
  if (asked?.kind === "land" && pointed) return withStamp(scene, trace, pointed);
  if (told?.guess && told.question.kind === "land" && missed(told))
    return withStamp(scene, trace, told.guess);
  return scene;
}

/** The picture without the output: its size is the question. */
function withoutOutput(scene: Scene, label: string): Scene {
  const panels = scene.panels.map((panel) =>
    panel.thing === "output"
      ? {
          ...panel,
          label,
          brief: label,
          looks: panel.looks.map(() => LOOK.none),
          badges: null,
          foot: panel.foot === null ? null : panel.foot.map(() => -1),
          place: () => null,
        }
      : panel,
  );
  const elsewhere = ({ panel }: { panel: string }) =>
    panels.every(({ id, thing }) => id !== panel || thing !== "output");
  return {
    ...scene,
    panels,
    marks: scene.marks.filter(elsewhere),
    notes: scene.notes?.filter(elsewhere),
  };
}

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
