// What was written, as this browser keeps it: a text for each starting point, and which one is open.

const KEPT = "your norm";
export const MOST_LETTERS = 50_000; // of one text
const MOST_KEPT = 400_000; // of all

let held = null; // what the browser would not keep, for as long as the page is open

// { start, texts }: start may be null; texts by the starting point's name.
export function read() {
  try {
    const { start, texts } = JSON.parse(held ?? localStorage.getItem(KEPT) ?? "{}");
    const known = Object.entries(texts ?? {}).filter(([, text]) => typeof text === "string" && text.length <= MOST_LETTERS);
    return { start: typeof start === "string" ? start : null, texts: Object.fromEntries(known) };
  } catch {
    return { start: null, texts: {} }; // storage is blocked, or another hand has been there
  }
}

// Keeps the text of a starting point, which is the open one from now on; a null text removes it. Gives
// whether the browser keeps it beyond this page.
export function keep(start, text) {
  const { texts } = read();
  delete texts[start];
  if (text !== null) texts[start] = text; // the newest last
  while (JSON.stringify(texts).length > MOST_KEPT) delete texts[Object.keys(texts)[0]];
  const whole = JSON.stringify({ start, texts });
  try {
    localStorage.setItem(KEPT, whole);
    held = null;
  } catch {
    held = whole;
  }
  return held === null;
}
