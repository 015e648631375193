// Which code stands in the editor, and where it comes from: a starting point and what was made of it, a
// link, or a file. What was written is kept in this browser.

import * as kept from "./kept.js";
import { carriesCode, codeIn, hashOf } from "./link.js";
import { BROUGHT } from "./starts.js";

const NOT_KEPT = "This browser does not keep what you write: its storage is blocked or full. Save it as a file before you leave.";
const LINK =
  "This code came with a link. Read it before you run it. It would run in this browser, shut off from the " +
  "network and from what this site keeps.";
const FILE = "your_norm.py";

// points: the starting points. host: { editor, starts, dialog, address(hash), changed(), named(name) }:
// address is the page's with its settings; changed is called when other code stands there, named when
// another starting point does.
export function createOpened(points, { editor, starts, dialog, address, changed, named }) {
  let open = null; // a starting point's name, or BROUGHT
  let held = false; // it came with a link, and nobody has said that it may run
  let mine = null; // what stood there before it
  let told = false; // that nothing is kept

  const point = (name = open) => points.find((one) => one.name === name);
  const known = (name) => Boolean(point(name)) || (name === BROUGHT && BROUGHT in kept.read().texts);

  // Opens what a link, the address or the last visit asks for.
  function begin(asked) {
    const last = kept.read().start;
    put([asked, last].find(known) ?? points[0].name);
    arrived();
    addEventListener("hashchange", arrived);
  }

  async function arrived() {
    if (!carriesCode(location.hash)) return;
    const gone = () => history.replaceState(history.state, "", location.pathname + location.search);
    try {
      const code = await codeIn(location.hash);
      if (!held) mine = open;
      held = true;
      open = BROUGHT;
      editor.open(code);
      starts.show(BROUGHT, true);
      const there = kept.read().texts[BROUGHT];
      const more = there !== undefined && there !== code ? " It takes the place of what a link or a file brought before." : "";
      starts.ask(LINK + more, "Run it", () => {
        gone();
        held = false;
        starts.clear();
        save(editor.text());
        changed();
      }, ["Put mine back", () => {
        gone();
        held = false;
        put(mine);
      }]);
    } catch (error) {
      gone();
      starts.tell(error.message);
    }
  }

  function put(name) {
    open = name;
    const { texts } = kept.read();
    editor.open(texts[name] ?? point(name)?.code ?? "");
    starts.show(name, BROUGHT in texts);
    named(name);
    changed();
  }

  // Another starting point; what was written at this one is kept.
  function choose(name) {
    keepNow();
    held = false;
    put(name);
    save(editor.text());
  }

  // Also what was typed a moment ago; code of a link only after a yes.
  function keepNow() {
    if (!held) save(editor.text());
  }

  function save(text) {
    const same = text === point()?.code;
    if (kept.keep(open, same ? null : text) || told) return;
    told = true;
    starts.tell(NOT_KEPT);
  }

  function reset() {
    const back = () => {
      starts.clear();
      editor.open(point().code);
      save(point().code);
      changed();
    };
    if (editor.text() === point().code) return back();
    return starts.ask("Reset puts the starting point back. What you wrote here goes.", "Reset it", back);
  }

  // Brings code that is to stand beside the starting points; asks where something else stands there.
  function bring(code, words) {
    const there = kept.read().texts[BROUGHT];
    const take = () => {
      kept.keep(BROUGHT, code);
      held = false;
      put(BROUGHT);
      starts.tell(words);
    };
    if (there === undefined || there === code) return take();
    return starts.ask("It takes the place of what a link or a file brought before.", "Open it", take);
  }

  async function openFile(file) {
    const most = kept.MOST_LETTERS;
    if (file.size > 4 * most) return starts.tell(`${file.name} was not opened: it has ${file.size} bytes, expected code of at most ${most} letters.`);
    try {
      const code = new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer()).replaceAll("\r\n", "\n");
      if (code.length > most) return starts.tell(`${file.name} was not opened: it has ${code.length} letters, expected at most ${most}.`);
      return bring(code, `${file.name} is open.`);
    } catch {
      return starts.tell(`${file.name} was not opened: it is no text in UTF-8. Choose a .py file.`);
    }
  }

  function saveFile() {
    const made = document.createElement("a");
    made.href = URL.createObjectURL(new Blob([editor.text()], { type: "text/x-python" }));
    made.download = FILE;
    made.click();
    setTimeout(() => URL.revokeObjectURL(made.href), 60_000);
  }

  const link = () => dialog.show("Link", "The link holds your code and the settings; nothing is stored on a server.", hashOf(editor.text()).then(address));

  return {
    begin,
    choose,
    reset,
    openFile,
    saveFile,
    link,
    solve: ({ solution }) => editor.put(solution),
    keep: keepNow,
    mayRun: () => !held,
    isFirst: () => open === points[0].name && editor.text() === points[0].code,
  };
}
