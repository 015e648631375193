import assert from "node:assert/strict";
import { test } from "node:test";

import { createSteps } from "../../../ui/browser/lesson_steps.js";
import { random, SEED } from "./page.js";

const place = ({ scene, phase }) => `${scene} ${phase}`;

test("question, close, reveal and next are steps of their own, up to the end", () => {
  const steps = createSteps(2);
  const seen = [place(steps.now())];
  for (let step = 0; step < 7; step += 1) seen.push(place(steps.on()));
  assert.deepEqual(seen, [
    "1 open", "1 closed", "1 revealed", "2 open", "2 closed", "2 revealed", "3 open", "3 open",
  ]);
});

test("back takes what was shown back, goes to the scene before as it was left, and opens nothing", () => {
  const steps = createSteps(3);
  for (let step = 0; step < 5; step += 1) steps.on();
  assert.equal(place(steps.now()), "2 revealed");
  const seen = Array.from({ length: 5 }, () => place(steps.back()));
  assert.deepEqual(seen, ["2 closed", "1 revealed", "1 closed", "1 closed", "1 closed"]);
  assert.deepEqual([steps.on(), steps.on()].map(place), ["1 revealed", "2 closed"]);
});

test("a scene that was skipped is still open", () => {
  const steps = createSteps(3);
  steps.goTo({ scene: 3, phase: "open" });
  assert.equal(place(steps.back()), "2 open");
});

test("steps alone never open a question that was closed", () => {
  const draw = random(SEED);
  const steps = createSteps(4);
  const closed = new Set();
  for (let step = 0; step < 2000; step += 1) {
    const { scene, phase } = draw(5) < 3 ? steps.on() : steps.back();
    assert.ok(scene >= 1 && scene <= 5);
    if (phase === "open") assert.ok(!closed.has(scene), `seed ${SEED}, step ${step}`);
    else closed.add(scene);
  }
  assert.ok(closed.size > 1);
});

test("whoever steers from elsewhere may go anywhere, and open a question again", () => {
  const steps = createSteps(2);
  steps.goTo({ scene: 2, phase: "revealed" });
  steps.goTo({ scene: 2, phase: "open" });
  assert.deepEqual(steps.now(), { scene: 2, phase: "open" });
  assert.equal(place(steps.goTo({ scene: 3, phase: "closed" })), "3 open", "the end has no phases");
});

test("a place that there is not is refused in words, and nothing has moved", () => {
  const steps = createSteps(2);
  steps.on();
  for (const scene of [0, 4, 1.5, "1", null]) {
    assert.throws(() => steps.goTo({ scene, phase: "open" }), /expected 1 to 2, or 3 for the end/);
  }
  assert.throws(() => steps.goTo({ scene: 1, phase: "shut" }), /expected one of open, closed, revealed/);
  assert.equal(place(steps.now()), "1 closed");
});

test("a lecture goes on where it was left", () => {
  const first = createSteps(3);
  for (let step = 0; step < 4; step += 1) first.on();
  const second = createSteps(3, first.far());
  assert.equal(place(second.leaf(1)), "1 revealed");
  assert.equal(place(second.leaf(2)), "2 closed");
  assert.equal(place(second.leaf(3)), "3 open");
  assert.equal(place(createSteps(1, [[7, "revealed"], [1, "shut"]]).leaf(1)), "1 open", "nonsense is passed over");
});

test("a reader goes straight to what happens", () => {
  const steps = createSteps(1);
  assert.equal(place(steps.reveal()), "1 revealed");
  assert.equal(place(steps.leaf(2)), "2 open");
  assert.equal(place(steps.reveal()), "2 open");
});

test("a picture alone has no question to close, and may have nothing to reveal", () => {
  const kinds = [["open"], ["open", "revealed"], ["open", "closed", "revealed"]];
  const steps = createSteps(3, [], (scene) => kinds[scene - 1]);
  const seen = Array.from({ length: 6 }, () => place(steps.on()));
  assert.deepEqual(seen, ["2 open", "2 revealed", "3 open", "3 closed", "3 revealed", "4 open"]);
  const back = Array.from({ length: 6 }, () => place(steps.back()));
  assert.deepEqual(back, ["3 revealed", "3 closed", "2 revealed", "2 open", "1 open", "1 open"]);
  assert.deepEqual([steps.on(), steps.on()].map(place), ["2 open", "2 revealed"]);
});
