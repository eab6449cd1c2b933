/* What pages do with script beyond htmx. Every page works without it. */
"use strict";
(() => {
  const root = document.documentElement;
  root.classList.add("js");

  /* Keys, where no field has the focus: a letter stands for the link or button that names it. */
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input:not([type=radio]), textarea, select")) return;
    const target = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (!target) return;
    event.preventDefault();
    target.click();
  });

  /* A form that is kept as it is typed: sent while the line holds, kept in this browser until it is sent. */
  const kept = (form) => `draft:${form.dataset.draft}`;
  const texts = (form) => [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !["form-token", "version"].includes(name));
  const say = (form, words) => {
    const place = document.getElementById("saved");
    if (place) Object.assign(place, { textContent: words, className: "wait small" });
  };
  const keep = (form) => {
    try {
      localStorage.setItem(kept(form), JSON.stringify({ at: Date.now(), texts: texts(form) }));
    } catch { /* a full or forbidden store keeps nothing; the page says when it is saved */ }
  };
  const restore = (form) => {
    let draft;
    try {
      draft = JSON.parse(localStorage.getItem(kept(form)) ?? "null");
    } catch { return; }
    if (!draft) return;
    const typed = new Map(draft.texts);
    for (const field of form.elements) {
      if (!field.name || field.type === "hidden" || field.type === "file" || field.tagName === "BUTTON") continue;
      if (field.type === "radio" || field.type === "checkbox") field.checked = typed.get(field.name) === field.value;
      else if (typed.has(field.name)) field.value = typed.get(field.name);
    }
    say(form, form.dataset.restored);
    form.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const send = (form) => navigator.onLine && localStorage.getItem(kept(form)) && form.dispatchEvent(new Event("input", { bubbles: true }));

  for (const form of document.querySelectorAll("form[data-draft]")) {
    form.addEventListener("input", () => keep(form));
    form.addEventListener("htmx:afterRequest", (event) => {
      if (event.detail.successful && event.detail.xhr.getResponseHeader("x-draft") === "saved") localStorage.removeItem(kept(form));
    });
    for (const failure of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
      form.addEventListener(failure, () => { say(form, form.dataset.offline); setTimeout(() => send(form), 15000); });
    }
    addEventListener("online", () => send(form));
    form.addEventListener("submit", (event) => {
      if (navigator.onLine) return localStorage.removeItem(kept(form));
      event.preventDefault();
      say(form, form.dataset.offline);
    });
    // After htmx has taken the page in hand.
    addEventListener("load", () => restore(form));
  }

  /* A file goes on its way as soon as it is chosen, several at once; photographs are made smaller before. */
  const longest = 2000;
  const reduced = async (file) => {
    if (!["image/jpeg", "image/webp"].includes(file.type) || file.size < 1e6) return file;
    try {
      const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
      const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
      const canvas = Object.assign(document.createElement("canvas"), { width: picture.width * scale, height: picture.height * scale });
      canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
      const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
      if (!blob || blob.size >= file.size) return file;
      return new File([blob], file.name.replace(/\.(jpe?g|webp)$/i, "") + ".jpg", { type: "image/jpeg" });
    } catch { return file; }
  };

  const upload = async (input) => {
    const [form, slot, place] = [input.form, input.closest("li"), input.dataset.place];
    const file = await reduced(input.files[0]);
    const bar = Object.assign(document.createElement("progress"), { className: "busy", max: 1, value: 0 });
    bar.setAttribute("aria-label", file.name);
    input.closest(".drop").replaceChildren(file.name, bar);
    const body = new FormData();
    for (const name of ["form-token", `description-${place}`, `seen-${place}`]) body.set(name, form.elements[name].value);
    body.set(`file-${place}`, file);
    const attempt = (number) => {
      const request = new XMLHttpRequest();
      request.open("POST", input.dataset.upload);
      request.setRequestHeader("hx-request", "true");
      request.upload.onprogress = (event) => { bar.value = event.loaded / event.total; };
      request.onload = () => {
        if (request.status !== 200) return location.reload();
        slot.outerHTML = request.responseText;
        watch();
      };
      // The line dropped: again when it is back, later each time.
      request.onerror = () => setTimeout(() => attempt(number + 1), Math.min(30000, 2000 * 2 ** number));
      request.send(body);
    };
    attempt(0);
  };
  const watch = () => {
    for (const input of document.querySelectorAll("input[data-upload]:not([data-watched])")) {
      input.dataset.watched = "";
      input.addEventListener("change", () => input.files.length && upload(input));
    }
  };
  watch();

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
