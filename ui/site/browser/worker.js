// The worker that runs Python. In: start, ask, put, run, stop. Out: coming, ready, answer, failed, died,
// and of a run: a report each time there is something to see, and its end.

let functions = null; // Python's, by name
let ready = null;
let reading = Promise.resolve(); // until the files so far are in Python's memory
let running = 0; // the number of the run under way; 0 for none

self.onmessage = async ({ data }) => {
  if (data.kind === "start") {
    ready = start(data);
    ready.catch((error) => self.postMessage({ kind: "died", why: String(error.message ?? error) }));
    return;
  }
  if (data.kind === "stop") {
    running = 0;
    return;
  }
  try {
    await ready;
    const before = reading.catch(() => {}); // what is asked may be about the file
    if (data.kind === "put") await (reading = before.then(() => put(data)));
    else await before;
    if (data.kind === "run") await run(data);
    else if (data.kind === "ask") {
      const text = functions[data.wanted](...data.given);
      self.postMessage({ kind: "answer", number: data.number, text });
    }
  } catch (error) {
    const why = String(error.message ?? error).trim().split("\n").pop();
    const fatal = error instanceof WebAssembly.RuntimeError || error instanceof RangeError;
    if (fatal || error.pyodide_fatal_error) self.postMessage({ kind: "died", why });
    else self.postMessage({ kind: "failed", number: data.number, why });
  }
};

async function start({ pyodide, code }) {
  coming(0.05);
  // While the interpreter is made, the rest is on its way.
  const zip = fetch(`${code}/code.zip`).then(found);
  importScripts(`${pyodide}/pyodide.js`);
  coming(0.1);
  const python = await self.loadPyodide({ indexURL: `${pyodide}/` });
  coming(0.7);
  await python.loadPackage("numpy", { messageCallback: () => {} });
  coming(0.9);
  python.unpackArchive(await zip, "zip");
  const { answer, copied, happens } = python.pyimport("ui.site.answers");
  const { forget, put } = python.pyimport("ui.site.uploads");
  const { claim, presets, run } = python.pyimport("ui.site.training");
  functions = { answer, copied, happens, claim, forget, presets, put, run };
  self.postMessage({ kind: "ready" });
}

// A file is handed over as it lies on the disk, and read here: it never takes the page's memory.
async function put({ number, file }) {
  let content;
  try {
    content = new Uint8Array(await file.arrayBuffer());
  } catch {
    throw new Error("the disk does not give it: choose it again");
  }
  self.postMessage({ kind: "answer", number, text: functions.put(file.name, content) });
}

// In small steps, between which questions are answered and a stop is heard.
async function run({ number, query }) {
  running = number;
  const steps = functions.run(query);
  let paused = performance.now();
  while (running === number) {
    const { done, value } = steps.next();
    if (done) break;
    if (value) self.postMessage({ kind: "report", number, text: value });
    if (performance.now() - paused > 50) {
      await new Promise((resolve) => setTimeout(resolve));
      paused = performance.now();
    }
  }
  const whole = running === number;
  steps.destroy();
  self.postMessage({ kind: "end", number, whole });
}

function coming(share) {
  self.postMessage({ kind: "coming", share });
}

async function found(response) {
  if (!response.ok) throw new Error(`${response.url} did not arrive (${response.status})`);
  return response.arrayBuffer();
}
