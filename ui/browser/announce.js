// Tells those who hear the page what has changed: one sentence, once the hand rests.

import { whenLetGo } from "./hand.js";

const REST_MS = 700;

// summaries(): texts of what is shown now, the most telling first.
export function createAnnouncer(summaries) {
  const element = document.createElement("div");
  element.className = "live-said";
  element.setAttribute("role", "status"); // polite: it waits until the reader has finished
  document.body.append(element);
  let waiting = null;
  let known = null; // the sentences that were there when it last spoke, or the page began

  function rest() {
    waiting = null;
    whenLetGo(() => {
      if (waiting) return; // something has changed meanwhile
      const now = summaries().flatMap(sentences);
      const fresh = known && now.find((sentence) => !known.has(sentence));
      known = new Set(now);
      if (fresh) element.textContent = fresh;
    });
  }

  function again() {
    clearTimeout(waiting);
    waiting = setTimeout(rest, REST_MS);
  }

  return {
    changed: again,
    // Another page: who comes to it reads it, so that it is not told as a change.
    begin() {
      known = null;
      element.textContent = "";
      again();
    },
  };
}

// A point inside a number ends no sentence.
export function sentences(text) {
  return text
    .split(/\n+|(?<=[.!?])\s+(?=\p{Lu}|\d)/u)
    .map((sentence) => sentence.trim())
    .filter(Boolean);
}
