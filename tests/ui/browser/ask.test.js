import assert from "node:assert/strict";
import { test } from "node:test";

import { askAt } from "../../../ui/browser/ask.js";

// The answers of a server, in order; gives the requests that came.
function server(t, ...answers) {
  const asked = [];
  t.mock.method(globalThis, "fetch", async (address, { headers }) => {
    asked.push({ address, page: headers["X-Page"], data: headers["X-Data"] });
    const { status = 200, told = {}, after } = answers.shift();
    return { status, ok: status < 300, json: async () => told, headers: new Headers(after ? { "Retry-After": after } : {}) };
  });
  return asked;
}

test("every question says which page it comes from", async (t) => {
  const asked = server(t, { told: { a: 1 } }, { told: { b: 2 } });
  assert.deepEqual(await askAt("/one"), { a: 1 });
  assert.deepEqual(await askAt("/two"), { b: 2 });
  assert.deepEqual(asked.map(({ address }) => address), ["/one", "/two"]);
  assert.match(asked[0].page, /^\d+-\d+$/);
  assert.ok(asked[0].page.length <= 32);
  assert.equal(asked[1].page, asked[0].page);
});

test("a visitor's data are named in a header, and in no other way", async (t) => {
  const asked = server(t, {}, {});
  await askAt("/one", "a-token");
  await askAt("/two", "");
  assert.deepEqual(asked.map(({ data }) => data), ["a-token", undefined]);
  assert.equal(asked[0].address, "/one");
});

test("what cannot be had is nothing to draw", async (t) => {
  server(t, { status: 422 });
  assert.equal(await askAt("/one"), null);
});

test("a busy server says when to ask again", async (t) => {
  server(t, { status: 429, after: "3" }, { status: 429 });
  await assert.rejects(askAt("/one"), { again: 3000 });
  await assert.rejects(askAt("/one"), { again: 1000 });
});
