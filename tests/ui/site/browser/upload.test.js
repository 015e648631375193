// The place for a file on a page of the site: Python reads it, and what it holds has a name.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { emptyPage, settled } from "../../browser/page.js";
import { createUploadPlace } from "../../../../ui/site/browser/upload.js";

const GIVEN = { ask: "Drop activations.", accept: [".npy"], most: 1000, where: "It stays here." };
let element, put, answers, changes, place;

beforeEach(() => {
  const body = emptyPage();
  element = document.createElement("div");
  element.dataset.upload = JSON.stringify(GIVEN);
  body.append(element);
  [put, changes, answers] = [[], [], []];
  const python = {
    put: async (file) => {
      put.push(file.name);
      return answers.shift();
    },
    forget: async () => put.push("forget"),
  };
  place = createUploadPlace(element, python, () => changes.push(place.data()));
});

function choose(name) {
  const input = [...element.all()].find(({ tag }) => tag === "input");
  input.files = [{ name, size: 10 }];
  input.tell("change");
  return settled();
}

const said = () => element.find("upload-said").textContent;

test("each file has a name of its own for what is drawn of it, and none is none", async () => {
  assert.equal(place.data(), "");
  answers.push({ name: "a.npy", text: "4 × 4." }, { name: "a.npy", text: "5 × 5." });
  await choose("a.npy");
  await choose("a.npy");
  assert.deepEqual(put, ["a.npy", "a.npy"]);
  assert.deepEqual(changes, ["1", "2"]);
  assert.equal(said(), "a.npy: 5 × 5.");
  [...element.all()].find(({ tag }) => tag === "button").click();
  await settled();
  assert.deepEqual(changes, ["1", "2", ""]);
  assert.equal(put.at(-1), "forget");
});

test("a bad file changes nothing but its sentence", async () => {
  answers.push({ name: "a.npy", text: "4 × 4." }, { error: "b.npy: it is empty." });
  await choose("a.npy");
  await choose("b.npy");
  assert.deepEqual(changes, ["1"]);
  assert.equal(place.data(), "1");
  assert.equal(said(), "b.npy: it is empty. The page still shows a.npy.");
});

test("a file that stopped Python is told, too", async () => {
  answers.push(Promise.reject(new Error("out of memory")));
  await choose("huge.npy");
  assert.equal(said(), "huge.npy could not be read in this browser (out of memory).");
  assert.deepEqual(changes, []);
});
