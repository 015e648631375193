// A place for code that is not ours: a frame without an origin, and workers in it that reach no network,
// no storage and nothing of the page. docs/your_norm.md says how far that goes.

// What the frame and its workers may do: run what they are handed.
const POLICY = "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval' blob:; worker-src blob:";

// texts: { frame, worker }, the scripts of both. files: a promise of all bytes that Python is made of, by
// name. Gives spawn(first, heard): a worker { ask(message), end() } which tells heard what it says.
export function createSandbox(texts, files) {
  const frame = document.createElement("iframe");
  frame.hidden = true;
  frame.title = "Python";
  frame.setAttribute("sandbox", "allow-scripts");
  frame.srcdoc =
    `<!doctype html><meta http-equiv="Content-Security-Policy" content="${POLICY}">` +
    `<script>${texts.frame}</script>`;
  const loaded = new Promise((resolve) => frame.addEventListener("load", resolve, { once: true }));
  document.body.append(frame);
  const post = (message, ports = []) => frame.contentWindow.postMessage(message, "*", ports);
  const ready = Promise.all([files, loaded]).then(([found]) => {
    post({ kind: "files", files: found, script: texts.worker });
  });
  const heardBy = new Map(); // by number
  let last = 0;
  addEventListener("message", ({ data, source }) => {
    if (source === frame.contentWindow && data?.kind === "died") heardBy.get(data.number)?.(data);
  });

  return function spawn(first, heard) {
    const number = ++last;
    const { port1, port2 } = new MessageChannel();
    let ended = false;
    const tell = (message) => ended || heard(message);
    port1.onmessage = ({ data }) => tell(data);
    heardBy.set(number, tell);
    ready.then(
      () => ended || post({ kind: "start", number, first }, [port2]),
      (error) => tell({ kind: "died", why: error.message }),
    );
    return {
      ask: (message) => port1.postMessage(message),
      end() {
        ended = true;
        heardBy.delete(number);
        port1.close();
        ready.then(() => post({ kind: "end", number }), () => {});
      },
    };
  };
}

// Every file that Python is made of. pyodide, code: addresses of folders.
export async function pythonFiles(pyodide, code) {
  const bytes = async (address) => {
    const response = await fetch(address);
    if (!response.ok) throw new Error(`${address} did not arrive (${response.status})`);
    return response.arrayBuffer();
  };
  const lock = await bytes(`${pyodide}/pyodide-lock.json`);
  const numpy = JSON.parse(new TextDecoder().decode(lock)).packages.numpy.file_name;
  const names = ["pyodide.js", "pyodide.asm.js", "pyodide.asm.wasm", "python_stdlib.zip", numpy];
  const found = await Promise.all([...names.map((name) => bytes(`${pyodide}/${name}`)), bytes(`${code}/code.zip`)]);
  return { "pyodide-lock.json": lock, ...Object.fromEntries([...names, "code.zip"].map((name, place) => [name, found[place]])) };
}
