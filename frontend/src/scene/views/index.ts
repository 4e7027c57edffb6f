/** From a trace and a step to a scene, by the name of the view. */
import type { Trace } from "../../core/trace.ts";
import { isSigned } from "../bars.ts";
import type { Scene } from "../scene.ts";
import { sliced } from "../scene.ts";
import { direct } from "./direct.ts";
import { gather } from "./gather.ts";
import { matrix } from "./matrix.ts";
import { overlap } from "./overlap.ts";
import { scatter } from "./scatter.ts";

export type View = (trace: Trace, index: number, words: any) => Scene;
const VIEWS: Record<string, View> = { scatter, gather, matrix, overlap, direct };

export function sceneOf(trace: Trace, index: number, words: any, view: string = trace.view) {
  const scene = VIEWS[view](trace, index, words);
  if (trace.geometry.ndim === 1) for (const panel of scene.panels) panel.signed = isSigned(trace);
  return trace.geometry.ndim === 3 ? sliced(scene, trace.outputSize, words.panels.slice) : scene;
}
