import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { createPrint } from "../../../ui/browser/print.js";
import { emptyPage } from "./page.js";

let body, heard, folds;

beforeEach(() => {
  heard = {};
  globalThis.addEventListener = (name, hear) => (heard[name] = hear);
  globalThis.location = { href: "http://host/?std=7" };
  body = emptyPage();
  folds = [{ open: false }, { open: true }];
  body.prepend = (one) => body.children.unshift(one);
  body.querySelectorAll = () => folds.filter(({ open }) => !open);
});

const page = { view: "lab", settings: { batch: "32", std: "7" }, defaults: { batch: "32", std: "3" } };

test("on paper the settings stand on top, folds are open and figures are drawn anew", () => {
  const drawn = [];
  const print = createPrint(() => page, () => drawn.push(print.on));
  heard.beforeprint();
  assert.equal(body.children[0].textContent, "batch 32, std 7 · http://host/?std=7");
  assert.deepEqual(folds.map(({ open }) => open), [true, true]);
  heard.beforeprint();
  assert.deepEqual(drawn, [true], "once, however often it is told");
  heard.afterprint();
  assert.deepEqual(folds.map(({ open }) => open), [false, true], "those open before stay open");
  assert.deepEqual(drawn, [true, false]);
});

test("before any page stands there is nothing to say", () => {
  createPrint(() => null, () => {});
  heard.beforeprint();
  assert.equal(body.children[0].textContent, "");
});
