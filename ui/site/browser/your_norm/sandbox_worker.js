// The worker that runs a visitor's code. It has no address of its own and may reach no network: all
// that Python is made of comes with the first message. docs/your_norm.md says how far that goes.
//
// First message: { files, port, first }: files are bytes by name; first is asked before it is ready, so
// that what Python does once is done. By the port: in { number, wanted, given }; out coming, ready,
// answer, failed, died.

const WAYS_OUT = [
  ...["fetch", "XMLHttpRequest", "WebSocket", "WebSocketStream", "EventSource", "WebTransport"],
  ...["importScripts", "Worker", "SharedWorker", "BroadcastChannel", "indexedDB", "caches"],
];
const HERE = "https://sandbox.invalid/"; // what Pyodide takes its files to be below

self.onmessage = async ({ data: { files, port, first } }) => {
  self.onmessage = null;
  const started = confined().then(() => {
    serve(files);
    return start(port, files, first);
  });
  let functions = null;
  port.onmessage = async ({ data: { number, wanted, given } }) => {
    try {
      functions ??= await started;
      port.postMessage({ kind: "answer", number, text: functions[wanted](...given) });
    } catch (error) {
      const fatal = error instanceof WebAssembly.RuntimeError || error instanceof RangeError;
      if (fatal || error.pyodide_fatal_error) port.postMessage({ kind: "died", why: said(error) });
      else port.postMessage({ kind: "failed", number, why: said(error) });
    }
  };
  started.then(
    () => port.postMessage({ kind: "ready" }),
    (error) => port.postMessage({ kind: "died", why: said(error) }),
  );
};

async function start(port, files, first) {
  const coming = (share) => port.postMessage({ kind: "coming", share });
  const silent = () => {};
  coming(0.1);
  self.importScripts(`${HERE}pyodide.js`);
  const python = await self.loadPyodide({ indexURL: HERE, stdout: silent, stderr: silent });
  coming(0.6);
  await python.loadPackage("numpy", { messageCallback: silent });
  coming(0.8);
  python.unpackArchive(files["code.zip"], "zip");
  const { ran } = python.pyimport("ui.your_norm.answers");
  const { answer } = python.pyimport("ui.site.answers");
  ran(...first);
  shut();
  return { ran, answer };
}

// Refuses to go on unless the frame's policy holds here. The page's own, which holds here as well, would
// let through what this asks for.
async function confined() {
  const probe = URL.createObjectURL(new Blob(["open"]));
  const open = await fetch(probe).then(() => true, () => false);
  URL.revokeObjectURL(probe);
  if (open) throw new Error("it was not shut off from the network");
}

// The policy closes the network; what leads there, or to other pages, goes besides.
function shut() {
  for (let one = self; one !== null; one = Object.getPrototypeOf(one)) for (const name of WAYS_OUT) delete one[name];
}

// What asks for a file gets it from the message.
function serve(files) {
  const bytes = (address) => files[String(address).split("/").pop()];
  const load = self.importScripts.bind(self);
  self.importScripts = (address) => {
    const made = URL.createObjectURL(new Blob([bytes(address)], { type: "text/javascript" }));
    load(made);
    URL.revokeObjectURL(made);
  };
  self.fetch = async (address) => {
    const type = String(address).endsWith(".wasm") ? "application/wasm" : "application/octet-stream";
    return new Response(bytes(address), { headers: { "content-type": type } });
  };
}

function said(error) {
  return String(error?.message ?? error).trim().split("\n").pop();
}
