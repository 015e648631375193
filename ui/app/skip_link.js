// The first stop of the Tab key: a link past the menu and the panel, to the page itself.

import { make } from "../browser/make.js";
import { main } from "./streamlit_dom.js";

export function addSkipLink() {
  const link = make("a", { className: "skip", href: "#", textContent: "Skip to the page" });
  link.addEventListener("click", (event) => {
    event.preventDefault(); // the address stays
    const page = main();
    page.tabIndex = -1;
    page.focus();
  });
  document.body.prepend(link);
}
