// The lessons page of the site.

import { createLessons } from "../../browser/own/lessons.js";
import { loadScript } from "../../browser/script.js";
import { likewise } from "../../browser/showing.js";
import { arriveShown, go, keepShowing } from "./address.js";
import { from, notices, painted, told } from "./frame.js";
import { background, watchLook } from "./look.js";
import { createPictures } from "./pictures.js";
import { createPython } from "./python.js";

const { code, pyodide } = document.body.dataset;
const prepared = JSON.parse(document.getElementById("prepared").textContent);
const asked = new URLSearchParams(location.search);

arriveShown("lessons");
keepShowing();
for (const link of document.querySelectorAll("a[data-to]")) {
  link.addEventListener("click", () => go(link.dataset.to));
}
main();

async function main() {
  const python = createPython(
    { worker: from(`${code}/ui/site/browser/worker.js`), pyodide: from(pyodide), code: from(code) },
    told,
  );
  // Told in the same words as on the other pages, once Python has read the address.
  python.ask("answer", "lessons", location.search.slice(1)).then(({ problems }) => notices(problems), () => {});
  const json = async (path) => (await fetch(from(`${code}/${path}`))).json();
  const lecture = prepared.each[asked.get("lecture")] ?? null;
  const pictures = createPictures(lecture, (name) => json(`lessons/${name}.json`), python);
  const [palettes] = await Promise.all([json("palettes.json"), loadScript(from(`${code}/plotly.js`))]);
  const scene = Math.max(lecture ? 1 : 0, Math.trunc(Number(asked.get("scene")) || 0));
  const mine = asked.get("lecture") === "mine";
  createLessons(
    document.getElementById("lesson"),
    { lectures: prepared.lectures, lecture, scene, mine, own: prepared.own },
    {
      palettes,
      background,
      watchBackground: watchLook,
      most: 1,
      ask: pictures.ask,
      reveal: pictures.happens,
      address: (name, number) => `./?${query(name, number)}`,
      link: (view, after) => from(`${view}/?${likewise(after)}`),
      go: (name, number) => history.replaceState(history.state, "", `?${query(name, number)}`),
    },
  );
  painted().then(python.start);
}

// Of a scene; of the list without arguments.
function query(lecture, scene) {
  return likewise(lecture && new URLSearchParams({ lecture, scene }));
}
