// What the tests of lectures of one's own share: two small pages, the schema, and an empty browser.

import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";

import { emptyPage } from "../page.js";

const batch = { kind: "steps", label: "Batch size B", default: "32", expected: "one of 2, 32", options: ["2", "8", "32"] };
const mean = { kind: "slider", label: "Input mean", default: "5", expected: "a number", low: -10, high: 10, step: 0.5 };
const norm = { kind: "choice", label: "Norm", default: "batch", expected: "one of batch, layer", options: ["batch", "layer"] };

export const own = {
  schema: JSON.parse(readFileSync("ui/lessons/own/schema.json", "utf8")),
  pages: {
    lab: {
      menu: "Lab",
      trained: false,
      settings: { batch, mean, norm },
      sliders: ["batch", "mean"],
      parts: [
        { name: "answer", when: [] },
        { name: "fig_running", when: [["norm", ["batch"]]] },
        { name: "fig_per_example", when: [["norm", ["layer"]]] },
        { name: "fig_values", when: [] },
      ],
    },
    training: {
      menu: "Training",
      trained: true,
      settings: { batch },
      sliders: ["batch"],
      parts: [{ name: "fig_loss", when: [] }],
    },
  },
};

// A browser that has kept nothing; gives the page's body and what is kept.
export function emptyBrowser() {
  const stored = new Map();
  globalThis.localStorage = {
    getItem: (name) => stored.get(name) ?? null,
    setItem: (name, text) => stored.set(name, text),
    removeItem: (name) => stored.delete(name),
  };
  globalThis.addEventListener = globalThis.removeEventListener = () => {};
  Object.assign(globalThis, { window: globalThis, innerWidth: 1280, innerHeight: 720 });
  globalThis.matchMedia = () => ({ addEventListener() {}, matches: false });
  globalThis.location = new URL("https://host/course/lessons");
  globalThis.history = { state: null, replaceState: (state, title, url) => (location = new URL(url, location)) };
  Object.defineProperty(globalThis, "navigator", { value: { clipboard: { writeText: async () => {} } }, configurable: true });
  return { body: emptyPage(), stored };
}

export const address = (lecture, scene) => `/course/lessons${lecture ? `?lecture=${lecture}&scene=${scene}` : ""}`;

// Waits until it is so: what is packed is packed by another thread. Without it the test fails in its words.
export async function come(ready) {
  for (let turn = 0; turn < 5000 && !ready(); turn += 1) await pause(1);
}

// All that stands on the page and is not hidden.
export function words(body) {
  const seen = (one) => !one.hidden && (one.parent === null || one === body || seen(one.parent));
  return [...body.all()].filter(seen).map(({ textContent }) => textContent).filter(Boolean).join(" ");
}
