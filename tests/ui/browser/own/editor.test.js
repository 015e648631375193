import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { createEditor } from "../../../../ui/browser/own/editor.js";
import * as store from "../../../../ui/browser/own/store.js";
import { emptyBrowser, own, words } from "./given.js";

const PLAIN = [
  { page: "lab", before: "batch=2" },
  { page: "lab", before: "mean=1" },
  { page: "training" },
];
let body, changes;

beforeEach(() => {
  store.clear();
  ({ body } = emptyBrowser());
  changes = 0;
});

function editor(scenes = PLAIN, title = "Mine") {
  if (scenes) store.replace({ version: 1, title, scenes });
  const made = createEditor(own.pages, (view, query) => `/${view}?${query}`, () => (changes += 1));
  body.append(made.element);
  return made;
}

const all = (tag, root = body) => [...root.all()].filter((one) => one.tag === tag);
const cards = () => [...body.all()].filter(({ className }) => className === "own-scene");
const scenes = () => store.read().lecture.scenes;
const said = (label) => [...body.all()].find((one) => one.attributes["aria-label"] === label);
const press = (label) => said(label).tell("click");
function enter(element, value) {
  element.value = value;
  element.tell("input");
}
function field(label, place = 0) {
  const found = all("label", cards()[place]).find(({ children: [span] }) => span.textContent === label);
  return found.children[1];
}

test("each scene says its page, what is set there, and leads to it", () => {
  editor();
  assert.match(words(body), /1\. Lab.*batch 2.*2\. Lab.*mean 1.*3\. Training.*as the page opens/);
  assert.deepEqual(all("a").map(({ href }) => href), ["/lab?batch=2", "/lab?mean=1", "/training?"]);
});

test("scenes are put in order, and the hand stays with the scene", () => {
  editor();
  assert.ok(said("Up: scene 1").disabled && said("Down: scene 3").disabled);
  press("Down: scene 1");
  assert.deepEqual(scenes(), [PLAIN[1], PLAIN[0], PLAIN[2]]);
  assert.equal(document.activeElement, said("Down: scene 2"));
  press("Down: scene 2");
  assert.equal(document.activeElement, said("Up: scene 3"), "there is no way further down");
  assert.deepEqual(scenes(), [PLAIN[1], PLAIN[2], PLAIN[0]]);
  assert.equal(changes, 2);
});

test("a scene is dragged by its head to another's place; what else is dropped there does nothing", () => {
  editor();
  const event = { dataTransfer: { setData() {} }, preventDefault() {} };
  const drop = (place) => cards()[place].tell("drop", event);
  drop(0);
  assert.deepEqual(scenes(), PLAIN);
  cards()[2].children[0].tell("dragstart", event);
  drop(0);
  assert.deepEqual(scenes(), [PLAIN[2], PLAIN[0], PLAIN[1]]);
  drop(2);
  cards()[0].children[0].tell("dragstart", event);
  cards()[0].children[0].tell("dragend", event);
  drop(2);
  assert.deepEqual(scenes(), [PLAIN[2], PLAIN[0], PLAIN[1]]);
});

test("what was removed comes back to its place, also two of them", () => {
  editor();
  press("Remove: scene 2");
  assert.match(words(body), /Scene 2 is removed/);
  press("Remove: scene 1");
  assert.deepEqual(scenes(), [PLAIN[2]]);
  body.button("Undo the removal").tell("click");
  body.button("Undo the removal").tell("click");
  assert.deepEqual(scenes(), PLAIN);
  assert.equal(body.button("Undo the removal"), undefined);
});

test("texts are kept as they are typed, and are texts", () => {
  editor();
  enter(field("Question"), "What\tof <script>alert(1)</script>?");
  enter(field("What is shown, and what is known of it", 1), "Two\nlines");
  enter(all("input")[0], "<b>Title</b>");
  assert.deepEqual(scenes()[0], { ...PLAIN[0], question: "What of <script>alert(1)</script>?" });
  assert.equal(scenes()[1].setup, "Two\nlines");
  assert.equal(store.read().lecture.title, "<b>Title</b>");
  enter(field("Question"), "");
  assert.deepEqual(scenes()[0], PLAIN[0]);
  assert.ok([...body.all()].every(({ innerHTML, tag }) => innerHTML === "" && tag !== "script"));
});

test("an answer is one of some options, of which one is right, or a number; nothing entered is lost", () => {
  editor();
  const kind = field("It is answered");
  const choose = (value) => {
    kind.value = value;
    kind.tell("change");
  };
  choose("options");
  assert.deepEqual(scenes()[0].options, ["", ""]);
  enter(said("Option 1"), "A bell");
  enter(said("Option 2"), "Ones");
  enter(said("Option 3"), "Zeros");
  said("Option 3 is right").checked = true;
  said("Option 3 is right").tell("change");
  assert.deepEqual(scenes()[0], { ...PLAIN[0], options: ["A bell", "Ones", "Zeros"], right: 2 });
  choose("scale");
  const [low, high, step, unit, truth] = all("input", cards()[0]).filter(({ type }) => type !== "checkbox");
  const number = (element, value) => {
    Object.defineProperty(element, "valueAsNumber", { value, configurable: true });
    enter(element, String(value));
  };
  number(high, 4);
  number(truth, 1.5);
  enter(unit, "stds");
  number(step, NaN);
  assert.deepEqual(scenes()[0], { ...PLAIN[0], scale: { low: 0, high: 4, truth: 1.5, unit: "stds" } });
  assert.ok(low);
  choose("options");
  assert.deepEqual(scenes()[0], { ...PLAIN[0], options: ["A bell", "Ones", "Zeros"], right: 2 });
  choose("none");
  assert.deepEqual(scenes()[0], PLAIN[0]);
});

test("a scene is shown after the reveal of the one above, or on its own again", () => {
  editor();
  press("Show this after the reveal of scene 1");
  assert.deepEqual(scenes(), [{ ...PLAIN[0], after: "mean=1" }, PLAIN[2]]);
  assert.match(words(body), /After the reveal: .*mean 1/);
  press("Make it a scene of its own");
  assert.deepEqual(scenes(), PLAIN);
});

test("figures and sliders are chosen among those that the page has", () => {
  editor();
  all("details", cards()[0])[0].tell("toggle");
  const boxes = all("input", cards()[0]).filter(({ type }) => type === "checkbox");
  assert.match(words(cards()[0]), /running.*values.*Batch size B.*Input mean/);
  assert.doesNotMatch(words(cards()[0]), /per example/);
  for (const place of [1, 3]) {
    boxes[place].checked = true;
    boxes[place].tell("change");
  }
  assert.deepEqual(scenes()[0], { ...PLAIN[0], parts: ["fig_values"], controls: ["mean"] });
  boxes[1].checked = false;
  boxes[1].tell("change");
  assert.equal(scenes()[0].parts, undefined);
});

test("what is kept and cannot be read is not written over", () => {
  localStorage.setItem("own lecture", "{broken");
  const { element } = editor(null);
  assert.ok(element.hidden);
});

test("another tab's change is drawn", () => {
  const made = editor();
  store.replace({ version: 1, title: "Other", scenes: [PLAIN[2]] });
  made.draw();
  assert.equal(cards().length, 1);
  assert.equal(all("input")[0].value, "Other");
});

test("a page that there is no more leaves the scene in its place", () => {
  editor([{ page: "toString" }, { page: "gone", question: "?" }]);
  assert.match(words(body), /1\. toString.*2\. gone/);
  press("Down: scene 1");
  assert.deepEqual(scenes().map(({ page }) => page), ["gone", "toString"]);
});
