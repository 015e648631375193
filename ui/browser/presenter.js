// The presenter view of a page: a clicker's keys, and a figure as large as the screen allows.
//
// The style sheet present.css finds the class `presenting` on the root, and there --present-above:
// so many pixels stand above the first figure.

import { presenterKeys } from "./presenter_keys.js";

const FIGURE = ".live-plot";
const AT_TOP = 40; // pixels below the window's top at which a figure counts as standing there

// calls: { list(), on(), back() }; a page of its own steps gives the last two, others go from figure
// to figure.
export function createPresenter({ list, on = () => go(1), back = () => go(-1) }) {
  const root = document.documentElement;
  root.classList.add("presenting");
  const black = document.createElement("div");
  black.className = "present-blank";
  black.hidden = true;
  document.body.append(black);
  const keys = presenterKeys({ on: seen(on), back: seen(back), list, blank });
  const measure = () => {
    const first = document.querySelector(FIGURE);
    if (first) root.style.setProperty("--present-above", `${Math.ceil(fromTop(first))}px`);
  };
  // What stands above the first figure comes and grows as the page is drawn.
  const observer = new ResizeObserver(measure);
  observer.observe(document.body);
  addEventListener("resize", measure);
  window.focus(); // in a frame the keys would be those of the page around it

  function blank() {
    black.hidden = !black.hidden;
  }

  // No step is taken unseen.
  function seen(step) {
    return () => (black.hidden ? step() : blank());
  }

  return {
    remove() {
      keys.remove();
      observer.disconnect();
      removeEventListener("resize", measure);
      black.remove();
      root.classList.remove("presenting");
    },
  };
}

// Below the top of the page, wherever it has been scrolled to.
function fromTop(element) {
  let { top } = element.getBoundingClientRect();
  for (let up = element.parentElement; up; up = up.parentElement) top += up.scrollTop;
  return top;
}

// To the next figure down the page or up, and from the first to the page's top.
function go(way) {
  const figures = [...document.querySelectorAll(FIGURE)].filter((one) => one.checkVisibility()); // no closed fold's
  const tops = figures.map((one) => one.getBoundingClientRect().top);
  if (way > 0) figures[tops.findIndex((top, place) => place > 0 && top > AT_TOP)]?.scrollIntoView();
  else {
    const above = tops.findLastIndex((top) => top < -1);
    if (above > 0) figures[above].scrollIntoView();
    else figures[0]?.scrollIntoView({ block: "end" });
  }
}
