// A lecture's pictures that came with the site, and Python for all others.

import assert from "node:assert/strict";
import { test } from "node:test";

import { createPictures } from "../../../../ui/site/browser/pictures.js";

const LECTURE = {
  name: "two",
  scenes: [
    { view: "lab", before: { batch: "8", shape: "heavy tail" }, after: { batch: "2", shape: "heavy tail" } },
    { view: "numerics", before: { mean: "0" }, after: { mean: "5" } },
  ],
};
const MADE = [
  { before: { fig: "8" }, after: { fig: "2" }, happens: { truth: 1, explain: "so" } },
  { before: { fig: "0" }, after: { fig: "5" }, happens: { truth: 0, explain: "thus" } },
];
const query = (settings) => new URLSearchParams(settings).toString();

function create(lecture, load) {
  const asked = [];
  const python = {
    ask: async (...given) => {
      asked.push(given);
      return given[0] === "answer" ? { shown: { fig: "computed" } } : { truth: 2 };
    },
  };
  return { ...createPictures(lecture, load, python), asked };
}

test("what came with the site is not asked of Python", async () => {
  const { ask, happens, asked } = create(LECTURE, async () => MADE);
  assert.deepEqual(await ask("lab", query(LECTURE.scenes[0].before)), { fig: "8" });
  assert.deepEqual(await ask("numerics", query(LECTURE.scenes[1].after)), { fig: "5" });
  assert.deepEqual(await happens("two", 2), { truth: 0, explain: "thus" });
  assert.deepEqual(asked, []);
});

test("other settings, and the same of another page, are", async () => {
  const { ask, happens, asked } = create(LECTURE, async () => MADE);
  assert.deepEqual(await ask("lab", "batch=9&shape=heavy+tail"), { fig: "computed" });
  assert.deepEqual(await ask("numerics", query(LECTURE.scenes[0].before)), { fig: "computed" });
  assert.equal(asked.length, 2);
  assert.deepEqual(await happens("another", 1), { truth: 2 });
});

test("pictures that did not arrive are computed, and so is all without a lecture", async () => {
  const { ask, happens } = create(LECTURE, () => Promise.reject(new Error("no network")));
  assert.deepEqual(await ask("lab", query(LECTURE.scenes[0].before)), { fig: "computed" });
  assert.deepEqual(await happens("two", 1), { truth: 2 });
  const none = create(null, () => assert.fail("there is none to load"));
  assert.deepEqual(await none.ask("lab", "batch=8"), { fig: "computed" });
});
