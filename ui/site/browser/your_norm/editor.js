// The editor of the page: CodeMirror where it can be loaded, else a plain text area.

import { createPlain } from "./plain.js";

// given: see plain.js. A promise of what createPlain gives.
export async function createEditor(parent, given) {
  try {
    const { createCodeMirror } = await import("./codemirror.js");
    return createCodeMirror(parent, given);
  } catch {
    parent.replaceChildren();
    return createPlain(parent, given);
  }
}
