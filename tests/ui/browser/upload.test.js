// The place for a file: what it says and does while a host reads, refuses or forgets.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { createUpload, megabytes } from "../../../ui/browser/upload.js";
import { emptyPage, settled } from "./page.js";

const GIVEN = { ask: "Drop activations.", accept: [".npy", ".npz"], most: 50_000_000, where: "It stays here.", stops: true };
let body, asked, forgotten, upload;

beforeEach(() => {
  body = emptyPage();
  asked = [];
  forgotten = 0;
  upload = create(GIVEN);
});

function create(given) {
  return createUpload(body, given, {
    put: (file, signal) => new Promise((resolve, reject) => asked.push({ file, signal, resolve, reject })),
    forget: () => (forgotten += 1),
  });
}

const file = (name, size = 100) => ({ name, size });
const input = () => [...body.all()].find(({ tag }) => tag === "input");
const button = () => [...body.all()].find(({ tag }) => tag === "button");
const said = () => body.find("upload-said");
const box = () => body.find("upload");

function choose(...files) {
  input().files = files;
  input().tell("change");
}

function drag(name, files, types = ["Files"]) {
  let kept = false;
  document.tell(name, { dataTransfer: { types, files }, preventDefault: () => (kept = true) });
  return kept;
}

test("it says what it wants, how large, and where it will be", () => {
  const texts = [...body.all()].map(({ textContent }) => textContent).join(" ");
  assert.match(texts, /Drop activations\. It is a \.npy or \.npz of at most 50 MB\./);
  assert.match(texts, /It stays here\./);
  assert.equal(input().accept, ".npy,.npz");
  assert.equal(input().getAttribute("aria-describedby"), "upload-ask upload-where");
  assert.equal(said().getAttribute("role"), "status");
  assert.ok(button().hidden);
});

test("a file that was read is named with what it holds, and can be forgotten", async () => {
  choose(file("acts.npy"));
  assert.equal(said().textContent, "Reading acts.npy …");
  assert.equal(button().textContent, "Stop");
  asked[0].resolve({ name: "acts.npy", text: "512 × 64, <b>float32</b>." });
  await settled();
  assert.equal(said().textContent, "acts.npy: 512 × 64, <b>float32</b>.");
  assert.equal(said().innerHTML, ""); // text, never markup
  assert.equal(button().textContent, "Forget acts.npy");
  button().click();
  assert.equal(forgotten, 1);
  assert.equal(said().textContent, "acts.npy is forgotten.");
  assert.ok(button().hidden);
  assert.equal(document.activeElement, input());
});

test("a bad file gives its sentence, and the one before stays", async () => {
  choose(file("good.npy"));
  asked[0].resolve({ name: "good.npy", text: "4 × 4." });
  await settled();
  choose(file("bad.npy"));
  asked[1].reject(new Error("bad.npy: this is no .npy file."));
  await settled();
  assert.equal(said().textContent, "bad.npy: this is no .npy file. The page still shows good.npy.");
  assert.ok(said().classList.contains("upload-wrong"));
  assert.equal(button().textContent, "Forget good.npy");
  choose(file("other.npy"));
  assert.ok(!said().classList.contains("upload-wrong"));
});

test("too large a file is not sent at all, whatever is a byte too much", () => {
  choose(file("huge.npy", GIVEN.most + 1));
  assert.equal(asked.length, 0);
  assert.match(said().textContent, /huge\.npy has 50\.1 MB, expected at most 50 MB/);
  choose(file("just.npy", GIVEN.most));
  assert.equal(asked.length, 1);
  for (const [size, text] of [[0, "0 MB"], [1, "0.1 MB"], [1_234_567, "1.3 MB"]]) assert.equal(megabytes(size), text);
});

test("a file is taken wherever in the page it is dropped", () => {
  assert.ok(drag("dragover", [])); // or the browser would open it
  assert.ok(box().classList.contains("upload-over"));
  document.tell("dragleave", { relatedTarget: {} });
  assert.ok(box().classList.contains("upload-over"));
  document.tell("dragleave", { relatedTarget: null });
  assert.ok(!box().classList.contains("upload-over"));
  assert.ok(drag("drop", [file("a.npy")]));
  assert.equal(asked[0].file.name, "a.npy");
});

test("what is no file is left to the page, and of several none is taken", () => {
  assert.ok(!drag("dragover", [], ["text/plain"]));
  assert.ok(!drag("drop", [], ["text/plain"]));
  drag("drop", [file("a.npy"), file("b.npy")]);
  assert.equal(asked.length, 0);
  assert.equal(said().textContent, "These are 2 files: put in one at a time.");
});

test("while one is read the next has to wait", async () => {
  choose(file("a.npy"));
  for (const name of ["b.npy", "c.npy"]) choose(file(name));
  assert.equal(asked.length, 1);
  assert.equal(said().textContent, "Reading a.npy … Put the next one in after it.");
});

test("a file can be stopped on its way, and what comes of it then is not heard", async () => {
  choose(file("slow.npy"));
  button().click();
  assert.ok(asked[0].signal.aborted);
  assert.equal(said().textContent, "Stopped.");
  asked[0].resolve({ name: "slow.npy", text: "" });
  await settled();
  assert.equal(said().textContent, "Stopped.");
  assert.ok(button().hidden);
  assert.equal(forgotten, 0);
});

test("where none can be stopped there is no button for it", () => {
  upload.remove();
  create({ ...GIVEN, stops: false });
  choose(file("a.npy"));
  assert.ok(button().hidden);
});

test("the host may say what is held, but not over a file that is being read", async () => {
  upload.holds({ name: "a.npy", text: "4 × 4." });
  assert.equal(said().textContent, "a.npy: 4 × 4.");
  assert.equal(button().textContent, "Forget a.npy");
  choose(file("bad.npy"));
  upload.holds({ name: "a.npy", text: "4 × 4." });
  asked[0].reject(new Error("bad.npy is empty."));
  await settled();
  upload.holds({ name: "a.npy", text: "4 × 4." }); // again: the sentence stays
  assert.match(said().textContent, /^bad\.npy is empty\./);
  upload.holds({ name: "a.npy", text: "the server no longer holds it." });
  assert.equal(said().textContent, "a.npy: the server no longer holds it.");
  upload.holds(null);
  assert.ok(button().hidden);
});

test("a host that began anew gets the file once more, and says so if it fails", async () => {
  choose(file("a.npy"));
  upload.holds(null); // a host that has not heard of it yet
  assert.equal(asked.length, 1);
  asked[0].resolve({ name: "a.npy", text: "4 × 4." });
  await settled();
  upload.holds({ name: "a.npy", text: "4 × 4." });
  upload.holds(null);
  assert.deepEqual(asked.map(({ file }) => file.name), ["a.npy", "a.npy"]);
  assert.equal(said().textContent, "Reading a.npy …");
  asked[1].reject(new Error("The server holds as many files as it can."));
  await settled();
  assert.equal(said().textContent, "The server holds as many files as it can.");
  upload.holds(null);
  assert.equal(asked.length, 2);
});

test("a file that was forgotten is not put in again", async () => {
  choose(file("a.npy"));
  asked[0].resolve({ name: "a.npy", text: "4 × 4." });
  await settled();
  button().click();
  upload.holds(null);
  assert.equal(asked.length, 1);
});

test("what was removed hears nothing any more", () => {
  choose(file("a.npy"));
  upload.remove();
  assert.ok(asked[0].signal.aborted);
  assert.ok(!drag("drop", [file("b.npy")]));
  assert.equal(body.children.length, 0);
});
