// The numbers that a page shows, as comma-separated values: one row a point of a figure, one a line of
// a sentence.

const HEAD = ["part", "panel", "trace", "x", "y", "z", "text"];

// What a spreadsheet would run as a formula; a number may begin like one.
const FORMULA = /^[=+\-@\t\r]/;
const NUMBER = /^-?[\d.]+(e[+-]?\d+)?$/i;

// parts: [{ name, figure } or { name, text }], a figure as a page's view gives it.
export function table(parts) {
  const rows = parts.flatMap(({ name, figure, text }) =>
    (figure ? figure.data.flatMap(points) : lines(text)).map((row) => [name, ...row]),
  );
  return [HEAD, ...rows].map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}

function points(trace) {
  const panel = (trace.xaxis ?? "x").slice(1) || "1";
  const name = trace.name ?? "";
  const row = (x, y, z, text = "") => [panel, name, x, y, z, text];
  if (trace.z) {
    return trace.z.flatMap((cells, down) =>
      Array.from(cells, (z, across) => row(trace.x?.[across] ?? across + 1, trace.y?.[down] ?? down + 1, z)),
    );
  }
  const x = trace.x ?? Array.from(trace.y ?? [], (_, place) => (trace.x0 ?? 0) + place * (trace.dx ?? 1));
  const y = trace.y ?? [];
  const texts = Array.isArray(trace.text) ? trace.text : [];
  const found = Array.from(x, (at, place) => row(at, y[place], "", plain(texts[place])));
  const bars = Array.from(trace.error_y?.array ?? [], (size, place) => [
    panel,
    `${name}, error bar`,
    x[place],
    size,
    "",
    "",
  ]);
  return [...found, ...bars].filter(([, , at, height, , text]) => isSaid(at) || isSaid(height) || text);
}

const isSaid = (value) => value !== null && value !== undefined && value !== "";

const lines = (text) =>
  text
    .split("\n")
    .map((line) => line.trim().replaceAll("\t", " | "))
    .filter(Boolean)
    .map((line) => ["", "", "", "", "", line]);

// A little markup stands in a figure's texts.
const plain = (text) => String(text ?? "").replaceAll(/<br>/g, " ").replaceAll(/<[^>]*>/g, "");

function cell(value) {
  if (!isSaid(value)) return "";
  const text = typeof value === "number" ? String(value) : guarded(String(value));
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function guarded(text) {
  return FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
}
