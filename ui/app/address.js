// The browser's side of the address: one step of its history a page, and values kept for a reload.

const KEPT = "settings";
// What the server said last; on the window, since Streamlit may load this text more than once.
const last = (window.addressKeeper ??= { visit: null, path: null, defaults: {}, said: {} });

export default function (component) {
  watchHistory();
  const { shown, visit, defaults, kept } = JSON.parse(new TextDecoder().decode(component.data));
  const before = { ...last };
  Object.assign(last, { visit, path: location.pathname, defaults, said: {} });
  if (before.visit !== visit) {
    correct(shown);
    // The server has not seen this page before: a link was followed, or the page was loaded again,
    // or the server was. A link asks for what it says, and for nothing else.
    const held = before.visit || cameBack() ? read() : new URLSearchParams();
    if (!before.visit || before.path === last.path) Object.keys(defaults).forEach((name) => held.delete(name));
    // A hand that let go while the server was away: the slider stands there, and nobody was told.
    if (before.path === last.path) Object.entries(before.said).forEach(([name, text]) => held.set(name, text));
    if (held.size) {
      component.setTriggerValue("kept", held.toString());
      return; // saved with the answer
    }
  }
  save(kept);
}

// Streamlit pushes a step for every address that its script sets, so that Back would walk through
// all values a slider has had. On the same page the new address takes the place of the old one.
// After Back or Forward an answer may still come that was asked for on the page left behind. Nobody
// has clicked for it to be a step: it would undo the Back, and take away what Forward leads to.
function watchHistory() {
  if (last.watches) return;
  last.watches = true;
  const push = history.pushState;
  history.pushState = function (state, title, url) {
    const same = new URL(url ?? "", location.href).pathname === location.pathname;
    if (!same && last.stepped) return;
    (same ? history.replaceState : push).call(history, state, title, url);
    if (same) keepAddress();
  };
  addEventListener("popstate", () => (last.stepped = true), true);
  for (const hand of ["click", "keydown"]) addEventListener(hand, () => (last.stepped = false), true);
  // From streamlit_host.js: where the sliders were let go, which a restarted server cannot say.
  addEventListener("sliders", ({ detail }) => say(detail));
}

function say(settings) {
  if (location.pathname !== last.path) return;
  const said = new URLSearchParams(location.search);
  for (const [name, text] of Object.entries(settings)) {
    if (name in last.defaults) last.said[name] = text;
    if (text === last.defaults[name]) said.delete(name);
    else if (name in last.defaults && said.get(name) !== text) said.set(name, text);
  }
  replace(said.toString());
  keepAddress();
}

function replace(query) {
  if (query === location.search.slice(1)) return;
  history.replaceState(history.state, "", location.pathname + (query && `?${query}`) + location.hash);
}

// A slider moves nothing but the address; what is kept moves with it.
function keepAddress() {
  if (location.pathname !== last.path) return;
  const held = read();
  const said = new URLSearchParams(location.search);
  for (const name of Object.keys(last.defaults)) {
    held.delete(name);
    if (said.has(name)) held.set(name, said.get(name));
  }
  save(held.toString());
}

// A link's own spelling, or what it asked for in vain, gives way to what the page shows.
function correct(shown) {
  const parts = location.search.slice(1).split("&");
  const embed = parts.filter((part) => /^embed(_options)?=/i.test(part));
  replace([shown, ...embed].filter(Boolean).join("&"));
}

function cameBack() {
  const [entry] = performance.getEntriesByType("navigation");
  return ["reload", "back_forward"].includes(entry?.type);
}

// A browser may refuse to keep anything.
function read() {
  try {
    return new URLSearchParams(sessionStorage.getItem(KEPT) ?? "");
  } catch {
    return new URLSearchParams();
  }
}

function save(kept) {
  try {
    sessionStorage.setItem(KEPT, kept);
  } catch {
    return;
  }
}
