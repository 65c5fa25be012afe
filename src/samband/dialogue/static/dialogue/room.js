// A room: parts of the page follow what happens, what is typed is never touched, and what is sent waits for the net.
const root = document.getElementById("room");
const words = root.dataset;
const net = root.querySelector("[data-net]");
const token = () => document.querySelector('meta[name="csrf-token"]')?.content || "";
const skew = Number(words.now) - Date.now();
const EVERY = 450, JITTER = 200, WHOLE = 25000, SLOWEST = 8000;
let tag = words.tag;
let asked = Date.now();
let failed = 0;

// Kept in this tab: what is being typed, and what has been sent but not received.
const store = {
  get: (key) => { try { return JSON.parse(sessionStorage.getItem(`room-${words.room}-${key}`)); } catch { return null; } },
  set: (key, value) => { try { if (value === null) sessionStorage.removeItem(`room-${words.room}-${key}`); else sessionStorage.setItem(`room-${words.room}-${key}`, JSON.stringify(value)); } catch { /* full or closed: this page only */ } },
};
const parsed = (html) => new DOMParser().parseFromString(html, "text/html").body;
const newId = () => {
  const b = crypto.getRandomValues(new Uint8Array(16));
  b[6] = (b[6] & 15) | 64; b[8] = (b[8] & 63) | 128;
  return [...b].map((n) => n.toString(16).padStart(2, "0")).join("").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
};
const tell = (text) => { if (!net) return; net.textContent = text; net.hidden = !text; };

// Being typed in or changed by hand: such a part waits.
const busy = (part) => {
  const here = document.activeElement;
  if (part.contains(here) && here.matches("input:not([type=radio]), textarea, select")) return true;
  return [...part.querySelectorAll("input:not([type=hidden]):not([type=radio]), textarea")].some((f) => f.value !== f.defaultValue)
    || [...part.querySelectorAll("select")].some((s) => [...s.options].some((o) => o.selected !== o.defaultSelected && o.defaultSelected));
};
const bare = (part) => part.outerHTML.replace(/name="csrfmiddlewaretoken" value="[^"]*"/g, "").replace(/<details open="">/g, "<details>");
const place = (old, fresh) => {
  const open = [...old.querySelectorAll("details")].map((d) => d.open);
  const here = old.contains(document.activeElement) ? document.activeElement : null;
  old.replaceWith(fresh);
  const after = fresh.querySelectorAll("details");
  if (after.length === open.length) after.forEach((d, i) => { d.open = open[i]; });
  if (here) [...fresh.querySelectorAll("button, a, summary")].find((e) => e.textContent === here.textContent)?.focus();
};

const show = (html) => {
  let all = true;
  for (const fresh of parsed(html).querySelectorAll("[data-part]")) {
    const old = root.querySelector(`[data-part="${fresh.dataset.part}"]`);
    if (!old || bare(old) === bare(fresh)) continue;
    if (busy(old)) { all = false; continue; }
    place(old, document.adoptNode(fresh));
  }
  moved();
  return all;
};

// Which forms may be used now; their fields stay as they are.
const moved = () => {
  const state = root.querySelector('[data-part="state"]');
  if (!state) return;
  const { phase, round } = state.dataset;
  for (const element of root.querySelectorAll("[data-when]")) element.hidden = !element.dataset.when.split(" ").includes(phase);
  for (const field of root.querySelectorAll("[data-round-field]")) {
    if (field.value === round) continue;
    field.value = round;
    for (const radio of field.form.querySelectorAll('[name="value"]')) radio.checked = false;
  }
  const mine = root.querySelector("[data-mine-round]");
  if (mine && mine.dataset.mineRound !== round) mine.parentElement.replaceChildren();
};

const lost = (answer) => answer.redirected || [403, 404].includes(answer.status);
const poll = async () => {
  let wait = EVERY + Math.random() * JITTER;
  try {
    const whole = Date.now() - asked > WHOLE;
    const answer = await fetch(words.live, { headers: whole ? {} : { "If-None-Match": `"${tag}"` }, signal: AbortSignal.timeout(10000) });
    if (lost(answer)) { gone(); return; }
    if (!answer.ok && answer.status !== 304) throw new Error(answer.status);
    if (failed && !outbox.length) tell("");
    failed = 0;
    if (whole) asked = Date.now();
    if (answer.status === 200 && show(await answer.text())) tag = (answer.headers.get("ETag") || "").replace(/^W\/|"/g, "");
  } catch {
    failed += 1;
    if (failed > 1 && !outbox.length) tell(words.old);
    wait = Math.min(SLOWEST, EVERY * 1.6 ** failed);
  }
  setTimeout(poll, document.hidden ? Math.max(wait, 3000) : wait);
};
// The seat is not ours any longer. What is being typed is kept for the new one.
const gone = () => { if (words.lost) location.assign(words.lost); else location.reload(); };

// Sending: into the outbox first, so that neither a reload nor a dead net loses it. The same id is written once by the house.
const outbox = store.get("out") || [];
let sending = false;
const form = (kind) => root.querySelector(`form[data-send="${kind}"]`);
const field = (kind) => form(kind)?.querySelector("textarea");
const draft = (kind) => { const text = field(kind); if (text) store.set(`draft-${kind}`, text.value || null); };

const send = async () => {
  if (sending || !outbox.length) return;
  sending = true;
  const item = outbox[0];
  try {
    const answer = await fetch(item.url, { method: "POST", body: new URLSearchParams(item.body), headers: { "X-CSRFToken": token(), "X-Room": "1" }, signal: AbortSignal.timeout(15000) });
    if (answer.status >= 500) throw new Error(answer.status);
    if (lost(answer)) { give(item); gone(); return; }
    outbox.shift();
    const mine = root.querySelector("[data-mine]");
    mine.replaceChildren(...[...parsed(await answer.text()).childNodes].map((n) => document.adoptNode(n)));
    if (answer.status === 422) give(item);
    store.set("out", outbox.length ? outbox : null);
    tell(outbox.length ? words.sending : "");
  } catch {
    tell(words.waits);
    setTimeout(send, 3000);
    return;
  } finally { sending = false; }
  send();
};
// Not written: the text goes back to where it was typed, before what has been typed since.
const give = (item) => {
  const text = field(item.kind);
  if (text && item.body.text && !text.value.includes(item.body.text)) text.value = text.value ? `${item.body.text}\n${text.value}` : item.body.text;
  draft(item.kind);
};

root.addEventListener("submit", (event) => {
  const kind = event.target.dataset?.send;
  if (!kind || event.defaultPrevented) return;
  event.preventDefault();
  const body = Object.fromEntries(new FormData(event.target));
  delete body.csrfmiddlewaretoken;
  if ("text" in body && !body.text.trim()) { field(kind).focus(); return; }
  outbox.push({ kind, url: event.target.action, body });
  store.set("out", outbox);
  const text = event.target.querySelector("textarea");
  if (text) { text.value = ""; text.focus(); }
  const id = event.target.querySelector('[name="client_id"]');
  if (id) id.value = newId();
  draft(kind);
  tell(words.sending);
  send();
});
root.addEventListener("change", (event) => { if (event.target.name === "value") event.target.form.requestSubmit(); });
root.addEventListener("input", (event) => { const kind = event.target.form?.dataset.send; if (kind && event.target.matches("textarea")) draft(kind); });
for (const kind of ["own", "group", "card"]) {
  const text = field(kind), kept = store.get(`draft-${kind}`);
  if (text && kept && !text.value) text.value = kept;
}
addEventListener("online", () => { failed = 0; send(); });

// The clock, by the house's time.
const tick = () => {
  for (const place of root.querySelectorAll("[data-ends]")) {
    const left = Math.round((Number(place.dataset.ends) * 1000 - Date.now() - skew) / 1000);
    const text = left > 0 ? `${Math.floor(left / 60)}.${String(left % 60).padStart(2, "0")}` : words.over;
    if (place.textContent !== text) place.textContent = text;
    place.classList.toggle("room-over", left <= 0);
  }
};
setInterval(tick, 500);
tick();
moved();
send();
setTimeout(poll, EVERY + Math.random() * JITTER);
