// The pictures of a lecture's scenes that were made with the site: at hand before Python is.

// lecture: as createLesson wants it, or null. load(name): a promise of its scenes' { before, after,
// happens }. python: see python.js.
export function createPictures(lecture, load, python) {
  const scenes = lecture ? load(lecture.name).catch(() => []) : Promise.resolve([]);
  const address = (view, settings) => `${view}?${new URLSearchParams(settings)}`;
  const known = scenes.then((made) => {
    const pairs = made.flatMap(({ before, after }, place) => {
      const scene = lecture.scenes[place];
      return [[address(scene.view, scene.before), before], [address(scene.view, scene.after), after]];
    });
    return new Map(pairs);
  });

  return {
    // What the view shows at the settings of a query: see live.js.
    async ask(view, query) {
      const made = (await known).get(address(view, query));
      return made ?? (await python.ask("answer", view, query)).shown;
    },
    // What happens in a scene of a lecture, counted from 1.
    async happens(name, number) {
      const made = name === lecture?.name && (await scenes)[number - 1];
      return made ? made.happens : python.ask("happens", name, number);
    },
  };
}
