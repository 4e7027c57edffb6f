/** Parameters that describe no transposed convolution; the sentence is in text/*.json. @module */
import { fill, words } from "./text.js";

export class GeometryError extends Error {
  /** @param {string} key @param {Record<string, unknown>} fields */
  constructor(key, fields) {
    super();
    this.name = "GeometryError";
    this.key = key;
    this.fields = fields;
  }

  get message() {
    return this.sentence();
  }

  /** @param {string} [lang] @returns {string} what is wrong, and how to mend it; empty while that sentence has not come */
  sentence(lang = "en") {
    return fill(words(lang).errors?.[this.key] ?? "", this.fields);
  }
}
