import assert from "node:assert/strict";
import { test } from "node:test";

import { createLink } from "../../../../ui/hall/phone/link.js";
import { settled } from "../../browser/page.js";

const snap = (version, votes = 0) => ({ version, votes });

// A phone in a room of which the test is the server, the network and the clock.
function phone() {
  const server = { status: 200, snapshot: snap(1), down: false, asked: 0 };
  const heard = { page: {}, document: {} };
  const streams = [];
  const timers = new Set();
  const told = [];
  const states = [];
  const views = [];
  const target = (kind, more = {}) => ({
    ...more,
    addEventListener: (name, hear) => (heard[kind][name] = hear),
    removeEventListener: (name) => delete heard[kind][name],
  });
  const world = {
    async fetch() {
      server.asked += 1;
      if (server.down) throw new TypeError("no network");
      return { status: server.status, json: async () => (server.status === 200 ? server.snapshot : { error: server.error }) };
    },
    EventSource: class {
      constructor(address) {
        Object.assign(this, { address, closed: false });
        streams.push(this);
      }
      addEventListener(name, hear) {
        this[name] = hear;
      }
      close() {
        this.closed = true;
      }
    },
    page: target("page"),
    document: target("document", { visibilityState: "visible" }),
    random: () => 0.5,
    later(call, milliseconds) {
      const timer = { call, milliseconds };
      timers.add(timer);
      return () => timers.delete(timer);
    },
  };
  const calls = { told: (one) => told.push(one), viewed: (one) => views.push(one), state: (word) => states.push(word) };
  const link = createLink({ snapshot: "/room", events: "/room/events" }, calls, world);
  const tick = async () => {
    const due = [...timers];
    timers.clear();
    for (const { call } of due) call();
    await settled();
  };
  const say = (snapshot) => streams.at(-1).onmessage({ data: JSON.stringify(snapshot) });
  return { link, server, heard, streams, timers, told, states, views, tick, say };
}

test("it has the snapshot, then hears what is newer, and nothing older", async () => {
  const { told, states, say } = phone();
  await settled();
  say(snap(3));
  say(snap(2));
  say(snap(3, 7));
  assert.deepEqual(told, [snap(1), snap(3), snap(3, 7)]);
  assert.deepEqual(states, ["here"]);
});

test("the lecturer's picture comes by itself", async () => {
  const { streams, views, heard } = phone();
  await settled();
  streams[0].view({ data: '{"page":"lab"}' });
  assert.deepEqual(views, [{ page: "lab" }]);
  heard.page.online();
  streams[0].view({ data: '{"page":"old"}' });
  assert.equal(views.length, 1);
});

for (const [sign, tell] of [
  ["a phone that is unlocked", ({ heard }) => heard.document.visibilitychange()],
  ["a page out of the browser's memory", ({ heard }) => heard.page.pageshow({ persisted: true })],
  ["a network that is back", ({ heard }) => heard.page.online()],
]) {
  test(`${sign} has the present state, and one new stream`, async () => {
    const one = phone();
    await settled();
    one.server.snapshot = snap(9);
    tell(one);
    await settled();
    assert.deepEqual(one.told.at(-1), snap(9));
    assert.deepEqual(one.streams.map(({ closed }) => closed), [true, false]);
    one.streams[0].onmessage({ data: JSON.stringify(snap(10)) });
    assert.deepEqual(one.told.at(-1), snap(9), "the old stream is not heard");
  });
}

test("a stream that breaks is opened anew after a pause, each time a longer one", async () => {
  const { server, streams, states, timers, tick, told } = phone();
  await settled();
  server.down = true;
  streams[0].onerror();
  assert.equal(streams[0].closed, true);
  const pauses = [];
  for (let trial = 0; trial < 3; trial += 1) {
    pauses.push([...timers][0].milliseconds);
    await tick();
  }
  assert.ok(pauses[0] < pauses[1] && pauses[1] < pauses[2]);
  assert.equal(states.at(-1), "away");
  Object.assign(server, { down: false, snapshot: snap(5) });
  await tick();
  assert.equal(states.at(-1), "here");
  assert.deepEqual(told.at(-1), snap(5));
  assert.equal(streams.length, 2);
});

test("where no stream comes through, it asks again and again", async () => {
  const { server, tick, told } = phone();
  await settled();
  for (const version of [2, 3, 4]) {
    server.snapshot = snap(version);
    await tick();
    assert.deepEqual(told.at(-1), snap(version));
  }
});

test("a stream that died in silence is found out", async () => {
  const { server, tick, told, say, streams } = phone();
  await settled();
  say(snap(2));
  server.snapshot = snap(3);
  await tick();
  await settled();
  assert.deepEqual(told.at(-1), snap(3));
  assert.equal(streams.length, 2);
  assert.equal(streams[0].closed, true);
});

const FULL = "This room is full: it has all the phones that it can take.";
const STORE = "The rooms cannot be reached just now. Try again in some seconds.";

for (const [status, word, error] of [[404, "unknown"], [423, "locked"], [503, "full", FULL], [503, "away", STORE], [500, "away"]]) {
  test(`a server that says ${status} is told of as ${word}, and asked again`, async () => {
    const { server, states, heard, tick } = phone();
    await settled();
    Object.assign(server, { status, error });
    heard.page.online();
    await settled();
    assert.equal(states.at(-1), word);
    server.status = 200;
    await tick();
    assert.equal(states.at(-1), "here");
  });
}

test("whoever closes it on hearing that the room is gone is asked nothing more", async () => {
  const one = phone();
  await settled();
  one.states.push = (word) => word === "unknown" && one.link.close();
  one.server.status = 404;
  one.heard.page.online();
  await settled();
  assert.equal(one.timers.size, 0);
});

test("in the end nothing is heard or asked any more", async () => {
  const { link, heard, timers, streams, server, tick } = phone();
  await settled();
  link.close();
  assert.deepEqual(Object.keys({ ...heard.page, ...heard.document }), []);
  assert.equal(timers.size, 0);
  assert.equal(streams[0].closed, true);
  const { asked } = server;
  await tick();
  assert.equal(server.asked, asked);
});
