// The pictures of the page, drawn as on every other page. To the settings that a picture is drawn at
// belongs how often the code was changed, so that a picture of other code is another one.

import { createLive } from "../../../browser/live.js";
import { background, watchLook } from "../look.js";

// ask(query): a promise of the parts at these settings, or null. Gives { place(shown, settings),
// figure(element, name, figure), edited() }.
export function createDrawing(page, settings, palettes, { ask, letGo, missed }) {
  const remove = new Map(); // name of a part -> what removes it
  let edits = -1; // the picture that came with the page is drawn before the first run
  const live = createLive({
    palettes,
    background,
    watchBackground: watchLook,
    sliderValue: (key) => settings.slider(key)?.valueAsNumber ?? null,
    watchSliders: (moved) =>
      document.addEventListener("input", ({ target }) => target.type === "range" && target.closest("[data-setting]") && moved()),
    ask: (_, asked) => ask(withoutEdit(asked)),
    most: 1,
    letGo,
  });
  const pageAt = (at) => ({
    view: page.page,
    settings: { ...at, edit: String(edits) },
    defaults: { ...page.defaults, edit: "0" },
    steps: page.steps,
  });

  function withoutEdit(asked) {
    const query = new URLSearchParams(asked);
    query.delete("edit");
    return query.toString();
  }

  return {
    edited: () => (edits += 1),
    place(shown, at) {
      for (const element of document.querySelectorAll("[data-part]")) {
        const { part } = element.dataset;
        if (part in shown) {
          const sent = { name: part, shown: shown[part], page: pageAt(at), follows: true };
          remove.set(part, live.place(element, sent, { picked() {}, missed }));
        } else if (remove.has(part)) {
          remove.get(part)();
          remove.delete(part);
        }
        element.hidden = !(part in shown);
      }
    },
    // One that stands for itself: it is drawn as often as it is given.
    figure(element, name, figure) {
      const sent = { name, shown: figure, page: pageAt(settings.all()), follows: false };
      return live.place(element, sent, { picked() {}, missed() {} });
    },
  };
}
