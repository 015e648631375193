import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { settled } from "../page.js";
import { address, come, emptyBrowser, own, words } from "./given.js";

emptyBrowser();
const { createLessons } = await import("../../../../ui/browser/own/lessons.js");
const { pack } = await import("../../../../ui/browser/own/packed.js");
const store = await import("../../../../ui/browser/own/store.js");

const GOOD = {
  version: 1,
  title: "Mine",
  scenes: [{ page: "lab", question: "Which?", options: ["one", "other"], right: 1, explain: "So it is." }, { page: "lab" }],
};
let body, went;

beforeEach(() => {
  store.clear();
  ({ body } = emptyBrowser());
  went = [];
});

function lessons(sent = {}) {
  const host = {
    palettes: {},
    background: () => "rgb(255, 255, 255)",
    watchBackground() {},
    most: 1,
    ask: async () => ({}),
    reveal: () => assert.fail("nobody else is asked what happens in an own lecture"),
    address,
    link: (view, query) => `${view}?${query}`,
    go: (lecture, scene) => went.push([lecture, scene]),
  };
  return createLessons(body, { lectures: [], lecture: null, scene: 0, mine: false, own, ...sent }, host);
}

test("the list has a card of one's own lecture", () => {
  store.replace(GOOD);
  const { lesson } = lessons();
  assert.equal(lesson.lecture, null);
  assert.match(words(body), /First predict.*My lecture “Mine”, 2 scenes\. Give/);
});

test("it is given with what its author says", async () => {
  store.replace(GOOD);
  const { lesson } = lessons({ mine: true, scene: 1 });
  assert.equal(lesson.lecture, "mine");
  lesson.goTo({ scene: 1, phase: "revealed" });
  await settled();
  assert.match(words(body), /Which\?.*the author’s answer.*So it is\./);
  assert.deepEqual(went, [["mine", 1]]);
});

test("where there is none, or it is not finished, the editor says so", () => {
  lessons({ mine: true, scene: 1 });
  assert.match(words(body), /no lecture of your own in this browser yet/);
  body = emptyBrowser().body;
  store.replace({ ...GOOD, scenes: [{ page: "lab", options: ["a", "b"] }] });
  assert.equal(lessons({ mine: true, scene: 1 }).lesson, null);
  assert.match(words(body), /not finished.*Scene 1, question: missing/);
});

test("a link that carries one opens it on the list, without the answers, and leaves the address", async () => {
  location = new URL(`https://host/course/lessons#lecture=${await pack(JSON.stringify(GOOD))}`);
  lessons();
  await come(() => store.read().lecture);
  assert.deepEqual(store.read().lecture, GOOD);
  assert.match(words(body), /“Mine” is open: 2 scenes/);
  assert.doesNotMatch(words(body), /other/);
  assert.equal(location.href, "https://host/course/lessons");
});

test("a damaged link is told, and what was there stays", async () => {
  store.replace(GOOD);
  const packed = await pack(JSON.stringify({ ...GOOD, title: "Other" }));
  location = new URL(`https://host/course/lessons#lecture=${packed.slice(0, -9)}`);
  lessons();
  await come(() => /damaged/.test(words(body)));
  assert.match(words(body), /The link is damaged/);
  assert.deepEqual(store.read().lecture, GOOD);
});

test("nothing of it stays", () => {
  for (const sent of [{}, { mine: true }]) {
    lessons(sent).remove();
    assert.deepEqual(body.children, []);
  }
});
