import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { beforeEach, test } from "node:test";

import { added, EMPTY } from "../../../../ui/browser/own/edits.js";
import * as store from "../../../../ui/browser/own/store.js";

const KEY = "own lecture";
const LAB = { page: "lab", before: "batch=2" };
const withLab = (lecture) => added(lecture ?? EMPTY, LAB);
const blocked = () => {
  throw new Error("blocked");
};
let kept, room;

beforeEach(() => {
  store.clear();
  kept = new Map();
  room = Infinity;
  globalThis.localStorage = {
    getItem: (name) => kept.get(name) ?? null,
    setItem(name, text) {
      if (text.length > room) throw new Error("QuotaExceededError");
      kept.set(name, text);
    },
    removeItem: (name) => kept.delete(name),
  };
});

test("what is added is there, also for another page", () => {
  assert.equal(store.read().lecture, null);
  store.update(withLab);
  const { lecture, problem, refused } = store.update(withLab);
  assert.deepEqual(lecture.scenes, [LAB, LAB]);
  assert.equal(problem, null);
  assert.equal(refused, undefined);
  assert.deepEqual(JSON.parse(kept.get(KEY)), lecture);
});

test("its bounds are the schema's", () => {
  const schema = JSON.parse(readFileSync("ui/lessons/own/schema.json", "utf8"));
  assert.equal(store.MOST_BYTES, schema.most_bytes);
  assert.equal(store.MOST_SCENES, schema.most_scenes);
});

test("the 201st scene and the byte beyond a megabyte are refused, and what was there stays", () => {
  for (let scene = 0; scene < 200; scene += 1) store.update(withLab);
  const full = store.update(withLab);
  assert.match(full.refused, /at most 200 scenes, this would be 201/);
  assert.equal(full.lecture.scenes.length, 200);
  const { text } = store.read();
  const large = store.update((lecture) => ({ ...lecture, title: "é".repeat(500_000) }));
  assert.match(large.refused, /at most 1000000 bytes/);
  assert.equal(kept.get(KEY), text);
});

test("a full storage keeps what it had; the change holds while the page is open, and that is told", () => {
  store.update(withLab);
  const before = kept.get(KEY);
  room = before.length;
  const { lecture, problem } = store.update(withLab);
  assert.equal(lecture.scenes.length, 2);
  assert.match(problem, /does not keep it.*save it as a file/);
  assert.equal(kept.get(KEY), before);
  assert.equal(store.read().lecture.scenes.length, 2);
  room = Infinity;
  const again = store.update(withLab);
  assert.equal(again.problem, null);
  assert.equal(JSON.parse(kept.get(KEY)).scenes.length, 3);
});

test("a storage that is blocked is told", () => {
  globalThis.localStorage = { getItem: blocked, setItem: blocked, removeItem: blocked };
  assert.equal(store.read().lecture, null);
  const { lecture, problem } = store.update(withLab);
  assert.deepEqual(lecture.scenes, [LAB]);
  assert.match(problem, /storage is blocked/);
  store.clear();
  assert.equal(store.read().lecture, null);
});

test("what cannot be read is told and left as it is, until it is cleared or replaced", () => {
  const odd = [
    "{broken",
    "null",
    '{"version":2,"title":"x","scenes":[]}',
    '{"version":1,"title":"x","scenes":[{"page":"lab","colour":1}]}',
    '{"version":1,"title":"x","scenes":[{"page":"lab","options":"x"}]}',
  ];
  for (const text of odd) {
    kept.set(KEY, text);
    assert.equal(store.read().lecture, null);
    assert.match(store.read().problem, /cannot be read/);
    assert.match(store.update(withLab).refused, /cannot be read/);
    assert.equal(store.read().text, text);
    assert.equal(kept.get(KEY), text);
  }
  assert.deepEqual(store.replace(withLab(null)).lecture.scenes, [LAB]);
  store.clear();
  assert.deepEqual(store.read(), { lecture: null, problem: null, text: null });
});

test("another tab's change is heard until it is no longer wanted", () => {
  const heard = new Map();
  globalThis.addEventListener = (name, call) => heard.set(name, call);
  globalThis.removeEventListener = (name) => heard.delete(name);
  let calls = 0;
  const end = store.watch(() => (calls += 1));
  heard.get("storage")({ key: "settings" });
  heard.get("storage")({ key: KEY });
  heard.get("storage")({ key: null }); // all was cleared
  assert.equal(calls, 2);
  end();
  assert.equal(heard.size, 0);
});
