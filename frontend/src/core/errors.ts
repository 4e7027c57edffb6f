/** Parameters that describe no transposed convolution; the sentence is in text/*.json. */
import { fill, words } from "./text.ts";

export class GeometryError extends Error {
  name: string;
  key: string;
  fields: Record<string, unknown>;

  constructor(key: string, fields: Record<string, unknown>) {
    super();
    this.name = "GeometryError";
    this.key = key;
    this.fields = fields;
  }

  get message() {
    return this.sentence();
  }

  /** @returns what is wrong, and how to mend it */
  sentence(lang: string = "en"): string {
    return fill(words(lang).errors[this.key], this.fields);
  }
}
