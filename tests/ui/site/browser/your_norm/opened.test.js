// Which code stands in the editor: what is asked for, what was kept, what a link brings.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { hashOf } from "../../../../../ui/site/browser/your_norm/link.js";
import { createOpened } from "../../../../../ui/site/browser/your_norm/opened.js";

const POINTS = [
  { name: "whole", code: "whole", solution: "whole" },
  { name: "gap", code: "gap ...", solution: "gap filled" },
];
let store, editor, starts, calls, heard;

beforeEach(() => {
  store = new Map();
  heard = {};
  calls = [];
  globalThis.localStorage = { getItem: (name) => store.get(name) ?? null, setItem: (name, text) => store.set(name, text) };
  globalThis.location = { hash: "", pathname: "/your_norm/", search: "" };
  globalThis.history = { state: null, replaceState: () => (location.hash = "") };
  globalThis.addEventListener = (name, hear) => (heard[name] = hear);
  let text = "";
  editor = { text: () => text, open: (next) => (text = next), put: (next) => (text = next) };
  starts = {
    shown: null,
    asked: null,
    show: (name) => (starts.shown = name),
    clear: () => (starts.asked = null),
    tell: (words) => calls.push(["told", words]),
    ask: (words, yes, act, no) => (starts.asked = { words, yes, act, no: no?.[1] }),
  };
});

const create = (asked = null) => {
  const opened = createOpened(POINTS, {
    editor,
    starts,
    dialog: {},
    address: (hash) => hash,
    named: (name) => calls.push(["named", name]),
    changed: () => calls.push(["changed", opened.mayRun()]),
  });
  opened.begin(asked);
  return opened;
};
const write = (opened, text) => {
  editor.open(text);
  opened.keep();
};
const asking = async () => {
  while (!starts.asked) await new Promise((resolve) => setImmediate(resolve));
  return starts.asked;
};

test("the address is asked first, then the last visit; an unknown name is passed over", () => {
  create("gap");
  assert.deepEqual([editor.text(), starts.shown], ["gap ...", "gap"]);
  write(create("gap"), "mine");
  create();
  assert.deepEqual([editor.text(), starts.shown], ["mine", "gap"]);
  create("none such");
  assert.equal(starts.shown, "gap");
  create("whole");
  assert.equal(editor.text(), "whole");
});

test("each starting point keeps what was made of it; what is as it was is not kept", () => {
  const opened = create();
  write(opened, "mine");
  opened.choose("gap");
  assert.equal(editor.text(), "gap ...");
  opened.choose("whole");
  assert.equal(editor.text(), "mine");
  write(opened, "whole");
  assert.deepEqual(JSON.parse(store.get("your norm")), { start: "whole", texts: {} });
  assert.ok(opened.isFirst());
});

test("what was typed just before another starting point was chosen is kept, too", () => {
  const opened = create();
  editor.open("typed");
  opened.choose("gap");
  opened.choose("whole");
  assert.equal(editor.text(), "typed");
});

test("reset asks first, and not where there is nothing to lose", () => {
  const opened = create("gap");
  opened.reset();
  assert.equal(starts.asked, null);
  write(opened, "mine");
  opened.reset();
  assert.equal(editor.text(), "mine");
  starts.asked.act();
  assert.equal(editor.text(), "gap ...");
  assert.deepEqual(JSON.parse(store.get("your norm")).texts, {});
});

test("code of a link stands there, does not run, and is kept only after a yes", async () => {
  write(create(), "mine");
  location.hash = await hashOf("theirs");
  calls = [];
  const opened = create();
  const { act } = await asking();
  assert.deepEqual([editor.text(), opened.mayRun()], ["theirs", false]);
  write(opened, "theirs, edited");
  assert.equal(JSON.parse(store.get("your norm")).texts.brought, undefined);
  assert.ok(location.hash, "a reload asks again");
  act();
  assert.equal(opened.mayRun(), true);
  assert.deepEqual(calls.at(-1), ["changed", true]);
  assert.deepEqual(JSON.parse(store.get("your norm")), { start: "brought", texts: { whole: "mine", brought: "theirs, edited" } });
  assert.equal(location.hash, "");
});

test("a no brings back what stood there", async () => {
  write(create(), "mine");
  location.hash = await hashOf("theirs");
  const opened = create();
  (await asking()).no();
  assert.deepEqual([editor.text(), opened.mayRun(), location.hash], ["mine", true, ""]);
});

test("a damaged link is told, and what stood there stays and runs", async () => {
  location.hash = "#code=!!";
  const opened = create();
  while (!calls.some(([what]) => what === "told")) await new Promise((resolve) => setImmediate(resolve));
  assert.match(calls.find(([what]) => what === "told")[1], /damaged/);
  assert.deepEqual([editor.text(), opened.mayRun()], ["whole", true]);
});

test("a file is opened beside the starting points, and asks where it would replace another", async () => {
  const opened = create();
  const file = (text) => ({ name: "a.py", size: text.length, arrayBuffer: async () => new TextEncoder().encode(text).buffer });
  await opened.openFile(file("one\r\ntwo"));
  assert.deepEqual([editor.text(), starts.shown], ["one\ntwo", "brought"]);
  await opened.openFile(file("three"));
  assert.equal(editor.text(), "one\ntwo");
  starts.asked.act();
  assert.equal(editor.text(), "three");
  for (const [wrong, words] of [[file("x".repeat(50_001)), /50001 letters/], [{ name: "b", size: 1e9 }, /1000000000 bytes/], [{ name: "c.png", size: 4, arrayBuffer: async () => new Uint8Array([255, 254, 0, 1]).buffer }, /no text in UTF-8/]]) {
    await opened.openFile(wrong);
    assert.match(calls.at(-1)[1], words);
    assert.equal(editor.text(), "three");
  }
});
