// What can be done with a lecture of one's own as a whole: given, saved, opened, cleared.

import { createCopyDialog } from "../copy_dialog.js";
import { make } from "../make.js";
import { finished } from "./edits.js";
import { MINE } from "./give.js";
import { pack } from "./packed.js";
import { readLecture } from "./read.js";
import * as store from "./store.js";

const LONG_LINK = 8000; // characters; mail and chat programs cut links somewhere beyond

// own: { schema, pages }, see read.js. address(lecture, scene): see lesson.js. changed() is called once
// another lecture stands there.
// edit: whether there is a way to the editor.
export function createActions(own, address, changed, { edit = false } = {}) {
  const buttons = make("div", { className: "own-buttons" });
  const said = make("div", { className: "own-said", role: "status" });
  const element = make("div", { className: "own-actions" }, [buttons, said]);
  const dialog = createCopyDialog(element);
  const file = make("input", { type: "file", accept: ".json,application/json", hidden: true });
  file.addEventListener("change", () => {
    if (file.files[0]) open(file.files[0]);
    file.value = ""; // so that the same file can be opened again
  });
  element.append(file);

  function draw() {
    const { lecture, text } = store.read();
    const some = Boolean(lecture?.scenes.length);
    buttons.replaceChildren(
      ...(some ? [link("Give it in a hall", `${address(MINE, 1)}&present=1`), link("Try it", address(MINE, 1))] : []),
      ...(edit && lecture ? [make("a", { className: "own-button", href: address(MINE, 0), textContent: "Edit" })] : []),
      ...(some ? [button("Copy link", copyLink)] : []),
      ...(text ? [button("Save as file", save)] : []),
      button("Open a file", () => file.click()),
      ...(text ? [button("Clear", askToClear)] : []),
    );
  }

  function button(label, act) {
    const made = make("button", { type: "button", textContent: label });
    made.addEventListener("click", act);
    return made;
  }

  function link(label, href) {
    const made = make("a", { className: "own-button", href, textContent: label });
    made.addEventListener("click", (event) => {
      if (!whole()) event.preventDefault();
    });
    return made;
  }

  // The lecture as it is saved; null, and told what is missing, where it is not finished.
  function whole() {
    const { lecture, problems } = readLecture(finished(store.read().lecture), own);
    if (lecture) return lecture;
    tell("It is not finished. What is missing:", problems);
    return null;
  }

  async function copyLink() {
    const lecture = whole();
    if (!lecture) return;
    try {
      const packed = await pack(JSON.stringify(lecture));
      const made = new URL(address(), location.href);
      made.search = "";
      made.hash = `lecture=${packed}`;
      const long = made.href.length > LONG_LINK ? `It has ${made.href.length} letters, and many programs cut so long a link: give the file instead. ` : "";
      dialog.show("Link to my lecture", `${long}The link holds the whole lecture; nothing is stored on a server.`, made.href);
    } catch {
      tell("This browser cannot pack a link. Save the lecture as a file.");
    }
  }

  // What cannot be read, or is not finished, is saved as it stands.
  function save() {
    const { lecture, text } = store.read();
    const found = lecture && readLecture(finished(lecture), own);
    const content = found?.lecture ? JSON.stringify(found.lecture, null, 1) : text;
    const name = lecture ? fileName(lecture.title) : "lecture";
    const made = make("a", { href: URL.createObjectURL(new Blob([content], { type: "application/json" })) });
    made.download = `${name}.json`;
    made.click();
    setTimeout(() => URL.revokeObjectURL(made.href), 60_000);
    if (found?.problems.length) tell("Saved as it stands. Before it can be opened again it needs:", found.problems);
    else tell(`Saved as ${name}.json.`);
  }

  async function open(chosen) {
    if (chosen.size > store.MOST_BYTES) {
      return tell(`${chosen.name} was not opened:`, [
        `The file: ${chosen.size} bytes; expected at most ${store.MOST_BYTES}.`,
      ]);
    }
    try {
      take(await chosen.text(), chosen.name);
    } catch {
      tell(`${chosen.name} could not be read. Choose it again.`);
    }
  }

  // Puts the lecture of this text there; asks first where it would replace another one.
  function take(text, from) {
    const { lecture, problems } = readLecture(text, own);
    if (!lecture) return tell(`${from} was not opened:`, problems);
    const there = store.read();
    const put = () => {
      const { problem } = store.replace(lecture);
      done();
      tell(`“${lecture.title}” is open: ${counted(lecture.scenes.length)}. ${problem ?? ""}`);
    };
    const same = there.lecture && JSON.stringify(finished(there.lecture)) === JSON.stringify(lecture);
    if (!there.text || same || there.lecture?.scenes.length === 0) return put();
    const mine = there.lecture ? `“${there.lecture.title}”, ${counted(there.lecture.scenes.length)}` : "your lecture";
    ask(`Opening “${lecture.title}”, ${counted(lecture.scenes.length)}, replaces ${mine}.`, "Replace mine", put);
  }

  function askToClear() {
    const { lecture } = store.read();
    const what = lecture ? `“${lecture.title}”, ${counted(lecture.scenes.length)}` : "What is kept there";
    ask(`${what}, goes from this browser. It can be had again only from a file or a link.`, "Clear it", () => {
      store.clear();
      done();
      tell("It is cleared.");
    });
  }

  function ask(words, yes, act) {
    const no = button("Keep mine", () => said.replaceChildren());
    const question = make("div", { className: "own-ask", role: "alertdialog" }, [
      make("p", { textContent: words }),
      make("div", { className: "own-buttons" }, [button(yes, act), no]),
    ]);
    question.setAttribute("aria-label", words);
    said.replaceChildren(question);
    no.focus();
  }

  function tell(words, problems = []) {
    const list = problems.map((problem) => make("li", { textContent: problem }));
    said.replaceChildren(make("p", { textContent: words }), ...(list.length ? [make("ul", {}, list)] : []));
  }

  function done() {
    draw();
    changed();
  }

  draw();
  return { element, draw, take, tell };
}

export const counted = (scenes) => (scenes === 1 ? "1 scene" : `${scenes} scenes`);

// As every file system takes it.
function fileName(title) {
  const plain = title.normalize("NFKD").replace(/\p{M}/gu, "").replace(/[^A-Za-z0-9]+/g, "-").replace(/^-|-$/g, "");
  return plain.slice(0, 60).toLowerCase() || "lecture";
}
