import assert from "node:assert/strict";
import { test } from "node:test";

import { inWords, isRight, share, tally } from "../../../../ui/hall/phone/tally.js";
import { random, SEED } from "../../browser/page.js";

test("options are counted as they stand, each round by itself", () => {
  const { rows, totals } = tally({ options: ["a", "b"] }, [[3, 5], [1, 7]]);
  assert.deepEqual(rows.map(({ label, counts }) => [label, counts]), [["a", [3, 1]], ["b", [5, 7]]]);
  assert.deepEqual(totals, [8, 8]);
});

test("every place of a scale is in one stretch, and no vote is lost or doubled", () => {
  const next = random(SEED);
  for (let trial = 0; trial < 100; trial += 1) {
    const step = [0.05, 0.1, 0.5, 1, 2, 5][next(6)];
    const low = -20 + next(40);
    const places = 2 + next(120);
    const high = Number((low + step * (places - 1)).toFixed(10));
    const counts = {};
    for (let place = 0; place < places; place += 1) counts[Number((low + place * step).toFixed(10))] = next(9);
    const { rows, totals } = tally({ low, high, step }, [counts]);
    assert.ok(rows.length <= 12, `seed ${SEED}`);
    for (const value of Object.keys(counts)) assert.equal(rows.filter(({ holds }) => holds(Number(value))).length, 1, `seed ${SEED}: ${value}`);
    assert.equal(totals[0], Object.values(counts).reduce((one, other) => one + other, 0));
  }
});

test("a stretch says where it begins and ends", () => {
  const labels = (question) => tally(question, [{}]).rows.map(({ label }) => label);
  assert.deepEqual(labels({ low: 0, high: 3, step: 1 }), ["0", "1", "2", "3"]);
  assert.deepEqual(labels({ low: 0, high: 60, step: 1 }).slice(0, 2), ["0 to 5", "6 to 11"]);
  assert.deepEqual(labels({ low: -1, high: 1, step: 0.5 }), ["−1", "−0.5", "0", "0.5", "1"]);
});

test("right is the option, or a tenth of the scale", () => {
  assert.ok(isRight({ options: ["a", "b"] }, 1, 1));
  assert.ok(!isRight({ options: ["a", "b"] }, 0, 1));
  const scale = { low: 0, high: 60, step: 1 };
  assert.ok(isRight(scale, 35, 29));
  assert.ok(!isRight(scale, 10, 29));
});

test("shares and answers in words", () => {
  assert.equal(share(29, 100), "29 %");
  assert.equal(share(0, 0), "0 %");
  assert.equal(inWords({ options: ["a", "b"] }, 1), "b");
  assert.equal(inWords({ low: 0, unit: "batches" }, 29), "29 batches");
  assert.equal(inWords({ low: 0, unit: "" }, -0.5), "−0.5");
});
