// A swipe that begins on a slider scrolls the page: the slider hears of a finger once it has gone
// sideways, or was lifted where it came down. (Streamlit's slider moves at the first touch.)

import { sliderPart } from "./streamlit_dom.js";

const SLACK = 6; // pixels that a resting finger may move

let began = null; // the press that the slider has not heard of yet

export function letSwipesPass() {
  document.addEventListener("pointerdown", hold, true);
  document.addEventListener("touchstart", keep, true);
  addEventListener("pointermove", decide, true);
  addEventListener("pointerup", (event) => event.pointerId === began?.pointerId && pass(), true);
  addEventListener("pointercancel", () => (began = null), true); // the browser scrolls
}

function hold(event) {
  if (event.pointerType !== "touch" || !event.isTrusted || !sliderPart(event.target)) return;
  event.stopPropagation();
  began = event;
}

// The same finger once more, by its older name.
function keep(event) {
  if (sliderPart(event.target)) event.stopPropagation();
}

function decide(event) {
  if (event.pointerId !== began?.pointerId) return;
  const across = Math.abs(event.clientX - began.clientX);
  const along = Math.abs(event.clientY - began.clientY);
  if (across > SLACK && across > along) pass();
  else if (along > SLACK) began = null;
}

// The slider hears of the press now.
function pass() {
  const { target, pointerId, pointerType, isPrimary, clientX, clientY, button, buttons } = began;
  began = null;
  const place = { pointerId, pointerType, isPrimary, clientX, clientY, button, buttons };
  target.dispatchEvent(new PointerEvent("pointerdown", { ...place, bubbles: true, cancelable: true }));
}
