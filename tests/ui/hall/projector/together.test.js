import assert from "node:assert/strict";
import { test } from "node:test";

import { createTogether } from "../../../../ui/hall/projector/together.js";
import { settled } from "../../browser/page.js";

const room = (more) => ({ scene: 1, scenes: 8, phase: "waiting", round: 1, question: { options: ["a"] }, ...more });

// A lecture and a room that is told of each step, and answers by hand.
function both() {
  let place = { scene: 1, phase: "open" };
  const moves = []; // what the lecture was moved to
  const asked = []; // { place, answer(came) }
  const lecture = {
    now: () => place,
    goTo: (to) => {
      place = to;
      moves.push(to);
    },
  };
  const send = (to) => new Promise((answer) => asked.push({ place: to, answer }));
  const together = createTogether({ ...lecture, send });
  const press = (to) => {
    place = to;
    return together.stepped(to);
  };
  return { together, press, moves, asked, now: () => place };
}

// Both at the first question, which is open.
async function open() {
  const one = both();
  one.together.told(room());
  one.together.start();
  one.together.told(room({ phase: "open" }));
  one.asked[0].answer(true);
  await settled();
  return one;
}

test("before the start the lecture goes alone", () => {
  const { together, press, asked, moves } = both();
  assert.equal(together.told(room()), false);
  press({ scene: 2, phase: "open" });
  assert.deepEqual([asked, moves], [[], []]);
});

test("the start brings the room to where the lecture stands", () => {
  const { together, asked } = both();
  together.told(room());
  together.start();
  together.start();
  assert.deepEqual(asked.map(({ place }) => place), [{ scene: 1, phase: "open" }]);
});

test("a projector that is loaded anew comes to where the room is", () => {
  const { together, moves } = both();
  assert.equal(together.told(room({ scene: 3, phase: "closed" })), true);
  assert.deepEqual(moves, [{ scene: 3, phase: "closed" }]);
});

test("the lecture's own step does not come back to it", async () => {
  const { together, press, moves, asked } = await open();
  press({ scene: 1, phase: "closed" });
  press({ scene: 1, phase: "revealed" });
  together.told(room({ phase: "closed" }));
  asked[1].answer(true);
  await settled();
  together.told(room({ phase: "revealed" }));
  asked[2].answer(true);
  await settled();
  assert.deepEqual(moves, []);
});

test("a step from elsewhere, and a second vote, take the lecture along", async () => {
  const { together, press, moves, asked } = await open();
  together.told(room({ phase: "closed" }));
  together.told(room({ phase: "closed", votes: 7 }));
  together.told(room({ phase: "open", round: 2 }));
  assert.deepEqual(moves, [{ scene: 1, phase: "closed" }, { scene: 1, phase: "open" }]);
  press({ scene: 1, phase: "closed" });
  assert.deepEqual(asked.at(-1).place, { scene: 1, phase: "closed" });
});

test("a step that the room refuses is taken back", async () => {
  const { together, press, moves, asked, now } = await open();
  press({ scene: 2, phase: "open" });
  together.told(room({ phase: "closed" })); // another device has closed it meanwhile, and steers
  asked[1].answer(false);
  await settled();
  assert.deepEqual(now(), { scene: 1, phase: "closed" });
  assert.equal(moves.length, 1);
});

test("without a server the lecture goes on, and the room comes after", async () => {
  const { together, press, moves, asked } = await open();
  press({ scene: 1, phase: "closed" });
  asked[1].answer(null);
  await settled();
  press({ scene: 1, phase: "revealed" });
  asked[2].answer(null);
  await settled();
  assert.deepEqual(moves, []);
  together.told(room({ phase: "open" }));
  assert.deepEqual(asked[3].place, { scene: 1, phase: "revealed" });
  together.told(room({ phase: "closed" }));
  assert.equal(asked.length, 4, "once");
  asked[3].answer(true);
  await settled();
  assert.deepEqual(moves, []);
});
