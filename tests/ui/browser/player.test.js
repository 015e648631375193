import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { createPlayer } from "../../../ui/browser/player.js";
import { emptyPage } from "./page.js";

const FIGURE = {
  alt: "two traces",
  data: [
    { name: "path", x: [0, 1, 2, 3], y: [5, 6, 7, 8] },
    { name: "dot", x: [0], y: [5] },
  ],
};
const SPEC = {
  label: "Step",
  steps: 3,
  prefix: [0],
  frames: [0, 1, 2, 3].map((at) => ({ 1: { x: [at], y: [5 + at] } })),
  beside: { told: ["none", "one", "two", "three"], always: ["the same"] },
};

let body, rendered, player;

beforeEach(() => {
  body = emptyPage();
  rendered = 0;
  player = createPlayer(() => (rendered += 1));
  body.append(player.element);
});

const scrubber = () => player.element.children.find(({ tag }) => tag === "input");
const scrub = (to) => {
  scrubber().value = to;
  scrubber().tell("input");
};
const path = () => player.frame(FIGURE).data[0];
const dot = () => player.frame(FIGURE).data[1];

test("it stands at the end at first, or where the figure says", () => {
  player.fit(SPEC);
  assert.deepEqual(path().y, [5, 6, 7, 8]);
  assert.deepEqual([dot().name, ...dot().y], ["dot", 8]);
  player.fit({ ...SPEC, steps: 2, start: 0 });
  assert.deepEqual(path().y, [5]);
});

test("each place shows its own part of a path and its own frame", () => {
  player.fit(SPEC);
  for (const at of [2, 0, 3, 1]) {
    scrub(at);
    assert.deepEqual([path().x, path().y], [FIGURE.data[0].x.slice(0, at + 1), FIGURE.data[0].y.slice(0, at + 1)]);
    assert.deepEqual([dot().x, dot().y], [[at], [5 + at]]);
  }
  assert.equal(rendered, 4);
  assert.equal(FIGURE.data[0].x.length, 4, "the figure itself stays whole");
});

test("its place outlives a new figure of as many steps", () => {
  player.fit(SPEC);
  scrub(1);
  player.fit({ ...SPEC });
  assert.equal(path().y.length, 2);
  player.fit({ ...SPEC, steps: 2 });
  assert.equal(path().y.length, 3);
});

test("the texts beside it follow its step", () => {
  const beside = document.createElement("span");
  beside.dataset.at = "told";
  const same = document.createElement("span");
  same.dataset.at = "always";
  body.append(beside, same);
  player.fit(SPEC);
  assert.deepEqual([beside.innerHTML, same.innerHTML], ["three", "the same"]);
  scrub(1);
  assert.deepEqual([beside.innerHTML, same.innerHTML], ["one", "the same"]);
});

test("it says its place, also to a screen reader", () => {
  player.fit(SPEC);
  scrub(2);
  assert.equal(scrubber().getAttribute("aria-valuetext"), "Step 2 of 3");
});

test("step goes on by one, and from the end to the start", () => {
  player.fit({ ...SPEC, start: 2 });
  const step = player.element.button("Step");
  step.tell("click");
  assert.equal(path().y.length, 4);
  step.tell("click");
  assert.equal(path().y.length, 1);
});

test("play runs from the start to the end and stops there", (t) => {
  const tick = clock(t);
  player.fit(SPEC);
  player.element.button("Play").tell("click");
  assert.equal(path().y.length, 1, "from the end it begins anew");
  assert.ok(player.element.button("Pause"));
  tick(10);
  assert.equal(path().y.length, 4);
  assert.ok(player.element.button("Play"));
});

test("a pause holds, and so does a scrub", (t) => {
  const tick = clock(t);
  player.fit(SPEC);
  for (const halt of [() => player.element.button("Pause").tell("click"), () => scrub(1)]) {
    player.element.button("Play").tell("click");
    tick(1);
    halt();
    tick(10);
    assert.equal(path().y.length, 2);
    scrub(0);
  }
});

// Intervals that pass when the test says so.
function clock(t) {
  const running = new Map();
  let number = 0;
  t.mock.method(globalThis, "setInterval", (act) => (running.set(++number, act), number));
  t.mock.method(globalThis, "clearInterval", (which) => running.delete(which));
  return (times) => {
    for (let time = 0; time < times; time++) for (const act of [...running.values()]) act();
  };
}
