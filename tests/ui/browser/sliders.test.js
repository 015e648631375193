// How a value is spelt is held against Python's own spelling by test_against_python.py.

import assert from "node:assert/strict";
import { test } from "node:test";

import { sliderSettings, standing } from "../../../ui/browser/sliders.js";

const PAGE = {
  settings: { batch: "32", mean: "5", shape: "normal", eps: "1e-5" },
  steps: { batch: ["1", "2", "8", "32"], eps: ["0", "1e-8", "1e-5"] },
};

test("those settings that have a slider, as the address spells them", () => {
  const stands = { batch: 2, mean: 0.1 + 0.2, eps: 1 };
  const found = sliderSettings(PAGE, (key) => stands[key] ?? null);
  assert.deepEqual(found, { batch: "8", mean: "0.3", eps: "1e-8" });
});

test("the first place of an uneven slider, and zero, are values like others", () => {
  const found = sliderSettings(PAGE, (key) => (key === "shape" ? null : 0));
  assert.deepEqual(found, { batch: "1", mean: "0", eps: "0" });
});

test("a page without sliders has none", () => {
  assert.deepEqual(sliderSettings(PAGE, () => null), {});
});

test("a page as its sliders stand keeps what has none, and is not changed itself", () => {
  const now = standing(PAGE, (key) => (key === "mean" ? -1 : null));
  assert.deepEqual(now.settings, { ...PAGE.settings, mean: "-1" });
  assert.equal(PAGE.settings.mean, "5");
});
