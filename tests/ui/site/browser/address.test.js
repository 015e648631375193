// What a page begins with and what it leaves, against an address, a tab's storage and a history.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { arrive, arriveShown, go, keep, keepShowing } from "../../../../ui/site/browser/address.js";

const PAGE = {
  page: "lab",
  shown: ["mean", "batch"],
  every: ["mean", "batch", "eps", "over"],
  defaults: { mean: "5", batch: "32", eps: "1e-5" },
};
const STANDS = { mean: "5", batch: "32", eps: "1e-5" };

let stored, came;

function at(url) {
  const { pathname, search, hash } = new URL(url, "http://host/course/lab/");
  Object.assign(globalThis, { location: { pathname, search, hash } });
}

beforeEach(() => {
  stored = {};
  came = "navigate";
  at("");
  globalThis.sessionStorage = {
    getItem: (name) => stored[name] ?? null,
    setItem: (name, text) => (stored[name] = text),
    removeItem: (name) => delete stored[name],
  };
  globalThis.history = { state: { kept: 1 }, replaceState: (state, title, url) => at(url) };
  globalThis.performance.getEntriesByType = () => [{ type: came }];
});

test("a link says what the page begins with, and the visit has no say in it", () => {
  stored.settings = "mean=1&eps=1";
  at("?batch=4");
  const { values, asked } = arrive(PAGE);
  assert.deepEqual(values, { batch: "4" });
  assert.equal(asked.toString(), "batch=4");
});

test("what stands in the address is what is not at its default", () => {
  keep(PAGE, { ...STANDS, mean: "-2.5" }, new URLSearchParams());
  assert.equal(location.search, "?mean=-2.5");
  keep(PAGE, STANDS, new URLSearchParams());
  assert.equal(location.search, "");
});

test("what is not ours stays in the address, with the fragment; ours that is not shown here goes", () => {
  at("?course=7&over=rms&batch=4#week3");
  keep(PAGE, { ...STANDS, batch: "8" }, new URLSearchParams());
  assert.equal(location.search, "?course=7&batch=8");
  assert.equal(location.hash, "#week3");
});

test("a click in the menu takes the visit's settings along, once", () => {
  keep(PAGE, { ...STANDS, mean: "1" }, new URLSearchParams("over=rms"));
  go("numerics");
  at("/course/numerics/");
  const next = { ...PAGE, page: "numerics" };
  assert.deepEqual(arrive(next).values, { mean: "1", over: "rms" });
  assert.deepEqual(arrive(next).values, {});
});

test("how pages are shown goes along with a click in the menu, into the address", () => {
  at("?present=1&hide=momentum,eps&mean=1");
  keep(PAGE, { ...STANDS, mean: "1" }, new URLSearchParams(arrive(PAGE).values));
  assert.equal(location.search, "?present=1&hide=momentum,eps&mean=1");
  go("numerics");
  at("/course/numerics/");
  const next = { ...PAGE, page: "numerics" };
  const { values } = arrive(next);
  assert.equal(location.search, "?present=1&hide=momentum,eps");
  assert.deepEqual(values, { mean: "1", present: "1", hide: "momentum,eps" });
  keep(next, STANDS, new URLSearchParams(values));
  at("/course/lab/?mean=2");
  arrive(PAGE);
  assert.equal(location.search, "?mean=2", "a link asks for what it says");
});

test("a page without settings hands on how pages are shown, and the visit's settings", () => {
  stored.settings = "mean=1";
  at("/course/lessons/?hide=eps");
  keepShowing();
  go("lab");
  at("/course/lab/");
  assert.deepEqual(arrive(PAGE).values, { mean: "1", hide: "eps" });
  go("lessons");
  at("/course/lessons/");
  assert.ok(arriveShown("lessons"));
  assert.equal(location.search, "?hide=eps");
});

test("a click that led elsewhere does not count here", () => {
  stored.settings = "mean=1";
  go("numerics");
  assert.deepEqual(arrive(PAGE).values, {});
});

for (const way of ["reload", "back_forward"]) {
  test(`after ${way} the tab knows better than an address of old`, () => {
    keep(PAGE, { ...STANDS, mean: "2" }, new URLSearchParams());
    at("?mean=1");
    came = way;
    assert.deepEqual(arrive(PAGE).values, { mean: "2" });
  });
}

test("a reload in a tab that keeps nothing goes by the address", () => {
  came = "reload";
  at("?mean=1");
  assert.deepEqual(arrive(PAGE).values, { mean: "1" });
});

test("a browser that refuses to keep anything still has addresses", () => {
  const refuse = () => {
    throw new Error("SecurityError");
  };
  globalThis.sessionStorage = { getItem: refuse, setItem: refuse, removeItem: refuse };
  go("lab");
  at("?mean=1");
  assert.deepEqual(arrive(PAGE).values, { mean: "1" });
  keep(PAGE, { ...STANDS, mean: "2" }, new URLSearchParams());
  assert.equal(location.search, "?mean=2");
});

test("a name of Object's own is a name like any other", () => {
  at("?__proto__=1&constructor=2");
  const { values } = arrive(PAGE);
  assert.equal({}.polluted, undefined);
  keep(PAGE, STANDS, new URLSearchParams(values));
  assert.equal(new URLSearchParams(location.search).get("constructor"), "2");
});
