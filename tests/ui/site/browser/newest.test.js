// One question under way, the newest next.

import assert from "node:assert/strict";
import { test } from "node:test";

import { settled } from "../../browser/page.js";
import { createNewest } from "../../../../ui/site/browser/newest.js";

test("of those that wait the newest alone is asked, the others are told null", async () => {
  const asked = [];
  const ask = createNewest((question) => new Promise((resolve) => asked.push({ question, resolve })));
  const answers = ["a", "b", "c", "d"].map(ask);
  assert.deepEqual(asked.map(({ question }) => question), ["a"]);
  asked[0].resolve(1);
  await settled();
  assert.deepEqual(asked.map(({ question }) => question), ["a", "d"]);
  asked[1].resolve(4);
  assert.deepEqual(await Promise.all(answers), [1, null, null, 4]);
});

test("a question that fails lets the next one through", async () => {
  let failing = true;
  const ask = createNewest(async (question) => {
    if (failing) throw new Error("no");
    return question;
  });
  const [first, second] = [ask("a"), ask("b")];
  failing = true;
  await assert.rejects(first);
  await assert.rejects(second);
  failing = false;
  assert.equal(await ask("c"), "c");
});
