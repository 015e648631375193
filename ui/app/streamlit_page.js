// What the shared modules ask of a page that Streamlit draws: answers, sliders, colours, addresses.
//
// options: { base, palettes }: the server's base path, and the colours of figures.

import { askAt } from "../browser/ask.js";
import { likewise } from "../browser/showing.js";
import { app, sliderInput, watchInputs, watchLook } from "./streamlit_dom.js";

export function hostOf({ base, palettes }) {
  return {
    palettes,
    background: () => getComputedStyle(app()).backgroundColor,
    watchBackground: watchLook,
    sliderValue,
    watchSliders: watchInputs,
    ask: (view, query, data) => askAt(`${base}/live/${view}?${query}`, data),
    most: 2, // while one answer is on its way back the next is computed
    // The address follows the sliders, whatever has become of the server: address.js takes it up.
    letGo: (settings) => dispatchEvent(new CustomEvent("sliders", { detail: settings })),
  };
}

// The answer to a question about a visitor's data, whose name goes in a header: addresses are written
// into logs.
export const asked = (address, data) => fetch(address, { headers: data ? { "X-Data": data } : {} });

export const sliderValue = (key) => sliderInput(key)?.valueAsNumber ?? null;

export const addressOf = ({ base }, view, query) => `${base}/${view === "lab" ? "" : view}${query && `?${query}`}`;

// The address of a scene, or of the list of lectures, in the same view as this page.
export function lessonsAddress({ base }, scene = "") {
  const query = likewise(scene);
  return `${base}/lessons${query && `?${query}`}`;
}
