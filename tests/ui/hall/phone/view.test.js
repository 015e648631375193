import assert from "node:assert/strict";
import { test } from "node:test";

import { codeView, viewOf } from "../../../../ui/hall/phone/view.js";

const question = { id: "two", setup: "Two examples.", text: "Which outputs?", options: ["a bell", "only ±1"] };
const room = (more) => ({ phase: "open", round: 1, question, ...more });
const at = (more, vote = null, rest = {}) => viewOf({ link: "here", snapshot: room(more), vote, ...rest });

test("before the question is open it can be read, not answered", () => {
  const view = at({ phase: "waiting" });
  assert.equal(view.title, question.text);
  assert.equal(view.ask, false);
  assert.match(view.lines.join(" "), /Two examples.*as soon as/);
});

test("an open question says of a vote only what the server knows", () => {
  assert.equal(at().status, "");
  assert.equal(at({}, { state: "kept", value: 1, failed: false }).status, "Sending");
  assert.match(at({}, { state: "kept", value: 1, failed: true }).status, /kept here/);
  assert.match(at({}, { state: "sent", value: 1, sent: 1 }).status, /^Sent\./);
  assert.equal(at().ask, true);
});

test("the votes are hidden while it is open, the truth until the reveal", () => {
  assert.equal(at().votes, false);
  const closed = at({ phase: "closed" });
  assert.deepEqual([closed.votes, closed.verdict, closed.ask], [true, null, false]);
  const revealed = at({ phase: "revealed", truth: 1, explain: "Because." }, { state: "sent", value: 0, sent: 0 });
  assert.deepEqual([revealed.verdict.yours, revealed.verdict.truth, revealed.verdict.right], ["a bell", "only ±1", false]);
  assert.equal(revealed.verdict.explain, "Because.");
});

test("after the close it says which answer counts, and of a late one that it may not", () => {
  const line = (vote) => at({ phase: "closed" }, vote).lines[0];
  assert.match(line(null), /not answered/);
  assert.match(line({ state: "sent", value: 1, sent: 1 }), /only ±1/);
  assert.match(line({ state: "late", value: 1 }), /after the close/);
  assert.match(line({ state: "late", value: 1, sent: 0 }), /change came after the close. Your answer: a bell/);
});

test("in a second round the first answer counts where there is no other", () => {
  const verdict = at({ phase: "revealed", round: 2, truth: 1 }, null, { earlier: { sent: 1 } }).verdict;
  assert.equal(verdict.right, true);
  assert.match(at({ round: 2 }).lines[0], /Second vote/);
});

test("where nobody can say what is right, one's own answer and the words stand alone", () => {
  const { verdict } = at({ phase: "revealed", truth: null, explain: "It is contested." }, { sent: 1 });
  assert.deepEqual([verdict.yours, verdict.truth, verdict.right, verdict.said], ["only ±1", "", null, ""]);
});

test("a scene without a question says so, in every phase", () => {
  for (const phase of ["waiting", "open", "closed", "revealed"]) {
    const view = at({ phase, question: { id: "x", setup: "", text: "A break" }, truth: null });
    assert.deepEqual([view.title, view.ask, view.votes, view.verdict], ["A break", false, false, null]);
  }
});

test("a line that is lost leaves the state where it is, with a word about it", () => {
  for (const link of ["away", "full", "locked"]) {
    const view = at({}, null, { link });
    assert.equal(view.title, question.text);
    assert.ok(view.banner, link);
  }
  assert.equal(at().banner, "");
});

test("every room that cannot be had is told in words, with what to do", () => {
  const told = ["joining", "unknown", "locked", "full", "away"].map((link) => viewOf({ link, snapshot: null, vote: null }));
  assert.equal(new Set(told.map(({ title }) => title)).size, told.length);
  for (const { title, lines, ask } of told) assert.ok(title && lines[0] && !ask);
  const gone = at({}, null, { link: "unknown" });
  assert.match(gone.lines[0], /started anew/);
  assert.ok(gone.form && !gone.ask, "its code may have changed");
  assert.ok(codeView().form);
});

test("what is shown is built anew when the question, the round or the phase changes, and else stays", () => {
  const keys = [at(), at({ round: 2 }), at({ phase: "closed" }), at({ question: { ...question, id: "other" } })].map(({ key }) => key);
  assert.equal(new Set(keys).size, 4);
  assert.equal(at({ votes: 3 }).key, at({ votes: 4 }, { state: "sent", sent: 1 }).key);
});
