// The phone's page: what it knows of the room, and what it draws of that.

import { createAnswer } from "./answer.js";
import { createBars } from "./bars.js";
import { readCode } from "./code.js";
import { keptOf } from "./kept.js";
import { createLink } from "./link.js";
import { button, make } from "./make.js";
import { codeView, viewOf } from "./view.js";
import { createVotes } from "./vote.js";

// base: what stands before every address of the server. picture: the module that draws pictures.
const { base, picture } = document.documentElement.dataset;
const place = document.querySelector("#room");
const body = document.querySelector("#now");
const banner = document.querySelector("#banner");
const news = document.querySelector("#news");
const element = document.querySelector("#picture");
const after = document.querySelector("#after");

let known = { link: "joining", snapshot: null, view: null };
let built = null; // { key, status, answer } of what stands there
let votes = null;
let following = null; // a promise of the lecturer's picture

const asked = location.pathname.slice(`${base}/join/`.length);
const code = readCode(asked);
if (code) enter();
else show(codeView(asked && "This address has no code: a code has five letters. It is on the screen, under the square."));

function enter() {
  if (asked !== code) history.replaceState(null, "", `${base}/join/${code}`);
  place.textContent = code;
  const kept = keptOf(code, () => localStorage, (count) => crypto.getRandomValues(new Uint8Array(count)));
  const room = `${base}/hall/rooms/${code}`;
  const later = (call, milliseconds) => {
    const timer = setTimeout(call, milliseconds);
    return () => clearTimeout(timer);
  };
  votes = createVotes({
    kept,
    send: ({ question, round, value }) => sendVote(`${room}/votes/${kept.token}`, { question, round, value }),
    told: (snapshot) => link.take(snapshot),
    changed: draw,
    later,
  });
  const told = (snapshot) => {
    known = { ...known, snapshot };
    votes.seen(snapshot);
    draw();
  };
  const viewed = (view) => {
    known = { ...known, view };
    follow();
  };
  const state = (word) => {
    known = { ...known, link: word };
    draw();
  };
  const world = { fetch: (...given) => fetch(...given), EventSource, page: window, document, random: Math.random, later };
  const address = { snapshot: `${room}?token=${kept.token}`, events: `${room}/events?token=${kept.token}` };
  const link = createLink(address, { told, viewed, state }, world);
  draw();
}

async function sendVote(address, vote) {
  const given = new AbortController();
  const timer = setTimeout(() => given.abort(), 6000);
  try {
    const headers = { "Content-Type": "application/json" };
    const response = await fetch(address, { method: "PUT", headers, body: JSON.stringify(vote), signal: given.signal });
    const { status } = response;
    const wait = Number(response.headers.get("Retry-After")) || 0;
    return { status, wait, snapshot: status === 409 ? await response.json() : null };
  } finally {
    clearTimeout(timer);
  }
}

function draw() {
  const { snapshot, link } = known;
  const { question, round } = snapshot ?? {};
  if (snapshot) document.querySelector("#lecture").textContent = snapshot.lecture;
  const vote = question ? votes.of(question.id, round) : null;
  const earlier = question && round > 1 ? votes.of(question.id, round - 1) : null;
  show(viewOf({ link, snapshot, vote, earlier }), vote);
  follow();
}

// Its module and plotly.js are some megabytes: they are asked for when the lecturer wants to be followed.
function follow() {
  const { snapshot, view } = known;
  const wanted = snapshot !== null && snapshot.mode !== "off";
  if (wanted) following ??= import(base + picture).then(({ createPicture }) => createPicture(element, base));
  following?.then((one) => one.show(wanted ? snapshot : null, view)).catch(() => {
    following = null; // asked for again with the next state
  });
}

function show(view, vote = null) {
  banner.textContent = view.banner;
  banner.hidden = !view.banner;
  if (built?.key !== view.key) build(view);
  if (view.ask) {
    built.answer.show(vote?.value, vote?.state === "sent" ? vote.sent : undefined);
    if (built.status.textContent !== view.status) built.status.textContent = view.status;
    built.status.className = `vote ${vote?.state ?? ""}`;
  }
}

function build(view) {
  const { snapshot } = known;
  const parts = [make("h1", { id: "title", textContent: view.title })];
  parts.push(...view.lines.map((textContent) => make("p", { textContent })));
  const bars = [];
  built = { key: view.key };
  if (view.form) parts.push(codeForm());
  if (view.ask) {
    built.answer = createAnswer(snapshot.question, (value) => votes.tap(value));
    built.status = make("p", { role: "status" });
    parts.push(built.answer.element, built.status);
  }
  if (view.verdict) parts.push(verdict(view.verdict));
  if (view.votes && snapshot.rounds) {
    const { question, round, rounds } = snapshot;
    const mine = votes.of(question.id, round)?.sent ?? votes.of(question.id, round - 1)?.sent;
    bars.push(createBars(question, rounds.map(({ counts }) => counts), { mine, truth: snapshot.truth ?? undefined }));
  }
  // What happens is seen in the picture: the votes come after it.
  body.replaceChildren(...parts, ...(view.verdict ? [] : bars));
  after.replaceChildren(...(view.verdict ? bars : []));
  news.textContent = view.news ?? "";
  scrollTo(0, 0);
}

function verdict({ yours, truth, right, explain }) {
  const both = [["Your answer", yours], ["What happens", truth]].filter(([, text]) => text);
  const rows = both.flatMap(([name, text]) => [
    make("dt", { textContent: name }),
    make("dd", { textContent: text }),
  ]);
  const said = right === null ? "" : right ? "As you predicted" : "Not as you predicted";
  return make("section", { className: `verdict ${right ? "right" : ""}` }, [
    ...(said ? [make("h2", { textContent: said })] : []),
    make("dl", {}, rows),
    make("p", { textContent: explain }),
  ]);
}

function codeForm() {
  const input = make("input", {
    id: "code",
    maxLength: 80,
    autocomplete: "off",
    autocapitalize: "characters",
    spellcheck: false,
    "aria-describedby": "wrong",
  });
  const wrong = make("p", { id: "wrong", role: "alert" });
  const form = make("form", {}, [
    make("label", { for: "code", textContent: "Code on the screen, five letters" }),
    input,
    make("button", { textContent: "Join", className: "send" }),
    wrong,
  ]);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const read = readCode(input.value);
    if (read) location.href = `${base}/join/${read}`;
    else wrong.textContent = "A code has five letters, for instance KRBWD. Compare it with the screen.";
  });
  return form;
}
