// The planner's desk. A move is drawn at once and then asked of the server, whose answer is what is drawn after.
import { draw, fillRows, place, dragging } from "./desk-draw.js";
import { map } from "./desk-map.js";

const root = document.getElementById("desk");
const read = (id) => JSON.parse(document.getElementById(id).textContent);
const state = { data: read("desk-data"), words: read("desk-words"), view: "staff", chosen: null, filter: { o: "", t: "", c: "" } };
const box = document.getElementById("desk-scroll");
const said = document.getElementById("desk-said");
const token = document.querySelector('meta[name="csrf-token"]').content;
let queue = Promise.resolve();
let waiting = null;

const say = (text, bad = false) => { said.textContent = text; said.classList.toggle("desk-bad", bad); };

const redraw = () => {
  const at = [box.scrollLeft, box.scrollTop];
  draw(box, state);
  [box.scrollLeft, box.scrollTop] = at;
  maps();
};

// A map is drawn anew only when it would look otherwise.
let drawn = "";
const maps = () => {
  const small = document.getElementById("desk-side-map");
  const key = JSON.stringify([state.chosen, state.filter, state.view === "map", state.data.version, small.offsetParent !== null, chosenStops().map((s) => s[2])]);
  if (key === drawn) return;
  drawn = key;
  if (small.offsetParent !== null) map(small, state, false);
  if (state.view === "map") map(document.getElementById("desk-map"), state, true);
};

const chosenStops = () => state.data.stops.filter((s) => state.data.visits[s[0]].k === state.chosen?.k && (!state.chosen.p || s[1] === state.chosen.p));
const button = () => state.chosen && box.querySelector(`[data-visit="${state.chosen.k}"][data-part="${state.chosen.p}"]`);

const panel = (key, focus = false) => {
  document.getElementById("desk-side").classList.add("is-open");
  return window.htmx.ajax("GET", `${root.dataset.visitAt}${key}/`, { target: "#desk-panel" }).then(() => {
    if (focus) document.getElementById("desk-why")?.focus();
  });
};

const choose = (key, part, open = true) => {
  state.chosen = { k: key, p: Number(part) || 0 };
  redraw();
  button()?.focus({ preventScroll: true });
  if (open) panel(key);
};

const send = async (url, fields) => {
  const body = new URLSearchParams({ ...fields, version: state.data.version });
  const answer = await fetch(url, { method: "POST", body, headers: { "X-CSRFToken": token, Accept: "application/json" } });
  const got = await answer.json();
  if (got.data) state.data = got.data;
  say(got.text, !got.ok);
  return got;
};

// One act after the other: each answer carries the version that the next one needs.
const act = (url, fields) => {
  if (!state.data.may) { return Promise.resolve(); }
  say(state.words.moving);
  queue = queue.then(() => send(url, fields)).catch(async () => {
    say(state.words.failed, true);
    await refresh(false);
  }).then((got) => {
    const had = box.contains(document.activeElement) || document.activeElement === document.body;
    redraw();
    if (had) button()?.focus({ preventScroll: true });
    document.getElementById("desk-bar")?.dispatchEvent(new Event("refresh"));
    const list = document.getElementById("desk-list");
    if (list) window.htmx.ajax("GET", `${root.dataset.visitAt.replace(/visits\/$/, "list/")}${location.search}`, { target: "#desk-list", swap: "outerHTML" });
    if (state.chosen && document.getElementById("desk-why")) panel(state.chosen.k);
    return got;
  });
  return queue;
};

const refresh = async (quiet = true) => {
  const answer = await fetch(root.dataset.data, { headers: { Accept: "application/json" } });
  if (answer.ok) { state.data = await answer.json(); if (quiet) redraw(); }
};

const move = (stop, staff, start) => {
  const visit = state.data.visits[stop[0]];
  const before = [...stop];
  place(state, stop, staff, start);
  state.chosen = { k: visit.k, p: stop[1] };
  redraw();
  button()?.focus({ preventScroll: true });
  if (before[2] === staff && before[3] === start) return;
  act(root.dataset.move, { visit: visit.k, part: stop[1], shift: state.data.staff[staff].k, minute: start });
};

// Arrows are gathered: five presses are one move.
const nudge = (stop, staff, start) => {
  place(state, stop, staff, start);
  redraw();
  button()?.focus({ preventScroll: true });
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    const visit = state.data.visits[stop[0]];
    act(root.dataset.move, { visit: visit.k, part: stop[1], shift: state.data.staff[stop[2]].k, minute: stop[3] });
  }, 350);
};

const shownStaff = () => [...box.querySelectorAll("[data-lane]")].map((lane) => Number(lane.dataset.lane));

const KEYS = {
  ArrowLeft: (stop) => nudge(stop, stop[2], Math.ceil(stop[3] / 5) * 5 - 5),
  ArrowRight: (stop) => nudge(stop, stop[2], Math.floor(stop[3] / 5) * 5 + 5),
  ArrowUp: (stop) => other(stop, -1),
  ArrowDown: (stop) => other(stop, 1),
  l: (stop) => act(root.dataset.lock, { visit: state.data.visits[stop[0]].k, on: stop[6] & 1 ? 0 : 1 }),
  p: (stop) => act(root.dataset.unplace, { visit: state.data.visits[stop[0]].k }),
};

const other = (stop, step) => {
  const all = shownStaff();
  const next = all[all.indexOf(stop[2]) + step];
  if (next !== undefined && state.view === "staff") nudge(stop, next, stop[3]);
};

box.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const on = event.target.closest("[data-visit]");
  if (!on) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (state.chosen?.k !== on.dataset.visit || state.chosen.p !== Number(on.dataset.part)) state.chosen = { k: on.dataset.visit, p: Number(on.dataset.part) };
  const stop = chosenStops()[0];
  if (key === "v" || key === "Enter" || key === " ") { redraw(); panel(on.dataset.visit, key === "v"); }
  else if (key === "m") { panel(on.dataset.visit).then(() => document.querySelector("[data-desk-first]")?.focus()); }
  else if (stop && KEYS[key] && state.data.may) KEYS[key](stop);
  else return;
  event.preventDefault();
});

document.addEventListener("keydown", (event) => {
  const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
  if (event.key === "Escape" && document.getElementById("desk-side").classList.contains("is-open")) {
    close(); event.preventDefault(); button()?.focus();
  } else if (event.key.toLowerCase() === "u" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey && state.data.may) {
    act(root.dataset.undo, {}); event.preventDefault();
  }
}, true);

const close = () => document.getElementById("desk-side").classList.remove("is-open");

box.addEventListener("click", (event) => {
  const on = event.target.closest("[data-visit]");
  const lane = event.target.closest("[data-person-staff]");
  if (on) choose(on.dataset.visit, on.dataset.part);
  else if (lane) { state.chosen = { staff: Number(lane.dataset.personStaff) }; redraw(); }
});
dragging(box, state, move);
box.addEventListener("scroll", () => fillRows(box, state), { passive: true });

root.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-visit]");
  if (link && !event.ctrlKey && !event.metaKey) { event.preventDefault(); choose(link.dataset.visit, 0); button()?.scrollIntoView({ block: "center", inline: "center" }); }
  if (event.target.closest("[data-desk-close]")) close();
  const view = event.target.closest("[data-view]");
  if (view) show(view.dataset.view);
});

// The panel's forms are ordinary ones; with a script they are sent from here, so that the chart follows.
root.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-desk-act]");
  if (!form) return;
  event.preventDefault();
  const fields = Object.fromEntries(new FormData(form, event.submitter));
  act(form.getAttribute("action"), fields).then(() => { state.chosen = { k: fields.visit, p: Number(fields.part) || state.chosen?.p || 1 }; redraw(); });
});

const show = (view) => {
  state.view = view;
  for (const b of root.querySelectorAll("[data-view]")) b.setAttribute("aria-pressed", String(b.dataset.view === view));
  box.hidden = view === "map" || view === "table";
  document.getElementById("desk-map").hidden = view !== "map";
  root.classList.toggle("desk-as-table", view === "table");
  redraw();
};

const fill = (select, options) => { for (const [value, label] of options) select.add(new Option(label, value)); };
const selects = Object.fromEntries([...root.querySelectorAll("[data-filter]")].map((s) => [s.dataset.filter, s]));
fill(selects.o, [...new Set(state.data.groups.map((g) => g.o))].map((o) => [o, o]));
fill(selects.t, state.data.teams.map((t, k) => [k, t]));
fill(selects.c, Object.entries(state.data.skills));
selects.t.closest("label").hidden = !state.data.teams.length;
root.addEventListener("change", (event) => {
  if (event.target.dataset.filter) { state.filter[event.target.dataset.filter] = event.target.value; redraw(); }
});

document.body.addEventListener("desk-refresh", () => refresh());
window.addEventListener("resize", () => redraw());
root.classList.add("is-drawn");
show("staff");
const now = box.querySelector(".desk-now");
if (now) box.scrollLeft = Math.max(0, now.offsetLeft - box.clientWidth / 2);
