// A promise of whether the text is on the clipboard now. A browser may refuse: in a frame, or where the
// address is not https. Then what stands selected in the field is copied in the old way, or by hand.
export async function toClipboard(text, field) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    field.focus();
    field.select();
    return document.execCommand?.("copy") === true;
  }
}
