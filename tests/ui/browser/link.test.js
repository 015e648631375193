import assert from "node:assert/strict";
import { test } from "node:test";

import { frameOf, linkTo } from "../../../ui/browser/link.js";

const link = (view, query) => `https://host/${view}?${query}`;
const DEFAULTS = { batch: "32", mean: "5", experiment: "learning rates" };

test("a link says what is not at its default, each value as an address spells it", () => {
  const settings = { ...DEFAULTS, batch: "8", experiment: "input drift & more" };
  const address = linkTo({ view: "training", settings, defaults: DEFAULTS }, link);
  assert.deepEqual(Object.fromEntries(new URL(address).searchParams), {
    batch: "8",
    experiment: "input drift & more",
  });
});

test("at the defaults nothing stands after the ?", () => {
  assert.equal(linkTo({ view: "lab", settings: DEFAULTS, defaults: DEFAULTS }, link), "https://host/lab?");
});

test("title and address cannot end the attributes of a frame", () => {
  const frame = frameOf(`"><script>alert('1')</script>`, `https://host/lab?batch=8&mean="><b>`);
  assert.match(frame, /^<iframe src="https:\/\/host\/lab\?batch=8&#38;mean=&#34;&#62;&#60;b&#62;" title="/);
  assert.equal(frame.match(/</g).length, 2);
  assert.equal(frame.match(/"/g).length % 2, 0);
  assert.ok(!frame.includes("'"));
});
