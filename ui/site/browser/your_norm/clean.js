// What the worker says it shows, made harmless: a visitor's code can have written any of it.
//
// Sentences become texts with a few plain elements, figures data of a few kinds of curves. Nothing that is
// left loads, links or runs anything.

const MOST_LETTERS = 4_000_000; // of all that an answer says
const ELEMENTS = new Set("b br code dd div dl dt em i li ol p small span strong sub sup table tbody td th thead tr ul".split(" "));
const IN_FIGURES = new Set(["b", "br", "em", "extra", "i", "sub", "sup"]);
const CURVES = new Set(["bar", "heatmap", "histogram", "scatter"]);
const LAYOUT_WITHOUT = ["images", "template", "updatemenus", "sliders", "map", "mapbox", "geo", "scene", "selections"];
const TAG = /<(\/?)([a-z0-9]+)(?: class="(?:lesson|lines|prose|small)"| scope="(?:col|row)")?>|[<>]/g;
const STATES = ["right", "wrong", "open"];
const MARKS = { "<": "&lt;", ">": "&gt;" };

// What `ran` gives, from its JSON: { error, printed, shown, checks }; an Error where it is nothing of the kind.
export function cleanAnswer(text) {
  if (text.length > MOST_LETTERS) throw new Error("The pictures of this code are too large to be drawn.");
  const { error, printed, shown, checks } = JSON.parse(text);
  return {
    error: error && { line: Number.isInteger(error.line) ? error.line : null, text: String(error.text) },
    printed: String(printed ?? ""),
    shown: Object.fromEntries(Object.entries(shown ?? {}).map(([name, part]) => [name, cleanPart(part)])),
    checks: (checks ?? []).map(cleanCheck),
  };
}

function cleanCheck({ name, title, state, text, heat }) {
  return {
    name: String(name),
    title: String(title),
    state: STATES.includes(state) ? state : "open",
    text: String(text ?? ""),
    heat: heat && cleanFigure(heat),
  };
}

const cleanPart = (part) => (typeof part === "string" ? cleanHtml(part) : cleanFigure(part));

// HTML with these elements alone; everything else in it is text.
export function cleanHtml(html, elements = ELEMENTS) {
  return html.replaceAll(TAG, (found, _, name) => {
    if (elements.has(name)) return found;
    return found.replaceAll(/[<>]/g, (mark) => MARKS[mark]);
  });
}

// Data, layout and alt of a figure, and of its traces those that are curves.
export function cleanFigure({ data, layout, alt }) {
  const kept = Object.entries(layout ?? {}).filter(([name]) => !LAYOUT_WITHOUT.includes(name));
  const curves = data.filter(({ type }) => CURVES.has(type ?? "scatter"));
  return { data: curves.map(cleanTexts), layout: cleanTexts(Object.fromEntries(kept)), alt: String(alt) };
}

function cleanTexts(value) {
  if (typeof value === "string") return cleanHtml(value, IN_FIGURES);
  if (Array.isArray(value)) return value.map(cleanTexts);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, cleanTexts(part)]));
}
