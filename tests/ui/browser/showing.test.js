import assert from "node:assert/strict";
import { test } from "node:test";

import { likewise, showing } from "../../../ui/browser/showing.js";

test("an address says whether it is for a hall, and what is hidden", () => {
  assert.deepEqual(showing("?batch=4"), { present: false, hide: [] });
  assert.deepEqual(showing("?present=1&hide=momentum,eps"), { present: true, hide: ["momentum", "eps"] });
  assert.deepEqual(showing("?present=yes&hide=,%20eps,&hide=std"), { present: false, hide: ["eps", "std"] });
});

test("what a page leads to is shown as it is, and nothing else goes along", () => {
  assert.equal(likewise("mean=8", "?present=1&hide=momentum,eps&batch=4"), "mean=8&present=1&hide=momentum,eps");
  assert.equal(likewise("", "?batch=4"), "");
  assert.equal(likewise(new URLSearchParams({ scene: 2 }), "?present=1"), "scene=2&present=1");
  const back = showing(`?${likewise("", "?hide=a%26present=1")}`);
  assert.deepEqual(back, { present: false, hide: ["a&present=1"] });
});
