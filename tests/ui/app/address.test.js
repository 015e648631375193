// The browser's side of the address, against a history that is a list.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

let keep, loaded = 0; // the module, as loaded anew for each page
let place, entries, at, heard, stored, native;

beforeEach(async () => {
  entries = ["http://host/"];
  at = 0;
  heard = {};
  stored = {};
  place = {
    get href() {
      return entries[at];
    },
    get pathname() {
      return new URL(entries[at]).pathname;
    },
    get search() {
      return new URL(entries[at]).search;
    },
    hash: "",
  };
  native = {
    state: null,
    pushState(state, title, url) {
      entries.splice(at + 1, Infinity, new URL(url, place.href).href);
      at += 1;
    },
    replaceState(state, title, url) {
      entries[at] = new URL(url, place.href).href;
    },
  };
  Object.assign(globalThis, {
    window: {},
    location: place,
    history: native,
    addEventListener: (name, hear) => (heard[name] ??= []).push(hear),
    sessionStorage: {
      getItem: (name) => stored[name] ?? null,
      setItem: (name, text) => (stored[name] = text),
    },
  });
  globalThis.performance.getEntriesByType = () => [{ type: "navigate" }];
  await load();
});

async function load() {
  keep = (await import(`../../../ui/app/address.js?${++loaded}`)).default;
}

const tell = (name, event = {}) => (heard[name] ?? []).forEach((hear) => hear(event));
const step = (by) => {
  at += by;
  tell("popstate");
};

// What the server sends with each run; gives what was handed back to it.
function sends({ shown = "", visit = "one", defaults = { mean: "5", std: "3" }, kept = "" } = {}) {
  const handed = [];
  const data = new TextEncoder().encode(JSON.stringify({ shown, visit, defaults, kept }));
  keep({ data, setTriggerValue: (name, text) => handed.push([name, text]) });
  return handed;
}

test("a new address of the same page takes the place of the old one", () => {
  sends();
  history.pushState(null, "", "/?mean=6");
  history.pushState(null, "", "/?mean=7");
  assert.deepEqual(entries, ["http://host/?mean=7"]);
});

test("another page is a step", () => {
  sends();
  history.pushState(null, "", "/?mean=6");
  history.pushState(null, "", "/numerics");
  history.pushState(null, "", "/numerics?std=1");
  assert.deepEqual(entries, ["http://host/?mean=6", "http://host/numerics?std=1"]);
});

test("after Back, a page that nobody clicked for is no step", () => {
  sends();
  history.pushState(null, "", "/numerics");
  step(-1);
  history.pushState(null, "", "/numerics?std=1");
  assert.deepEqual([place.href, entries.length], ["http://host/", 2], "and Forward still leads there");
});

for (const hand of ["click", "keydown"]) {
  test(`after Back and a ${hand}, another page is a step again`, () => {
    sends();
    history.pushState(null, "", "/numerics");
    step(-1);
    tell(hand);
    history.pushState(null, "", "/gradients");
    assert.deepEqual(entries, ["http://host/", "http://host/gradients"]);
  });
}

test("the history is watched once, however often the script is loaded", async () => {
  sends();
  const watched = history.pushState;
  await load();
  sends();
  assert.equal(history.pushState, watched);
  assert.equal(heard.popstate.length, 1);
});

test("where the sliders were let go stands in the address, a default does not", () => {
  sends({ shown: "mean=6" });
  tell("sliders", { detail: { mean: "5", std: "2.5", unknown: "1" } });
  assert.equal(place.href, "http://host/?std=2.5");
  assert.equal(stored.settings, "std=2.5");
});

test("what was let go on another page is not said here", () => {
  sends();
  tell("click");
  history.pushState(null, "", "/numerics");
  tell("sliders", { detail: { std: "2.5" } });
  assert.equal(place.href, "http://host/numerics");
});

test("a link's own spelling gives way, what is Streamlit's own stays", () => {
  entries = ["http://host/?mean=5.0&batch=07&embed=true"];
  sends({ shown: "batch=7" });
  assert.equal(place.href, "http://host/?batch=7&embed=true");
});

test("a first visit brings back nothing that was kept", () => {
  stored.settings = "mean=9";
  assert.deepEqual(sends(), []);
});

test("after a reload the other pages' settings are handed back, this page's are the address's", () => {
  globalThis.performance.getEntriesByType = () => [{ type: "reload" }];
  stored.settings = "mean=9&upstream=random";
  assert.deepEqual(sends(), [["kept", "upstream=random"]]);
});

test("after a restart of the server on another page all is handed back", () => {
  sends({ kept: "mean=9" });
  tell("click");
  history.pushState(null, "", "/numerics");
  assert.deepEqual(sends({ visit: "two" }), [["kept", "mean=9"]]);
});

test("where a hand let go while the server was away is handed back to the next one", () => {
  sends({ shown: "mean=7" });
  tell("sliders", { detail: { mean: "5.9", std: "3", other: "1" } });
  assert.equal(place.href, "http://host/?mean=5.9");
  // The new server has it from the widgets, which were told nothing, that the mean is 7.
  assert.deepEqual(sends({ shown: "mean=7", visit: "two" }), [["kept", "mean=5.9&std=3"]]);
  assert.deepEqual(sends({ shown: "mean=5.9", visit: "two" }), []);
});

test("what the server has answered since is its own to say", () => {
  sends();
  tell("sliders", { detail: { mean: "5.9" } });
  sends({ shown: "mean=5.9" }); // and the reader has reset the page
  sends();
  assert.deepEqual(sends({ visit: "two" }), []);
});

test("sliders of the page left behind are not this page's", () => {
  sends();
  tell("sliders", { detail: { mean: "5.9" } });
  tell("click");
  history.pushState(null, "", "/numerics");
  assert.deepEqual(sends({ visit: "two", defaults: { std: "3" } }), [["kept", "mean=5.9"]], "as kept for a reload");
});

test("a browser that keeps nothing is taken as it is", () => {
  globalThis.sessionStorage = {
    getItem: () => {
      throw new Error("denied");
    },
    setItem: () => {
      throw new Error("denied");
    },
  };
  assert.deepEqual(sends({ shown: "mean=6" }), []);
  assert.equal(place.href, "http://host/?mean=6");
});
