import assert from "node:assert/strict";
import { test } from "node:test";

import { asks, backPress, countOf, mayVoteAgain, nextPress, placeOf, stepTowards } from "../../../../ui/hall/projector/steps.js";
import { random, SEED } from "../../browser/page.js";

const room = (scene, phase, more = {}) => ({ scene, scenes: 3, phase, round: 1, question: { options: ["a", "b"] }, ...more });
const silent = { question: {} }; // a scene that asks nothing

test("a question is opened as soon as it is shown, closed and revealed with the lecture", () => {
  assert.equal(stepTowards(room(1, "waiting"), { scene: 1, phase: "open" }), "open");
  assert.equal(stepTowards(room(1, "open"), { scene: 1, phase: "closed" }), "close");
  assert.equal(stepTowards(room(1, "closed"), { scene: 1, phase: "revealed" }), "reveal");
  assert.equal(stepTowards(room(1, "revealed"), { scene: 2, phase: "open" }), "next");
  assert.equal(stepTowards(room(2, "open"), { scene: 1, phase: "revealed" }), "back");
});

test("nothing that was closed or revealed is taken back, and the lecture's end moves nothing", () => {
  assert.equal(stepTowards(room(1, "revealed"), { scene: 1, phase: "closed" }), null);
  assert.equal(stepTowards(room(1, "closed"), { scene: 1, phase: "open" }), null);
  assert.equal(stepTowards(room(3, "revealed"), { scene: 4, phase: "open" }), null);
});

test("a scene that asks nothing is not opened", () => {
  assert.equal(asks(room(1, "waiting", silent)), false);
  assert.equal(stepTowards(room(1, "waiting", silent), { scene: 1, phase: "open" }), null);
  assert.deepEqual(nextPress(room(1, "waiting", silent)), { label: "Next", place: { scene: 2, phase: "open" } });
});

// As the server takes steps.
function take(now, to) {
  const up = { open: ["waiting", "open"], close: ["open", "closed"], reveal: ["closed", "revealed"] };
  const phases = { ...now.phases };
  if (to === "next" || to === "back") return { ...now, scene: now.scene + (to === "next" ? 1 : -1) };
  assert.equal(phases[now.scene], up[to][0]);
  phases[now.scene] = up[to][1];
  return { ...now, phases };
}

test("from any place to any other the steps come to an end, each of them possible", () => {
  const next = random(SEED);
  const phases = ["waiting", "open", "closed", "revealed"];
  for (let trial = 0; trial < 300; trial += 1) {
    let now = { scene: 1 + next(3), phases: Object.fromEntries([1, 2, 3].map((scene) => [scene, phases[next(4)]])) };
    const place = { scene: 1 + next(3), phase: phases[1 + next(3)] };
    const view = () => room(now.scene, now.phases[now.scene]);
    let steps = 0;
    for (let to = stepTowards(view(), place); to; to = stepTowards(view(), place)) {
      now = take(now, to);
      assert.ok(++steps <= 6, `seed ${SEED}`);
    }
    assert.equal(now.scene, place.scene);
    assert.ok(phases.indexOf(now.phases[now.scene]) >= phases.indexOf(place.phase), `seed ${SEED}`);
  }
});

test("the presses of a remote lead through the lecture and end", () => {
  const labels = [];
  let now = { scene: 1, phases: { 1: "waiting", 2: "waiting", 3: "waiting" } };
  for (;;) {
    const press = nextPress(room(now.scene, now.phases[now.scene]));
    if (!press) break;
    labels.push(press.label);
    for (let to; (to = stepTowards(room(now.scene, now.phases[now.scene]), press.place)); ) now = take(now, to);
  }
  assert.deepEqual(labels, ["Open", "Close", "Reveal", "Next", "Close", "Reveal", "Next", "Close", "Reveal"]);
  assert.equal(backPress(room(1, "open")), null);
  assert.deepEqual(backPress(room(3, "open")), { scene: 2, phase: "open" });
});

test("a second vote is there once, after the close", () => {
  assert.ok(mayVoteAgain(room(1, "closed")));
  for (const other of [room(1, "open"), room(1, "revealed"), room(1, "closed", { round: 2 }), room(1, "closed", silent)]) {
    assert.equal(mayVoteAgain(other), false);
  }
});

test("places and counts", () => {
  assert.deepEqual(placeOf(room(2, "waiting")), { scene: 2, phase: "open" });
  assert.equal(countOf({ votes: 212, phones: 287 }), "212 of 287");
  assert.equal(countOf({ votes: 3, phones: 2 }), "3 of 3", "a phone may have gone after its vote");
});
