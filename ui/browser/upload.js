// A place for a file of the visitor's: chosen, or dropped anywhere in the page.
//
// given: { ask, accept, most, where, stops }: what is asked for, the ends of the names of such files, the
//   bytes of the largest, where it will be, and whether a file can be stopped on its way.
// host: {
//   put(file, signal),   a promise of what was read, { name, text }; rejected with an error whose message
//                        is a sentence that says what is wrong
//   forget(),            the file is no longer wanted
// }

import { make } from "./make.js";

const WAIT = " Put the next one in after it.";

export function createUpload(parent, given, host) {
  const input = make("input", { type: "file", accept: given.accept.join(",") });
  const choose = make("label", { className: "upload-choose" }, ["Choose a file", input]);
  const forget = make("button", { type: "button", hidden: true });
  const said = make("p", { className: "upload-said", role: "status" });
  const where = make("p", { id: "upload-where", className: "upload-where", textContent: given.where });
  const kinds = given.accept.join(", ").replace(/, ([^,]*)$/, " or $1");
  const most = megabytes(given.most);
  const ask = make("p", { id: "upload-ask", textContent: `${given.ask} It is a ${kinds} of at most ${most}.` });
  input.setAttribute("aria-describedby", "upload-ask upload-where");
  const drop = make("span", { className: "upload-drop", textContent: "or drop it anywhere on this page." });
  const row = make("div", { className: "upload-row" }, [choose, drop, forget]);
  const box = make("div", { className: "upload" }, [ask, row, said, where]);
  parent.append(box);
  let held = null; // { name, text } of the file that the page looks at
  let kept = null; // that file, which still lies where it was chosen
  let underWay = null; // what stops the file that is being read

  input.addEventListener("change", () => {
    take([...input.files]);
    input.value = ""; // the same file may be chosen again, once it was mended
  });
  forget.addEventListener("click", () => {
    input.focus(); // the button goes
    if (underWay) return stop("Stopped.");
    const { name } = held;
    holds(null);
    say(`${name} is forgotten.`);
    return host.forget();
  });

  async function take(files) {
    const [file] = files;
    if (!file) return;
    if (underWay) return say(`${said.textContent.replace(WAIT, "")}${WAIT}`);
    if (files.length > 1) return wrong(`These are ${files.length} files: put in one at a time.`);
    if (file.size > given.most) {
      return wrong(`${file.name} has ${megabytes(file.size)}, expected at most ${most}: save fewer examples of it, or as float16.`);
    }
    const stops = new AbortController();
    underWay = stops;
    say(`Reading ${file.name} …`);
    show();
    try {
      const read = await host.put(file, stops.signal);
      if (underWay === stops) done(() => holds(read, file));
    } catch (error) {
      if (underWay === stops) done(() => wrong(error.message));
    }
    return undefined;
  }

  function done(then) {
    underWay = null;
    then();
    show();
  }

  function stop(words) {
    underWay.abort();
    done(() => say(words));
  }

  function holds(read, file = null) {
    held = read;
    kept = file;
    if (read) say(`${read.name}: ${read.text}`);
    show();
  }

  function wrong(words) {
    say(held ? `${words} The page still shows ${held.name}.` : words, true);
  }

  function say(words, isWrong = false) {
    said.textContent = words; // text from outside, never markup
    said.classList.toggle("upload-wrong", isWrong);
  }

  function show() {
    forget.hidden = underWay ? !given.stops : !held;
    forget.textContent = underWay ? "Stop" : `Forget ${held?.name}`;
  }

  const removeDrops = watchDrops(box, take);
  return {
    // What the host says is held; null for nothing. It does not talk over what is being read. A host
    // that began anew, and knows nothing of the file, gets it once more.
    holds(read) {
      if (underWay || read?.name + read?.text === held?.name + held?.text) return;
      const file = kept;
      holds(read, read?.name === held?.name ? kept : null);
      if (!read && file) take([file]);
    },
    remove() {
      underWay?.abort();
      removeDrops();
      box.remove();
    },
  };
}

// A file that misses the box would be opened by the browser in the place of the page.
function watchDrops(box, take) {
  const over = (is) => box.classList.toggle("upload-over", is);
  const hear = {
    dragover(event) {
      if (!isFile(event)) return;
      event.preventDefault();
      over(true);
    },
    dragleave: ({ relatedTarget }) => relatedTarget || over(false),
    drop(event) {
      if (!isFile(event)) return;
      event.preventDefault();
      over(false);
      take([...event.dataTransfer.files]);
    },
  };
  for (const [name, one] of Object.entries(hear)) document.addEventListener(name, one);
  return () => {
    for (const [name, one] of Object.entries(hear)) document.removeEventListener(name, one);
  };
}

const isFile = ({ dataTransfer }) => dataTransfer?.types.includes("Files");

// Rounded up, so that a file that is too large never reads like the largest that is taken.
export function megabytes(size) {
  return `${Math.ceil(size / 1e5) / 10} MB`;
}
