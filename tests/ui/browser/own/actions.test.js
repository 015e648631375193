import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { createActions } from "../../../../ui/browser/own/actions.js";
import { unpack } from "../../../../ui/browser/own/packed.js";
import { readLecture } from "../../../../ui/browser/own/read.js";
import * as store from "../../../../ui/browser/own/store.js";
import { settled } from "../page.js";
import { address, come, emptyBrowser, own, words } from "./given.js";

const GOOD = { version: 1, title: "Größe & <b>", scenes: [{ page: "lab", before: "batch=2", question: "Was?" }] };
const OTHER = { version: 1, title: "Other", scenes: [{ page: "lab" }, { page: "training" }] };
const OPEN = { version: 1, title: "Open", scenes: [{ page: "lab", question: "?", options: ["", ""] }] };
let body, saved, changes;

beforeEach(() => {
  store.clear();
  ({ body } = emptyBrowser());
  [saved, changes] = [[], 0];
  URL.revokeObjectURL = () => {};
  globalThis.setTimeout = () => {}; // the address of a file is kept for a minute
  URL.createObjectURL = (blob) => (saved.push(blob), "blob:1");
});

function actions(lecture) {
  if (lecture) store.replace(lecture);
  const made = createActions(own, address, () => (changes += 1), { edit: true });
  body.append(made.element);
  return made;
}

const anchors = () => [...body.all()].filter(({ tag }) => tag === "a");
const labels = () => [...body.find("own-buttons").all()].map(({ textContent }) => textContent);
const press = (label) => body.button(label).tell("click");
const file = (text, size = text.length) => ({ name: "a.json", size, text: async () => text });
async function open(chosen) {
  const input = [...body.all()].find(({ type }) => type === "file");
  input.files = [chosen];
  input.tell("change");
  await settled();
}

test("without a lecture only a file can be opened", () => {
  actions();
  assert.deepEqual(labels(), ["Open a file"]);
});

test("a lecture leads to its scenes, on the screen and alone", () => {
  actions(GOOD);
  assert.deepEqual(labels(), ["Give it in a hall", "Try it", "Edit", "Copy link", "Save as file", "Open a file", "Clear"]);
  const to = "/course/lessons?lecture=mine&scene=";
  assert.deepEqual(anchors().map(({ href }) => href), [`${to}1&present=1`, `${to}1`, `${to}0`]);
});

test("an unfinished one is not given: what is missing is told", async () => {
  actions(OPEN);
  let prevented = 0;
  anchors()[0].tell("click", { preventDefault: () => (prevented += 1) });
  assert.equal(prevented, 1);
  assert.match(words(body), /not finished.*Scene 1, options: a list of 2; expected a list of 2 to 5 texts/);
  press("Copy link");
  await settled();
  assert.equal([...body.all()].find(({ tag }) => tag === "dialog").open, undefined);
});

test("what is saved is what is opened, and an unfinished one is saved as it stands", async () => {
  actions(GOOD);
  press("Save as file");
  const text = await saved[0].text();
  assert.deepEqual(readLecture(text, own).lecture, GOOD);
  assert.match(words(body), /Saved as gro-e-b\.json/);
  store.replace(OPEN);
  press("Save as file");
  assert.deepEqual(JSON.parse(await saved[1].text()), OPEN);
  assert.match(words(body), /Before it can be opened again it needs/);
});

test("the link holds the lecture behind the #", async () => {
  actions(GOOD);
  press("Copy link");
  const field = () => [...body.all()].find(({ tag }) => tag === "textarea");
  await come(() => field().value);
  const { origin, pathname, search, hash } = new URL(field().value);
  assert.deepEqual([origin, pathname, search], ["https://host", "/course/lessons", ""]);
  const text = await unpack(hash.replace("#lecture=", ""), store.MOST_BYTES);
  assert.deepEqual(readLecture(text, own).lecture, GOOD);
});

test("a file replaces a lecture only when that is said", async () => {
  actions(GOOD);
  await open(file(JSON.stringify(OTHER)));
  assert.match(words(body), /Opening “Other”, 2 scenes, replaces “Größe & <b>”, 1 scene\./);
  press("Keep mine");
  assert.deepEqual(store.read().lecture, GOOD);
  await open(file(JSON.stringify(OTHER)));
  press("Replace mine");
  assert.deepEqual(store.read().lecture, OTHER);
  assert.match(words(body), /“Other” is open: 2 scenes/);
  assert.equal(changes, 1);
  await open(file(JSON.stringify(OTHER)));
  assert.equal(body.button("Replace mine"), undefined, "the same lecture replaces nothing");
});

test("a bad file is told what is wrong with it, one too large is not read, and nothing is replaced", async () => {
  actions(GOOD);
  await open(file('{"version":1,"title":"x","scenes":[{"page":"<img src=x>"}]}'));
  assert.match(words(body), /a\.json was not opened: Scene 1, page: “<img src=x>”; expected one of lab, training/);
  await open({ ...file("{}", store.MOST_BYTES + 1), text: () => assert.fail("it was read") });
  assert.match(words(body), /1000001 bytes; expected at most 1000000/);
  await open({ ...file("{}"), text: async () => Promise.reject(new Error("gone")) });
  assert.match(words(body), /could not be read/);
  assert.deepEqual(store.read().lecture, GOOD);
});

test("it is cleared only when that is said", () => {
  actions(GOOD);
  press("Clear");
  press("Keep mine");
  assert.deepEqual(store.read().lecture, GOOD);
  press("Clear");
  press("Clear it");
  assert.equal(store.read().lecture, null);
  assert.deepEqual(labels(), ["Open a file"]);
});

test("what is kept and cannot be read can be saved as it is, and cleared", async () => {
  localStorage.setItem("own lecture", "{broken");
  actions();
  assert.deepEqual(labels(), ["Save as file", "Open a file", "Clear"]);
  press("Save as file");
  assert.equal(await saved[0].text(), "{broken");
});
