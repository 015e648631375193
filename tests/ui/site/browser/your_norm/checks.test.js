// The checks as they are drawn: state by mark and word, what is wrong open, a heat map where there is one.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { createChecks } from "../../../../../ui/site/browser/your_norm/checks.js";
import { Element, emptyPage } from "../../../browser/page.js";

let parent, draw, figures;

beforeEach(() => {
  emptyPage();
  parent = new Element("div");
  figures = new Map();
  draw = createChecks(parent, (element, name, figure) => {
    figures.set(name, figure);
    return () => figures.delete(name);
  });
});

const check = (name, state, more = {}) => ({ name, title: `Title ${name}`, state, text: `Text ${name}`, heat: null, ...more });
const lines = () => [...parent.all()].filter(({ tag }) => tag === "li");
const said = (line) => ["norm-mark", "live-said", "norm-title", "norm-text"].map((one) => line.find(one).textContent);

test("each is told by a mark and by a word, and all are counted", () => {
  draw([check("a", "right"), check("b", "wrong"), check("c", "open")]);
  assert.deepEqual(lines().map(said), [
    ["✓", "right: ", "Title a", "Text a"],
    ["✗", "wrong: ", "Title b", "Text b"],
    ["○", "still open: ", "Title c", "Text c"],
  ]);
  assert.equal(parent.find("norm-summary").textContent, "1 of 3 are right.");
  draw([check("a", "right"), check("b", "right")]);
  assert.equal(parent.find("norm-summary").textContent, "All 2 are right.");
  assert.equal(lines().length, 2);
});

test("what is wrong is open, and what a hand has opened or closed stays so while its state does", () => {
  const folds = () => lines().map((line) => line.children[0].open ?? false);
  draw([check("a", "right"), check("b", "wrong")]);
  assert.deepEqual(folds(), [false, true]);
  lines()[0].children[0].open = true;
  lines()[1].children[0].open = false;
  draw([check("a", "right"), check("b", "wrong")]);
  assert.deepEqual(folds(), [true, false]);
  draw([check("a", "wrong"), check("b", "right")]);
  assert.deepEqual(folds(), [true, false]);
});

test("a heat map comes and goes with its check", () => {
  draw([check("a", "wrong", { heat: { data: [1] } }), check("b", "wrong", { heat: { data: [2] } })]);
  assert.deepEqual([...figures.keys()], ["fig_heat_a", "fig_heat_b"]);
  draw([check("a", "right")]);
  assert.equal(figures.size, 0);
});

test("a title with markup is a text", () => {
  draw([check("a", "open", { title: "<b>a</b>", text: "<img>" })]);
  assert.deepEqual(said(lines()[0]).slice(2), ["<b>a</b>", "<img>"]);
  assert.ok(![...parent.all()].some(({ innerHTML }) => innerHTML));
});
