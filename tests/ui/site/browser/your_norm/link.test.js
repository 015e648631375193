import assert from "node:assert/strict";
import { test } from "node:test";

import { carriesCode, codeIn, hashOf } from "../../../../../ui/site/browser/your_norm/link.js";

test("code comes out of a link as it went in", async () => {
  const code = 'x = "<é𝛾>"  # &\n'.repeat(100);
  const hash = await hashOf(code);
  assert.match(hash, /^#code=[\w-]+$/);
  assert.ok(carriesCode(hash));
  assert.equal(await codeIn(hash), code);
});

test("a link of another kind carries none, a damaged or long one is told", async () => {
  assert.ok(!carriesCode("#start") && !carriesCode("#lecture=abc") && !carriesCode(""));
  await assert.rejects(codeIn("#code=!!"), /damaged/);
  await assert.rejects(hashOf("x".repeat(50_001)).then(codeIn), /50001 letters; expected at most 50000/);
});
