// The page on paper: light colours, type that can be read there, a line with the settings on top, and
// what is folded away open.

import { mainly } from "./words.js";

// redraw() draws every figure anew; pageNow() is { view, settings, defaults } or null.
export function createPrint(pageNow, redraw) {
  const line = document.createElement("p");
  line.className = "live-settings"; // live.css shows it on paper alone
  document.body.prepend(line);
  const print = { on: false };
  let opened = []; // the folds that are open on paper alone
  const turn = (on) => () => {
    if (print.on === on) return;
    print.on = on;
    const page = pageNow();
    line.textContent = page ? `${mainly(page)} · ${location.href}` : "";
    if (on) opened = [...document.querySelectorAll("details:not([open])")];
    for (const fold of opened) fold.open = on;
    redraw();
  };
  addEventListener("beforeprint", turn(true));
  addEventListener("afterprint", turn(false));
  return print;
}
