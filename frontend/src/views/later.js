/** The views that come with the second script. @module */
import * as story from "../stories/matrix.js";
import { addStory } from "../trace.js";
import { addViews } from "./index.js";
import { matrix } from "./matrix.js";
import { overlap } from "./overlap.js";

addStory("matrix", story);
addViews({ matrix, overlap });
