// Whether a finger or a mouse button is down.

const SETTLE_MS = 200; // after which a slider that was let go has told its value

let down = false;
const waiting = []; // what is called once nothing is down

addEventListener("pointerdown", () => (down = true), true);
addEventListener("pointerup", lifted, true);
addEventListener("pointercancel", lifted, true); // the browser scrolls with it

// Call once nothing is down, and the slider has told its value.
export function whenLetGo(act) {
  if (down) waiting.push(act);
  else setTimeout(act, SETTLE_MS);
}

function lifted() {
  down = false;
  for (const act of waiting.splice(0)) setTimeout(act, SETTLE_MS);
}
