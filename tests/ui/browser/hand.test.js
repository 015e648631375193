import assert from "node:assert/strict";
import { test } from "node:test";

const heard = {};
globalThis.addEventListener = (name, hear) => (heard[name] = hear);
const { whenLetGo } = await import("../../../ui/browser/hand.js");

test("with no hand on the page it is called soon", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  let called = 0;
  whenLetGo(() => (called += 1));
  assert.equal(called, 0);
  t.mock.timers.tick(1000);
  assert.equal(called, 1);
});

for (const end of ["pointerup", "pointercancel"]) {
  test(`under a hand it waits for ${end}, and is called once`, (t) => {
    t.mock.timers.enable({ apis: ["setTimeout"] });
    let called = 0;
    heard.pointerdown();
    whenLetGo(() => (called += 1));
    t.mock.timers.tick(60_000);
    assert.equal(called, 0);
    heard[end]();
    t.mock.timers.tick(1000);
    assert.equal(called, 1);
    heard.pointerdown();
    heard.pointerup();
    t.mock.timers.tick(1000);
    assert.equal(called, 1);
  });
}
