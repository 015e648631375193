// A page of the site: its controls, its parts, and Python that answers for them.

import { createLive } from "../../browser/live.js";
import { createPresenter } from "../../browser/presenter.js";
import { loadScript } from "../../browser/script.js";
import { likewise, showing } from "../../browser/showing.js";
import { createTakeAway } from "../../browser/take_away.js";
import { arrive, go, keep } from "./address.js";
import { createExperiment } from "./experiment.js";
import { createPython } from "./python.js";
import { from, notices, painted, told } from "./frame.js";
import { createNewest } from "./newest.js";
import { keptRun } from "./runs.js";
import { createSettings } from "./settings.js";
import { createUploadPlace } from "./upload.js";
import { background, watchLook } from "./look.js";

const { code, pyodide, page: name } = document.body.dataset;
const page = JSON.parse(document.getElementById("page").textContent);
const prepared = JSON.parse(document.getElementById("prepared").textContent);
const settings = createSettings(page);
const remove = new Map(); // name of a part -> what removes it
let others = new URLSearchParams();
let experiment = null; // on the page that has one
let upload = null; // likewise
let live = null;
let python = null;
let answered = false;
let refreshing = 0; // so many questions for everything have no answer yet
const newest = createNewest(([asked, data]) => python.ask("answer", name, asked, data));

main();

async function main() {
  const begun = arrive(page);
  others = new URLSearchParams(begun.values);
  for (const [key, text] of Object.entries(begun.values)) settings.set(key, text);
  watch();
  show();
  structure();
  createTakeAway(document.getElementById("take-away"), pageNow, {
    link: (view, asked) => from(`${view}/${asked && `?${asked}`}`),
    code: (view, kind, asked, data) => python.ask("copied", view, kind, asked, data),
    shown: () => live?.shown() ?? [],
  });
  python = createPython(
    { worker: from(`${code}/ui/site/browser/worker.js`), pyodide: from(pyodide), code: from(code) },
    told,
  );
  const element = document.querySelector("[data-upload]");
  if (element) upload = createUploadPlace(element, python, () => refresh(query()));
  const [palettes] = await Promise.all([
    fetch(from(`${code}/palettes.json`)).then((response) => response.json()),
    loadScript(from(`${code}/plotly.js`)),
  ]);
  live = createLive(host(palettes));
  // Drawn before Python has come; pale where the settings are others.
  if (document.getElementById("experiment")) {
    experiment = createExperiment(live, python, { query, choose, now: () => pageAt(settings.all()) });
    experiment.draw(keptRun(query()) ?? prepared);
  } else {
    pale();
    place(prepared);
  }
  // The picture first: Python takes all that a small machine has.
  painted().then(python.start);
  await refresh(begun.asked.toString() || query(), true);
}

// Until the first answer the picture is that of the default settings: pale where the page's differ.
function pale() {
  if (!experiment && !answered) {
    document.body.classList.toggle("not-yet", query() !== queryOf(prepared.settings));
  }
}

// ---- what stands on the page -------------------------------------------------------------------

function host(palettes) {
  return {
    palettes,
    background,
    watchBackground: watchLook,
    sliderValue: (key) => settings.slider(key)?.valueAsNumber ?? null,
    watchSliders: (moved) =>
      document.addEventListener("input", ({ target }) => target.type === "range" && moved()),
    // While the page is asked for anew, what the sliders know of the other controls is of old; they
    // ask again once it is there.
    ask: async (_, asked, data) => (refreshing ? null : ((await ask(asked, data))?.shown ?? null)),
    most: 1,
    letGo: remember,
  };
}

// Null where a newer question has overtaken this one.
async function ask(asked, data = "") {
  const answer = await newest([asked, data]);
  if (answer) settings.idle(answer.idle);
  return answer;
}

// Asks for everything anew: at the start, and when another control than a slider has changed.
async function refresh(asked, first = false) {
  const before = query();
  const data = upload?.data();
  let answer;
  refreshing += 1;
  try {
    answer = await ask(asked, data);
  } catch (error) {
    if (!python.gone()) notices([`This could not be computed: ${error.message}`]);
    return;
  } finally {
    refreshing -= 1;
  }
  if (!answer) return;
  if (first) {
    notices(answer.problems);
    // Unless a hand has moved meanwhile, the controls stand where Python reads the address.
    if (query() === before) for (const key of page.shown) settings.set(key, answer.settings[key]);
    structure();
  }
  answered = true;
  document.body.classList.remove("not-yet");
  remember();
  if (experiment) await experiment.show();
  else place(answer, data);
}

function place({ shown, settings: at }, data) {
  for (const element of document.querySelectorAll("[data-part]")) {
    const { part } = element.dataset;
    if (part in shown) {
      const sent = { name: part, shown: shown[part], page: { ...pageAt(at), data }, follows: true };
      remove.set(part, live.place(element, sent, { picked, missed }));
    } else if (remove.has(part)) {
      remove.get(part)();
      remove.delete(part);
    }
    element.hidden = !(part in shown);
  }
}

// The page at some settings, as the shared modules want it: see live.js.
function pageAt(at) {
  return { view: name, settings: at, defaults: page.defaults, steps: page.steps };
}

function pageNow() {
  return { ...pageAt(settings.all()), title: page.title, data: upload?.data() ?? "" };
}

// What stands there only while a choice has some value; folds that a link has set something in.
function structure() {
  for (const element of document.querySelectorAll("[data-when]")) {
    element.hidden = !JSON.parse(element.dataset.values).includes(settings.get(element.dataset.when));
  }
  const panel = document.getElementById("panel");
  const controls = [...(panel?.querySelectorAll("[data-setting]") ?? [])];
  panel?.classList.toggle("empty", controls.every((control) => control.closest("[hidden]")));
}

// As the address wants the page to be shown: large for a hall, and without some controls.
function show() {
  const { present, hide } = showing();
  for (const key of hide) {
    const control = document.querySelector(`[data-setting="${CSS.escape(key)}"]`);
    if (control) control.hidden = true;
    if (key === "seed") document.getElementById("new-batch")?.remove();
  }
  if (present) createPresenter({ list: () => (location.href = from(`lessons/?${likewise()}`)) });
}

// ---- what a hand does --------------------------------------------------------------------------

function watch() {
  document.addEventListener("input", ({ target }) => {
    const key = target.closest("[data-setting]")?.dataset.setting;
    if (!key) return;
    if (target.type === "range") settings.show(key);
    else changed();
    pale();
  });
  // A picture that follows no slider is asked for when the slider is let go.
  document.addEventListener("change", ({ target }) => experiment && target.type === "range" && changed());
  document.getElementById("reset").addEventListener("click", () => {
    for (const key of page.shown) settings.set(key, page.defaults[key]);
    notices([]);
    changed();
  });
  document.getElementById("new-batch")?.addEventListener("click", () => {
    settings.set("seed", String((Number(settings.get("seed")) + 1) % 10000));
    changed();
  });
  for (const link of document.querySelectorAll("a[data-to]")) {
    link.addEventListener("click", () => go(link.dataset.to));
  }
  for (const fold of document.querySelectorAll("details[data-holds]")) {
    const held = fold.dataset.holds.split(" ").filter(Boolean);
    fold.open = held.some((key) => settings.get(key) !== page.defaults[key]);
    fold.addEventListener("toggle", () => dispatchEvent(new Event("resize")));
  }
  const panel = document.getElementById("panel");
  document.getElementById("panel-open").addEventListener("click", () => {
    panel.classList.add("open");
    document.getElementById("panel-close").focus();
  });
  document.getElementById("panel-close").addEventListener("click", () => {
    panel.classList.remove("open");
    document.getElementById("panel-open").focus();
  });
}

function changed() {
  structure();
  remember();
  if (python) refresh(query());
}

function picked(values) {
  for (const [key, text] of Object.entries(values)) {
    if (page.shown.includes(key)) settings.set(key, text);
  }
  changed();
}

function choose(key, text) {
  settings.set(key, text);
  changed();
}

// The newest picture did not come, because Python died: it is asked again when it is back.
function missed() {
  refresh(query());
}

function remember() {
  others = keep(page, settings.all(), others);
}

function query() {
  return queryOf(settings.all());
}

function queryOf(values) {
  return new URLSearchParams(values).toString();
}
