// The lessons page: the list of lectures, one of ours, or the one of one's own that this browser keeps.
//
// sent: as createLesson's (lesson.js), and own: { schema, pages } as read.js wants them, which may be
// missing beside a lecture of ours; mine, true where
// the address asks for the own one, with scene 0 to edit it. host: as createLesson's.
// Gives { lesson, remove() }: lesson is what createLesson gave, null while the own lecture is edited.

import { createLesson } from "../lesson.js";
import { make } from "../make.js";
import { createActions, counted } from "./actions.js";
import { createEditor, HOW } from "./editor.js";
import { finished } from "./edits.js";
import { happensIn, lectureOf, MINE } from "./give.js";
import { unpack } from "./packed.js";
import { readLecture } from "./read.js";
import * as store from "./store.js";

const LINK = /^#lecture=(.*)$/;

export function createLessons(element, sent, host) {
  let remove = () => {};
  let actions = null;
  let lesson = null;
  const arrived = () => LINK.test(location.hash) && open();
  addEventListener("hashchange", arrived);
  if (LINK.test(location.hash)) open();
  else if (sent.lecture) show(sent.lecture, host);
  else if (sent.mine && sent.scene > 0) give();
  else if (sent.mine) edit();
  else list();

  function show(lecture, host) {
    lesson = createLesson(element, { ...sent, lecture }, host);
    remove = lesson.remove;
  }

  function give() {
    const { lecture, problem } = store.read();
    const read = lecture && readLecture(finished(lecture), sent.own);
    if (!read?.lecture) {
      edit();
      if (read?.problems.length) actions.tell("It is not finished. What is missing:", read.problems);
      else actions.tell(problem ?? "There is no lecture of your own in this browser yet.");
      return;
    }
    const scenes = read.lecture.scenes;
    const reveal = async (_, number) => happensIn(scenes[number - 1]);
    show(lectureOf(read.lecture, sent.own.pages), { ...host, reveal });
  }

  function list() {
    lesson = createLesson(element, { ...sent, lecture: null, scene: 0 }, host);
    const card = make("section", { className: "own-card" });
    lesson.slot.append(card);
    const draw = () => {
      const { lecture, problem } = store.read();
      const some = lecture ? `“${lecture.title}”, ${counted(lecture.scenes.length)}.` : HOW;
      const parts = [make("h2", { textContent: "My lecture" }), make("p", { textContent: problem ?? some })];
      card.replaceChildren(...parts, actions.element);
      actions.draw();
    };
    actions = createActions(sent.own, host.address, draw, { edit: true });
    draw();
    const end = store.watch(draw);
    remove = () => {
      end();
      lesson.remove();
    };
  }

  function edit() {
    host.go(MINE, 0);
    lesson = null;
    const page = make("div", { className: "lesson own-page" });
    element.append(page);
    actions = createActions(sent.own, host.address, () => editor.draw());
    const editor = createEditor(sent.own.pages, host.link, () => actions.draw());
    page.append(
      make("div", { className: "lesson-head" }, [make("a", { href: host.address(), textContent: "All lectures" })]),
      actions.element,
      editor.element,
    );
    const end = store.watch(() => {
      actions.draw();
      editor.draw();
    });
    remove = () => {
      end();
      page.remove();
    };
  }

  // A link that carries a lecture: it is unpacked here, and goes to no server.
  async function open() {
    if (!sent.own) return location.assign(host.address() + location.hash);
    const [, packed] = location.hash.match(LINK);
    history.replaceState(history.state, "", location.pathname + location.search);
    remove();
    list(); // not the editor, which shows the answers
    try {
      actions.take(await unpack(packed, store.MOST_BYTES), "The link");
    } catch (error) {
      actions.tell(error.message);
    }
  }

  return {
    get lesson() {
      return lesson;
    },
    remove() {
      removeEventListener("hashchange", arrived);
      remove();
    },
  };
}
