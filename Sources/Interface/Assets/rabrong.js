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

  /* One request, for as long as it takes: when the line drops, again when it is back, later each time. */
  const posted = async (address, makeBody, progressed) => {
    for (let number = 0; ; number += 1) {
      const request = new XMLHttpRequest();
      request.open("POST", address);
      request.setRequestHeader("hx-request", "true");
      request.upload.onprogress = (event) => progressed(event.loaded / event.total);
      const hasAnswer = await new Promise((done) => {
        request.onload = () => done(true);
        request.onerror = () => done(false);
        request.send(makeBody());
      });
      if (hasAnswer && ![408, 429, 502, 503, 504].includes(request.status)) return request;
      await new Promise((done) => {
        addEventListener("online", done, { once: true });
        setTimeout(done, Math.min(30000, 1000 * 2 ** number));
      });
    }
  };

  /* A large file goes in pieces: a dropped line costs one of them, also when the page was closed meanwhile. */
  const piece = 1 << 20;
  const mark = (address, file) => `upload:${address}:${file.name}:${file.size}:${file.lastModified}`;
  const named = (key) => {
    const known = localStorage.getItem(key);
    if (known) return known;
    const name = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
    try { localStorage.setItem(key, name); } catch { /* then a closed page begins anew */ }
    return name;
  };
  const sentInPieces = async (file, address, token, progressed) => {
    const known = await fetch(address).catch(() => undefined);
    let start = known?.ok ? (await known.json()).received : 0;
    while (start < file.size) {
      const part = file.slice(start, start + piece);
      const request = await posted(address, () => {
        const body = new FormData();
        body.set("form-token", token);
        body.set("start", start);
        body.set("length", file.size);
        body.set("piece", part, "piece");
        return body;
      }, (share) => progressed((start + share * part.size) / file.size));
      if (request.status !== 200) return request;
      start = JSON.parse(request.responseText).received;
    }
  };

  const upload = async (input) => {
    const [form, slot, place] = [input.form, input.closest("li"), input.dataset.place];
    const original = input.files[0];
    const file = await reduced(original);
    const bar = Object.assign(document.createElement("progress"), { className: "busy", max: 1, value: 0 });
    bar.setAttribute("aria-label", file.name);
    const drop = input.closest(".drop");
    const before = [...drop.childNodes];
    drop.replaceChildren(file.name, bar);
    const [token, address] = [form.elements["form-token"].value, input.dataset.upload];
    const progressed = (share) => { bar.value = share; };
    const [key, isLarge] = [mark(address, original), file.size > piece];
    const name = isLarge && named(key);
    const refused = isLarge && await sentInPieces(file, `${input.dataset.pieces}/${name}`, token, progressed);
    const request = refused || await posted(address, () => {
      const body = new FormData();
      for (const field of ["form-token", `description-${place}`, `seen-${place}`]) body.set(field, form.elements[field].value);
      if (isLarge) {
        body.set(`upload-${place}`, name);
        body.set(`name-${place}`, file.name);
      } else body.set(`file-${place}`, file);
      return body;
    }, isLarge ? () => {} : progressed);
    localStorage.removeItem(key);
    const answer = new DOMParser().parseFromString(request.responseText, "text/html");
    // The place anew, also where it says what is wrong with the file; else why nothing was taken.
    const fresh = answer.getElementById(`description-${place}`)?.closest("li");
    if (fresh) replace(slot, fresh, `description-${place}`);
    else {
      const words = answer.querySelector("main p")?.textContent ?? answer.title;
      input.value = "";
      drop.replaceChildren(...before, Object.assign(document.createElement("div"), { className: "invalid-feedback d-block", textContent: words }));
    }
    watch();
  };
  /* Whoever types in it meanwhile goes on typing. */
  const replace = (slot, fresh, name) => {
    const [old, field] = [document.getElementById(name), fresh.querySelector(`#${name}`)];
    const [typed, hasFocus, caret] = [old.value, old === document.activeElement, old.selectionStart];
    slot.replaceWith(fresh);
    if (hasFocus) { field.focus(); field.setSelectionRange(caret, caret); }
    if (field.value === typed) return;
    field.value = typed;
    field.dispatchEvent(new Event("input", { bubbles: true }));
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
