// What a phone shows, in words: a pure function of what it knows.

import { inWords, isRight } from "./tally.js";

// Where a code is typed.
export const codeView = (wrong = "") => ({
  ...none("code"),
  lines: wrong ? [wrong] : ["The code is on the screen of the lecture, under the square."],
});

// A room that cannot be had, by the word of link.js: a title, and what to do.
const NO_ROOM = {
  code: ["Join a lecture", ""],
  joining: ["Looking for the room", "This takes a moment."],
  unknown: ["There is no such room", "Compare the code with the one on the screen, and type it again."],
  gone: [
    "This room is no longer there",
    "The lecture has ended, or its server was started anew. If the screen shows a new code, type it here.",
  ],
  locked: [
    "The room is locked",
    "The lecturer lets nobody else in at the moment. Ask for it to be opened: this page tries again by itself.",
  ],
  full: ["The server is full", "Look on with a neighbour. This page tries again by itself."],
  away: ["The room does not answer", "Check that this phone has a network. This page tries again by itself."],
};

// link: a word of link.js, or "joining". snapshot: the last one; null before the first. vote: this phone's,
// on the snapshot's question and round; earlier: that of the first round, where this is the second.
// Gives { key, title, lines, form, banner, ask, votes, verdict, news }:
//   key     what is shown is built anew when it changes
//   form    whether a code can be typed
//   banner  what is wrong with the line, "" for nothing
//   ask     whether the question can be answered now
//   votes   whether the hall's votes are shown
//   verdict { yours, truth, right, explain } after the reveal
//   status  what has become of the vote
//   news    what a screen reader is told when the key has changed
export function viewOf({ link, snapshot, vote, earlier = null }) {
  const lost = link === "unknown" && snapshot ? "gone" : link;
  if (!snapshot || lost === "gone") return none(lost);
  const banner = link === "here" ? "" : bannerOf(link);
  const { phase, question, round } = snapshot;
  const at = { form: false, banner, ask: false, votes: false, verdict: null, status: "", lines: [] };
  const asks = question.options || question.low !== undefined;
  const setup = question.setup ? [question.setup] : [];
  const key = `${phase} ${round} ${question.id}`;
  const title = question.text || "Look at the screen";
  if (!asks) {
    const lines = [...setup, "There is nothing to answer here."];
    return { ...at, key: question.id, title, lines, news: `${title} ${lines.join(" ")}` };
  }
  if (phase === "open") {
    const again = round > 1;
    const lines = again ? ["Second vote: discuss it with your neighbours, then answer again."] : setup;
    const news = `${again ? "Second vote" : "New question"}: ${title}`;
    return { ...at, key, title, lines, ask: true, status: statusOf(vote), news };
  }
  if (phase === "closed") {
    const lines = [voteClosed(question, vote)];
    return { ...at, key, title, lines, votes: true, news: `The vote is closed. ${lines[0]}` };
  }
  if (phase === "revealed") {
    const verdict = verdictOf(snapshot, counted(vote) ?? counted(earlier));
    return { ...at, key, title, votes: true, verdict, news: `${verdict.said} ${verdict.explain}` };
  }
  const soon = "You are in. The answers come up here as soon as the vote is open.";
  return { ...at, key, title, lines: [...setup, soon], news: `${soon} ${title}` };
}

function none(word) {
  const [title, line] = NO_ROOM[word] ?? NO_ROOM.away;
  const form = ["code", "unknown", "gone"].includes(word);
  const at = { form, banner: "", ask: false, votes: false, verdict: null, status: "" };
  return { ...at, key: word, title, lines: [line], news: `${title}. ${line}` };
}

const bannerOf = (link) =>
  link === "full" ? "The server is full for the moment. This page goes on by itself."
  : link === "locked" ? "The room was locked. This page tries again by itself."
  : "No connection. This page goes on by itself once it is back.";

// Of an open question.
export function statusOf(vote) {
  if (!vote) return "";
  return {
    kept: vote.failed ? "Not sent yet: it is kept here, and sent as soon as the server answers." : "Sending",
    sent: "Sent. You can change it until the vote closes.",
    late: "",
    refused: "The server did not take this answer. Load the page again and answer anew.",
  }[vote.state];
}

// The value that the server has; undefined where it has none.
const counted = (vote) => vote?.sent;

function voteClosed(question, vote) {
  const value = counted(vote);
  const has = value === undefined ? "" : `Your answer: ${inWords(question, value)}.`;
  if (vote?.state === "late") {
    return has
      ? `Your change came after the close. ${has}`
      : "Your answer came after the close, or was not confirmed before it, so that it may not be counted.";
  }
  return has || "You have not answered this one.";
}

function verdictOf({ question, truth, explain }, value) {
  // Of some questions nobody can say what is right.
  const known = typeof truth === "number";
  const words = known ? inWords(question, truth) : "";
  const right = value === undefined || !known ? null : isRight(question, value, truth);
  const yours = value === undefined ? "You have not answered this one." : inWords(question, value);
  const said =
    !known ? ""
    : right === null ? `What happens: ${words}.`
    : right ? `As you predicted: ${words}.`
    : `You predicted: ${yours}. What happens: ${words}.`;
  return { yours, truth: words, right, said, explain: explain ?? "" };
}
