// The address says what the page's settings stand at; a visit's others are kept in this tab.

const KEPT = "settings"; // every setting of the visit that is not at its default, by name
const GOING = "going"; // the page that a click in our menu leads to
const SHOWING = ["present", "hide"]; // how pages are shown, which holds for a visit: see showing.js

// The settings that a page begins with: of its address, and of the visit where it goes on.
export function arrive(page) {
  const going = arriveShown(page.page);
  const asked = new URLSearchParams(location.search);
  const back = cameBack();
  const kept = going || back ? read() : new URLSearchParams();
  for (const name of SHOWING) kept.delete(name);
  // After Back the tab knows better than an address of old; a link asks for what it says.
  const first = back && kept.size ? kept : asked;
  const values = { ...Object.fromEntries(kept), ...Object.fromEntries(first) };
  return { values, asked: back && kept.size ? kept : asked };
}

// Puts into the address how the visit's pages are shown, where a click in our menu led here; gives
// whether one did.
export function arriveShown(name) {
  const going = take(GOING) === name;
  const asked = new URLSearchParams(location.search);
  const kept = going ? read() : new URLSearchParams();
  for (const name of SHOWING) if (kept.has(name) && !asked.has(name)) asked.set(name, kept.get(name));
  write(asked);
  return going;
}

// Keeps what the page stands at, in the tab and in the address.
export function keep(page, values, others) {
  const kept = new URLSearchParams(others);
  for (const name of Object.keys(page.defaults)) kept.delete(name);
  const here = new URLSearchParams(foreign(page));
  for (const name of page.shown) {
    if (values[name] === page.defaults[name]) continue;
    here.set(name, values[name]);
    kept.set(name, values[name]);
  }
  keepShowing(kept);
  write(here);
  return kept;
}

// The visit's settings, and how its pages are shown: what the menu leads to will be likewise.
export function keepShowing(others = read()) {
  const kept = new URLSearchParams(others);
  const said = new URLSearchParams(location.search);
  for (const name of SHOWING) {
    kept.delete(name);
    if (said.has(name)) kept.set(name, said.get(name));
  }
  save(KEPT, kept.toString());
}

function write(asked) {
  const query = asked.toString().replaceAll("%2C", ","); // as people write it
  const address = location.pathname + (query && `?${query}`) + location.hash;
  if (address === location.pathname + location.search + location.hash) return;
  history.replaceState(history.state, "", address);
}

export function go(name) {
  save(GOING, name);
}

// What is not ours stays in the address: it may be the course platform's.
function foreign(page) {
  const said = new URLSearchParams(location.search);
  for (const name of page.every) said.delete(name);
  return said;
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

function save(name, value) {
  try {
    sessionStorage.setItem(name, value);
  } catch {
    return;
  }
}

function take(name) {
  try {
    const value = sessionStorage.getItem(name);
    sessionStorage.removeItem(name);
    return value;
  } catch {
    return null;
  }
}
