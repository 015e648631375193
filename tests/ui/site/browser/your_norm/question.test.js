// The code is run at the settings: the newest alone, and none again that had to be ended.

import assert from "node:assert/strict";
import { test } from "node:test";

import { createQuestion } from "../../../../../ui/site/browser/your_norm/question.js";
import { NoAnswer } from "../../../../../ui/site/browser/your_norm/runner.js";

const ANSWER = JSON.stringify({ error: null, printed: "hi", shown: {}, checks: [] });
const create = (answer) => {
  const asked = [];
  const ask = (...given) => {
    asked.push(given);
    return answer(given);
  };
  return { asked, run: createQuestion({ ask }, Promise.resolve()) };
};

test("the code and the settings are asked about, and the answer comes cleaned", async () => {
  const { asked, run } = create(async () => ANSWER);
  assert.equal((await run("code", "a=1")).printed, "hi");
  assert.deepEqual(asked, [["ran", "code", "a=1"]]);
});

test("of those that wait the newest is asked alone", async () => {
  const { asked, run } = create(async () => ANSWER);
  const [first, second, third] = [run("1", ""), run("2", ""), run("3", "")];
  assert.equal(await second, null);
  assert.ok((await first) && (await third));
  assert.deepEqual(asked.map(([, code]) => code), ["1", "3"]);
});

for (const [kind, words] of [["late", /Stopped after 2 seconds/], ["died", /started anew/]]) {
  test(`code that had to be ended (${kind}) is run again only once it is changed, or by a button`, async () => {
    const { asked, run } = create(([, code]) => (code === "loop" ? Promise.reject(new NoAnswer(kind, "x")) : Promise.resolve(ANSWER)));
    const told = await run("loop", "");
    assert.match(told.error.text, words);
    assert.equal(told.checks, null);
    assert.deepEqual(await run("loop", "mean=2"), told);
    assert.equal(asked.length, 1);
    await run("loop", "", true);
    assert.equal(asked.length, 2);
    assert.equal((await run("other", "")).printed, "hi");
  });
}

test("too long a text, a failure and an answer that is none are told", async () => {
  const { asked, run } = create(async ([, code]) => {
    if (code === "fails") throw new NoAnswer("failed", "KeyError");
    return "{";
  });
  assert.match((await run("x".repeat(50_001), "")).error.text, /50001 letters, expected at most 50000/);
  assert.equal(asked.length, 0);
  assert.match((await run("fails", "")).error.text, /KeyError/);
  assert.match((await run("none", "")).error.text, /could not be computed/);
});
