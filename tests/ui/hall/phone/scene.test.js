import assert from "node:assert/strict";
import { test } from "node:test";

import { createScene } from "../../../../ui/hall/phone/scene.js";
import { emptyPage, settled } from "../../browser/page.js";

const ABOUT = {
  defaults: { batch: "32", mean: "5", seed: "0" },
  steps: { batch: ["2", "8", "32"] },
  controls: {
    batch: { name: "batch", label: "Batch size", options: ["2", "8", "32"] },
    mean: { name: "mean", label: "Mean", low: -10, high: 10, step: 0.1 },
  },
};
const shown = { page: "lab", parts: ["fig_one", "words"], controls: ["batch", "mean"] };
const view = (query, parts = { fig_one: { at: query } }) => ({ page: "lab", query, parts });

function picture(more = {}) {
  const element = emptyPage();
  const asked = [];
  const placed = []; // [name of the part, settings, what is shown]
  let moved = 0;
  const scene = createScene({ ...shown, ...more }, {
    id: "one",
    element,
    about: Promise.resolve(ABOUT),
    live: {
      place(_, { name, shown, page }) {
        placed.push([name, page.settings, shown]);
        return () => placed.push([`${name} removed`]);
      },
    },
    ask: async (page, query) => {
      asked.push([page, query]);
      return { fig_one: { own: query } };
    },
    base: "/here",
    moved: () => (moved += 1),
  });
  const one = (tag, place = 0) => [...element.all()].filter((each) => each.tag === tag)[place];
  const slide = (place, value) => {
    const input = one("input", place);
    input.value = value;
    input.tell("input");
  };
  return { scene, asked, placed, one, slide, moves: () => moved, back: () => one("button") };
}

test("it shows the lecturer's picture as it comes, with the sliders at its settings", async () => {
  const { scene, placed, one, asked } = picture();
  await scene.told(view("batch=8"), true);
  await scene.told(view("batch=2&mean=-1.5"), true);
  assert.deepEqual(placed.map(([name, settings]) => [name, settings.batch, settings.mean]), [["fig_one", "8", "5"], ["fig_one", "2", "-1.5"]]);
  assert.deepEqual([one("input").value, one("input", 1).value], [0, "-1.5"]);
  assert.equal(one("h2").textContent, "The lecturer's picture");
  assert.equal(one("a").href, "/here/?batch=2&mean=-1.5");
  assert.deepEqual(asked, [], "it was computed once for all");
});

test("a touch lets go, one button returns to the newest", async () => {
  const { scene, placed, one, slide, moves, back } = picture();
  await scene.told(view("batch=8"), true);
  assert.equal(back().hidden, true);
  slide(1, 3);
  await scene.told(view("batch=2"), true);
  assert.equal(placed.length, 1);
  assert.deepEqual([moves(), one("h2").textContent, back().hidden], [1, "Your own picture", false]);
  assert.equal(one("a").href, "/here/?batch=8&mean=3");
  back().tell("click");
  assert.deepEqual([placed.at(-1)[1].batch, placed.at(-1)[1].mean, back().hidden], ["2", "5", true]);
});

test("free, it begins with the scene's own picture and stays the phone's", async () => {
  const { scene, placed, asked } = picture();
  await scene.told(view("batch=8", {}), false);
  await settled();
  await scene.told(view("batch=2", {}), false);
  await settled();
  assert.deepEqual(asked, [["lab", "batch=8"]]);
  assert.equal(placed.length, 1);
});

test("of a page without the scene's parts it shows the first figure", async () => {
  const { scene, placed } = picture();
  await scene.told(view("", { answer: "<p>words</p>", fig_other: {}, fig_third: {} }), true);
  assert.deepEqual(placed.map(([name]) => name), ["fig_other"]);
});

test("in the end its figures are removed, and nothing is drawn any more", async () => {
  const { scene, placed } = picture();
  await scene.told(view("batch=8"), true);
  scene.remove();
  await scene.told(view("batch=2"), true);
  assert.deepEqual(placed.map(([name]) => name), ["fig_one", "fig_one removed"]);
});
