// The lecturer's rooms: their secrets, in this browser's storage, and this device's name.

const KEPT = "lecturer";
const MOST = 8; // rooms; the oldest go

// storage(): gives what is like localStorage, which a browser may refuse. bytes(count): random ones.
export function createSecrets(storage, bytes) {
  let all = read();
  const device = all.device ?? hex(bytes(8));
  write({ ...all, device });

  function read() {
    try {
      const found = JSON.parse(storage().getItem(KEPT) ?? "{}");
      return found && typeof found === "object" ? found : {};
    } catch {
      return {};
    }
  }

  function write(next) {
    all = next;
    try {
      storage().setItem(KEPT, JSON.stringify(all));
    } catch {
      // It holds for as long as the page is open.
    }
  }

  const without = (name) => Object.entries(all.rooms ?? {}).filter(([one]) => one !== name);

  return {
    device,
    // { code, secret } under a name: a lecture's on the projector, a code on the remote. null without one.
    of: (name) => all.rooms?.[name] ?? null,
    keep(name, { code, secret }) {
      const rooms = [...without(name), [name, { code, secret }]].slice(-MOST);
      write({ ...all, rooms: Object.fromEntries(rooms) });
    },
    forget: (name) => write({ ...all, rooms: Object.fromEntries(without(name)) }),
  };
}

const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");

// "#room=KRBWD.SECRET" as { code, secret }; null for anything else.
export function readFragment(fragment) {
  const found = fragment.match(/^#room=([A-Z]{5})\.([\w-]{8,128})$/);
  return found && { code: found[1], secret: found[2] };
}
