// The lecture of one's own as this browser keeps it: every page adds to it, the lessons page edits it.
//
// It may be unfinished: a question that has no options yet. Where the browser keeps nothing, or has no
// room for more, the lecture holds for as long as the page is open, and that is told.

import { bytes } from "./read.js";

export const MOST_BYTES = 1_000_000;
export const MOST_SCENES = 200;

const KEPT = "own lecture";
const NOT_KEPT =
  "This browser does not keep it: its storage is blocked or full. It is here until you close or leave " +
  "this page, so save it as a file.";
const UNREADABLE = "What this browser keeps as your lecture cannot be read. It is left as it is: save it as a file, or clear it.";
const TYPES = {
  page: isText,
  before: isText,
  after: isText,
  controls: isTexts,
  parts: isTexts,
  setup: isText,
  question: isText,
  options: isTexts,
  right: Number.isInteger,
  scale: (value) => typeof value === "object" && value !== null,
  explain: isText,
};

let held = null; // { text }: what the browser would not keep

// { lecture, problem, text }: lecture is null where there is none, or none that can be read, which
// problem says; text is what is kept, as it stands.
export function read() {
  const text = stored();
  if (text === null) return { lecture: null, problem: null, text: null };
  const lecture = draft(text);
  return { lecture, problem: lecture ? (held && NOT_KEPT) : UNREADABLE, text };
}

// Changes what is kept: change(lecture) gives another one; its argument is null where there is none.
// Gives what `read` gives then; where the change cannot be made, what was there and why, as refused.
export function update(change) {
  const before = read();
  if (before.text !== null && !before.lecture) return { ...before, refused: before.problem };
  const lecture = change(before.lecture);
  const text = JSON.stringify(lecture);
  const { length } = lecture.scenes;
  if (length > MOST_SCENES) return { ...before, refused: `A lecture has at most ${MOST_SCENES} scenes, this would be ${length}.` };
  if (bytes(text) > MOST_BYTES) return { ...before, refused: `A lecture has at most ${MOST_BYTES} bytes, this would be ${bytes(text)}.` };
  keep(text);
  return read();
}

// Puts another lecture there, whatever was there before.
export function replace(lecture) {
  keep(JSON.stringify(lecture));
  return read();
}

export function clear() {
  held = null;
  try {
    localStorage.removeItem(KEPT);
  } catch {
    return; // nothing is kept there anyway
  }
}

// Calls back when another tab has changed it; gives a function that ends that.
export function watch(call) {
  const changed = ({ key }) => (key === KEPT || key === null) && call();
  addEventListener("storage", changed);
  return () => removeEventListener("storage", changed);
}

function stored() {
  if (held) return held.text;
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null;
  }
}

function keep(text) {
  try {
    localStorage.setItem(KEPT, text);
    held = null;
  } catch {
    held = { text };
  }
}

// A lecture that is finished or not, or null: another version, another tool, or a hand has been there.
function draft(text) {
  try {
    const { version, title, scenes } = JSON.parse(text);
    const fits = version === 1 && isText(title) && Array.isArray(scenes) && scenes.every(isScene);
    return fits ? { version, title, scenes } : null;
  } catch {
    return null;
  }
}

function isScene(scene) {
  const known = ([name, value]) => Object.hasOwn(TYPES, name) && TYPES[name](value);
  return typeof scene === "object" && scene !== null && isText(scene.page) && Object.entries(scene).every(known);
}

function isText(value) {
  return typeof value === "string";
}

function isTexts(value) {
  return Array.isArray(value) && value.every(isText);
}
