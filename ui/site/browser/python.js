// Python in a worker: asked one question after another, started anew when it dies.

const MOST_STARTS = 4; // a worker that keeps dying is left alone

// told(state): { state: "coming", share, why }, why the one before it stopped or null; { state: "ready" };
// { state: "gone", why }. What is asked before `start` waits for it.
export function createPython(options, told) {
  const waiting = new Map(); // number -> { resolve, reject }
  let worker = null;
  let number = 0;
  let starts = 0;
  let gone = null; // why there is none and will be none
  let last = null; // why the one before stopped
  let held = null; // the message that brought the file that is looked at

  function start() {
    const missing = ["Worker", "WebAssembly"].find((name) => !(name in window));
    if (missing) return giveUp(`it has no ${missing}`);
    starts += 1;
    try {
      worker = new Worker(options.worker);
    } catch (error) {
      return giveUp(error.message); // a frame may forbid it
    }
    worker.onmessage = ({ data }) => heard(data);
    worker.onerror = (event) => {
      event.preventDefault?.();
      died(event.message || "it stopped");
    };
    worker.postMessage({ kind: "start", ...options });
    if (held) worker.postMessage(held); // before what is asked of it
    for (const { message } of waiting.values()) worker.postMessage(message);
    return undefined;
  }

  // Told in a moment, once whoever made this has it.
  function giveUp(why) {
    gone = why;
    refuse(() => true, why);
    queueMicrotask(() => told({ state: "gone", why }));
  }

  function heard(message) {
    if (message.kind === "coming") return told({ state: "coming", share: message.share, why: last });
    if (message.kind === "ready") return told({ state: "ready" });
    if (message.kind === "died") return died(message.why);
    const asker = waiting.get(message.number);
    if (message.kind === "report") return asker?.report(JSON.parse(message.text));
    waiting.delete(message.number);
    if (message.kind === "answer") asker?.resolve(JSON.parse(message.text));
    else if (message.kind === "end") asker?.resolve(message.whole);
    else asker?.reject(new Error(message.why));
    return undefined;
  }

  // What was asked is asked again of the next one, which gets the file once more; a training is lost,
  // and so is a file that was being read: it may be what stopped Python.
  function died(why) {
    worker?.terminate();
    last = why;
    if (starts >= MOST_STARTS) return giveUp(why);
    refuse(({ kind }) => kind !== "ask", why);
    if (held?.again) held = null;
    else if (held) held = { ...held, again: true };
    told({ state: "coming", share: 0, why });
    return start();
  }

  function refuse(chosen, why) {
    for (const [one, { message, reject }] of waiting) {
      if (!chosen(message)) continue;
      waiting.delete(one);
      reject(new Error(why));
    }
  }

  function send(message, report) {
    if (gone !== null) return Promise.reject(new Error(gone));
    number += 1;
    const numbered = { ...message, number };
    worker?.postMessage(numbered);
    return new Promise((resolve, reject) =>
      waiting.set(number, { message: numbered, resolve, reject, report }),
    );
  }

  return {
    start,
    // A promise of what a function of Python's gives for these texts.
    ask: (wanted, ...given) => send({ kind: "ask", wanted, given }),
    // Trains; report(result so far) again and again. A promise of whether it came to its end.
    run: (query, report) => send({ kind: "run", query }, report),
    stop: () => worker?.postMessage({ kind: "stop" }),
    // Lets Python read a file, which stays where it is until then; a promise of what `put` says.
    async put(file) {
      const read = await send({ kind: "put", file });
      if (!read.error) held = { kind: "put", file };
      return read;
    },
    forget() {
      held = null;
      return send({ kind: "ask", wanted: "forget", given: [] });
    },
    gone: () => gone !== null,
  };
}
