import assert from "node:assert/strict";
import { test } from "node:test";

import { remoteView } from "../../../../ui/hall/remote/view.js";

const question = { text: "Which outputs?", options: ["a bell", "only ±1"] };
const room = (more) => ({ version: 4, scene: 2, scenes: 8, phase: "closed", round: 1, question, votes: 212, phones: 287, driver: "mine", ...more });
const about = { version: 4, note: "Because.", truth: 1, right: 0.42, hint: "Discuss." };
const at = (more = {}, rest = {}) => remoteView({ link: "here", snapshot: room(more), about, device: "mine", ...rest });

test("it has the count, the hint, the note, and the next step by its name", () => {
  const view = at();
  assert.equal(view.count, "212 of 287");
  assert.deepEqual([view.right, view.hint, view.note, view.answer], ["42 % right", "Discuss.", "Because.", "only ±1"]);
  assert.deepEqual([view.next.label, view.again, view.steers], ["Reveal", true, true]);
  assert.equal(view.state, "Scene 2 of 8, closed");
  assert.equal(at({ round: 2, phase: "open" }).state, "Scene 2 of 8, open, second vote");
});

test("what the lecturer was told of an older state is not shown with this one", () => {
  const view = at({ version: 5 });
  assert.deepEqual([view.right, view.hint, view.note, view.answer], ["", "", "", ""]);
});

test("nobody's answer is not said", () => {
  const { answer, right } = at({}, { about: { version: 4, note: "", truth: null, right: null, hint: "Nobody voted." } });
  assert.deepEqual([answer, right], ["", ""]);
});

test("a device that does not steer is told so", () => {
  assert.equal(at({ driver: "other" }).steers, false);
});

test("a room that cannot be had, and a line that is lost", () => {
  for (const link of ["unknown", "joining", "away", "full"]) assert.ok(remoteView({ link, snapshot: null, about: null, device: "" }).missing, link);
  assert.match(at({}, { link: "unknown" }).missing, /started anew/);
  assert.equal(at({}, { link: "away" }).missing, "");
  assert.ok(at({}, { link: "away" }).away);
});
