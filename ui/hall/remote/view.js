// What the lecturer's remote shows, in words: a pure function of what it knows.

import { inWords } from "../phone/tally.js";
import { asks, backPress, countOf, mayVoteAgain, nextPress } from "../projector/steps.js";

const SAID = { waiting: "not open yet", open: "open", closed: "closed", revealed: "revealed" };
const MISSING = {
  unknown: "The room is no longer there: it has ended, or the server was started anew.",
  joining: "Looking for the room.",
};

// link: a word of link.js. snapshot: the room; null before the first. about: what only the lecturer may see;
// null before it has come. device: this one's name.
// Gives { missing } where there is no room, else { away, state, question, count, right, hint, note, answer,
//   next, back, again, steers }. next: { label, place }, back: a place; null where there is none.
export function remoteView({ link, snapshot, about, device }) {
  if (!snapshot || link === "unknown") {
    return { missing: MISSING[link] ?? "The room does not answer. This page tries again by itself." };
  }
  const { scene, scenes, phase, round, question } = snapshot;
  const known = about?.version === snapshot.version ? about : null;
  return {
    missing: "",
    away: link === "here" ? "" : "No connection: what stands here may be old.",
    state: `Scene ${scene} of ${scenes}, ${asks(snapshot) ? SAID[phase] : "nothing is asked"}${round > 1 ? ", second vote" : ""}`,
    question: question.text,
    count: countOf(snapshot),
    right: typeof known?.right === "number" ? `${Math.round(100 * known.right)} % right` : "",
    hint: known?.hint ?? "",
    note: known?.note ?? "",
    answer: typeof known?.truth === "number" ? inWords(question, known.truth) : "",
    next: nextPress(snapshot),
    back: backPress(snapshot),
    again: mayVoteAgain(snapshot),
    steers: snapshot.driver === device,
  };
}
