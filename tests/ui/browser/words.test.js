import assert from "node:assert/strict";
import { test } from "node:test";

import { differing, fileName, foot, mainly } from "../../../ui/browser/words.js";

const DEFAULTS = { batch: "32", mean: "5", std: "3", eps: "1e-5", view: "one batch", n_runs: "3" };
const page = (changed = {}, view = "lab") => ({ view, defaults: DEFAULTS, settings: { ...DEFAULTS, ...changed } });

test("at the defaults it is said what the batch is", () => {
  assert.equal(foot(page()), "batch 32, mean 5, std 3 · lab");
  assert.equal(differing(page()), "batch 32, mean 5, std 3");
});

test("what is not at its default is said too, a pin says that alone", () => {
  const changed = page({ std: "7", n_runs: "2" }, "small_batches");
  assert.equal(mainly(changed), "batch 32, mean 5, std 7, n runs 2");
  assert.equal(differing(changed), "std 7, n runs 2");
  assert.equal(foot(changed), "batch 32, mean 5, std 7, n runs 2 · small batches");
});

test("a page without a batch says what differs", () => {
  assert.equal(mainly({ view: "training", defaults: { lr: "0.1" }, settings: { lr: "0.5" } }), "lr 0.5");
});

test("a file is named after page, figure and what is not at its default", () => {
  assert.equal(fileName(page(), "fig_before_after"), "lab-before-after");
  assert.equal(fileName(page({ batch: "8", std: "7" }), "fig_before_after"), "lab-before-after-batch-8-std-7");
  assert.equal(
    fileName(page({ mean: "-0.3", eps: "1e-8", view: "four batch sizes" }), "fig_eps"),
    "lab-eps-mean-minus-0.3-eps-1e-8-view-four-batch-sizes",
  );
});

test("every file name can be had on every system", () => {
  const strange = page({ view: 'a/b\\c:d*e?"f"<g>|h, ±∞', mean: "1".repeat(300) });
  assert.match(fileName(strange, "fig_x"), /^[A-Za-z0-9][A-Za-z0-9.-]{0,119}$/);
});
