import assert from "node:assert/strict";
import { test } from "node:test";

import * as edits from "../../../../ui/browser/own/edits.js";
import { random, SEED } from "../page.js";

const scene = (name) => ({ page: "lab", before: `seed=${name}` });
const of = (...names) => ({ ...edits.EMPTY, scenes: names.map(scene) });
const order = ({ scenes }) => scenes.map(({ before }) => Number(before.slice(5)));

test("scenes go up and down, and stay at the ends", () => {
  const lecture = of(0, 1, 2, 3);
  assert.deepEqual(order(edits.moved(lecture, 1, 0)), [1, 0, 2, 3]);
  assert.deepEqual(order(edits.moved(lecture, 1, 3)), [0, 2, 3, 1]);
  assert.deepEqual(order(edits.moved(lecture, 0, -1)), [0, 1, 2, 3]);
  assert.deepEqual(order(edits.moved(lecture, 3, 9)), [0, 1, 2, 3]);
  assert.deepEqual(order(lecture), [0, 1, 2, 3]);
});

test("what was removed comes back to its place", () => {
  const chance = random(SEED);
  const lecture = of(0, 1, 2, 3, 4);
  for (let turn = 0; turn < 20; turn += 1) {
    const place = chance(5);
    const less = edits.removed(lecture, place);
    assert.equal(less.scenes.length, 4);
    assert.deepEqual(edits.inserted(less, place, lecture.scenes[place]), lecture, `seed ${SEED}`);
  }
});

test("fields are set and taken out, and the old lecture stays", () => {
  const lecture = of(0, 1);
  const asked = edits.changed(lecture, 1, { question: "What?", options: ["", ""] });
  assert.deepEqual(asked.scenes[1], { ...scene(1), question: "What?", options: ["", ""] });
  assert.deepEqual(edits.changed(asked, 1, { question: undefined, options: undefined }), lecture);
  assert.equal(edits.titled(lecture, "Mine").title, "Mine");
  assert.deepEqual(lecture, of(0, 1));
});

test("a scene becomes what the one above shows after the reveal, and a scene again", () => {
  const lecture = edits.changed(of(0, 1, 2), 0, { question: "What?", parts: ["fig_before_after"] });
  assert.ok(edits.joins(lecture, 1));
  const one = edits.joined(lecture, 1);
  assert.deepEqual(one.scenes[0].after, "seed=1");
  assert.deepEqual(order(one), [0, 2]);
  const two = edits.split(one, 0);
  assert.deepEqual(order(two), [0, 1, 2]);
  assert.equal(two.scenes[0].after, undefined);
  assert.equal(two.scenes[0].question, "What?");
});

test("only a picture alone of the same page can be that", () => {
  const lecture = of(0, 1);
  assert.ok(!edits.joins(lecture, 0));
  assert.ok(!edits.joins(edits.changed(lecture, 1, { question: "What?" }), 1));
  assert.ok(!edits.joins(edits.changed(lecture, 1, { page: "numerics" }), 1));
  assert.ok(!edits.joins(edits.changed(lecture, 0, { after: "" }), 1));
});

test("what is saved has no empty fields; no settings after the reveal are settings too", () => {
  const lecture = edits.changed(of(0), 0, { setup: "", options: [], after: "", right: 0, question: "What?" });
  assert.deepEqual(edits.finished(lecture).scenes, [{ ...scene(0), after: "", right: 0, question: "What?" }]);
});
