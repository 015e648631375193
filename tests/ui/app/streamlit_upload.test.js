// The place for a file in Streamlit's page: what goes to the server, and whose word is the newest.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { emptyPage, settled } from "../browser/page.js";
import { mountUpload, put } from "../../../ui/app/streamlit_upload.js";

let element, said, requests, answers;

beforeEach(() => {
  freshPage();
  [said, requests, answers] = [[], [], []];
  globalThis.fetch = async (address, options) => {
    requests.push({ address, ...options });
    const { status = 200, body } = await answers.shift();
    return { ok: status === 200, json: async () => JSON.parse(body) };
  };
});

function freshPage() {
  const body = emptyPage();
  element = document.createElement("div");
  body.append(element);
}

function mount(more = {}) {
  const component = { parentElement: element, setTriggerValue: (_, value) => said.push(value) };
  const sent = { page: "acts", session: "s1", ask: "Drop.", accept: [".npy"], most: 1000, where: "Here.", stops: true };
  return mountUpload(component, { ...sent, held: null, heard: 0, ...more }, { base: "/b" });
}

function choose(name) {
  const input = [...element.all()].find(({ tag }) => tag === "input");
  input.files = [{ name, size: 10 }];
  input.tell("change");
  return settled();
}

const text = () => element.find("upload-said").textContent;
const button = () => [...element.all()].find(({ tag }) => tag === "button");
const HELD = { name: "a.npy", text: "4 × 4." };

test("a file goes to the page's route with the session and its name in headers", async () => {
  mount();
  answers.push({ body: JSON.stringify(HELD) });
  await choose("ä b.npy");
  const [{ address, method, headers, body }] = requests;
  assert.deepEqual([address, method, body.name], ["/b/live/acts/file", "PUT", "ä b.npy"]);
  assert.deepEqual(headers, { "X-Session": "s1", "X-File-Name": "%C3%A4%20b.npy" });
  assert.deepEqual(said, [{ word: "put", number: 1 }]);
  assert.equal(text(), "a.npy: 4 × 4.");
});

test("an error is the server's sentence, or ours where none came", async () => {
  const error = { status: 422, body: '{"error":"a.npy: it is empty."}' };
  for (const [answer, words] of [
    [error, /^a\.npy: it is empty\.$/],
    [{ status: 500, body: "Internal Server Error" }, /^a\.npy did not arrive .* try again/],
    [Promise.reject(new TypeError("Failed to fetch")), /^a\.npy did not arrive/],
  ]) {
    answers.push(answer);
    await assert.rejects(put("/x", "s", { name: "a.npy" }), ({ message }) => words.test(message));
  }
});

test("a word of the server from before the last of ours is of old", async () => {
  mount();
  answers.push({ body: JSON.stringify(HELD) });
  await choose("a.npy");
  mount({ heard: 0, held: null }); // it has not heard of the file yet
  assert.equal(requests.length, 1);
  assert.equal(button().textContent, "Forget a.npy");
  button().click();
  mount({ heard: 1, held: HELD }); // nor that it is forgotten
  assert.equal(text(), "a.npy is forgotten.");
  mount({ heard: 2, held: null });
  assert.equal(text(), "a.npy is forgotten.");
  assert.deepEqual(said.map(({ number }) => number), [1, 2]);
});

test("a server that began anew gets the file for its new session", async () => {
  mount();
  answers.push({ body: JSON.stringify(HELD) }, { body: JSON.stringify(HELD) });
  await choose("a.npy");
  mount({ heard: 1, held: HELD });
  mount({ session: "s2", heard: 0, held: null });
  await settled();
  assert.deepEqual(requests.map(({ headers }) => headers["X-Session"]), ["s1", "s2"]);
  assert.deepEqual(said.at(-1), { word: "put", number: 1 });
});

test("what the page takes away is gone", () => {
  mount()();
  assert.equal(element.children.length, 0);
});
