import assert from "node:assert/strict";
import { test } from "node:test";

import { presenterKeys } from "../../../ui/browser/presenter_keys.js";

// A page of which only key presses and clicks are heard.
function clicker() {
  const hears = new Map([["keydown", new Set()], ["click", new Set()]]);
  const page = {
    addEventListener: (name, hear) => hears.get(name).add(hear),
    removeEventListener: (name, hear) => hears.get(name).delete(hear),
    document: { activeElement: null },
  };
  const done = [];
  const calls = Object.fromEntries(["on", "back", "list", "blank"].map((name) => [name, () => done.push(name)]));
  const keys = presenterKeys(calls, page);
  let now = 0;
  const tell = (name, event) => hears.get(name).forEach((hear) => hear(event));
  // Gives whether the press was taken.
  const press = (key, after = 1000, target = { tagName: "BODY" }, more = {}) => {
    now += after;
    let taken = false;
    tell("keydown", { key, timeStamp: now, target, preventDefault: () => (taken = true), stopPropagation() {}, ...more });
    return taken;
  };
  // Gives whether the element has lost the focus.
  const click = async (element, detail = 1) => {
    let blurred = false;
    page.document.activeElement = { ...element, blur: () => (blurred = true) };
    tell("click", { detail });
    await new Promise((resolve) => setTimeout(resolve));
    return blurred;
  };
  return { done, press, click, keys };
}

const SLIDER = { tagName: "INPUT", type: "range" };
const OPTION = { tagName: "INPUT", type: "radio" };
const NUMBER = { tagName: "INPUT", type: "number" };
const BUTTON = { tagName: "BUTTON", type: "button" };

test("a clicker's keys go on and back", () => {
  const { done, press } = clicker();
  for (const key of ["PageDown", "ArrowRight", " ", "PageUp", "ArrowLeft", "Home", "b", "."]) assert.ok(press(key));
  assert.deepEqual(done, ["on", "on", "on", "back", "back", "list", "blank", "blank"]);
});

test("a double press counts once, two presses count twice", () => {
  const { done, press } = clicker();
  press("PageDown");
  press("PageDown", 120);
  assert.equal(done.length, 1);
  press("PageDown", 900);
  assert.equal(done.length, 2);
});

test("a key that is held down is one press, and scrolls nothing", () => {
  const { done, press } = clicker();
  press("PageDown");
  for (let times = 0; times < 5; times += 1) assert.ok(press("PageDown", 400, undefined, { repeat: true }));
  assert.deepEqual(done, ["on"]);
});

test("a slider and options keep their own keys, and give up the clicker's", () => {
  const { done, press } = clicker();
  for (const element of [SLIDER, OPTION]) {
    for (const key of ["ArrowRight", "ArrowLeft", " ", "Home"]) assert.equal(press(key, 1000, element), false);
    assert.ok(press("PageDown", 1000, element));
    assert.ok(press("PageUp", 1000, element));
    assert.ok(press("B", 1000, element), "also with the shift key or its lock");
  }
  assert.deepEqual(done, ["on", "back", "blank", "on", "back", "blank"]);
});

test("a button keeps Space alone; where something is typed no letter is taken", () => {
  const { done, press } = clicker();
  assert.equal(press(" ", 1000, BUTTON), false);
  assert.ok(press("ArrowRight", 1000, BUTTON));
  for (const key of ["b", "f", ".", " ", "ArrowLeft", "Home"]) assert.equal(press(key, 1000, NUMBER), false);
  assert.ok(press("PageDown", 1000, NUMBER));
  assert.deepEqual(done, ["on", "on"]);
});

test("after a click or a drag the arrows are the clicker's again", async () => {
  const { click } = clicker();
  assert.ok(await click(SLIDER));
  assert.ok(await click(OPTION));
  assert.ok(await click(BUTTON));
  assert.equal(await click(NUMBER), false, "what is typed in keeps the focus");
  assert.equal(await click(BUTTON, 0), false, "a key's own click");
});

test("other keys are left alone, and nothing is heard in the end", () => {
  const { done, press, keys } = clicker();
  assert.equal(press("x"), false);
  assert.equal(press("b", 1000, undefined, { ctrlKey: true }), false);
  keys.remove();
  press("PageDown");
  assert.deepEqual(done, []);
});
