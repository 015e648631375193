// A room in the hand of whoever has its secret: its state as it comes, and its steps one after another.

import { createLink } from "../phone/link.js";
import { stepTowards } from "./steps.js";

// calls: { told(snapshot), state(word), refused(text) }: text says why something was not done; the present
// state has been told before. world: see link.js.
export function createSteer({ base, code, secret, device }, { told, state, refused }, world) {
  const address = `${base}/hall/rooms/${code}`;
  let newest = null;
  let line = Promise.resolve(); // one request after another, since each needs the version of the last

  const link = createLink(
    { snapshot: address, events: `${address}/events` },
    {
      told(snapshot) {
        newest = snapshot;
        told(snapshot);
      },
      state,
    },
    world,
  );

  async function post(path, body) {
    const headers = { "Content-Type": "application/json", Authorization: `Bearer ${secret}` };
    const given = { method: "POST", headers, body: JSON.stringify(body) };
    const response = await world.fetch(`${address}/${path}`, given);
    if (response.status === 204) return true;
    const answer = await response.json().catch(() => ({}));
    if (response.ok || response.status === 409) link.take(answer);
    if (response.ok) return true;
    refused(answer.error ?? `The server answered ${response.status}.`);
    return false;
  }

  function queued(act) {
    line = line.then(act).catch(() => {
      refused("The room does not answer.");
      return null;
    });
    return line;
  }

  // At the version that was seen last: what somebody else has changed meanwhile is told, and nothing done.
  const step = (to) => post("steps", { to, version: newest.version, device });

  const read = (path) =>
    world.fetch(`${address}/${path}`, { headers: { Authorization: `Bearer ${secret}` } }).catch(() => null);

  return {
    // Each of these gives a promise of whether it was done; of null where no answer came.
    step: (to) => queued(() => step(to)),
    // place: of the lecture; see steps.js.
    goTo: (place) =>
      queued(async () => {
        // Each step brings it nearer: a lecture's scenes and a question's three phases are the most.
        if (!newest) return null;
        for (let left = newest.scenes + 3; left > 0; left -= 1) {
          const to = stepTowards(newest, place);
          if (!to) return true;
          if (!(await step(to))) return false;
        }
        return false;
      }),
    lock: (locked) => queued(() => post("lock", { locked })),
    mode: (mode) => queued(() => post("view", { mode })),
    takeOver: () => queued(() => post("driver", { device })),
    show: (page, query) => post("view", { page, query }).catch(() => false),
    // Promises of what only the lecturer may see, of the counts as CSV, and of the square that leads to the
    // remote; of null where it cannot be had now.
    async about() {
      const response = await read("lecturer");
      return response?.ok ? response.json() : null;
    },
    async counts() {
      const response = await read("counts.csv");
      return response?.ok ? response.text() : null;
    },
    async remoteSquare(https) {
      const response = await read(`remote.svg${https ? "?scheme=https" : ""}`);
      return response?.ok ? response.text() : null;
    },
    close: link.close,
  };
}

// What createSteer and createLink are given in a browser.
export const browserWorld = () => ({
  fetch: (...given) => fetch(...given),
  EventSource,
  page: window,
  document,
  random: Math.random,
  later(call, milliseconds) {
    const timer = setTimeout(call, milliseconds);
    return () => clearTimeout(timer);
  },
});

// A text as a file.
export function saveText(text, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
