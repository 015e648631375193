import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { emptyPage } from "./page.js";

globalThis.window = globalThis;
globalThis.focus = () => {};
globalThis.ResizeObserver = class {
  observe() {}
  disconnect() {}
};
const { createPresenter } = await import("../../../ui/browser/presenter.js");

let hears, body, now;

beforeEach(() => {
  hears = new Map();
  globalThis.addEventListener = (name, hear) => hears.set(name, [...(hears.get(name) ?? []), hear]);
  globalThis.removeEventListener = (name, hear) => hears.set(name, hears.get(name).filter((one) => one !== hear));
  body = emptyPage();
  now = 0;
});

function press(key) {
  now += 1000;
  const event = { key, timeStamp: now, target: { tagName: "BODY" }, preventDefault() {}, stopPropagation() {} };
  for (const hear of hears.get("keydown")) hear(event);
}

test("no step is taken while the screen is black", () => {
  const done = [];
  const calls = Object.fromEntries(["list", "on", "back"].map((name) => [name, () => done.push(name)]));
  createPresenter(calls);
  const black = body.find("present-blank");
  assert.ok(black.hidden);
  press("b");
  assert.ok(!black.hidden);
  press("PageDown");
  assert.ok(black.hidden);
  assert.deepEqual(done, []);
  for (const key of ["PageDown", "PageUp", "Home"]) press(key);
  assert.deepEqual(done, ["on", "back", "list"]);
});

test("a page without steps of its own goes from figure to figure", () => {
  const seen = [];
  let at = 0; // how far the page has been scrolled
  const figure = (place, name) => ({
    checkVisibility: () => name !== "folded",
    getBoundingClientRect: () => ({ top: place - at }),
    scrollIntoView: (options) => {
      seen.push(options ? `${name} ${options.block}` : name);
      at = options ? 0 : place;
    },
  });
  const figures = [figure(200, "first"), figure(900, "second"), figure(1200, "folded"), figure(1600, "third")];
  Object.assign(document, { querySelector: () => null, querySelectorAll: () => figures });
  createPresenter({ list() {} });
  for (const key of ["PageDown", "PageDown", "PageDown", "PageUp", "PageUp", "PageUp"]) press(key);
  assert.deepEqual(seen, ["second", "third", "second", "first end", "first end"]);
});

test("in the end the page is as it was", () => {
  const presenter = createPresenter({ list() {} });
  assert.ok(document.documentElement.classList.contains("presenting"));
  presenter.remove();
  assert.ok(!document.documentElement.classList.contains("presenting"));
  assert.equal(body.find("present-blank"), null);
  assert.ok([...hears.values()].every((some) => some.length === 0));
});
