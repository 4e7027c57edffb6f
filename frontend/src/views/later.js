/** The views that come with the second script. @module */
import { addLegends, borders } from "../legend.js";
import { addSentences } from "../sentences.js";
import * as story from "../stories/matrix.js";
import { addStory } from "../trace.js";
import { addViews } from "./index.js";
import { matrix } from "./matrix.js";
import { overlap, repeats } from "./overlap.js";

addStory("matrix", story);
addSentences(story.sentences);
addViews({ matrix, overlap });
addLegends({
  matrix: (trace, phase) => ({
    tap: true,
    zero: story.tapsOf(trace).includes(-1),
    writes: phase === "unroll",
    meets: phase === "multiply",
  }),
  overlap: (trace, _, all) => ({
    count: true,
    edges: trace.geometry.ndim === 2,
    hole: trace.geometry.whole.overlap(trace.inputSize).flat().includes(0),
    rim: borders(trace.geometry.padding),
    period: all && repeats(trace) !== null,
  }),
});
