import assert from "node:assert/strict";
import { test } from "node:test";

import { createVotes } from "../../../../ui/hall/phone/vote.js";
import { random, SEED, settled } from "../../browser/page.js";

const open = (id = "q1", round = 1) => ({ phase: "open", question: { id }, round });
const closed = (id = "q1", round = 1) => ({ phase: "closed", question: { id }, round });

// A phone whose requests are answered by hand, and whose clock is moved by hand.
function phone(before = {}) {
  const asked = []; // { vote, answer(with), fail() }
  const waits = [];
  const told = [];
  let written = JSON.stringify(before);
  const votes = createVotes({
    kept: { get: () => JSON.parse(written), set: (all) => (written = JSON.stringify(all)) },
    send: (vote) => new Promise((resolve, reject) => asked.push({ vote, answer: resolve, fail: () => reject(new Error("no network")) })),
    told: (snapshot) => {
      told.push(snapshot);
      votes.seen(snapshot);
    },
    changed() {},
    later: (call, milliseconds) => waits.push({ call, milliseconds }),
  });
  return { votes, asked, waits, told, written: () => JSON.parse(written) };
}

test("sent is only what the server has", async () => {
  const { votes, asked } = phone();
  votes.seen(open());
  votes.tap(2);
  assert.equal(votes.of("q1", 1).state, "kept");
  assert.deepEqual(asked[0].vote, { question: "q1", round: 1, value: 2 });
  asked[0].answer({ status: 204 });
  await settled();
  assert.equal(votes.of("q1", 1).state, "sent");
  votes.tap(2);
  assert.equal(asked.length, 1, "the same answer is not sent again");
});

test("nothing is sent before a question is open, nor twice at once, and the newest tap wins", async () => {
  const { votes, asked } = phone();
  votes.tap(1);
  assert.equal(asked.length, 0);
  votes.seen(open());
  votes.tap(0);
  votes.tap(1);
  votes.tap(3);
  assert.equal(asked.length, 1);
  asked[0].answer({ status: 204 });
  await settled();
  assert.equal(votes.of("q1", 1).state, "kept", "what the server has is not what was tapped last");
  assert.equal(votes.of("q1", 1).sent, 0);
  assert.deepEqual(asked[1].vote.value, 3);
  asked[1].answer({ status: 204 });
  await settled();
  assert.equal(votes.of("q1", 1).state, "sent");
  assert.equal(asked.length, 2);
});

test("a tap without a network is kept, tried again later, and at once when the room is heard", async () => {
  const { votes, asked, waits } = phone();
  votes.seen(open());
  votes.tap(1);
  asked[0].fail();
  await settled();
  assert.equal(votes.of("q1", 1).failed, true);
  waits.at(-1).call();
  assert.equal(asked.length, 2);
  asked[1].fail();
  await settled();
  assert.ok(waits.at(-1).milliseconds > waits[0].milliseconds, "it asks less and less often");
  votes.seen(open());
  assert.equal(asked.length, 3);
  for (const { call } of waits) call();
  assert.equal(asked.length, 3, "while it is under way nothing else is sent");
});

test("a tap that was kept is never sent after the close", async () => {
  const { votes, asked, waits } = phone();
  votes.seen(open());
  votes.tap(1);
  asked[0].fail();
  await settled();
  votes.seen(closed());
  for (const { call } of waits) call();
  votes.seen(open("q1", 2));
  votes.seen(open("q2"));
  assert.equal(asked.length, 1);
  assert.equal(votes.of("q1", 1).state, "late");
});

test("a refusal after the close brings the present state and is told", async () => {
  const { votes, asked, told } = phone();
  votes.seen(open());
  votes.tap(1);
  asked[0].answer({ status: 204 });
  await settled();
  votes.tap(2);
  asked[1].answer({ status: 409, snapshot: closed() });
  await settled();
  const { state, sent, value } = votes.of("q1", 1);
  assert.deepEqual({ state, sent, value }, { state: "late", sent: 1, value: 2 });
  assert.deepEqual(told, [closed()]);
});

test("a reload finds the tap again and sends it, while it is open", async () => {
  const first = phone();
  first.votes.seen(open());
  first.votes.tap(3);
  first.asked[0].fail();
  await settled();
  const again = phone(first.written());
  again.votes.seen(open());
  assert.deepEqual(again.asked[0].vote, { question: "q1", round: 1, value: 3 });
  const late = phone(first.written());
  late.votes.seen(closed());
  assert.equal(late.asked.length, 0);
  assert.equal(late.votes.of("q1", 1).state, "late");
});

test("a server that wants to be left alone is, as long as it said", async () => {
  const { votes, asked, waits } = phone();
  votes.seen(open());
  votes.tap(1);
  asked[0].answer({ status: 429, wait: 30 });
  await settled();
  assert.equal(waits.at(-1).milliseconds, 30_000);
});

test("an answer that the question does not have is not sent again", async () => {
  const { votes, asked, waits } = phone();
  votes.seen(open());
  votes.tap(9);
  asked[0].answer({ status: 422 });
  await settled();
  assert.equal(votes.of("q1", 1).state, "refused");
  votes.seen(open());
  assert.equal(asked.length + waits.length, 1);
});

// Against a server that refuses what is not open, with any order of taps, lost answers, closes and reloads.
test("whatever happens, sent means that the server has it, and nothing reaches it after the close", async () => {
  const next = random(SEED);
  for (let trial = 0; trial < 60; trial += 1) {
    let now = open();
    const server = { counted: {} };
    let { votes, asked, waits, written } = phone();
    votes.seen(now);
    for (let act = 0; act < 40; act += 1) {
      const kind = next(6);
      const waiting = asked.find((one) => !one.done);
      if (kind <= 1) votes.tap(next(4));
      else if (kind <= 3 && waiting) {
        waiting.done = true;
        const { question, round, value } = waiting.vote;
        const fits = now.phase === "open" && now.question.id === question && now.round === round;
        const arrives = next(3) > 0;
        if (arrives && fits) server.counted[`${round} ${question}`] = value;
        if (!arrives || next(4) === 0) waiting.fail();
        else waiting.answer(fits ? { status: 204 } : { status: 409, snapshot: now });
      } else if (kind === 4) {
        for (const { call } of waits.splice(0)) call();
        votes.seen(now);
      } else if (next(3) === 0) {
        now = now.phase === "open" ? closed(now.question.id, now.round) : open(`q${next(3)}`, 1 + next(2));
        const before = asked.length;
        if (next(2)) votes.seen(now);
        if (now.phase === "closed") assert.equal(asked.length, before);
      } else if (next(3) === 0) {
        ({ votes, asked, waits, written } = phone(written()));
        votes.seen(now);
      }
      await settled();
      for (const vote of Object.values(written())) {
        const key = `${vote.round} ${vote.question}`;
        if (vote.state === "sent") assert.equal(server.counted[key], vote.value, `seed ${SEED}, trial ${trial}`);
      }
    }
  }
});
