/* Forms that keep what is typed, and send files, also over a line that drops. Every form works without it. */
"use strict";
(() => {
  /* A form that is kept as it is typed: sent while the line holds, kept in this browser until it is sent. */
  const kept = (form) => `draft:${form.dataset.draft}`;
  const texts = (form) => [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !["form-token", "version", "shown-values"].includes(name));
  const say = (form, words) => {
    const place = document.getElementById("saved");
    if (place) Object.assign(place, { textContent: words, className: "wait small" });
  };
  const keep = (form) => {
    try {
      localStorage.setItem(kept(form), JSON.stringify({ version: form.elements.version.value, shown: form.elements["shown-values"].value, texts: texts(form) }));
    } catch { /* a full or forbidden store keeps nothing; the page says when it is saved */ }
  };
  const found = (key) => {
    try {
      return JSON.parse(localStorage.getItem(key) ?? "null");
    } catch { return null; }
  };
  const restore = (form) => {
    const draft = found(kept(form));
    if (!draft) return;
    const typed = new Map(draft.texts);
    for (const field of form.elements) {
      if (!field.name || field.type === "hidden" || field.type === "file" || field.tagName === "BUTTON") continue;
      if (field.type === "radio" || field.type === "checkbox") field.checked = typed.get(field.name) === field.value;
      else if (typed.has(field.name)) field.value = typed.get(field.name);
    }
    // Typed beside what stood there then: what others have changed since is told, not overwritten.
    form.elements.version.value = draft.version;
    form.elements["shown-values"].value = draft.shown;
    say(form, form.dataset.restored);
    form.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const send = (form) => navigator.onLine && localStorage.getItem(kept(form)) && form.dispatchEvent(new Event("input", { bubbles: true }));
  /* What was sent by a button is kept until a page shows that it has arrived: the answer, or a report that says so. */
  const forget = (form) => {
    const key = form ? kept(form) : `draft:${location.pathname}`;
    const isAnswer = form ? location.pathname !== form.dataset.draft : false;
    if (found(key)?.sent && (isAnswer || document.querySelector(".says"))) localStorage.removeItem(key);
  };
  /* Which version followed which by this page's own files: nobody else's change. */
  const followed = new Map();
  const follow = () => {
    const version = document.getElementById("version");
    while (version && followed.has(version.value)) version.value = followed.get(version.value);
  };
  /* Files that are on their way, and the button that waits for them. */
  let pending = 0, waiting;

  if (!document.querySelector("form[data-draft]")) forget();
  for (const form of document.querySelectorAll("form[data-draft]")) {
    let sending;
    forget(form);
    const keepHere = () => { if (!navigator.onLine && found(kept(form))) say(form, form.dataset.offline); };
    form.addEventListener("input", () => { keep(form); keepHere(); });
    addEventListener("offline", keepHere);
    form.addEventListener("htmx:beforeRequest", () => { sending = localStorage.getItem(kept(form)); });
    form.addEventListener("htmx:afterRequest", (event) => {
      follow();
      const isSaved = event.detail.successful && event.detail.xhr.getResponseHeader("x-draft") === "saved";
      // What was typed since is not saved yet.
      if (isSaved && localStorage.getItem(kept(form)) === sending) localStorage.removeItem(kept(form));
    });
    for (const failure of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
      form.addEventListener(failure, () => { say(form, form.dataset.offline); setTimeout(() => send(form), 15000); });
    }
    addEventListener("online", () => send(form));
    form.addEventListener("submit", (event) => {
      const draft = found(kept(form));
      if (navigator.onLine && !pending) {
        if (draft) localStorage.setItem(kept(form), JSON.stringify({ ...draft, sent: true }));
        return;
      }
      event.preventDefault();
      if (navigator.onLine) waiting = event.submitter;
      say(form, navigator.onLine ? form.dataset.sending : form.dataset.offline);
    });
    // After htmx has taken the page in hand.
    addEventListener("load", () => restore(form));
  }
  addEventListener("beforeunload", (event) => { if (pending) event.preventDefault(); });

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

  const refuse = (input, words) => {
    const note = Object.assign(document.createElement("div"), { className: "invalid-feedback d-block", textContent: words });
    note.setAttribute("role", "alert");
    input.parentElement.querySelector(".invalid-feedback")?.remove();
    input.after(note);
    input.value = "";
  };
  /* The place again, as the server has it now; what was typed into it meanwhile stays. */
  const renew = (form, slot, field, text) => {
    const isHere = document.activeElement === field;
    slot.outerHTML = text;
    const renewed = form.elements[field.name];
    if (field.value) renewed.value = field.value;
    if (isHere) {
      renewed.focus();
      renewed.setSelectionRange(field.selectionStart, field.selectionEnd);
    }
    if (renewed.value !== renewed.defaultValue || localStorage.getItem(kept(form))) form.dispatchEvent(new Event("input", { bubbles: true }));
    watch();
    return !renewed.closest("li").querySelector(".invalid-feedback");
  };
  /* One request, for as long as it takes: where the line drops, or the server is away for a moment, again. */
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
      if (hasAnswer && ![408, 502, 503, 504].includes(request.status)) return request;
      await new Promise((done) => {
        addEventListener("online", done, { once: true });
        setTimeout(done, Math.min(30000, 2000 * 2 ** number));
      });
    }
  };

  /* A large file goes in pieces: a dropped line costs one of them, also when the page was closed meanwhile. It is known
     by its digest, which only pages that came over a safe line can make. */
  const piece = 1 << 20;
  const named = async (file) => {
    const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
    return Array.from(new Uint8Array(digest).subarray(0, 16), (byte) => byte.toString(16).padStart(2, "0")).join("");
  };
  /* Nothing, where another page than was asked for has come: signed out, or not allowed any more. */
  const received = (text) => {
    try { return JSON.parse(text).received; } catch { return undefined; }
  };
  /* Nothing when all of it is there; else the answer that says why not. */
  const sentInPieces = async (file, address, token, progressed) => {
    const known = await fetch(address).catch(() => undefined);
    let start = known?.ok ? received(await known.text()) ?? 0 : 0;
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
      const reached = request.status === 200 ? received(request.responseText) : undefined;
      if (reached === undefined) return request;
      start = reached;
    }
  };

  /* The answer to a whole file, whichever way it goes. */
  const sent = async (form, input, file, progressed) => {
    const [place, address] = [input.dataset.place, input.dataset.upload];
    const isLarge = file.size > piece && Boolean(crypto.subtle);
    const name = isLarge && await named(file);
    const refused = isLarge && await sentInPieces(file, `${input.dataset.pieces}/${name}`, form.elements["form-token"].value, progressed);
    return refused || posted(address, () => {
      const body = new FormData();
      for (const field of ["form-token", "shown-values", `description-${place}`, `seen-${place}`]) body.set(field, form.elements[field].value);
      if (isLarge) {
        body.set(`upload-${place}`, name);
        body.set(`name-${place}`, file.name);
      } else body.set(`file-${place}`, file);
      return body;
    }, isLarge ? () => {} : progressed);
  };
  /* The button that was pressed, or the one that has taken its place meanwhile. */
  const press = (form) => {
    const { name, value, formAction } = waiting;
    const same = [...form.elements].find((field) => field.type === "submit" && field.name === name && field.value === value && field.formAction === formAction);
    waiting = undefined;
    if (same) form.requestSubmit(same);
  };
  const upload = async (input) => {
    const [form, slot, drop] = [input.form, input.closest("li"), input.closest(".drop")];
    const [before, hadFocus] = [[...drop.childNodes], document.activeElement === input];
    pending += 1;
    const file = await reduced(input.files[0]);
    if (file.size > Number(input.dataset.limit)) {
      pending -= 1;
      return refuse(input, input.dataset.tooLarge);
    }
    const bar = Object.assign(document.createElement("progress"), { className: "busy", max: 1, value: 0 });
    bar.setAttribute("aria-label", file.name);
    drop.replaceChildren(file.name, bar);
    const answer = await sent(form, input, file, (share) => { bar.value = share; }).finally(() => { pending -= 1; });
    if (!answer.responseText.trimStart().startsWith("<li")) {
      // Another page than was asked for: signed out, or not allowed any more.
      const page = new DOMParser().parseFromString(answer.responseText, "text/html");
      drop.replaceChildren(...before);
      if (hadFocus) input.focus();
      waiting = undefined;
      return refuse(input, page.querySelector("main p")?.textContent ?? page.title);
    }
    const [from, to] = answer.getResponseHeader("x-version")?.split(" ") ?? [];
    if (from) followed.set(from, to);
    follow();
    const isTaken = renew(form, slot, form.elements[`description-${input.dataset.place}`], answer.responseText);
    if (hadFocus && document.activeElement === document.body) document.getElementById(input.id)?.focus();
    if (!isTaken) waiting = undefined;
    if (!pending && waiting) press(form);
  };
  const watch = () => {
    for (const input of document.querySelectorAll("input[data-upload]:not([data-watched])")) {
      input.dataset.watched = "";
      input.addEventListener("change", () => input.files.length && upload(input));
    }
  };
  watch();
})();
