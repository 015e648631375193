// What was written is kept, within bounds, and held for the page where a browser keeps nothing.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { keep, MOST_LETTERS, read } from "../../../../../ui/site/browser/your_norm/kept.js";

let store, full;

beforeEach(() => {
  store = new Map();
  full = false;
  globalThis.localStorage = {
    getItem: (name) => store.get(name) ?? null,
    setItem(name, text) {
      if (full) throw new Error("QuotaExceededError");
      store.set(name, text);
    },
  };
  keep("none", null); // what was held is held no longer
});

test("each starting point keeps its own text", () => {
  assert.equal(keep("mean", "a"), true);
  keep("var", "b");
  assert.deepEqual(read(), { start: "var", texts: { mean: "a", var: "b" } });
  keep("mean", null);
  assert.deepEqual(read(), { start: "mean", texts: { var: "b" } });
});

test("a browser that keeps nothing has it for as long as the page is open", () => {
  full = true;
  assert.equal(keep("mean", "a"), false);
  assert.deepEqual(read().texts, { mean: "a" });
  full = false;
  assert.equal(keep("mean", "b"), true);
  assert.deepEqual(read().texts, { mean: "b" });
});

test("what another hand has put there is passed over", () => {
  for (const text of ["{", "7", "null", '{"texts":{"a":5}}', JSON.stringify({ start: 1, texts: { a: "x".repeat(MOST_LETTERS + 1) } })]) {
    store.set("your norm", text);
    assert.deepEqual(read(), { start: null, texts: {} });
  }
});

test("it has a bound: the oldest go", () => {
  for (let number = 0; number < 30; number += 1) keep(`start ${number}`, "x".repeat(MOST_LETTERS));
  assert.ok(store.get("your norm").length < 500_000);
  assert.ok("start 29" in read().texts);
  assert.ok(!("start 0" in read().texts));
});
