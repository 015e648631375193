import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { createAdd, sceneAt } from "../../../../ui/browser/own/add.js";
import * as store from "../../../../ui/browser/own/store.js";
import { emptyBrowser, words } from "./given.js";

const DEFAULTS = { batch: "32", norm: "batch" };
let body, stored, page, figures;

beforeEach(() => {
  store.clear();
  ({ body, stored } = emptyBrowser());
  page = { view: "lab", settings: { ...DEFAULTS }, defaults: DEFAULTS };
  figures = [];
  document.querySelectorAll = () => figures;
  createAdd(body, () => page, (view, query) => `https://host/${view}?${query}`);
});

const press = () => body.button("Add this view to my lecture").tell("click");
const figure = (name, top, bottom, width = 600) => ({
  className: `element st-key-${name}`,
  getBoundingClientRect: () => ({ top, bottom, width }),
});

test("the view as it is when it is pressed becomes the last scene, with the figure that is looked at", () => {
  page.settings.batch = "2";
  figures = [figure("fig_above", -300, -10), figure("fig_seen", 100, 500), figure("fig_below", 500, 1200)];
  press();
  page.settings = { batch: "8", norm: "layer norm & more" };
  figures = [figure("fig_out", 2000, 2400)];
  press();
  assert.deepEqual(store.read().lecture.scenes, [
    { page: "lab", before: "batch=2", parts: ["fig_seen"] },
    { page: "lab", before: "batch=8&norm=layer+norm+%26+more" },
  ]);
  assert.match(words(body), /Scene 2 of “My lecture” is this view now/);
  const link = [...body.all()].find(({ tag }) => tag === "a");
  assert.equal(link.href, "https://host/lessons?lecture=mine");
});

test("a view at its defaults has no settings to say", () => {
  assert.deepEqual(sceneAt({ ...page }, undefined), { page: "lab" });
});

test("what cannot be kept is told beside the button", () => {
  const { scenes } = { scenes: Array(200).fill({ page: "lab" }) };
  store.replace({ version: 1, title: "Full", scenes });
  press();
  assert.match(words(body), /at most 200 scenes/);
  assert.equal(store.read().lecture.scenes.length, 200);
  stored.set("own lecture", "{broken");
  press();
  assert.match(words(body), /cannot be read/);
  assert.equal(stored.get("own lecture"), "{broken");
});

test("a title is a text, whatever stands in it", () => {
  store.replace({ version: 1, title: "<img src=x onerror=alert(1)>", scenes: [] });
  press();
  assert.match(words(body), /“<img src=x onerror=alert\(1\)>”/);
  assert.ok([...body.all()].every(({ tag, innerHTML }) => tag !== "img" && innerHTML === ""));
});
