// What a phone keeps of its rooms, in this browser and nowhere else: a token and the votes of each.

const KEPT = "rooms";
const MOST = 8; // rooms; the oldest go

// storage: as localStorage, which a browser may refuse. bytes(count): random ones.
export function keptOf(room, storage, bytes) {
  const mine = read()[room] ?? { token: tokenOf(bytes(16)), votes: {} };
  write();

  function read() {
    try {
      const all = JSON.parse(storage().getItem(KEPT) ?? "{}");
      return all && typeof all === "object" ? all : {};
    } catch {
      return {};
    }
  }

  function write() {
    try {
      const all = read();
      delete all[room];
      all[room] = mine; // the newest stands last
      for (const old of Object.keys(all).slice(0, -MOST)) delete all[old];
      storage().setItem(KEPT, JSON.stringify(all));
    } catch {
      // It holds for as long as the page is open.
    }
  }

  return {
    token: mine.token,
    get: () => mine.votes,
    set(votes) {
      mine.votes = votes;
      write();
    },
  };
}

const tokenOf = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
