import assert from "node:assert/strict";
import { test } from "node:test";

import { createQuestions } from "../../../ui/browser/questions.js";
import { random, SEED, settled } from "./page.js";

// Questions to one who answers when the test says so.
function asked(most = 2) {
  const sent = [];
  const drawn = [];
  const missed = [];
  const questions = createQuestions(
    (view, query) =>
      new Promise((resolve, reject) => {
        sent.push({ view, query, answer: (shown = query) => resolve(shown), fail: () => reject(new Error()), busy: () => reject(Object.assign(new Error(), { again: 0 })) });
      }),
    (shown, query) => drawn.push([shown, query]),
    (query) => missed.push(query),
    most,
  );
  return { ask: (query, view = "lab") => questions.ask(view, query), sent, drawn, missed };
}

test("two are under way, and the newest is next", async () => {
  const { ask, sent } = asked();
  for (const query of ["a", "b", "c", "d", "e"]) ask(query);
  assert.deepEqual(sent.map(({ query }) => query), ["a", "b"]);
  sent[0].answer();
  await settled();
  assert.deepEqual(sent.map(({ query }) => query), ["a", "b", "e"]);
  sent[1].answer();
  sent[2].answer();
  await settled();
  assert.equal(sent.length, 3);
});

test("one at a time, where the host wants it so", async () => {
  const { ask, sent } = asked(1);
  for (const query of ["a", "b", "c"]) ask(query);
  assert.deepEqual(sent.map(({ query }) => query), ["a"]);
  sent[0].answer();
  await settled();
  assert.deepEqual(sent.map(({ query }) => query), ["a", "c"]);
});

test("an answer that a newer one has overtaken is not drawn", async () => {
  const { ask, sent, drawn } = asked();
  ask("old");
  ask("new");
  sent[1].answer("shown at new");
  await settled();
  sent[0].answer("shown at old");
  await settled();
  assert.deepEqual(drawn, [["shown at new", "new"]]);
});

test("what is asked for already is not asked for again", async () => {
  const { ask, sent } = asked();
  ask("a");
  ask("a");
  assert.equal(sent.length, 1);
  ask("a", "numerics");
  assert.equal(sent.length, 2, "another page's question is another question");
  sent[0].answer();
  sent[1].answer();
  await settled();
  ask("a", "numerics");
  assert.equal(sent.length, 3, "none is under way any more");
});

test("a question that fails is told, unless a newer one waits", async () => {
  const { ask, sent, missed } = asked();
  ask("a");
  sent[0].fail();
  await settled();
  assert.deepEqual(missed, ["a"]);
  for (const query of ["b", "c", "d"]) ask(query);
  sent[1].fail();
  await settled();
  assert.deepEqual(missed, ["a"]);
  assert.equal(sent.at(-1).query, "d");
});

test("after a failure the same may be asked again", async () => {
  const { ask, sent } = asked();
  ask("a");
  ask("b");
  sent[1].fail();
  await settled();
  ask("b");
  assert.deepEqual(sent.map(({ query }) => query), ["a", "b", "b"]);
});

const later = () => new Promise((resolve) => setTimeout(resolve, 2)).then(settled);

test("where the answerer is busy, the same is asked again after a while", async () => {
  const { ask, sent, drawn, missed } = asked();
  ask("a");
  sent[0].busy();
  await later();
  assert.deepEqual(sent.map(({ query }) => query), ["a", "a"]);
  sent[1].answer();
  await settled();
  assert.deepEqual([drawn, missed], [[["a", "a"]], []]);
});

test("a busy answerer is asked the newest, and each once", async () => {
  const { ask, sent, missed } = asked();
  for (const query of ["a", "b", "c", "d"]) ask(query);
  sent[0].busy();
  sent[1].busy();
  ask("e");
  await later();
  assert.deepEqual(sent.map(({ query }) => query), ["a", "b", "e"]);
  assert.deepEqual(missed, []);
});

test("one that is busy for ever is given up, and told", async () => {
  const { ask, sent, missed } = asked();
  ask("a");
  for (let tries = 0; tries < sent.length; tries++) {
    assert.ok(tries < 20);
    sent[tries].busy();
    await later();
  }
  assert.deepEqual(missed, ["a"]);
});

test("an answer of nothing draws nothing", async () => {
  const { ask, sent, drawn, missed } = asked();
  ask("a");
  sent[0].answer(null);
  await settled();
  assert.deepEqual([drawn, missed], [[], []]);
});

test(`whatever comes when, the last question is drawn last (SEED=${SEED})`, async () => {
  const pick = random(SEED);
  for (let round = 0; round < 50; round++) {
    const { ask, sent, drawn } = asked();
    let open = [];
    let number = 0;
    let seen = 0;
    const take = () => {
      open.push(...sent.slice(seen));
      seen = sent.length;
      assert.ok(open.length <= 2);
    };
    for (let event = 0; event < 30; event++) {
      if (pick(2)) ask(String(++number));
      take();
      if (open.length && pick(3) === 0) open.splice(pick(open.length), 1)[0].answer();
      await settled();
      take();
    }
    ask("last");
    for (take(); open.length; take()) {
      open.splice(pick(open.length), 1)[0].answer();
      await settled();
    }
    assert.equal(drawn.at(-1)[1], "last");
    const order = drawn.slice(0, -1).map(([, query]) => Number(query));
    assert.deepEqual(order, order.toSorted((a, b) => a - b), "never back to an older one");
  }
});
