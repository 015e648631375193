// The lecturer's remote: two huge buttons, the count, and what only the lecturer may see.

import { button, make } from "../phone/make.js";
import { createSecrets } from "../projector/secrets.js";
import { browserWorld, createSteer, saveText } from "../projector/steer.js";
import { remoteView } from "./view.js";

const REST = 400; // milliseconds in which a second tap is not meant for the button's new name

const { base } = document.documentElement.dataset;
const code = location.pathname.split("/").pop().toUpperCase();
const secrets = createSecrets(() => localStorage, (count) => crypto.getRandomValues(new Uint8Array(count)));
const main = document.querySelector("main");
const said = document.querySelector("#said");

// The secret leaves the address at once: an address is seen, copied and kept in the history.
if (location.hash.length > 1) {
  secrets.keep(code, { code, secret: location.hash.slice(1) });
  history.replaceState(null, "", location.pathname);
}
let known = { link: "joining", snapshot: null, about: null };
let busy = false;
let steer = null;

const text = (tag, className) => make(tag, { className });
const away = make("p", { id: "banner", role: "status", hidden: true });
const state = text("p", "state");
const question = text("h1", "question");
const count = text("p", "count");
const hint = make("p", { className: "hint", role: "status" });
const note = text("p", "note");
const answer = text("p", "answer");
const back = button("Back", "huge", () => press(() => steer.goTo(now().back)));
const next = button("", "huge send", () => press(() => steer.goTo(now().next.place)));
const again = button("Vote again", "wide", () => press(() => steer.step("again")));
const take = button("Steer from here", "huge send", () => press(() => steer.takeOver()));
const lock = button("", "wide", () => press(() => steer.lock(!known.snapshot.locked)));
const MODES = [["off", "The question alone"], ["follow", "Your picture, as it moves"], ["free", "A picture of their own to move"]];
const follow = make("select", { id: "follow" }, MODES.map(([value, textContent]) => make("option", { value, textContent })));
follow.addEventListener("change", () => {
  const wanted = follow.value;
  press(() => steer.mode(wanted));
});
const save = button("Save the counts (CSV)", "wide", async () => {
  const counts = await steer.counts();
  if (counts === null) say("The counts could not be had. Try again.");
  else saveText(counts, `counts-${code}.csv`);
});

document.querySelector("#room").textContent = code;
const room = secrets.of(code);
if (room) {
  steer = createSteer({ base, ...room, device: secrets.device }, { told, state: linked, refused: say }, browserWorld());
  draw();
} else {
  main.replaceChildren(
    make("h1", { textContent: "This remote has no secret" }),
    make("p", { textContent: "Open it by the link or the square that the projector shows under Room, Remote." }),
  );
}

function now() {
  return remoteView({ ...known, device: secrets.device });
}

function told(snapshot) {
  known = { ...known, snapshot };
  draw();
  if (known.about?.version !== snapshot.version) ask(snapshot.version);
}

async function ask(version) {
  const about = await steer.about();
  if (!about || known.snapshot.version !== version) return;
  known = { ...known, about };
  draw();
}

function linked(link) {
  known = { ...known, link };
  draw();
}

async function press(act) {
  if (busy) return;
  busy = true;
  say("");
  draw();
  await act();
  setTimeout(() => {
    busy = false;
    draw();
  }, REST);
}

function say(words) {
  said.textContent = words;
}

function draw() {
  const view = now();
  if (view.missing) {
    main.replaceChildren(make("h1", { textContent: view.missing }));
    return;
  }
  if (!state.isConnected) {
    const chosen = make("label", { for: "follow", textContent: "What the phones show" });
    const more = make("details", {}, [make("summary", { textContent: "More" }), lock, chosen, follow, save]);
    const steps = make("nav", { "aria-label": "Steps" }, [take, back, next]);
    main.replaceChildren(away, state, question, count, hint, again, answer, note, more, steps);
  }
  put(away, view.away);
  put(state, view.state);
  put(question, view.question);
  put(count, view.count);
  put(hint, [view.right, view.hint].filter(Boolean).join(". "));
  put(answer, view.answer && `Answer: ${view.answer}`);
  put(note, view.note);
  put(next, view.next?.label ?? "The end");
  next.disabled = busy || !view.next;
  back.disabled = busy || !view.back;
  again.disabled = lock.disabled = take.disabled = busy;
  take.hidden = view.steers;
  back.hidden = next.hidden = !view.steers;
  again.hidden = !view.again || !view.steers;
  lock.textContent = known.snapshot.locked ? "Unlock the room" : "Lock the room";
  follow.value = known.snapshot.mode;
}

function put(element, words) {
  if (element.textContent !== words) element.textContent = words;
  element.hidden = !words;
}
