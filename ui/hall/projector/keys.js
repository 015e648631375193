// The room's keys beside those of a lecture, wherever the focus is.

const ON = new Set(["PageDown", "ArrowRight", " ", "Enter"]);

// letters: what to do at each. While the lobby is open a clicker's step starts the first question.
export function keysOf(letters, lobby, start, page = window) {
  function pressed(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
    const { tagName, type } = event.target;
    if (/^(SELECT|TEXTAREA)$/.test(tagName) || (tagName === "INPUT" && /^(text|number|search)$/.test(type))) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    let act = letters[key];
    if (lobby.isOpen() && key === "Escape") act = lobby.close;
    // A button of the lobby keeps what presses it.
    else if (lobby.isOpen() && ON.has(key) && !(tagName === "BUTTON" && /^( |Enter)$/.test(key))) act = start;
    if (!act) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    act();
  }

  page.addEventListener("keydown", pressed, true);
  return { remove: () => page.removeEventListener("keydown", pressed, true) };
}
