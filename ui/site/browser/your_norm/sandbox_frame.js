// Inside the frame without an origin: it makes the workers that run a visitor's code, and ends them.
// From the page: { kind: "files", files, script } once; { kind: "start", number, first } with a port that
// is handed on; { kind: "end", number }. To the page: { kind: "died", number, why }.

const workers = new Map(); // by number
let files = null;
let script = null;

addEventListener("message", ({ data, source, ports: [port] }) => {
  if (source !== parent) return;
  if (data.kind === "files") {
    files = data.files;
    script = URL.createObjectURL(new Blob([data.script], { type: "text/javascript" }));
  } else if (data.kind === "start") {
    const worker = new Worker(script);
    worker.onerror = (event) => {
      event.preventDefault();
      parent.postMessage({ kind: "died", number: data.number, why: event.message || "it stopped" }, "*");
    };
    worker.postMessage({ files, port, first: data.first }, [port]);
    workers.set(data.number, worker);
  } else if (data.kind === "end") {
    workers.get(data.number)?.terminate();
    workers.delete(data.number);
  }
});
