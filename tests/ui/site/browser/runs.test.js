// Trainings kept in the tab, with a bound.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { keepRun, keptRun } from "../../../../ui/site/browser/runs.js";

let kept, room;

beforeEach(() => {
  kept = new Map();
  room = Infinity;
  globalThis.sessionStorage = {
    getItem: (name) => kept.get(name) ?? null,
    setItem(name, text) {
      if (text.length > room) throw new Error("full");
      kept.set(name, text);
    },
  };
});

test("a run is found by its settings, the last of them where it was made twice", () => {
  assert.equal(keptRun("rate=1"), null);
  keepRun("rate=1", { doing: "old" });
  keepRun("rate=2", { doing: "other" });
  keepRun("rate=1", { doing: "new" });
  assert.deepEqual(keptRun("rate=1"), { doing: "new" });
  assert.deepEqual(keptRun("rate=2"), { doing: "other" });
});

test("the oldest go first, by number or for want of room", () => {
  for (let rate = 0; rate < 10; rate += 1) keepRun(`rate=${rate}`, { rate });
  assert.equal(keptRun("rate=3"), null);
  assert.deepEqual(keptRun("rate=4"), { rate: 4 });
  room = 100;
  keepRun("rate=10", { rate: 10 });
  assert.deepEqual(keptRun("rate=10"), { rate: 10 });
  assert.equal(keptRun("rate=4"), null);
});

test("a browser that keeps nothing has none", () => {
  room = 0;
  keepRun("rate=1", {});
  assert.equal(keptRun("rate=1"), null);
  globalThis.sessionStorage = undefined;
  assert.equal(keptRun("rate=1"), null);
});
