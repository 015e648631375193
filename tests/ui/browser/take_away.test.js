import assert from "node:assert/strict";
import { test } from "node:test";

import { createTakeAway } from "../../../ui/browser/take_away.js";
import { emptyPage, settled } from "./page.js";

const DEFAULTS = { batch: "32", mean: "5" };

function row(clipboard, search = "") {
  globalThis.location = { search };
  Object.defineProperty(globalThis, "navigator", { value: { clipboard }, configurable: true });
  const body = emptyPage();
  document.execCommand = () => false;
  const page = { view: "lab", title: "What <happens>?", settings: { ...DEFAULTS }, defaults: DEFAULTS };
  const remove = createTakeAway(body, () => page, {
    link: (view, query) => `https://host/${view}${query && `?${query}`}`,
    code: async (view, kind, query) => {
      if (kind === "flax") throw new Error("no such kind");
      return `${kind} of ${view} at ${query}`;
    },
    shown: () => [{ name: "answer", text: "Yes." }],
  });
  const find = (tag) => [...body.all()].find((one) => one.tag === tag);
  const status = () => [...body.all()].find((one) => one.attributes.role === "status").textContent;
  return { body, page, remove, find, status };
}

test("a link is that of the settings when it is pressed, is copied, and stands there to be read", async () => {
  const written = [];
  const { body, page, find, status } = row({ writeText: async (text) => written.push(text) });
  page.settings.batch = "8";
  body.button("Link").tell("click");
  await settled();
  assert.deepEqual(written, ["https://host/lab?batch=8"]);
  assert.equal(find("textarea").value, "https://host/lab?batch=8");
  assert.equal(find("dialog").open, true);
  assert.equal(status(), "Copied.");
  body.button("Close").tell("click");
  assert.equal(find("dialog").open, false);
});

test("a link hides what the page hides", async () => {
  const { body, page, find } = row({ writeText: async () => {} }, "?hide=momentum,eps&batch=64");
  page.settings.batch = "8";
  body.button("Link").tell("click");
  await settled();
  assert.equal(find("textarea").value, "https://host/lab?batch=8&hide=momentum,eps");
});

test("the presenter view is the page as it stands, in an address of its own", () => {
  const { body, page } = row(undefined, "?hide=momentum,eps&batch=64");
  page.settings.batch = "8";
  body.button("Presenter view").tell("click");
  assert.equal(location.href, "https://host/lab?batch=8&present=1&hide=momentum,eps");
});

test("where the clipboard is refused the text stands selected, and is told so", async () => {
  for (const clipboard of [undefined, { writeText: () => Promise.reject(new Error("no")) }]) {
    const { body, find, status } = row(clipboard);
    body.button("Frame").tell("click");
    await settled();
    assert.match(find("textarea").value, /^<iframe src="https:\/\/host\/lab" title="What &#60;happens&#62;\?"/);
    assert.equal(find("textarea").selected, true);
    assert.match(status(), /Ctrl\+C/);
  }
});

test("nothing of it stays", () => {
  const { body, remove } = row(undefined);
  remove();
  assert.deepEqual([...body.all()], []);
});

test("code is asked for at all settings as they stand, and can be saved as a file", async ({ mock }) => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const { body, page, find } = row({ writeText: async () => {} });
  page.settings.mean = "-1";
  body.button("PyTorch").tell("click");
  await settled();
  assert.equal(find("textarea").value, "pytorch of lab at batch=32&mean=-1");
  assert.equal(body.button("Save as a file").hidden, false);
  const made = [];
  const create = document.createElement;
  document.createElement = (tag) => Object.assign(create(tag), { click: () => made.push(tag) });
  globalThis.URL.createObjectURL = () => "blob:";
  globalThis.URL.revokeObjectURL = () => {};
  body.button("Save as a file").tell("click");
  assert.deepEqual(made, ["a"]);
  body.button("Link").tell("click");
  await settled();
  assert.equal(body.button("Save as a file").hidden, true);
});

test("what could not be made is told, and nothing is copied", async () => {
  const written = [];
  const { body, find, status } = row({ writeText: async (text) => written.push(text) });
  body.button("Flax").tell("click");
  await settled();
  assert.match(status(), /could not be made: no such kind/);
  assert.deepEqual([written, find("textarea").value], [[], ""]);
  assert.equal(body.button("Copy").disabled, true);
});

test("an older text that comes late does not take the newer one's place", async () => {
  const { body, find } = row({ writeText: async () => {} });
  body.button("Keras").tell("click");
  body.button("CSV").tell("click");
  await settled();
  assert.match(find("textarea").value, /^part,panel,trace/);
});
