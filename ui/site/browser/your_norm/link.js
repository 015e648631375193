// Code behind the # of a link: it goes to no server, and is not run before the visitor says so.

import { pack, unpack } from "../../../browser/own/packed.js";
import { MOST_LETTERS } from "./kept.js";

const LINK = /^#code=(.*)$/;
const MOST_BYTES = 4 * MOST_LETTERS;

// A promise of what stands behind the # for this code.
export const hashOf = async (code) => `#code=${await pack(code)}`;

export const carriesCode = (hash) => LINK.test(hash);

// A promise of the code that a link carries; an Error in words where it is damaged or too long.
export async function codeIn(hash) {
  const code = await unpack(hash.match(LINK)[1], MOST_BYTES);
  if (code.length <= MOST_LETTERS) return code;
  throw new Error(`The link holds ${code.length} letters; expected at most ${MOST_LETTERS}.`);
}
