// The parts of a page, drawn in place, and drawn again when a slider moves or an answer comes.
//
// The host's own sliders hold the settings. While one moves, its value is read, the host is asked
// what the view shows there, and the answer is drawn into elements that stay. When it is let go the
// host may send the same settings once more, already drawn.
//
// host: {
//   palettes: { light, dark },      a colour for each name
//   background(),                   the CSS colour that stands behind the figures now
//   watchBackground(look),          calls look when that may have changed
//   sliderValue(key),               the number a slider stands at; null where there is none
//   watchSliders(moved),            calls moved when one has moved, also under a hand
//   ask(view, query, data),         a promise of what the view shows at these settings, and of the data
//                                   of that name where the page has some: its parts by name; of null
//                                   where it has nothing to say; rejected where it failed
//   most,                           so many questions may be under way at once
//   letGo(settings),                told what the sliders stand at once the hand is off
// }

import { createAnnouncer } from "./announce.js";
import { createFigure } from "./figure.js";
import { whenLetGo } from "./hand.js";
import { createPrint } from "./print.js";
import { createQuestions } from "./questions.js";
import { sizeIn, watchScale } from "./scale.js";
import { createSentence } from "./sentence.js";
import { showing } from "./showing.js";
import { sliderSettings, standing } from "./sliders.js";
import { createTheme } from "./theme.js";
import { createTurns } from "./turns.js";

const PAPER = { innerWidth: 0, innerHeight: 0 }; // a sheet is no window: as designed

export function createLive(host) {
  const parts = new Map(); // the element that the host gave -> the part drawn in it
  let page = null; // { view, settings, defaults, steps } as the host sent it last
  let telling = false;

  const redraw = () => parts.forEach((part) => part.redraw());
  const print = createPrint(() => page && standing(page, host.sliderValue), redraw);
  const theme = createTheme(host, redraw, print);
  const size = () => sizeIn(print.on ? PAPER : window, hall());
  const hall = () => !print.on && showing().present;
  const look = { palette: theme.palette, size, hall, print };
  const announcer = createAnnouncer(summaries);
  watchScale(() => size().scale, redraw);
  const turns = createTurns(following);
  const askFor = (view, asked) => host.ask(view, ...asked.split("#"));
  const questions = createQuestions(askFor, take, missed, host.most);
  host.watchSliders(() => {
    follow();
    tell();
  });

  // Draws a part into an element, or draws it again there; gives a function that removes it.
  //
  // sent: { name, shown, page, follows }: shown is a figure, or HTML; page is { view, settings,
  //   defaults, steps, data }, of which steps has the spellings of the places of each uneven slider, and
  //   data names a visitor's file that the view looks at. A part that does not follow the sliders is
  //   drawn as often as it is sent.
  // report: { picked(settings), missed(query) }: a click in the figure that sets something; the
  //   answer to the present settings did not arrive.
  function place(element, sent, report) {
    if (page?.view !== sent.page.view) announcer.begin();
    page = sent.page;
    const asked = question(sent.page);
    let part = parts.get(element);
    if (!part) {
      const isFigure = typeof sent.shown !== "string";
      part = isFigure
        ? createFigure(element, sent.name, look, () => drawnAt(part), report.picked)
        : createSentence(element, sent.name);
      Object.assign(part, { element, report, isFigure, follows: sent.follows });
      parts.set(element, part);
    }
    part.page = page;
    if (!sent.follows || part.drawn === null || (asked === query() && part.drawn !== asked)) {
      part.draw(sent.shown, asked);
      announcer.changed();
    }
    follow(); // the hand may have moved on meanwhile
    return () => {
      part.remove();
      parts.delete(element);
    };
  }

  function take(shown, asked) {
    turns(shown, asked);
    announcer.changed();
  }

  // The page's answer in words, then its figures from the top.
  function summaries() {
    const top = ({ element }) => element.getBoundingClientRect().top;
    const figures = here().filter(({ isFigure }) => isFigure);
    const answer = here().filter(({ name }) => name === "answer");
    return [...answer, ...figures.sort((one, other) => top(one) - top(other))].map((part) => part.summary());
  }

  // A question was not answered: once the hand is off, the host is told.
  function missed(asked) {
    whenLetGo(() => {
      const late = following().find((part) => part.drawn !== asked);
      if (late && query() === asked) late.report.missed(asked.split("#")[0]);
    });
  }

  // The page at the settings that a part is drawn at, which a slider may have left meanwhile.
  function drawnAt({ page, drawn }) {
    return { ...page, settings: Object.fromEntries(new URLSearchParams(drawn.split("#")[0])) };
  }

  // What the page shows now, from top to bottom: { name, figure } or { name, text }.
  function shown() {
    const tops = new Map(here().map((part) => [part, part.element.getBoundingClientRect().top]));
    return here()
      .sort((one, other) => tops.get(one) - tops.get(other))
      .map((part) => ({ name: part.name, ...part.shown() }));
  }

  // Those of a page that was left may still stand for a moment.
  function here() {
    return [...parts.values()].filter((part) => part.page.view === page.view);
  }

  function following() {
    return here().filter((part) => part.follows);
  }

  function query() {
    return question(standing(page, host.sliderValue));
  }

  // What tells one picture from another. The name of the data stands behind a sign that no query has,
  // and never among the settings: those are what links are made of.
  function question({ settings, data }) {
    const asked = new URLSearchParams(settings).toString();
    return data ? `${asked}#${data}` : asked;
  }

  function tell() {
    if (telling || !page) return;
    telling = true;
    whenLetGo(() => {
      telling = false;
      host.letGo(sliderSettings(page, host.sliderValue));
    });
  }

  function follow() {
    if (!following().length) return;
    const asked = query();
    if (following().some((part) => part.drawn !== asked)) questions.ask(page.view, asked);
  }

  return { place, shown };
}
