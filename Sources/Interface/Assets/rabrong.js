/* What pages do with script beyond htmx. Every page works without it. */
"use strict";
(() => {
  const root = document.documentElement;
  root.classList.add("js");

  /* Keys, where no field has the focus: a letter stands for the link or button that names it. */
  addEventListener("keydown", (event) => {
    // A key that is held must not decide what nobody has seen.
    if (event.repeat || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input:not([type=radio]), textarea, select")) return;
    const target = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (!target) return;
    event.preventDefault();
    target.click();
    // What opens is to be filled in.
    if (target.matches("details[open] > summary")) target.parentElement.querySelector("textarea, input:not([type=hidden])")?.focus();
  });

  /* A page is printed by its button, too, which isn't there without script. */
  addEventListener("click", (event) => { if (event.target.closest("[data-print]")) print(); });

  /* What was opened beside a list is marked in the list. */
  addEventListener("htmx:afterSwap", () => {
    const link = document.getElementById(document.querySelector("[data-marks]")?.dataset.marks)?.querySelector("a");
    if (!link || link.hasAttribute("aria-current")) return;
    for (const other of link.closest("ul").querySelectorAll("[aria-current]")) other.removeAttribute("aria-current");
    link.setAttribute("aria-current", "true");
    link.scrollIntoView({ block: "nearest" });
  });

  /* The bell follows what happens, in the page that is looked at. */
  const bell = document.getElementById("bell");
  let source;
  const listen = () => {
    if (document.hidden) { source?.close(); source = undefined; return; }
    if (!bell || source) return;
    source = new EventSource(bell.dataset.live);
    source.addEventListener("news", async () => {
      const response = await fetch(bell.dataset.part, { headers: { "hx-request": "true" } });
      if (response.ok) document.getElementById("bell").outerHTML = await response.text();
    });
  };
  addEventListener("visibilitychange", listen);
  listen();
})();
