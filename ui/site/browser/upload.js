// The place for a visitor's file on a page that has one; the file is read by Python in this browser.

import { createUpload } from "../../browser/upload.js";

// changed(): called once Python holds another file, or none any more. Gives what names the file to
// Python and to what has been drawn of it.
export function createUploadPlace(element, python, changed) {
  let number = 0; // of the file that is held; the next has another
  let holds = false;

  createUpload(element, JSON.parse(element.dataset.upload), {
    async put(file) {
      const read = await python.put(file).catch(({ message }) => {
        throw new Error(`${file.name} could not be read in this browser (${message}).`);
      });
      if (read.error) throw new Error(read.error);
      number += 1;
      holds = true;
      changed();
      return read;
    },
    async forget() {
      holds = false;
      await python.forget();
      changed();
    },
  });

  return { data: () => (holds ? String(number) : "") };
}
