// The keys of a presenter's clicker, wherever the focus is; a double press counts once.

const APART = 300; // milliseconds between two presses of a key that are meant as two
const TYPED = /^(text|number|search|email|url|password)$/;

// calls: { on, back, list, blank }.
export function presenterKeys({ on, back, list, blank }, page = window) {
  const steps = {
    PageDown: on,
    ArrowRight: on,
    " ": on,
    PageUp: back,
    ArrowLeft: back,
    Home: list,
    b: blank,
    ".": blank, // what many clickers send for black
    f: fullScreen,
  };
  let last = { key: null, at: -Infinity };

  function pressed(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const step = steps[key];
    if (!step || isTheirs(key, event.target)) return;
    event.preventDefault();
    event.stopPropagation();
    // A key that is held down is one press.
    if (event.repeat || (key === last.key && event.timeStamp - last.at < APART)) return;
    last = { key, at: event.timeStamp };
    step();
  }

  // After a click or a drag the focus would stay where the mouse was, and take the clicker's arrows.
  function lifted({ detail }) {
    if (!detail) return; // a key's own click
    setTimeout(() => {
      const { activeElement } = page.document;
      if (activeElement && !isTyped(activeElement) && !activeElement.isContentEditable) activeElement.blur();
    });
  }

  page.addEventListener("keydown", pressed, true);
  page.addEventListener("click", lifted);
  return {
    remove() {
      page.removeEventListener("keydown", pressed, true);
      page.removeEventListener("click", lifted);
    },
  };
}

// Whether the element that has the focus needs the key itself. Page Down and Page Up no one keeps.
function isTheirs(key, { tagName, type, isContentEditable }) {
  if (key === "PageDown" || key === "PageUp") return false;
  if (isContentEditable || isTyped({ tagName, type })) return true;
  if (key === " ") return /^(INPUT|BUTTON|SUMMARY)$/.test(tagName);
  return /^(Arrow|Home)/.test(key) && tagName === "INPUT"; // a slider, or options
}

function isTyped({ tagName, type }) {
  return /^(SELECT|TEXTAREA)$/.test(tagName) || (tagName === "INPUT" && TYPED.test(type));
}

async function fullScreen() {
  try {
    if (document.fullscreenElement) await document.exitFullscreen();
    else await document.documentElement.requestFullscreen();
  } catch {
    // A frame may not be allowed to.
  }
}
