// How Python is indented, by the line above alone: the same in both editors.

export const UNIT = "    ";

// The spaces that a line begins with after this one was broken at its end.
export function indentAfter(line) {
  const stands = line.match(/^ */)[0].length;
  const code = line.replace(/#.*$/, "").trim();
  if (/[:([{]$/.test(code)) return stands + UNIT.length;
  if (/^(return|pass|raise|break|continue)\b/.test(code)) return Math.max(0, stands - UNIT.length);
  return stands;
}
