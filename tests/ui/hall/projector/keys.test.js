import assert from "node:assert/strict";
import { test } from "node:test";

import { keysOf } from "../../../../ui/hall/projector/keys.js";

function keyboard(open = false) {
  const done = [];
  const lobby = { open, isOpen: () => lobby.open, close: () => done.push("closed") };
  let hear = null;
  const page = { addEventListener: (_, call) => (hear = call), removeEventListener: () => (hear = null) };
  const keys = keysOf({ q: () => done.push("q"), l: () => done.push("l") }, lobby, () => done.push("start"), page);
  const press = (key, target = { tagName: "BODY" }, more = {}) => {
    let taken = false;
    hear?.({ key, target, preventDefault: () => (taken = true), stopImmediatePropagation() {}, ...more });
    return taken;
  };
  return { done, lobby, press, keys };
}

test("the room's letters are heard in either case, but not with a modifier, held down or typed", () => {
  const { done, press } = keyboard();
  assert.ok(press("q") && press("L"));
  assert.ok(!press("q", undefined, { ctrlKey: true }) && !press("q", undefined, { repeat: true }));
  assert.ok(!press("q", { tagName: "INPUT", type: "text" }) && !press("q", { tagName: "SELECT" }));
  assert.ok(press("q", { tagName: "INPUT", type: "range" }));
  assert.deepEqual(done, ["q", "l", "q"]);
});

test("a clicker's step is the lecture's, or starts the first question while the lobby is open", () => {
  const { done, lobby, press } = keyboard();
  for (const key of ["PageDown", "ArrowRight", " ", "Enter", "Escape"]) assert.equal(press(key), false);
  lobby.open = true;
  for (const key of ["PageDown", "ArrowRight", " ", "Enter"]) assert.equal(press(key), true);
  assert.equal(press("Enter", { tagName: "BUTTON" }), false, "a button keeps it");
  press("Escape");
  assert.deepEqual(done, ["start", "start", "start", "start", "closed"]);
});

test("in the end nothing is heard", () => {
  const { done, press, keys } = keyboard();
  keys.remove();
  press("q");
  assert.deepEqual(done, []);
});
