// The lessons page in Streamlit's: what its modules ask of the server, and the room of a lecture.

import { finished } from "../browser/own/edits.js";
import { MINE } from "../browser/own/give.js";
import { createLessons } from "../browser/own/lessons.js";
import { read as readOwn } from "../browser/own/store.js";
import { likewise, showing } from "../browser/showing.js";
import { createProjector } from "../hall/projector/projector.js";
import { addressOf, hostOf, lessonsAddress } from "./streamlit_page.js";

// In the presenter view a lecture can have a room.
export function mountLessons(element, sent, options) {
  const host = lessonHost(options);
  if (!showing().present) return createLessons(element, sent, host).remove;
  const projector = createProjector(element, options.base);
  const ask = (view, query) => {
    projector.showing(view, query);
    return host.ask(view, query);
  };
  const { lesson, remove } = createLessons(element, sent, { ...host, ask });
  // The server has no lecture of one's own: it is given with the room.
  const given = () => (lesson.lecture === MINE ? finished(readOwn().lecture) : lesson.lecture);
  if (lesson?.lecture) projector.attach(lesson, given);
  return () => {
    projector.remove();
    remove();
  };
}

function lessonHost(options) {
  const { base } = options;
  const scene = (lecture, number) => new URLSearchParams({ lecture, scene: number });
  return {
    ...hostOf(options),
    async reveal(lecture, number) {
      const response = await fetch(`${base}/live/lessons?${scene(lecture, number)}`);
      if (!response.ok) throw new Error((await response.json()).error);
      return response.json();
    },
    address: (lecture, number) => lessonsAddress(options, lecture && scene(lecture, number)),
    link: (view, query) => addressOf(options, view, likewise(query)),
    go: (lecture, number) => {
      dispatchEvent(new CustomEvent("sliders", { detail: { lecture, scene: String(number) } }));
    },
  };
}
