// Minutes: each note saves itself, others' words arrive while one writes, and nothing is dropped when the net or the right to read goes.
const desk = document.querySelector("[data-minutes]");
const words = desk?.dataset;
const notes = [...document.querySelectorAll("[data-note]")].map((field) => ({ field, id: field.dataset.id, version: Number(field.dataset.version), saved: field.value, timer: 0, busy: false, failed: false }));
const status = desk?.querySelector("[data-status]");
const token = () => document.querySelector('meta[name="csrf-token"]')?.content || "";
const line = (note) => document.querySelector(`[data-live-for="${note.id}"]`);
const dirty = (note) => note.field.value !== note.saved;
let over = false;
let more = false;
let decidingFor = "";

const tell = () => {
  if (!status || over) return;
  status.textContent = notes.some((n) => n.failed) ? words.waiting : notes.some((n) => n.busy || dirty(n)) ? words.saving : more ? words.more : words.saved;
};

// Reading stops at once (P6): what stood on the page goes, and one sentence says why.
const end = (title, text) => {
  over = true;
  document.querySelector("dialog[open]")?.close();
  const box = document.createElement("div");
  box.className = "note note-warn meet-ended";
  box.setAttribute("role", "alert");
  const head = document.createElement("h1");
  head.textContent = title;
  const said = document.createElement("p");
  said.textContent = text;
  const link = document.createElement("a");
  link.className = "button";
  link.href = text === words.endedText ? "/" : words.home;
  link.textContent = words.open;
  box.append(head, said, ...(text === words.endedText ? [] : [link]));
  desk.replaceChildren(box);
  document.getElementById("decide")?.remove();
  document.title = title;
  clearInterval(polling);
};

// Text that came from elsewhere takes its place without moving the caret of the one who writes.
const show = (note, text, version) => {
  note.version = version;
  document.querySelector(`[name="version-${note.id}"]`).value = version;
  if (note.field.value === text) { note.saved = text; return; }
  const { selectionStart: from, selectionEnd: to } = note.field;
  const tail = note.field.value.slice(from);
  note.field.value = text;
  note.saved = text;
  if (document.activeElement === note.field) {
    const at = text.endsWith(tail) ? text.length - tail.length : Math.min(from, text.length);
    note.field.setSelectionRange(at, Math.max(at, at + to - from));
  }
};

const save = async (note) => {
  if (over || note.busy || !dirty(note)) return;
  const sent = note.field.value;
  note.busy = true;
  tell();
  try {
    const body = new URLSearchParams({ notes: sent, version: note.version });
    const answer = await fetch(note.field.dataset.save, { method: "POST", body, headers: { "X-CSRFToken": token() } });
    if ([403, 404].includes(answer.status) || answer.redirected) { end(words.ended, words.endedText); return; }
    const found = await answer.json();
    note.failed = !answer.ok;
    line(note).textContent = found.error || found.message || "";
    line(note).classList.toggle("error", Boolean(found.error));
    if (!answer.ok) { note.saved = sent; note.refused = true; }
    else if (note.field.value === sent) show(note, found.notes, found.version);
    else if (found.notes === sent.replace(/\s+$/, "")) { note.version = found.version; note.saved = sent; }
    else { note.saved = found.notes; note.version = found.version; note.field.value = joined(sent, note.field.value, found.notes); }
  } catch {
    note.failed = true;
    setTimeout(() => save(note), 4000);
  } finally {
    note.busy = false;
    tell();
  }
  if (!note.failed && dirty(note)) wait(note);
};

// Typed while the answer was on its way: what came after the sent text is put after what the house says stands there.
const joined = (sent, now, theirs) => (now.startsWith(sent) ? `${theirs}${now.slice(sent.length)}` : `${theirs}\n${now}`);

const wait = (note) => {
  clearTimeout(note.timer);
  note.timer = setTimeout(() => save(note), 1200);
  tell();
};

for (const note of notes) {
  note.field.addEventListener("input", () => wait(note));
  note.field.addEventListener("blur", () => save(note));
}

const poll = async () => {
  if (over || document.hidden) return;
  try {
    const answer = await fetch(words.live);
    if ([403, 404].includes(answer.status) || answer.redirected) { end(words.ended, words.endedText); return; }
    if (!answer.ok) return;
    const found = await answer.json();
    if (!found.open) { end(words.closed, ""); return; }
    more = found.items.some((item) => !notes.find((n) => n.id === item.id));
    tell();
    for (const item of found.items) {
      const note = notes.find((n) => n.id === item.id);
      if (!note) continue;
      if (!note.busy && !dirty(note) && item.version > note.version) show(note, item.notes, item.version);
      if (item.writes || line(note).dataset.writes) { line(note).textContent = item.writes; line(note).dataset.writes = item.writes; }
    }
  } catch { /* the next turn tries again; what is not saved says so itself */ }
};
const polling = desk ? setInterval(poll, 5000) : 0;
document.addEventListener("visibilitychange", () => { if (!document.hidden) poll(); });

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-decide]");
  if (!button) return;
  const note = notes.find((n) => n.id === button.dataset.decide);
  decidingFor = button.dataset.decide;
  const field = document.querySelector("[data-decide-item]");
  if (field) field.value = button.dataset.decide;
  const title = document.querySelector("[data-decide-title]");
  if (title && note) title.textContent = note.field.dataset.title;
  if (note) save(note);
});

// A decision is in the plan: the form closes, and the item says so.
document.body.addEventListener("decided", () => {
  const done = document.querySelector("#decide-body [data-done]")?.textContent || "";
  document.getElementById("decide")?.close();
  const note = notes.find((n) => n.id === decidingFor);
  if (note) line(note).textContent = done;
  document.querySelector(`[data-decide="${decidingFor}"]`)?.focus();
});

// Before the page goes, what is not saved goes first; and the browser asks when it cannot.
document.querySelector("[data-finish]")?.addEventListener("click", async (event) => {
  const open = notes.filter(dirty);
  if (!open.length) return;
  event.preventDefault();
  await Promise.all(open.map(save));
  location.assign(event.target.closest("a").href);
});
document.querySelector(".meet-write")?.addEventListener("submit", () => { over = true; });
window.addEventListener("beforeunload", (event) => { if (!over && notes.some((n) => dirty(n) || n.busy)) event.preventDefault(); });
if (matchMedia("(max-width: 47.5em)").matches) document.querySelector("[data-agenda-nav]")?.removeAttribute("open");
tell();
