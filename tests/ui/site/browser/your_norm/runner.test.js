// One question at a time in a worker that can be ended, against workers that say what a test tells them.

import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

import { settled } from "../../../browser/page.js";
import { createRunner, LIMIT } from "../../../../../ui/site/browser/your_norm/runner.js";

let workers, states;

const spawn = (say) => {
  const one = { say, asked: [], ended: false, ask: (message) => one.asked.push(message), end: () => (one.ended = true) };
  workers.push(one);
  return one;
};
const create = (given) => createRunner(spawn, (state) => states.push(state), given);
const last = (worker) => worker.asked.at(-1);

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
  workers = [];
  states = [];
});

test("a question waits until Python is ready, and its time begins then", async () => {
  const runner = create();
  const answer = runner.ask("ran", "code", "a=1");
  mock.timers.tick(LIMIT * 10);
  assert.deepEqual(workers[0].asked, []);
  workers[0].say({ kind: "ready" });
  assert.deepEqual(last(workers[0]), { number: 1, wanted: "ran", given: ["code", "a=1"] });
  workers[0].say({ kind: "answer", number: 1, text: "7" });
  assert.equal(await answer, "7");
  mock.timers.tick(LIMIT * 10);
  assert.equal(workers[0].ended, false);
});

test("a spare is made once there is nothing else to do, and takes the place of one that is ended", async () => {
  const runner = create();
  workers[0].say({ kind: "ready" });
  assert.equal(workers.length, 2);
  workers[1].say({ kind: "ready" });
  const late = runner.ask("ran", "loop", "");
  mock.timers.tick(LIMIT - 1);
  assert.equal(workers[0].ended, false);
  mock.timers.tick(1);
  await assert.rejects(late, ({ kind }) => kind === "late");
  assert.ok(workers[0].ended);
  assert.equal(states.at(-1).state, "ready");
  const answer = runner.ask("ran", "code", "");
  workers[1].say({ kind: "answer", number: last(workers[1]).number, text: "1" });
  assert.equal(await answer, "1");
  assert.equal(workers.length, 3, "and there is a spare again");
});

test("what an ended worker still says is not heard", async () => {
  const runner = create({ spare: false });
  workers[0].say({ kind: "ready" });
  const late = runner.ask("ran", "loop", "");
  mock.timers.tick(LIMIT);
  await assert.rejects(late);
  const answer = runner.ask("ran", "code", "");
  workers[0].say({ kind: "answer", number: 2, text: "of old" });
  workers[1].say({ kind: "ready" });
  workers[1].say({ kind: "answer", number: 2, text: "new" });
  assert.equal(await answer, "new");
  assert.equal(workers.length, 2, "no spare where there is no room");
});

test("a worker that dies of a question is told, and the next one comes", async () => {
  const runner = create({ spare: false });
  workers[0].say({ kind: "ready" });
  const died = runner.ask("ran", "code", "");
  workers[0].say({ kind: "died", why: "memory" });
  await assert.rejects(died, { kind: "died", message: "memory" });
  assert.deepEqual(states.at(-1), { state: "coming", share: 0, why: "memory" });
  workers[1].say({ kind: "coming", share: 0.5 });
  assert.equal(states.at(-1).share, 0.5);
});

test("a spare that dies leaves the first alone, and there is no other", async () => {
  const runner = create();
  workers[0].say({ kind: "ready" });
  workers[1].say({ kind: "died", why: "memory" });
  const answer = runner.ask("ran", "code", "");
  workers[0].say({ kind: "answer", number: 1, text: "1" });
  assert.equal(await answer, "1");
  assert.equal(workers.length, 2);
});

test("what waits for one that never was ready is asked of the next; in the end there is none", async () => {
  const runner = create();
  const asked = runner.ask("ran", "code", "");
  asked.catch(() => {});
  workers[0].say({ kind: "died", why: "one" });
  workers[1].say({ kind: "died", why: "two" });
  assert.equal(workers.length, 3);
  assert.equal(runner.gone(), false);
  workers[2].say({ kind: "died", why: "three" });
  await settled();
  await assert.rejects(asked, /three/);
  assert.deepEqual(states.at(-1), { state: "gone", why: "three" });
  await assert.rejects(runner.ask("ran", "code", ""), /three/);
  assert.equal(workers.length, 3);
});

test("a question that failed is told, and its worker goes on", async () => {
  const runner = create({ spare: false });
  workers[0].say({ kind: "ready" });
  const failed = runner.ask("ran", "code", "");
  workers[0].say({ kind: "failed", number: 1, why: "KeyError" });
  await assert.rejects(failed, { kind: "failed", message: "KeyError" });
  assert.equal(workers[0].ended, false);
});
