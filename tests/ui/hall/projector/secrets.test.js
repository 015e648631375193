import assert from "node:assert/strict";
import { test } from "node:test";

import { createSecrets, readFragment } from "../../../../ui/hall/projector/secrets.js";

function storage(before = {}) {
  const held = { ...before };
  return { held, getItem: (key) => held[key] ?? null, setItem: (key, text) => (held[key] = text) };
}
const bytes = (count) => new Uint8Array(count).fill(7);

test("a reload finds the room of its lecture, and the device keeps its name", () => {
  const kept = storage();
  const first = createSecrets(() => kept, bytes);
  first.keep("one", { code: "KRBWD", secret: "s".repeat(32) });
  const again = createSecrets(() => kept, () => new Uint8Array(8).fill(9));
  assert.deepEqual(again.of("one"), { code: "KRBWD", secret: "s".repeat(32) });
  assert.equal(again.of("other"), null);
  assert.equal(again.device, first.device);
  again.forget("one");
  assert.equal(createSecrets(() => kept, bytes).of("one"), null);
});

test("the oldest rooms go", () => {
  const kept = storage();
  const secrets = createSecrets(() => kept, bytes);
  for (let number = 0; number < 20; number += 1) secrets.keep(`lecture ${number}`, { code: "KRBWD", secret: "x" });
  assert.equal(secrets.of("lecture 11"), null);
  assert.ok(secrets.of("lecture 12") && secrets.of("lecture 19"));
});

test("what is not ours in the storage, and a browser that keeps nothing, do no harm", () => {
  for (const text of ["null", "3", "{", '{"rooms": null}']) {
    const secrets = createSecrets(() => storage({ lecturer: text }), bytes);
    secrets.keep("one", { code: "KRBWD", secret: "x" });
    assert.equal(secrets.of("one").secret, "x");
  }
  const refusing = () => {
    throw new Error("refused");
  };
  const secrets = createSecrets(refusing, bytes);
  secrets.keep("one", { code: "KRBWD", secret: "x" });
  assert.equal(secrets.of("one").code, "KRBWD");
});

test("a secret is read out of a fragment of its form alone", () => {
  assert.deepEqual(readFragment("#room=KRBWD.abc-DEF_123"), { code: "KRBWD", secret: "abc-DEF_123" });
  for (const other of ["", "#", "#room=KRBWD", "#room=krbwd.abcdefgh", "#room=KRBWD.<b>bold</b>", "#x=KRBWD.abcdefgh"]) {
    assert.equal(readFragment(other), null, other);
  }
});
