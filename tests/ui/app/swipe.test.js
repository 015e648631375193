import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

const heard = {};
const listen = (where) => (name, hear) => (heard[`${where} ${name}`] = hear);
globalThis.addEventListener = listen("window");
globalThis.document = { addEventListener: listen("document") };
globalThis.PointerEvent = class {
  constructor(type, given) {
    Object.assign(this, { type }, given);
  }
};
const { letSwipesPass } = await import("../../../ui/app/swipe.js");
letSwipesPass();

let told;
beforeEach(() => (told = []));
const slider = { closest: () => slider, dispatchEvent: (event) => told.push(event) };
const elsewhere = { closest: () => null };

// What becomes of a press: whether the slider heard of it at once.
function press(target = slider, pointerType = "touch") {
  let held = false;
  const place = { pointerId: 7, pointerType, isPrimary: true, clientX: 100, clientY: 50, button: 0, buttons: 1 };
  heard["document pointerdown"]({ ...place, target, isTrusted: true, stopPropagation: () => (held = true) });
  return !held;
}
const move = (x, y) => heard["window pointermove"]({ pointerId: 7, clientX: 100 + x, clientY: 50 + y });
const lift = () => heard["window pointerup"]({ pointerId: 7 });
const taken = () => heard["window pointercancel"]({ pointerId: 7 });

test("a finger that goes sideways is heard of, where it came down", () => {
  assert.equal(press(), false);
  move(4, 1);
  assert.deepEqual(told, []);
  move(9, 3);
  assert.deepEqual([told.length, told[0].type, told[0].clientX, told[0].pointerId], [1, "pointerdown", 100, 7]);
  move(40, 30);
  lift();
  assert.equal(told.length, 1);
});

test("a finger that goes up or down is not, nor is one the browser scrolls with", () => {
  press();
  move(1, -9);
  move(60, -9);
  lift();
  press();
  taken();
  lift();
  assert.deepEqual(told, []);
});

test("a tap is heard of when it is lifted", () => {
  press();
  move(2, 2);
  lift();
  assert.equal(told.length, 1);
});

test("a mouse, and a finger elsewhere, are none of its business", () => {
  assert.equal(press(slider, "mouse"), true);
  assert.equal(press(elsewhere), true);
  lift();
  assert.deepEqual(told, []);
});
