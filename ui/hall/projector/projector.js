// A lecture's room on the projector: it is opened here, and the lecture and its room stay at one place.

import { keysOf } from "./keys.js";
import { createLobby } from "./lobby.js";
import { createPanel } from "./panel.js";
import { createSecrets, readFragment } from "./secrets.js";
import { browserWorld, createSteer, saveText } from "./steer.js";
import { mayVoteAgain } from "./steps.js";
import { createTogether } from "./together.js";

const APART = 200; // milliseconds between two pictures for the phones that follow

// Made before the lecture, since its keys come first. parent: what the lecture stands in. base: of the server.
// Gives { showing(page, query), attach(lesson, given), remove() }: the lecture's picture was asked for at these
// settings; the lecture is there, see ui/browser/lesson.js, and given() is what the server is told of it.
export function createProjector(parent, base) {
  const secrets = createSecrets(() => localStorage, (count) => crypto.getRandomValues(new Uint8Array(count)));
  const { device } = secrets;
  const panel = createPanel({ open, large, lock, again, mode, save, takeOver, leave });
  const lobby = createLobby(parent, { start, large: small, remote });
  const keys = keysOf({ q: () => (room ? large() : open()), l: lock, v: again }, lobby, start);
  let lesson = null;
  let lecture = null; // its name
  let given = null;
  let room = null; // { code, secret }
  let steer = null;
  let last = null; // the snapshot that was drawn last
  let together = null; // what keeps the lecture and the room at one place
  let joined = false; // they go together
  let picture = null; // { page, query } that stands there
  let due = null; // the timer of a picture for the phones
  let away = () => {};

  function attach(made, tell) {
    [lesson, lecture, given] = [made, made.lecture, tell];
    lesson.slot.append(panel.element);
    away = lesson.onStep((place) => together?.stepped(place));
    const brought = readFragment(location.hash);
    if (brought) {
      // It leaves the address at once, which the whole hall can read.
      history.replaceState(history.state, "", location.pathname + location.search);
      secrets.keep(lecture, brought);
    }
    const kept = secrets.of(lecture);
    if (kept) join(kept);
    else panel.show(null);
  }

  async function open() {
    if (!lesson || room) return;
    panel.say("");
    try {
      const headers = { "Content-Type": "application/json" };
      const body = JSON.stringify({ lecture: given(), device });
      const response = await fetch(`${base}/hall/rooms`, { method: "POST", headers, body });
      const answer = await response.json();
      if (!response.ok) throw new Error(answer.error);
      const opened = { code: answer.room, secret: answer.secret };
      secrets.keep(lecture, opened);
      join(opened);
    } catch (error) {
      panel.say(`The room could not be opened: ${error.message}`);
    }
  }

  function join(one) {
    room = one;
    lobby.room(base, room.code);
    panel.room(base, room.code);
    const mine = createSteer({ base, ...room, device }, { told, state: linked, refused: panel.say }, browserWorld());
    steer = mine;
    together = createTogether({ now: lesson.now, goTo: lesson.goTo, send: mine.goTo });
  }

  function told(snapshot) {
    const before = last;
    last = snapshot;
    panel.show(snapshot, device);
    lobby.show(snapshot);
    const were = joined;
    joined = together.told(snapshot);
    if (joined && !were) lobby.close();
    else if (!joined && before === null) lobby.open();
    if (snapshot.mode === "follow" && before?.mode !== "follow") send();
  }

  function linked(word) {
    panel.away(word);
    if (word !== "unknown") return;
    secrets.forget(lecture);
    close();
    panel.show(null);
    panel.say("The room is no longer there: it has ended, or the server was started anew. Open a new one.");
  }

  // The first question opens.
  function start() {
    lobby.close();
    together?.start();
    joined = true;
  }

  function large() {
    if (room) lobby.toggle();
  }

  function small() {
    lobby.close();
  }

  function lock() {
    if (last) steer.lock(!last.locked);
  }

  async function again() {
    if (last && mayVoteAgain(last)) await steer.step("again");
  }

  function mode(wanted) {
    steer.mode(wanted);
  }

  async function takeOver() {
    panel.say("");
    await steer.takeOver();
  }

  async function save() {
    const counts = await steer.counts();
    if (counts === null) panel.say("The counts could not be had. Try again.");
    else saveText(counts, `counts-${room.code}.csv`);
  }

  // The room itself stays for its two hours: without its secret here nobody leads it.
  function leave() {
    secrets.forget(lecture);
    close();
    panel.show(null);
  }

  async function remote() {
    const square = await steer.remoteSquare(location.protocol === "https:");
    return { square, link: `${location.origin}${base}/remote/${room.code}#${room.secret}` };
  }

  function close() {
    steer?.close();
    lobby.close();
    clearTimeout(due);
    due = null;
    [steer, room, last, together, joined] = [null, null, null, null, false];
  }

  // The newest picture, and at most five a second.
  function send() {
    if (due !== null || !picture || last?.mode !== "follow") return;
    const { page, query } = picture;
    steer.show(page, query);
    due = setTimeout(() => {
      due = null;
      if (picture.page !== page || picture.query !== query) send();
    }, APART);
  }

  return {
    showing(page, query) {
      picture = { page, query };
      send();
    },
    attach,
    remove() {
      keys.remove();
      away();
      close();
      lobby.remove();
      panel.element.remove();
    },
  };
}

const moved = (one, other) => ["scene", "phase", "round"].some((name) => one[name] !== other[name]);
