import assert from "node:assert/strict";
import { test } from "node:test";

import { LENGTH, LETTERS, readCode } from "../../../../ui/hall/phone/code.js";
import { random, SEED } from "../../browser/page.js";

test("a code is read however it is typed", () => {
  for (const typed of ["KRBWD", "krbwd", " k r b w d ", "KRB-WD", "https://hall.example/join/krbwd", "/join/KRBWD/?x=1#y"]) {
    assert.equal(readCode(typed), "KRBWD", typed);
  }
});

test("what looks like a letter of a code is read as that letter, and a code is never changed", () => {
  assert.equal(readCode("58210"), "SBZJD");
  assert.equal(readCode("ilo00"), "JJDDD");
  const next = random(SEED);
  for (let trial = 0; trial < 200; trial += 1) {
    const code = Array.from({ length: LENGTH }, () => LETTERS[next(LETTERS.length)]).join("");
    assert.equal(readCode(code), code);
    assert.equal(readCode(code.toLowerCase()), code);
  }
});

test("what is no code is none", () => {
  for (const text of ["", "KRBW", "KRBWDD", "KRB?D", "<b>KR", "KRBW9", "KRBWA", "äöüßé", "join/"]) assert.equal(readCode(text), null, text);
});
