// A text packed into what may stand behind the # of a link, and unpacked with a bound on its size.

const DAMAGED = "The link is damaged: part of it is missing or changed. Copy it again, or ask for the file.";
const PIECE = 1024; // bytes unpacked at a time: at most some thousand times as many come of them

// A promise of the text in letters, digits, - and _.
export async function pack(text) {
  const packed = await all(stream(new TextEncoder().encode(text), new CompressionStream("deflate-raw")), Infinity);
  let letters = "";
  for (const byte of packed) letters += String.fromCharCode(byte);
  return btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

// A promise of the text; an Error in words where it is damaged, or takes more than `most` bytes.
export async function unpack(packed, most) {
  const large = `The link holds more than ${most} bytes; expected a lecture of at most so many.`;
  if (packed.length > 2 * most) throw new Error(large);
  let found;
  try {
    const letters = atob(packed.replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
    found = await all(stream(bytes, new DecompressionStream("deflate-raw")), most);
    if (found) return new TextDecoder("utf-8", { fatal: true }).decode(found);
  } catch {
    throw new Error(DAMAGED);
  }
  throw new Error(large);
}

// The bytes given on piece by piece, each when it is asked for.
function stream(bytes, through) {
  let at = 0;
  const source = new ReadableStream(
    {
      pull(out) {
        if (at >= bytes.length) return out.close();
        out.enqueue(bytes.slice(at, (at += PIECE)));
      },
    },
    { highWaterMark: 0 },
  );
  return source.pipeThrough(through);
}

// All bytes of the stream; null as soon as they are more than so many.
async function all(stream, most) {
  const reader = stream.getReader();
  const parts = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    size += value.length;
    if (size > most) {
      reader.cancel().catch(() => {});
      return null;
    }
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
