/** Every style of the player: each part brings its own sheet. @module */
import ask from "./ask.css";
import everywhere from "./everywhere.css";
import parameters from "./parameters.css";
import base from "./style.css";

export const css = [base, parameters, ask, everywhere].join("\n");
