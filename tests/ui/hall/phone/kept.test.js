import assert from "node:assert/strict";
import { test } from "node:test";

import { keptOf } from "../../../../ui/hall/phone/kept.js";

function storage(before = {}) {
  const held = { ...before };
  return { getItem: (key) => held[key] ?? null, setItem: (key, text) => (held[key] = text) };
}
let fresh = 0;
const bytes = (count) => new Uint8Array(count).fill((fresh += 1));

test("a reload finds the room's token and votes again; another room has its own", () => {
  const kept = storage();
  const first = keptOf("KRBWD", () => kept, bytes);
  first.set({ "1 q": { value: 2 } });
  const again = keptOf("KRBWD", () => kept, bytes);
  assert.equal(again.token, first.token);
  assert.deepEqual(again.get(), { "1 q": { value: 2 } });
  assert.match(first.token, /^[0-9a-f]{32}$/);
  const other = keptOf("BCDFG", () => kept, bytes);
  assert.notEqual(other.token, first.token);
  assert.deepEqual(other.get(), {});
});

test("the rooms that were left longest ago go", () => {
  const kept = storage();
  const first = keptOf("ROOM 0", () => kept, bytes).token;
  for (let number = 1; number < 9; number += 1) keptOf(`ROOM ${number}`, () => kept, bytes);
  assert.notEqual(keptOf("ROOM 0", () => kept, bytes).token, first);
});

test("what is not ours in the storage, and a browser that keeps nothing, do no harm", () => {
  for (const text of ["null", "3", "{", "[]"]) assert.ok(keptOf("KRBWD", () => storage({ rooms: text }), bytes).token);
  const refusing = () => {
    throw new Error("refused");
  };
  const kept = keptOf("KRBWD", refusing, bytes);
  kept.set({ "1 q": { value: 2 } });
  assert.deepEqual(kept.get(), { "1 q": { value: 2 } });
});
