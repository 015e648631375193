import assert from "node:assert/strict";
import { test } from "node:test";
import { deflateRawSync } from "node:zlib";

import { pack, unpack } from "../../../../ui/browser/own/packed.js";
import { random, SEED } from "../page.js";

const MOST = 1_000_000;
const packedBy = (bytes) => deflateRawSync(bytes).toString("base64url");

test("a text comes out as it went in, and stands in an address as it is", async () => {
  const chance = random(SEED);
  const letters = [..."aé−𝛾\n\"{}\u2028 <b>&#?=%"];
  for (const length of [0, 1, 2, 3, 1023, 1024, 1025, 50_000]) {
    const text = Array.from({ length }, () => letters[chance(letters.length)]).join("");
    const packed = await pack(text);
    assert.match(packed, /^[A-Za-z0-9_-]*$/);
    assert.equal(await unpack(packed, MOST), text, `seed ${SEED}, length ${length}`);
  }
});

test("what another deflate has packed is unpacked", async () => {
  assert.equal(await unpack(packedBy(Buffer.from("Grüße")), MOST), "Grüße");
});

test("as many bytes as may be, and not one more", async () => {
  assert.equal((await unpack(packedBy(Buffer.alloc(MOST, 32)), MOST)).length, MOST);
  await assert.rejects(unpack(packedBy(Buffer.alloc(MOST + 1, 32)), MOST), /more than 1000000 bytes/);
});

test("a bomb is not unpacked to its end", async () => {
  const bomb = packedBy(Buffer.alloc(400_000_000)); // 400 KB
  const before = process.memoryUsage().rss;
  const begun = performance.now();
  await assert.rejects(unpack(bomb, MOST), /more than 1000000 bytes/);
  assert.ok(process.memoryUsage().rss - before < 100_000_000);
  assert.ok(performance.now() - begun < 2000);
});

test("a link far too long is not looked into", async () => {
  await assert.rejects(unpack("A".repeat(2 * MOST + 1), MOST), /more than 1000000 bytes/);
});

test("garbage, a link cut short, a letter changed, and bytes that are no text are told as damage", async () => {
  const packed = await pack("A lecture of one's own, ".repeat(200) + SEED);
  const broken = [
    "%%%",
    "ä",
    "A",
    "____",
    packed.slice(0, -1),
    packed.slice(0, packed.length / 2),
    packedBy(Buffer.from([0xff, 0xfe, 0x80])),
  ];
  for (const one of broken) await assert.rejects(unpack(one, MOST), /damaged/, one);
});
