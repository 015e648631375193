// The page your_norm: a visitor's own class in an editor, and what it does to the batch.

import { createCopyDialog } from "../../../browser/copy_dialog.js";
import { linkTo } from "../../../browser/link.js";
import { make } from "../../../browser/make.js";
import { loadScript } from "../../../browser/script.js";
import { likewise } from "../../../browser/showing.js";
import { arrive, keep } from "../address.js";
import { from, notices, painted, told } from "../frame.js";
import { createSettings } from "../settings.js";
import { createChecks } from "./checks.js";
import { createDrawing } from "./drawing.js";
import { createEditor } from "./editor.js";
import { createOpened } from "./opened.js";
import { createQuestion } from "./question.js";
import { createRunner } from "./runner.js";
import { createSandbox, pythonFiles } from "./sandbox.js";
import { createStarts } from "./starts.js";
import { watch } from "./watch.js";

const PAUSE = 150; // ms without a key until the code is run
const OLD = "The pictures are those of the last code that ran to its end.";
const KEYS = "Tab indents; Escape, then Tab, leaves the editor.";
const NOTHING = "A part of the class is still to be written, so there is nothing to draw yet.";

const { code: build, pyodide, page: name } = document.body.dataset;
const page = JSON.parse(document.getElementById("page").textContent);
const { points, first } = JSON.parse(document.getElementById("prepared").textContent);
const section = document.getElementById("own-norm");
const settings = createSettings(page);
let others = new URLSearchParams();
let [drawing, draw, run, pause] = [null, null, null, null];

const error = make("p", { id: "norm-error", className: "norm-error", role: "status" });
const printed = make("pre", { tabIndex: 0 });
const output = make("details", { className: "norm-printed", hidden: true, open: true }, [
  make("summary", { textContent: "Printed" }),
  printed,
]);
const place = make("div", { className: "norm-editor" });
const keys = make("p", { id: "norm-keys", className: "caption", textContent: KEYS });
section.querySelector(".norm-code").append(place, keys, error, output);
const editor = await createEditor(place, { label: "Your class, in Python", described: "norm-error norm-keys", changed: edited });
const starts = createStarts(points, {
  choose: (chosen) => opened.choose(chosen),
  reset: () => opened.reset(),
  solve: (point) => opened.solve(point),
  run: () => refresh(true),
  link: () => opened.link(),
  save: () => opened.saveFile(),
  open: (file) => opened.openFile(file),
});
document.getElementById("start").append(starts.begin);
section.prepend(starts.element);
const opened = createOpened(points, {
  editor,
  starts,
  dialog: createCopyDialog(starts.element),
  address: (hash) => linkTo(pageNow(), (view, asked) => from(`${view}/?${likewise(asked)}`)) + hash,
  named: setStart,
  changed() {
    document.body.classList.add("not-yet"); // pale, until there are pictures of this code
    drawing?.edited();
    refresh();
  },
});
main();

async function main() {
  const begun = arrive(page);
  others = new URLSearchParams(begun.values);
  for (const [key, text] of Object.entries(begun.values)) settings.set(key, text);
  watch(page, settings, { changed, told: notices });
  const wanted = new URLSearchParams(location.search).get("start");
  opened.begin(wanted);
  addEventListener("pagehide", opened.keep);
  const script = async (path) => (await fetch(from(`${build}/ui/site/browser/your_norm/${path}.js`))).text();
  const [palettes, frame, worker] = await Promise.all([
    fetch(from(`${build}/palettes.json`)).then((response) => response.json()),
    script("sandbox_frame"),
    script("sandbox_worker"),
    loadScript(from(`${build}/plotly.js`)),
  ]);
  drawing = createDrawing(page, settings, palettes, { ask: asked, letGo: remember, missed: () => refresh() });
  draw = createChecks(section.querySelector(".norm-results"), drawing.figure);
  // Drawn before Python has come; pale where the code or the settings are others.
  document.body.classList.toggle("not-yet", !(opened.isFirst() && query() === queryOf(page.defaults)));
  drawing.place(first.shown, page.defaults);
  draw(first.checks);
  await painted();
  start({ frame, worker }, begun.asked.toString() || query(), unknown(wanted));
}

function start(texts, asked, problems) {
  const missing = ["Worker", "WebAssembly"].find((one) => !(one in window));
  if (missing) return told({ state: "gone", why: `it has no ${missing}` });
  const sandbox = createSandbox(texts, pythonFiles(from(pyodide), from(build)));
  // A phone has no room for a second Python.
  const spare = !((navigator.deviceMemory ?? 8) < 4) && matchMedia("(pointer: fine)").matches;
  const runner = createRunner((heard) => sandbox([points[0].code, ""], heard), told, { spare });
  // Asked of a Python that no code has touched.
  const before = query();
  const read = runner.ask("answer", name, asked).then((text) => {
    const answer = JSON.parse(text);
    notices([...answer.problems, ...problems]);
    if (query() === before) for (const key of page.shown) settings.set(key, answer.settings[key]);
    remember();
  });
  run = createQuestion(runner, read);
  drawing.edited();
  return refresh();
}

// ---- what the code shows -----------------------------------------------------------------------

async function asked(wanted) {
  return (await answered(wanted))?.shown ?? null;
}

// What the code gives at these settings, its errors and checks drawn; null where it gives no pictures.
async function answered(wanted, again = false) {
  if (!run || (!again && !opened.mayRun())) return null;
  const code = editor.text();
  const answer = await run(code, wanted, again);
  // Other code has taken its place meanwhile, and will be run.
  if (!answer || editor.text() !== code || !opened.mayRun()) return null;
  const shows = Object.keys(answer.shown).length > 0;
  tell(answer, shows);
  if (answer.checks) draw(answer.checks);
  if (shows) document.body.classList.remove("not-yet");
  return shows ? answer : null;
}

function tell(answer, shows) {
  const wrong = answer.error;
  editor.wrong(wrong);
  const where = wrong?.line ? `Line ${wrong.line}: ` : "";
  const words = wrong ? `${where}${wrong.text}${shows ? "" : ` ${OLD}`}` : shows ? "" : NOTHING;
  error.classList.toggle("caption", !wrong);
  if (error.textContent !== words) error.textContent = words;
  output.hidden = !answer.printed;
  printed.textContent = answer.printed;
}

async function refresh(again = false) {
  clearTimeout(pause);
  const wanted = query();
  const answer = await answered(wanted, again);
  if (answer) drawing.place(answer.shown, Object.fromEntries(new URLSearchParams(wanted)));
}

function edited() {
  clearTimeout(pause);
  pause = setTimeout(() => {
    opened.keep();
    drawing?.edited();
    refresh();
  }, PAUSE);
}

// ---- settings and the address ------------------------------------------------------------------

function changed() {
  remember();
  refresh();
}

function remember() {
  others = keep(page, settings.all(), others);
}

// The starting point stands in the address, so that a link or a scene can open it.
function setStart(chosen) {
  const said = new URLSearchParams(location.search);
  if (points[0].name === chosen || !points.some((point) => point.name === chosen)) said.delete("start");
  else said.set("start", chosen);
  const text = said.toString();
  history.replaceState(history.state, "", location.pathname + (text && `?${text}`) + location.hash);
}

function unknown(wanted) {
  if (wanted === null || points.some((point) => point.name === wanted)) return [];
  return [`start=${wanted} is no starting point here, expected one of ${points.map((point) => point.name).join(", ")}.`];
}

function pageNow() {
  return { view: name, settings: settings.all(), defaults: page.defaults, steps: page.steps };
}

function query() {
  return queryOf(settings.all());
}

function queryOf(values) {
  return new URLSearchParams(values).toString();
}
