// What Streamlit's page is to the shared modules in ui/browser, and the component it mounts.

import { createLive } from "../browser/live.js";
import { createPresenter } from "../browser/presenter.js";
import { loadScript } from "../browser/script.js";
import { showing } from "../browser/showing.js";
import { standing } from "../browser/sliders.js";
import { createTakeAway } from "../browser/take_away.js";
import { thinOutStops } from "./help_stops.js";
import { addSkipLink } from "./skip_link.js";
import { addressOf, asked, hostOf, lessonsAddress, sliderValue } from "./streamlit_page.js";
import { mountUpload } from "./streamlit_upload.js";
import { letSwipesPass } from "./swipe.js";

let live = null;
const rows = new Map(); // element -> { page, remove } of a row of what can be taken away
let presenter = null;

// options: { base, plotly, palettes }: the server's base path, and the address of plotly.js.
export function load({ base, plotly }) {
  return loadScript(base + plotly);
}

// Draws what the page's script sent with this component; gives a function that removes it.
export function mount(component, options) {
  live ??= begin(options);
  const sent = JSON.parse(new TextDecoder().decode(component.data));
  if (sent.take_away) return takeAway(component.parentElement, sent.take_away, options);
  if (sent.lesson) return lessonsPage(component.parentElement, sent.lesson, options);
  if (sent.upload) return mountUpload(component, sent.upload, options);
  // In the presenter view every page is loaded anew, so that it stays for good.
  if (showing().present) presenter ??= createPresenter({ list: () => (location.href = lessonsAddress(options)) });
  return live.place(component.parentElement, sent, {
    picked: (settings) => component.setTriggerValue("pick", settings),
    // It is told so that the page's script runs, which brings the picture.
    missed: (query) => component.setStateValue("missed", query),
  });
}

function begin(options) {
  addSkipLink();
  thinOutStops();
  letSwipesPass();
  return createLive(hostOf(options));
}

// The row stays with its element; what the page's script sends again are other settings.
function takeAway(element, page, options) {
  const row = rows.get(element) ?? {};
  row.page = page;
  if (!rows.has(element)) {
    rows.set(element, row);
    const remove = createTakeAway(element, () => standing(row.page, sliderValue), {
      link: (view, query) => location.origin + addressOf(options, view, query),
      async code(view, kind, query, data) {
        const response = await asked(`${options.base}/live/${view}/copy?as=${kind}&${query}`, data);
        if (response.ok) return response.text();
        throw new Error((await response.json()).error);
      },
      shown: () => live.shown(),
    });
    row.remove = () => {
      remove();
      rows.delete(element);
    };
  }
  return row.remove;
}

// Half of all modules are the lessons' own: they are fetched on their page alone.
function lessonsPage(element, sent, options) {
  let gone = false;
  let remove = () => {};
  import("./streamlit_lessons.js")
    .then(({ mountLessons }) => {
      if (!gone) remove = mountLessons(element, sent, options);
    })
    .catch((error) => {
      console.warn("The lessons could not be loaded:", error.message);
      element.append("The lessons could not be loaded. Reload the page to try again.");
    });
  return () => {
    gone = true;
    remove();
  };
}
