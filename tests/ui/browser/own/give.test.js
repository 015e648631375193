import assert from "node:assert/strict";
import { test } from "node:test";

import { figuresAt, happensIn, lectureOf } from "../../../../ui/browser/own/give.js";
import { own } from "./given.js";

const given = (scene) => lectureOf({ title: "Mine", scenes: [scene] }, own.pages).scenes[0];

test("a scene has all settings of its page before and after, and the sliders as they are drawn", () => {
  const scene = given({ page: "lab", before: "batch=2", after: "mean=-1&norm=layer", controls: ["mean", "batch"] });
  assert.deepEqual(scene.before, { batch: "2", mean: "5", norm: "batch" });
  assert.deepEqual(scene.after, { batch: "32", mean: "-1", norm: "layer" });
  assert.deepEqual(scene.defaults, { batch: "32", mean: "5", norm: "batch" });
  assert.deepEqual(scene.steps, { batch: ["2", "8", "32"] });
  assert.deepEqual(scene.controls, [
    { name: "mean", label: "Input mean", low: -10, high: 10, step: 0.5 },
    { name: "batch", label: "Batch size B", options: ["2", "8", "32"] },
  ]);
});

test("without figures of its own it has the first that stands there, before and after", () => {
  assert.deepEqual(given({ page: "lab" }).parts, ["fig_running"]);
  assert.deepEqual(given({ page: "lab", after: "norm=layer" }).parts, ["fig_running", "fig_per_example"]);
  assert.deepEqual(given({ page: "lab", parts: ["fig_values"] }).parts, ["fig_values"]);
  assert.deepEqual(figuresAt(own.pages.lab, { norm: "layer" }), ["fig_per_example", "fig_values"]);
});

test("its steps are those that it has something for", () => {
  const options = { question: "?", options: ["a", "b"] };
  assert.deepEqual(given({ page: "lab" }).phases, ["open"]);
  assert.deepEqual(given({ page: "lab", question: "What do you think?" }).phases, ["open"]);
  assert.deepEqual(given({ page: "lab", after: "" }).phases, ["open", "revealed"]);
  assert.deepEqual(given({ page: "lab", explain: "Why" }).phases, ["open", "revealed"]);
  assert.deepEqual(given({ page: "lab", ...options }).phases, ["open", "closed", "revealed"]);
});

test("the truth is what the author says, also where it is 0, or nobody's", () => {
  const scale = { low: 0, high: 1, step: 0.1 };
  assert.deepEqual(happensIn({ options: ["a", "b"], right: 0, explain: "So." }), { truth: 0, explain: "So." });
  assert.deepEqual(happensIn({ scale: { ...scale, truth: 0 } }), { truth: 0, explain: "" });
  assert.deepEqual(happensIn({ options: ["a", "b"] }), { truth: null, explain: "" });
  assert.equal(given({ page: "lab", question: "?", scale }).unjudged, true);
  assert.equal(given({ page: "lab", question: "?", scale: { ...scale, truth: 0 } }).unjudged, false);
  assert.equal(given({ page: "lab", question: "?", scale }).scale.unit, "");
});

test("a prepared run is held back only where there is something to predict", () => {
  assert.equal(given({ page: "training" }).hidden, false);
  assert.equal(given({ page: "training", question: "?", options: ["a", "b"] }).hidden, true);
  assert.equal(given({ page: "lab", question: "?", options: ["a", "b"] }).hidden, false);
});

test("answers are found again under the same name, and not once the scene is another", () => {
  const [one, same, other] = ["batch=2", "batch=2", "batch=8"].map((before) => given({ page: "lab", before }).name);
  assert.equal(one, same);
  assert.notEqual(one, other);
});
