// Asks a worker that can be ended: one question at a time, none longer than the limit, and a spare
// worker ready, so that after an end the next question hardly waits.

export const LIMIT = 2000; // ms that a question may take
const MOST_FAILED = 3; // workers in a row that stop before they are ready: then there will be none

// Why a question has no answer. kind: "late", it took too long; "died", its worker stopped; "failed".
export class NoAnswer extends Error {
  constructor(kind, why) {
    super(why);
    this.kind = kind;
  }
}

// spawn(heard): see sandbox.js. told(state): { state: "coming", share, why }, { state: "ready" } or
// { state: "gone", why }. spare: whether this machine has room for a second worker.
export function createRunner(spawn, told, { limit = LIMIT, spare = true } = {}) {
  let current = make();
  let next = null; // the spare
  let asked = null; // { number, message, resolve, reject, timer }
  let number = 0;
  let failed = 0;
  let gone = null;
  let why = null; // why the worker before stopped

  function make() {
    const one = { ready: false };
    one.worker = spawn((message) => heard(one, message));
    return one;
  }

  function heard(one, message) {
    if (message.kind === "died") return died(one, "died", message.why);
    if (message.kind === "ready") {
      one.ready = true;
      failed = 0;
    }
    if (one !== current) return undefined;
    if (message.kind === "coming") return told({ state: "coming", share: message.share, why });
    if (message.kind === "ready") return isReady();
    if (message.number !== asked?.number) return undefined;
    if (message.kind === "answer") return settle(({ resolve }) => resolve(message.text));
    return settle(({ reject }) => reject(new NoAnswer("failed", message.why)));
  }

  function isReady() {
    told({ state: "ready" });
    if (asked) send();
    else prepare();
  }

  // Once there is nothing else to do.
  function prepare() {
    if (spare && gone === null) next ??= make();
  }

  function send() {
    asked.timer = setTimeout(() => died(current, "late", "it did not come to an end"), limit);
    current.worker.ask(asked.message);
  }

  function settle(with_) {
    const one = asked;
    asked = null;
    clearTimeout(one.timer);
    with_(one);
    if (!asked && current.ready) prepare();
  }

  // What was asked of it has no answer; what waited for it is asked of the next one.
  function died(one, kind, words) {
    one.worker.end();
    if (one === next) {
      next = null;
      spare = false; // there is no room for it
    }
    if (one !== current) return;
    why = words;
    failed += one.ready ? 0 : 1;
    if (failed >= MOST_FAILED) gone = words;
    else [current, next] = [next ?? make(), null];
    if (gone !== null) told({ state: "gone", why: gone });
    else if (!current.ready) told({ state: "coming", share: 0, why });
    if (asked && (one.ready || gone !== null)) settle(({ reject }) => reject(new NoAnswer(kind, words)));
    else if (current.ready) isReady();
  }

  return {
    // A promise of the text that a function of Python's gives; a NoAnswer where it gives none. The one
    // before has to be settled.
    ask(wanted, ...given) {
      if (gone !== null) return Promise.reject(new NoAnswer("died", gone));
      number += 1;
      return new Promise((resolve, reject) => {
        asked = { number, message: { number, wanted, given }, resolve, reject };
        if (current.ready) send();
      });
    },
    gone: () => gone !== null,
  };
}
