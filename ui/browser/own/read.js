// Reads the file of a lecture of one's own, with errors that name the scene and the field.
//
// The fields and their bounds are given as data, `schema`; what each page has, as `pages`. Python
// reads by the same data, in the same words (ui/lessons/own/reader.py).

import { readQuery } from "./query.js";

const MOST_PROBLEMS = 20;
const ENOUGH = new Error("so many problems that the rest is not looked into");
const MOST_STEPS = 10_000; // of a scale
const LARGEST = 1e12; // of any number
const TOLD = 60; // characters of a text from outside that are told again
// Control characters other than a new line, and halves of characters.
const NO_TEXT = /[\0-\x09\x0b-\x1f\x7f-\x9f]|\p{Surrogate}/gu;

// { lecture, problems }: the lecture in its one spelling, settings as a link has them and empty fields
// left out; or null and all that is wrong. given: the file's text, or what is in it.
export function readLecture(given, { schema, pages }) {
  const problems = [];
  let lecture = null;
  try {
    const content = parsed();
    if (!problems.length) lecture = readAll(content);
  } catch (error) {
    if (error !== ENOUGH) throw error;
  }
  return { lecture: problems.length ? null : lecture, problems };

  function say(where, came, expected) {
    problems.push(`${where}: ${came}; expected ${expected}.`);
    if (problems.length === MOST_PROBLEMS) throw ENOUGH;
  }

  function parsed() {
    try {
      const text = typeof given === "string" ? given : JSON.stringify(given);
      const size = bytes(text);
      if (size <= schema.most_bytes) return JSON.parse(text);
      say("The file", `${size} bytes`, `at most ${schema.most_bytes}`);
    } catch {
      say("The file", "not JSON", "a lecture as the app saves it");
    }
  }

  function readAll(content) {
    const found = fields(content, "lecture", "The lecture");
    found.scenes &&= found.scenes.map((scene, place) => readScene(scene, `Scene ${place + 1}`));
    return found;
  }

  function readScene(given, where) {
    const found = fields(given, "scene", where);
    const answers = ["options", "scale"].filter((name) => name in found);
    if (answers.length === 2) say(where, "options and a scale", "one of them");
    if (answers.length && !given.question) say(`${where}, question`, "missing", "one, since there is an answer to it");
    if ("right" in found && !Object.hasOwn(given, "options")) say(`${where}, options`, "missing", "some, since one is right");
    if ("options" in found && (found.right ?? 0) >= found.options.length) {
      const last = found.options.length - 1;
      say(`${where}, right`, told(found.right), `the place of an option, 0 to ${last}`);
    }
    return found;
  }

  // The fields of an object that can be had, in the schema's order.
  function fields(given, kind, where) {
    const table = schema[kind];
    const names = Object.keys(table).join(", ");
    if (!isObject(given)) {
      say(where, told(given), `an object with ${names}`);
      return {};
    }
    for (const name of Object.keys(given)) {
      if (!Object.hasOwn(table, name)) say(`${where}, ${cut(name)}`, "no such field", `some of ${names}`);
    }
    const found = {};
    for (const [name, rule] of Object.entries(table)) {
      const place = `${where}, ${name}`;
      if (Object.hasOwn(given, name)) {
        const value = field(given[name], rule, place, found.page);
        const empty = value === null || (Array.isArray(value) && !value.length);
        if (!empty && (value !== "" || name === "after")) found[name] = value;
      } else if (rule.required) say(place, "missing", expected(rule));
    }
    return found;
  }

  // One field in its one spelling, or null. page: of its scene, where that was read.
  function field(given, rule, place, page) {
    const { kind } = rule;
    if (kind === "settings" && isText(given, 0, rule.most)) {
      return page ? query(given, pages[page], place) : given;
    }
    if ((kind === "sliders" || kind === "parts") && Array.isArray(given) && given.length <= rule.most) {
      return names(given, page && known(kind, pages[page]), place);
    }
    if (kind === "scale" && isObject(given)) return scale(given, place);
    if (fits(given, rule)) return given;
    say(place, told(given), expected(rule));
    return null;
  }

  function fits(given, rule) {
    const counted = () => Array.isArray(given) && rule.least <= given.length && given.length <= rule.most;
    switch (rule.kind) {
      case "version":
        return given === schema.version;
      case "text":
        return isText(given, rule.least ?? 0, rule.most);
      case "texts":
        return counted() && given.every((text) => isText(text, 1, rule.each));
      case "page":
        return typeof given === "string" && Object.hasOwn(pages, given);
      case "place":
        return isNumber(given) && Number.isInteger(given) && given >= 0;
      case "number":
        return isNumber(given);
      case "scenes":
        return counted();
    }
    return false;
  }

  function query(given, page, place) {
    const { problems: wrong, query } = readQuery(given, page);
    for (const { came, expected } of wrong) say(place, cut(came), expected);
    return query;
  }

  // Different names out of those that the page has; known is undefined while the page is unread.
  function names(given, known, place) {
    given.forEach((name, at) => {
      if (known && !known.includes(name)) say(place, told(name), `some of ${known.join(", ")}`);
      else if (given.indexOf(name) < at) say(place, `${told(name)} twice`, "each once");
    });
    return given;
  }

  function scale(given, place) {
    const before = problems.length;
    const found = fields(given, "scale", place);
    if (problems.length > before) return null;
    const { low, high, step, truth = low } = found;
    if (!(low < high)) say(`${place}, high`, told(high), "a number above low");
    else if (!((high - low) / MOST_STEPS <= step && step <= high - low)) {
      say(`${place}, step`, told(step), `a number that makes 1 to ${MOST_STEPS} steps from low to high`);
    } else if (!(low <= truth && truth <= high)) {
      say(`${place}, truth`, told(truth), "a number from low to high");
    }
    return found;
  }

  function expected(rule) {
    return rule.kind === "page" ? `${rule.expected} ${Object.keys(pages).join(", ")}` : rule.expected;
  }
}

// So many bytes a text takes in a file.
export function bytes(text) {
  return new TextEncoder().encode(text).length;
}

function known(kind, page) {
  return kind === "sliders" ? page.sliders : [...new Set(page.parts.map(({ name }) => name))];
}

const isObject = (given) => typeof given === "object" && given !== null && !Array.isArray(given);

// Not so large that spellings of it differ.
const isNumber = (given) => typeof given === "number" && Math.abs(given) <= LARGEST;

function isText(given, least, most) {
  if (typeof given !== "string") return false;
  const count = [...given].length;
  return least <= count && count <= most && given.search(NO_TEXT) < 0;
}

// What came, in a few words: text from outside.
function told(given) {
  if (typeof given === "string") return `“${cut(given)}”`;
  if (Array.isArray(given)) return `a list of ${given.length}`;
  if (isObject(given)) return "an object";
  if (typeof given !== "number") return String(given);
  const size = Math.abs(given);
  return given === 0 || (size >= 1e-4 && size <= LARGEST) ? String(given) : "a number";
}

function cut(text) {
  const characters = [...text];
  const head = characters.slice(0, TOLD).join("").replaceAll(NO_TEXT, "\ufffd");
  return characters.length <= TOLD ? head : `${head}…`;
}
