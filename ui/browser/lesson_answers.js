// What was predicted in a lecture: kept in this browser and nowhere else.

const KEPT = "lessons";
const MOST = 100_000; // characters; beyond it the oldest lectures go

export function answersOf(lecture) {
  const answers = read()[lecture] ?? {};

  function write() {
    const all = read();
    delete all[lecture];
    all[lecture] = answers; // the newest stands last
    let text = JSON.stringify(all);
    while (text.length > MOST && Object.keys(all).length > 1) {
      delete all[Object.keys(all)[0]];
      text = JSON.stringify(all);
    }
    try {
      localStorage.setItem(KEPT, text);
    } catch {
      // They hold for as long as the page is open.
    }
  }

  return {
    get: (scene) => answers[scene],
    set(scene, answer) {
      answers[scene] = answer;
      write();
    },
    clear() {
      for (const scene of Object.keys(answers)) delete answers[scene];
      write();
    },
  };
}

// The same for as long as the page is open, kept nowhere.
export function forNow() {
  const answers = new Map();
  return {
    get: (scene) => answers.get(scene),
    set: (scene, answer) => answers.set(scene, answer),
    clear: () => answers.clear(),
  };
}

function read() {
  try {
    const all = JSON.parse(localStorage.getItem(KEPT) ?? "{}");
    return all && typeof all === "object" ? all : {};
  } catch {
    return {};
  }
}
