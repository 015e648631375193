import assert from "node:assert/strict";
import { test } from "node:test";

const page = { focused: false, focus: () => (page.focused = true) };
const element = () => {
  const made = { heard: {}, append() {}, addEventListener: (name, hear) => (made.heard[name] = hear) };
  return made;
};
let first = null;
globalThis.document = {
  createElement: element,
  querySelector: () => page,
  body: { prepend: (one) => (first = one) },
};
const { addSkipLink } = await import("../../../ui/app/skip_link.js");

test("the link is the first of the page, and passes the focus to it without a step of the history", () => {
  addSkipLink();
  assert.equal(first.textContent, "Skip to the page");
  let prevented = false;
  first.heard.click({ preventDefault: () => (prevented = true) });
  assert.deepEqual([page.focused, page.tabIndex, prevented], [true, -1, true]);
});
