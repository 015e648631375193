import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { emptyPage } from "./page.js";


globalThis.addEventListener = () => {}; // no hand is down
const { createAnnouncer, sentences } = await import("../../../ui/browser/announce.js");

let body;
beforeEach(() => (body = emptyPage()));
const said = () => body.children[0].textContent;

// Time that passes when the test says so.
function clock(t) {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  return (milliseconds) => {
    for (let passed = 0; passed < milliseconds; passed += 50) t.mock.timers.tick(50);
  };
}

test("one sentence, the first that has changed, once the hand rests", (t) => {
  const pass = clock(t);
  let shown = ["The batch has 32 examples. It misses the mean by 0.53.", "A picture of 3 lines."];
  const { begin, changed } = createAnnouncer(() => shown);
  begin();
  pass(2000);
  assert.equal(said(), "", "a page that is come to is read, not told");
  shown = ["The batch has 32 examples. It misses the mean by 0.71.", "A picture of 4 lines."];
  for (let move = 0; move < 10; move++) {
    changed();
    pass(300);
    assert.equal(said(), "", "not while it moves");
  }
  pass(2000);
  assert.equal(said(), "It misses the mean by 0.71.");
});

test("nothing is said where nothing has changed, and nothing twice", (t) => {
  const pass = clock(t);
  let shown = ["As it was."];
  const { begin, changed } = createAnnouncer(() => shown);
  begin();
  pass(2000);
  shown = ["As it is."];
  changed();
  pass(2000);
  body.children[0].textContent = "";
  changed();
  pass(2000);
  assert.equal(said(), "");
});

test("another page begins anew", (t) => {
  const pass = clock(t);
  let shown = ["One page."];
  const { begin, changed } = createAnnouncer(() => shown);
  begin();
  pass(2000);
  shown = ["Another page at 1."];
  begin();
  changed();
  pass(2000);
  assert.equal(said(), "");
  shown = ["Another page at 2."];
  changed();
  pass(2000);
  assert.equal(said(), "Another page at 2.");
});

test("a point inside a number ends no sentence, nor does a small letter begin one", () => {
  assert.deepEqual(sentences("Mean 5.03, std 3.1 (i.e. much). After: 0.00!\nA line\n12 of 3? Yes."), [
    "Mean 5.03, std 3.1 (i.e. much).",
    "After: 0.00!",
    "A line",
    "12 of 3?",
    "Yes.",
  ]);
});
