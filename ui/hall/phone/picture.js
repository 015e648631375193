// The lecturer's picture on a phone: it moves with the lecturer's hand until a control is touched here.

import { askAt } from "../../browser/ask.js";
import { createLive } from "../../browser/live.js";
import { loadScript } from "../../browser/script.js";
import { createScene } from "./scene.js";
import { make } from "./make.js";

// base: what stands before every address of the server. Gives { show(snapshot, view) }: a room whose mode is not off, or null; view is
//   what the lecturer shows, { page, query, parts }, or null.
export async function createPicture(element, base) {
  const { plotly, palettes } = await (await fetch(`${base}/hall/picture.json`)).json();
  document.head.append(make("link", { rel: "stylesheet", href: `${base}/hall/picture.css` }));
  await loadScript(base + plotly);
  const ask = (page, query) => askAt(`${base}/live/${page}?${query}`);
  let moved = () => {};
  let scene = null; // what stands there
  const live = createLive({
    palettes,
    background: () => getComputedStyle(document.documentElement).backgroundColor,
    watchBackground() {},
    sliderValue: (key) => scene?.sliderValue(key) ?? null,
    watchSliders: (call) => (moved = call),
    ask,
    most: 1,
    letGo() {},
  });

  function show(snapshot, view) {
    // A run has no picture before it is revealed.
    const hidden = snapshot?.shown.page === "training" && snapshot.phase !== "revealed";
    const wanted = snapshot && !hidden && (view || snapshot.mode !== "follow");
    element.hidden = !wanted;
    if (!wanted) return leave();
    const { shown, question, mode } = snapshot;
    const now = mode === "follow" ? view : { ...shown, parts: {} };
    const id = `${question.id} ${now.page}`;
    if (scene?.id !== id) {
      leave();
      const about = fetch(`${base}/hall/pages/${now.page}`).then((response) => response.json());
      const given = { id, element, about, live, ask, base, moved: () => moved() };
      scene = createScene({ ...shown, page: now.page }, given);
    }
    scene.told(now, mode === "follow");
  }

  function leave() {
    scene?.remove();
    scene = null;
  }

  return { show };
}
