/** The second script: what a first look can do without. @module */
import tokens from "../../deconvviz/tokens.json" with { type: "json" };
import en from "../../deconvviz/text/en.json" with { type: "json" };
import ask from "./ask.css";
import { clicker } from "./clicker.js";
import { addressOf } from "./embed.js";
import { exercise } from "./exercise.js";
import { further } from "./further.js";
import { help } from "./help.js";
import { inspector, nameOf } from "./inspect.js";
import { heard } from "./keys.js";
import { followed } from "./kernels.js";
import { arrive } from "./later.js";
import { litIn } from "./links.js";
import { begun, mended } from "./mend.js";
import { Motion } from "./motion.js";
import { predict } from "./predict.js";
import { presetMenu } from "./presetmenu.js";
import { refusal } from "./refusal.js";
import rest from "./rest.css";
import { screen } from "./screen.js";
import { share } from "./share.js";
import { addStyles } from "./styles.js";
import { table } from "./table.js";
import { addWords } from "./text.js";
import { addCounts } from "./theme.js";
import "./views/later.js";
import { fit, spoken, why } from "./why.js";

export const extra = {
  parts: { predict, exercise, presets: presetMenu, more: further, refusal, table, share, screen, help },
  inspector,
  Motion,
  litIn,
  clicker,
  heard,
  begun,
  mended,
  followed,
  addressOf,
  nameOf,
  why,
  spoken,
  fit,
};

addWords(en);
addCounts(tokens.cividis);
addStyles(`${ask}\n${rest}`);
arrive(extra);
