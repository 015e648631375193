import assert from "node:assert/strict";
import { test } from "node:test";

import { sheet } from "../../../ui/browser/handout_sheet.js";
import { Element, emptyPage } from "./page.js";

const LECTURE = { title: "Norms <b>", scenes: [{}, {}] };
const SCENE = { setup: "A batch.", question: "What comes <i>out</i>?" };

function texts(scene, happens) {
  emptyPage();
  const picture = Object.assign(new Element("div"), { textContent: "PICTURE" });
  const all = [...sheet(LECTURE, { ...SCENE, ...scene }, 2, happens, [picture]).all()];
  return all.filter((one) => !one.hidden && one.textContent).map((one) => one.textContent);
}

test("a sheet: head, setup, question, options, picture, answer, why; texts as they are", () => {
  const happens = { truth: 1, explain: "Since it is so." };
  assert.deepEqual(texts({ options: ["less", "more <b>"] }, happens), [
    "Norms <b> · 2 of 2",
    "A batch.",
    "What comes <i>out</i>?",
    "A. less",
    "B. more <b>",
    "PICTURE",
    "What happens: B. more <b>",
    "Since it is so.",
  ]);
});

test("a number has its scale, and three digits of what happens", () => {
  const scale = { low: 0, high: 2, step: 0.1, unit: "std" };
  const found = texts({ scale, author: true }, { truth: 0.98765, explain: "" });
  assert.ok(found.includes("A number from 0 to 2 (std)."));
  assert.equal(found.at(-1), "The author’s answer: 0.988 (std)");
  const bare = texts({ scale: { ...scale, unit: "" } }, { truth: 1, explain: "" });
  assert.ok(bare.includes("A number from 0 to 2."));
  assert.equal(bare.at(-1), "What happens: 1");
});

test("a picture alone has neither question nor answer; nobody's answer is left out", () => {
  assert.deepEqual(texts({ question: "" }, null), ["Norms <b> · 2 of 2", "A batch.", "PICTURE"]);
  const open = texts({ options: ["yes", "no"] }, { truth: null, explain: "Think." });
  assert.deepEqual(open.slice(-2), ["PICTURE", "Think."]);
});
