import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { answersOf } from "../../../ui/browser/lesson_answers.js";

let stored;
beforeEach(() => {
  stored = new Map();
  globalThis.localStorage = {
    getItem: (name) => stored.get(name) ?? null,
    setItem: (name, text) => stored.set(name, text),
  };
});

test("answers come back, each in its own lecture", () => {
  answersOf("one").set("shift", { value: 2, right: true });
  answersOf("two").set("shift", { value: 0, right: false });
  assert.deepEqual(answersOf("one").get("shift"), { value: 2, right: true });
  assert.deepEqual(answersOf("two").get("shift"), { value: 0, right: false });
  assert.equal(answersOf("one").get("other"), undefined);
});

test("what is forgotten is gone", () => {
  const answers = answersOf("one");
  answers.set("shift", { value: 2, right: true });
  answers.clear();
  assert.equal(answersOf("one").get("shift"), undefined);
});

test("nonsense that is kept there, and a browser that keeps nothing, change nothing", () => {
  stored.set("lessons", "{not json");
  assert.equal(answersOf("one").get("shift"), undefined);
  globalThis.localStorage = {
    getItem() {
      throw new Error("no");
    },
    setItem() {
      throw new Error("no");
    },
  };
  const answers = answersOf("one");
  answers.set("shift", { value: 1, right: true });
  assert.deepEqual(answers.get("shift"), { value: 1, right: true });
});

test("so much is kept and no more: the oldest lectures go first", () => {
  for (let number = 0; number < 40; number += 1) {
    const answers = answersOf(`lecture-${number}`);
    for (let scene = 0; scene < 100; scene += 1) answers.set(`scene-${scene}`, { value: scene, right: true });
  }
  assert.ok(stored.get("lessons").length <= 100_000);
  assert.equal(answersOf("lecture-0").get("scene-1"), undefined);
  assert.deepEqual(answersOf("lecture-39").get("scene-1"), { value: 1, right: true });
});
