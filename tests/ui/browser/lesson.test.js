import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { Element, emptyPage, settled } from "./page.js";

globalThis.addEventListener = globalThis.removeEventListener = globalThis.focus = () => {};
globalThis.ResizeObserver = class {
  observe() {}
  disconnect() {}
};
globalThis.matchMedia = () => ({ addEventListener() {}, matches: false });
Object.assign(globalThis, { window: globalThis, innerWidth: 1280, innerHeight: 720 });
emptyPage();
const { createLesson } = await import("../../../ui/browser/lesson.js");

const scene = (name) => ({
  ...{ name, view: "lab", before: { mean: "0" }, after: { mean: "8" }, defaults: { mean: "5" } },
  ...{ controls: [], steps: {}, parts: [], setup: "A batch.", question: `What of ${name}?`, options: ["a", "b"] },
});
const SENT = {
  lectures: [],
  lecture: { name: "one", title: "One", scenes: [scene("first"), scene("second")] },
};

let body;
let went; // the scenes that the address was told
let asked; // the settings that pictures were asked for

beforeEach(() => {
  body = emptyPage();
  [went, asked] = [[], []];
  const stored = new Map();
  globalThis.localStorage = { getItem: (name) => stored.get(name) ?? null, setItem: (name, text) => stored.set(name, text) };
});

function lesson(number, query = "present=1", more = {}, truth = 1) {
  globalThis.location = { search: `?${query}` };
  const host = {
    palettes: {},
    background: () => "rgb(255, 255, 255)",
    watchBackground() {},
    most: 1,
    ask: async (_, query) => (asked.push(query), {}),
    reveal: async (_, place) => ({ truth, explain: `why ${place}` }),
    address: (name, place) => `lessons ${name} ${place}`,
    link: (view, query) => `${view}?${query}`,
    go: (_, place) => went.push(place),
  };
  const scenes = SENT.lecture.scenes.map((scene) => ({ ...scene, ...more }));
  return createLesson(body, { ...SENT, lecture: { ...SENT.lecture, scenes }, scene: number }, host);
}

const words = () => [...body.all()].map(({ textContent, hidden }) => (hidden ? "" : textContent)).join(" ");

test("it can be put at any place, which is shown", async () => {
  const one = lesson(1);
  assert.deepEqual(one.now(), { scene: 1, phase: "open" });
  one.goTo({ scene: 2, phase: "closed" });
  await settled();
  assert.deepEqual(one.now(), { scene: 2, phase: "closed" });
  assert.match(words(), /What of second\?.*The question is closed/);
  assert.ok(body.find("lesson-options").children.every((row) => row.children[0].disabled));
  one.goTo({ scene: 2, phase: "revealed" });
  await settled();
  assert.match(words(), /why 2/);
  assert.ok(body.find("lesson-options").children[1].classList.contains("right"));
  one.goTo({ scene: 2, phase: "open" });
  await settled();
  assert.doesNotMatch(words(), /why 2|closed/);
  assert.ok(!body.find("lesson-options").children[1].classList.contains("right"));
  one.goTo({ scene: 3, phase: "open" });
  assert.match(words(), /What happened.*What of second\? *b/);
  assert.deepEqual(went, [1, 2, 3]);
  assert.deepEqual(asked, ["mean=0", "mean=0", "mean=8", "mean=0"]);
});

test("steps taken here are told, and those from elsewhere are not", async () => {
  const one = lesson(2, "");
  const told = [];
  const end = one.onStep((place) => told.push(place));
  one.goTo({ scene: 1, phase: "open" });
  assert.deepEqual(told, []);
  body.button("Show what happens").tell("click");
  body.button("Next").tell("click");
  assert.deepEqual(told, [{ scene: 1, phase: "revealed" }, { scene: 2, phase: "open" }]);
  end();
  body.button("Back").tell("click");
  assert.equal(told.length, 2);
  assert.deepEqual(one.now(), { scene: 1, phase: "revealed" }, "as it was left");
});

test("the slot stays from scene to scene, and the place given is a copy", () => {
  const one = lesson(1);
  const mark = new Element("p");
  one.slot.append(mark);
  one.goTo({ scene: 2, phase: "open" });
  assert.ok(mark.isConnected);
  one.now().scene = 7;
  assert.deepEqual(one.now(), { scene: 2, phase: "open" });
});

test("what is so already is left as it stands, and a wrong place is refused", async () => {
  const one = lesson(1);
  await settled();
  one.goTo({ scene: 1, phase: "open" });
  await settled();
  assert.deepEqual(asked, ["mean=0"]);
  assert.throws(() => one.goTo({ scene: 9, phase: "open" }), RangeError);
  one.remove();
  assert.equal(body.find("lesson"), null);
});

test("an answer that was given shows what happens at once to a reader, and not to a hall", async () => {
  lesson(1, "").remove();
  localStorage.setItem("lessons", JSON.stringify({ one: { first: { value: 0, right: false } } }));
  assert.deepEqual(lesson(1, "").now(), { scene: 1, phase: "revealed" });
  assert.deepEqual(lesson(1, "present=1").now(), { scene: 1, phase: "open" });
});

test("a number is predicted once the slider was moved, and marked beside the truth", async () => {
  const scale = { low: 0, high: 4, step: 0.1, unit: "stds" };
  const one = lesson(1, "", { options: undefined, scale });
  const slider = body.find("lesson-scale").children[0];
  assert.equal(slider.children[1].value, "?");
  one.goTo({ scene: 1, phase: "revealed" });
  await settled();
  assert.match(words(), /here: 1/);
  assert.doesNotMatch(words(), /you:/, "where it stands at first is nobody's prediction");
  one.goTo({ scene: 1, phase: "open" });
  await settled();
  const [, , input] = slider.children;
  input.value = "1.2";
  input.tell("input");
  one.goTo({ scene: 1, phase: "revealed" });
  await settled();
  assert.match(words(), /you: 1\.2.*here: 1/);
  assert.deepEqual(JSON.parse(localStorage.getItem("lessons")).one.first, { value: 1.2, right: true });
});

test("sliders of the scene move once what happens is shown; hidden ones are not there", async () => {
  const mean = { name: "mean", label: "Mean", low: -8, high: 8, step: 1 };
  const controls = [mean, { ...mean, name: "std", label: "Std" }];
  const one = lesson(1, "present=1&hide=std", { controls });
  await settled();
  const inputs = [...body.find("lesson-sliders").all()].filter(({ type }) => type === "range");
  assert.equal(inputs.length, 1);
  assert.ok(inputs[0].disabled);
  one.goTo({ scene: 1, phase: "revealed" });
  await settled();
  assert.ok(!inputs[0].disabled);
  assert.doesNotMatch(words(), /Before the slider was moved/);
  const stood = inputs[0].value;
  for (const [value, told] of [["3", true], [stood, false]]) {
    inputs[0].value = value;
    inputs[0].tell("input");
    assert.equal(/Before the slider was moved:.*why 1/.test(words()), told);
  }
});

test("a reload of a hall's page goes on where it stood, and the list begins afresh", async () => {
  let came = "navigate";
  const kept = new Map();
  globalThis.sessionStorage = { getItem: (name) => kept.get(name) ?? null, setItem: (name, text) => kept.set(name, text) };
  globalThis.performance.getEntriesByType = () => [{ type: came }];
  lesson(1).goTo({ scene: 2, phase: "closed" });
  came = "reload";
  assert.deepEqual(lesson(2).now(), { scene: 2, phase: "closed" });
  assert.deepEqual(lesson(1).now(), { scene: 1, phase: "open" }, "another scene than it stood at");
  came = "navigate";
  assert.deepEqual(lesson(2).now(), { scene: 2, phase: "open" });
});

test("a picture alone asks nothing, and says nothing of an answer", async () => {
  const one = lesson(1, "", { question: "", options: undefined, phases: ["open"], unjudged: true });
  await settled();
  assert.equal(body.find("lesson-options"), null);
  assert.equal(body.button("Show what happens"), undefined);
  body.button("Next").tell("click");
  body.button("To the end").tell("click");
  assert.equal(one.now().scene, 3);
  assert.match(words(), /The end.*Picture 1.*Picture 2/);
  assert.doesNotMatch(words(), /predicted|answered/);
});

test("where the answer is the author's, that is said; without one nothing is marked", async () => {
  lesson(1, "", { author: true });
  body.button("Show what happens").tell("click");
  await settled();
  assert.match(words(), /the author’s answer/);
  const one = lesson(1, "", { author: true, unjudged: true }, null);
  body.find("lesson-options").children[0].children[0].checked = true;
  one.goTo({ scene: 1, phase: "revealed" });
  await settled();
  one.goTo({ scene: 3, phase: "open" });
  assert.match(words(), /The end.* answered\. /);
});

test("a scene that has a class to write leads there once its answer is told", async () => {
  const links = () => [...body.all()].filter(({ tag }) => tag === "a").map(({ href }) => href);
  const one = lesson(1, "", { code: "gap_mean" });
  await settled();
  assert.ok(!links().includes("your_norm?start=gap_mean"));
  one.goTo({ scene: 1, phase: "revealed" });
  await settled();
  assert.ok(links().includes("your_norm?start=gap_mean"));
  one.remove();
  const other = lesson(1, "", { code: "" });
  other.goTo({ scene: 1, phase: "revealed" });
  await settled();
  assert.ok(!links().some((href) => href?.startsWith("your_norm")));
});
