// The entry: mounts the parts of a page, and redraws them when a slider moves or an answer comes.
//
// The native sliders hold the settings. While one moves, its value is read off the page, the
// server is asked what the view shows there, and the answer is drawn into elements that stay.
// When it is let go the page's own run arrives with the same settings, already drawn.
// A part that came without settings follows no slider: it is drawn as often as it is sent.

import { createFigure } from "./figure.js";
import { createSentence } from "./sentence.js";
import { currentSettings, watchSliders, whenLetGo } from "./sliders.js";
import { createQuestions } from "./questions.js";
import { createTurns } from "./turns.js";
import { watchTheme } from "./theme.js";

const parts = new Map(); // the element Streamlit gave -> the part drawn in it
let page = null; // { view, settings, steps } of the last run of the page's script
let questions = null;
let loading = null;

export function load(options) {
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = options.base + options.plotly;
    script.onload = resolve;
    script.onerror = () => reject(new Error("plotly.js did not arrive"));
    document.head.append(script);
  });
  return loading;
}

export function mount(component, options) {
  const { shown, ...head } = JSON.parse(new TextDecoder().decode(component.data));
  start(options);
  const follows = "settings" in head;
  if (follows) page = head;
  const asked = follows ? new URLSearchParams(head.settings).toString() : null;
  let part = parts.get(component.parentElement);
  if (!part) {
    part = typeof shown === "string" ? createSentence(component, head) : createFigure(component, head);
    parts.set(component.parentElement, part);
    part.follows = follows;
    part.component = component;
    part.draw(shown, asked);
  } else if (!follows || (asked === query() && part.drawn !== asked)) {
    part.draw(shown, asked);
  }
  follow(); // the hand may have moved on while the script ran
  return () => {
    part.remove();
    parts.delete(component.parentElement);
  };
}

function start(options) {
  if (questions) return;
  const take = createTurns(following);
  questions = createQuestions(options.base, take, missed);
  watchSliders(follow);
  watchTheme(options.palettes, () => parts.forEach((part) => part.recolour()));
}

// A question was not answered: once the hand is off, the page's own run brings the picture.
function missed(asked) {
  whenLetGo(() => {
    const late = following().find((part) => part.drawn !== asked);
    if (late && query() === asked) late.component.setStateValue("missed", asked);
  });
}

function following() {
  return [...parts.values()].filter((part) => part.follows);
}

function query() {
  return new URLSearchParams(currentSettings(page)).toString();
}

function follow() {
  if (!following().length) return;
  const asked = query();
  if (following().some((part) => part.drawn !== asked)) questions.ask(page.view, asked);
}
