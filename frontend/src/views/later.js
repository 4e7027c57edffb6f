/** The views that come with the second script. @module */
import { legibleFrom } from "../cells.js";
import { DRAWN_CELL } from "../draw.js";
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
  overlap: (trace, _, all, cell) => ({
    count: true,
    edges: cell >= legibleFrom(Float64Array.of(9)) && trace.geometry.ndim === 2,
    hole: cell >= DRAWN_CELL && trace.geometry.whole.overlap(trace.inputSize).flat().includes(0),
    rim: cell >= DRAWN_CELL && borders(trace.geometry.padding),
    period: all && repeats(trace) !== null,
  }),
});
