import assert from "node:assert/strict";
import { test } from "node:test";

import { createSteer } from "../../../../ui/hall/projector/steer.js";
import { settled } from "../../browser/page.js";

// A server with one room of three scenes, and whoever steers it.
function steering(more = {}) {
  const server = { version: 1, scene: 1, phases: ["waiting", "waiting", "waiting"], down: false, asked: [], ...more };
  const snapshot = () => ({
    version: server.version,
    scene: server.scene,
    scenes: 3,
    phase: server.phases[server.scene - 1],
    round: 1,
    question: { options: ["a", "b"] },
  });
  const answer = (status, body) => ({ status, ok: status < 300, json: async () => body, text: async () => body });
  async function fetch(address, { method = "GET", headers = {}, body } = {}) {
    if (server.down) throw new TypeError("no network");
    if (method === "GET") return answer(200, address.endsWith("csv") ? "scene,question" : snapshot());
    const told = JSON.parse(body);
    server.asked.push({ address, secret: headers.Authorization, ...told });
    if (address.endsWith("/view")) return answer(204);
    if (server.refuses) return answer(403, { error: server.refuses });
    if ("version" in told && told.version !== server.version) return answer(409, { ...snapshot(), error: "look again" });
    const up = { open: "open", close: "closed", reveal: "revealed" };
    if (told.to in up) server.phases[server.scene - 1] = up[told.to];
    else server.scene += told.to === "next" ? 1 : -1;
    server.version += 1;
    return answer(200, snapshot());
  }
  const told = [];
  const refused = [];
  const states = [];
  const page = { addEventListener() {}, removeEventListener() {} };
  const world = {
    fetch,
    EventSource: class {
      addEventListener() {}
      close() {}
    },
    page,
    document: page,
    random: () => 0.5,
    later: () => () => {},
  };
  const room = { base: "/here", code: "KRBWD", secret: "secret", device: "mine" };
  const calls = { told: (one) => told.push(one), state: (word) => states.push(word), refused: (text) => refused.push(text) };
  return { steer: createSteer(room, calls, world), server, told, refused, states };
}

test("each step is sent with the secret, this device, and the version of the step before", async () => {
  const { steer, server, told } = steering();
  await settled();
  assert.equal(await steer.goTo({ scene: 1, phase: "revealed" }), true);
  assert.deepEqual(server.asked.map(({ to, version }) => [to, version]), [["open", 1], ["close", 2], ["reveal", 3]]);
  for (const { secret, device, address } of server.asked) {
    assert.deepEqual([secret, device, address], ["Bearer secret", "mine", "/here/hall/rooms/KRBWD/steps"]);
  }
  assert.equal(told.at(-1).phase, "revealed");
});

test("two quick presses are taken one after another", async () => {
  const { steer, server } = steering();
  await settled();
  const both = [steer.goTo({ scene: 1, phase: "open" }), steer.goTo({ scene: 1, phase: "closed" })];
  assert.deepEqual(await Promise.all(both), [true, true]);
  assert.deepEqual(server.asked.map(({ to }) => to), ["open", "close"]);
});

test("a press on what somebody else has changed does nothing but show how it is now", async () => {
  const { steer, server, told, refused } = steering();
  await settled();
  Object.assign(server, { version: 7, scene: 2 });
  assert.equal(await steer.step("open"), false);
  assert.deepEqual(server.phases, ["waiting", "waiting", "waiting"]);
  assert.equal(told.at(-1).scene, 2);
  assert.deepEqual(refused, ["look again"]);
});

test("what the server says against it is told, and a server that is gone", async () => {
  const { steer, server, refused } = steering();
  await settled();
  server.refuses = "This is not the secret of this room.";
  assert.equal(await steer.lock(true), false);
  server.down = true;
  assert.equal(await steer.goTo({ scene: 2, phase: "open" }), null);
  assert.deepEqual(refused, ["This is not the secret of this room.", "The room does not answer."]);
  assert.equal(await steer.counts(), null);
  assert.equal(await steer.about(), null);
  server.down = false;
  server.refuses = "";
  assert.equal(await steer.goTo({ scene: 1, phase: "open" }), true, "it goes on after");
  assert.equal(await steer.counts(), "scene,question");
});

test("before the room has answered no step is taken", async () => {
  const { steer, server } = steering({ down: true });
  await settled();
  server.down = false;
  assert.equal(await steer.goTo({ scene: 3, phase: "open" }), null);
  assert.deepEqual(server.asked, []);
});
