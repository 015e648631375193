// The room's code: five of the letters of ui/hall/server/codes.py.

export const LETTERS = "BCDFGHJKMNPRSTWXZ";
export const LENGTH = 5;

// What is typed in the place of a letter that it looks like.
const LOOKS_LIKE = { 0: "D", O: "D", Q: "D", 1: "J", I: "J", L: "J", 2: "Z", 5: "S", 8: "B", E: "F", V: "W", Y: "X" };

// The code in a text as somebody types it, or pastes its address; null where there is none.
export function readCode(text) {
  const last = text.split(/[?#]/)[0].replace(/\/+$/, "").split("/").pop();
  const letters = [...last.toUpperCase().replace(/[\s.-]/g, "")].map((one) => LOOKS_LIKE[one] ?? one);
  return letters.length === LENGTH && letters.every((one) => LETTERS.includes(one)) ? letters.join("") : null;
}
