import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { createTurns } from "../../../ui/browser/turns.js";

let frames = []; // what waits for the next frame

beforeEach(() => {
  frames = [];
  globalThis.innerHeight = 700;
  globalThis.requestAnimationFrame = (act) => frames.push(act);
});

// One frame is painted, and what was to come after it comes.
async function paint() {
  for (const act of frames.splice(0)) act();
  await new Promise((resolve) => setTimeout(resolve));
}

function stage(...tops) {
  const log = [];
  const parts = tops.map((top, index) => ({
    name: `fig_${index}`,
    drawn: null,
    element: { getBoundingClientRect: () => ({ top, bottom: top + 300 }) },
    draw(shown, asked) {
      this.drawn = asked;
      log.push([this.name, asked]);
    },
  }));
  const shown = Object.fromEntries(parts.map(({ name }) => [name, { data: [] }]));
  return { parts, shown, log, take: createTurns(() => parts) };
}

test("one figure a frame, from the top", async () => {
  const { take, shown, log } = stage(400, 0);
  take(shown, "a");
  assert.deepEqual(log, [["fig_1", "a"]]);
  await paint();
  assert.deepEqual(log, [["fig_1", "a"], ["fig_0", "a"]]);
  await paint();
  await paint();
  assert.equal(log.length, 2);
});

test("what is in sight goes before what is not", async () => {
  const { take, shown, log } = stage(-900, 350, 1200);
  take(shown, "a");
  await paint();
  await paint();
  assert.deepEqual(log.map(([name]) => name), ["fig_1", "fig_0", "fig_2"]);
});

test("none is left behind under a stream of answers", async () => {
  const { take, shown, log } = stage(0, 310, 620);
  for (let answer = 0; answer < 9; answer++) {
    take(shown, String(answer));
    await paint();
  }
  for (const name of Object.keys(shown)) {
    assert.ok(log.filter(([drawn]) => drawn === name).length >= 3, `${name} waits`);
  }
});

test("sentences are drawn at once, all of them", () => {
  const { parts, take, shown, log } = stage(0, 100, 200);
  shown.fig_1 = "a sentence";
  shown.fig_2 = "another";
  take(shown, "a");
  assert.deepEqual(log.map(([name]) => name), ["fig_1", "fig_2", "fig_0"]);
  assert.ok(parts.every(({ drawn }) => drawn === "a"));
});

test("only what the answer holds and what is not drawn yet", () => {
  const { parts, take, shown, log } = stage(0, 100);
  delete shown.fig_1;
  parts[0].drawn = "a";
  take(shown, "a");
  assert.deepEqual(log, []);
});
