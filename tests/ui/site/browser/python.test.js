// Python in a worker, against workers that answer or die as a test tells them to.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { settled } from "../../browser/page.js";
import { createPython } from "../../../../ui/site/browser/python.js";

let workers, states;

class Worker {
  constructor(address) {
    Object.assign(this, { address, asked: [], ended: false });
    workers.push(this);
  }
  postMessage(message) {
    this.asked.push(message);
  }
  terminate() {
    this.ended = true;
  }
  say(data) {
    this.onmessage({ data });
  }
}

beforeEach(() => {
  workers = [];
  states = [];
  globalThis.window = { Worker, WebAssembly: {} };
  globalThis.Worker = Worker;
});

const create = () => {
  const python = createPython({ worker: "w.js", pyodide: "p", code: "c" }, (state) => states.push(state));
  python.start();
  return python;
};
const questions = (worker) => worker.asked.filter(({ kind }) => kind === "ask");

test("what is asked before the start waits for it", async () => {
  const python = createPython({ worker: "w.js", pyodide: "p", code: "c" }, (state) => states.push(state));
  const answer = python.ask("answer", "lab", "");
  assert.equal(workers.length, 0);
  python.start();
  const [{ number }] = questions(workers[0]);
  workers[0].say({ kind: "answer", number, text: "7" });
  assert.equal(await answer, 7);
});

test("each answer comes to who asked for it, in whatever order", async () => {
  const python = create();
  assert.deepEqual(workers[0].asked[0], { kind: "start", worker: "w.js", pyodide: "p", code: "c" });
  const answers = [python.ask("answer", "lab", "a=1"), python.ask("claim", "b=2")];
  const [first, second] = questions(workers[0]);
  assert.deepEqual([first.wanted, first.given], ["answer", ["lab", "a=1"]]);
  workers[0].say({ kind: "answer", number: second.number, text: '{"b":2}' });
  workers[0].say({ kind: "answer", number: first.number, text: '{"a":1}' });
  assert.deepEqual(await Promise.all(answers), [{ a: 1 }, { b: 2 }]);
});

test("a question that failed is rejected with why, and the next is answered", async () => {
  const python = create();
  const failed = python.ask("answer", "lab", "");
  workers[0].say({ kind: "failed", number: questions(workers[0])[0].number, why: "KeyError: 'lab'" });
  await assert.rejects(failed, /KeyError/);
  const next = python.ask("answer", "lab", "");
  workers[0].say({ kind: "answer", number: questions(workers[0])[1].number, text: "1" });
  assert.equal(await next, 1);
  assert.equal(workers.length, 1);
});

test("what was asked of a worker that died is asked of the next", async () => {
  const python = create();
  const answer = python.ask("answer", "lab", "a=1");
  const asked = questions(workers[0]);
  workers[0].say({ kind: "died", why: "memory is full" });
  assert.ok(workers[0].ended);
  assert.deepEqual(questions(workers[1]), asked);
  assert.deepEqual(states.at(-1), { state: "coming", share: 0, why: "memory is full" });
  workers[1].say({ kind: "coming", share: 0.5 });
  assert.equal(states.at(-1).why, "memory is full");
  workers[1].say({ kind: "answer", number: asked[0].number, text: "2" });
  assert.equal(await answer, 2);
});

test("a training that was under way is told to be lost", async () => {
  const python = create();
  const reports = [];
  const run = python.run("steps=5", (report) => reports.push(report));
  const { number } = workers[0].asked.find(({ kind }) => kind === "run");
  workers[0].say({ kind: "report", number, text: '{"fraction":0.5}' });
  workers[0].onerror({ message: "out of memory", preventDefault() {} });
  await assert.rejects(run, /out of memory/);
  assert.deepEqual(reports, [{ fraction: 0.5 }]);
  assert.equal(workers[1].asked.some(({ kind }) => kind === "run"), false);
});

test("a training that came to its end says so", async () => {
  const python = create();
  const run = python.run("steps=5", () => {});
  python.stop();
  assert.equal(workers[0].asked.at(-1).kind, "stop");
  workers[0].say({ kind: "end", number: workers[0].asked.find(({ kind }) => kind === "run").number, whole: false });
  assert.equal(await run, false);
});

const put = async (python, worker, file, text) => {
  const read = python.put(file);
  worker.say({ kind: "answer", number: worker.asked.findLast(({ kind }) => kind === "put").number, text });
  return read;
};
const kinds = (worker) => worker.asked.map(({ kind }) => kind);

test("a file goes to Python as it is, and to the next Python before what is asked of it", async () => {
  const python = create();
  const file = { name: "a.npy" };
  assert.deepEqual(await put(python, workers[0], file, '{"name":"a.npy","text":"4 × 4."}'), {
    name: "a.npy",
    text: "4 × 4.",
  });
  assert.equal(workers[0].asked.at(-1).file, file);
  const answer = python.ask("answer", "your_activations", "", "1");
  workers[0].say({ kind: "died", why: "memory is full" });
  assert.deepEqual(kinds(workers[1]), ["start", "put", "ask"]);
  assert.equal(workers[1].asked[1].file, file);
  workers[1].say({ kind: "answer", text: '{"name":"a.npy","text":"4 × 4."}' }); // nobody waits for it
  workers[1].say({ kind: "answer", number: workers[1].asked[2].number, text: "3" });
  assert.equal(await answer, 3);
  // Once: it may be what Python dies of.
  workers[1].say({ kind: "died", why: "memory is full" });
  assert.deepEqual(kinds(workers[2]), ["start"]);
});

test("a file that Python dies of is told of and not tried again", async () => {
  const python = create();
  const read = python.put({ name: "huge.npy" });
  workers[0].say({ kind: "died", why: "memory is full" });
  await assert.rejects(read, /memory is full/);
  assert.deepEqual(kinds(workers[1]), ["start"]);
});

test("neither a bad file nor one that is forgotten is put in again", async () => {
  const python = create();
  await put(python, workers[0], { name: "bad.npy" }, '{"error":"bad.npy: it is empty."}');
  workers[0].say({ kind: "died", why: "?" });
  assert.deepEqual(kinds(workers[1]), ["start"]);
  await put(python, workers[1], { name: "a.npy" }, '{"name":"a.npy","text":""}');
  const forgotten = python.forget();
  assert.deepEqual(workers[1].asked.at(-1).given, []);
  workers[1].say({ kind: "answer", number: workers[1].asked.at(-1).number, text: "null" });
  await forgotten;
  workers[1].say({ kind: "died", why: "?" });
  assert.deepEqual(kinds(workers[2]), ["start"]);
});

test("workers that keep dying are given up, and whoever asks hears why", async () => {
  const python = create();
  const asked = python.ask("answer", "lab", "");
  asked.catch(() => {});
  for (let number = 0; number < workers.length; number += 1) {
    assert.ok(workers.length < 20, "it never gives up");
    workers[number].say({ kind: "died", why: `death ${number}` });
  }
  await assert.rejects(asked, /death/);
  await settled();
  assert.equal(states.at(-1).state, "gone");
  assert.ok(python.gone());
  assert.ok(workers.every(({ ended }) => ended));
  await assert.rejects(python.ask("answer", "lab", ""), /death/);
});

for (const missing of ["Worker", "WebAssembly"]) {
  test(`without ${missing} there is none, and that is told once`, async () => {
    delete window[missing];
    const python = create();
    assert.equal(workers.length, 0);
    await settled();
    assert.deepEqual(states, [{ state: "gone", why: `it has no ${missing}` }]);
    await assert.rejects(python.ask("answer", "lab", ""), new RegExp(missing));
  });
}

test("a frame that forbids workers is told as well", async () => {
  globalThis.Worker = class {
    constructor() {
      throw new Error("Access is denied");
    }
  };
  const python = create();
  await settled();
  assert.ok(python.gone());
  assert.match(states[0].why, /denied/);
});
