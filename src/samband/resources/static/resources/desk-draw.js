// Lanes by staff or by person. Places are set through the object model, as the content policy allows no style in the text.
const HOUR = 71;
const NAME = 176;

const make = (tag, css, text) => {
  const e = document.createElement(tag);
  if (css) e.className = css;
  if (text !== undefined) e.textContent = text;
  return e;
};
export const clock = (m) => `${String(Math.floor(m / 60) % 24).padStart(2, "0")}.${String(m % 60).padStart(2, "0")}`;
const scale = (box, [from, to]) => Math.max(HOUR, (box.clientWidth - NAME - 8) / ((to - from) / 60)) / 60;
const put = (e, left, width) => { e.style.left = `${left}px`; if (width !== undefined) e.style.width = `${width}px`; return e; };

// From the whole name to initials, by what there is room for.
const label = (name, width) => {
  const room = Math.floor((width - 8) / 6.6);
  if (name.length <= room) return name;
  const words = name.split(" ");
  const tries = words.length > 1 ? [`${words[0]} ${words.at(-1)[0]}`, words[0], words.map((w) => w[0]).join("").slice(0, 2)] : [name.slice(0, 3)];
  return tries.find((t) => t.length <= room) ?? (room > 0 ? tries.at(-1).slice(0, Math.max(1, room)) : "");
};

// A part at another place, and with it those that come at the same time.
export const place = (state, stop, staff, start) => {
  const together = state.data.visits[stop[0]].sim ? state.data.stops.filter((s) => s[0] === stop[0] && s !== stop) : [];
  for (const s of [stop, ...together]) { s[4] += start - s[3]; s[3] = start; s[6] |= 4; s.length = 8; }
  stop[2] = staff;
  stop[5] = 0;
};

const visitName = (state, visit) => visit.n || (visit.a === undefined ? state.words.masked : state.data.areas[visit.a]);

const told = (state, stop, text) => {
  const visit = state.data.visits[stop[0]];
  const more = [visit.n ? visit.d : state.words.masked, state.data.skills[visit.p[stop[1] - 1]?.[0]]?.toLowerCase(), `${state.words.window} ${clock(visit.w[0])}–${clock(visit.w[1])}`];
  if (stop[6] & 1) more.push(state.words.locked);
  if (stop[6] & 4) more.push(state.words.moved);
  if (stop[8]) more.push(`${state.words.expected.replace("%(n)s", stop[8])}, ${state.words.likely} ${clock(stop[9])}`);
  else if (stop[7]) more.push(`${stop[7]} ${state.words.late}`);
  return [`${clock(stop[3])}–${clock(stop[4])} ${text}`, ...more.filter(Boolean)].join(", ");
};

const bar = (state, stop, px, text) => {
  const [from] = state.data.axis;
  const visit = state.data.visits[stop[0]];
  const width = Math.max(10, (stop[4] - stop[3]) * px - 2);
  const b = put(make("button", "desk-visit"), (stop[3] - from) * px, width);
  b.type = "button";
  b.dataset.visit = visit.k;
  b.dataset.part = stop[1];
  b.dataset.item = "";
  b.tabIndex = -1;
  b.title = told(state, stop, text);
  b.setAttribute("aria-label", b.title);
  b.classList.toggle("is-own", Boolean(visit.n));
  b.classList.toggle("is-done", visit.s === "d" || visit.s === "n");
  b.classList.toggle("is-going", visit.s === "s");
  b.classList.toggle("is-moved", Boolean(stop[6] & 4));
  b.classList.toggle("is-late", stop[7] > 0);
  b.classList.toggle("is-expected", stop[8] > 0);
  b.classList.toggle("is-joint", Boolean(visit.sim));
  b.classList.toggle("is-locked", Boolean(stop[6] & 1));
  const mine = state.chosen?.k === visit.k;
  b.classList.toggle("is-chosen", mine);
  if (mine) b.setAttribute("aria-current", "true");
  b.textContent = label(text, width - (stop[7] || stop[8] || stop[6] & 1 ? 14 : 0) - (visit.sim ? 5 : 0));
  // What stands on a narrow bar is a part of what it is called, for whoever speaks to the machine.
  if (b.textContent && b.textContent !== text) b.setAttribute("aria-label", `${b.title}, ${b.textContent}`);
  return b;
};

const road = (state, stop, px) => {
  const width = stop[5] * px;
  return width >= 3 ? put(make("span", "desk-road"), (stop[3] - state.data.axis[0]) * px - width, width) : null;
};

const tail = (state, stop, px) => (stop[7] ? put(make("span", "desk-tail"), (stop[4] - state.data.axis[0]) * px, stop[7] * px) : null);

// What is likely, from what is told from the road: hatched from where it ends by the plan, as far as the next visit leaves room.
const expected = (state, stop, px, lane) => {
  if (!stop[8]) return null;
  const next = Math.min(...lane.filter((s) => s[3] >= stop[4]).map((s) => s[3]));
  const width = Math.min((next - stop[4]) * px - 2, Math.max(62, (stop[9] - stop[3]) * px));
  if (width < 4) return null;
  const said = state.words.waits.replace("%(n)s", stop[8]);
  const e = put(make("span", "desk-expected", width >= 62 ? said : ""), (stop[4] - state.data.axis[0]) * px, width);
  e.title = state.words.expected.replace("%(n)s", stop[8]);
  return e;
};

const laneRow = (name, small, total) => {
  const row = make("div", "desk-lane");
  const head = make("div", "desk-name");
  head.append(make("b", "", name), make("span", "meta", small));
  const track = make("div", "desk-track");
  track.style.width = `${total}px`;
  row.append(head, track);
  return [row, track, head];
};

const axis = (state, px, total) => {
  const [from, to] = state.data.axis;
  const [row, track] = laneRow("", "", total);
  row.className = "desk-axis";
  for (let m = from; m < to; m += 60) track.append(put(make("span", "desk-hour", clock(m)), (m - from) * px));
  if (state.data.now !== null && state.data.now >= from && state.data.now <= to) track.append(put(make("span", "desk-clock", clock(state.data.now)), (state.data.now - from) * px));
  return row;
};

export const passes = (state, s) => {
  const { o, t, c } = state.filter;
  return (!o || state.data.groups[s.g].o === o) && (t === "" || s.t?.includes(Number(t))) && (!c || s.c.includes(c));
};

const shift = (state, s, px, track) => {
  const [from] = state.data.axis;
  track.append(put(make("span", `desk-hours${s.oc ? " is-call" : ""}`), (s.a - from) * px, (s.b - s.a) * px));
  if (s.br) { const b = put(make("span", "desk-break"), (s.br[0] - from) * px, (s.br[1] + s.br[2] - s.br[0]) * px); b.title = `${state.words.break} ${s.br[2]} min, ${clock(s.br[0])}–${clock(s.br[1])}`; track.append(b); }
  for (const [a, b] of s.x ?? []) track.append(put(make("span", "desk-away", state.words.away), (a - from) * px, (b - a) * px));
};

const byStaff = (state, px, total) => {
  const rows = [];
  const stops = state.data.staff.map(() => []);
  for (const s of state.data.stops) stops[s[2]].push(s);
  let group = -1;
  state.data.staff.forEach((s, k) => {
    if (!passes(state, s)) return;
    if (s.g !== group) {
      group = s.g;
      const g = state.data.groups[group];
      const head = make("div", "desk-group");
      head.style.width = `${NAME + total}px`;
      head.append(make("b", "", g.n), make("span", "meta", g.note));
      rows.push(head);
    }
    const [row, track, name] = laneRow(s.n, s.r, total);
    row.dataset.lane = k;
    name.dataset.personStaff = k;
    row.classList.toggle("is-away", Boolean(s.x?.length));
    shift(state, s, px, track);
    later(row, stops[k], () => {
      for (const stop of stops[k]) track.append(...[road(state, stop, px), tail(state, stop, px), expected(state, stop, px, stops[k]), bar(state, stop, px, visitName(state, state.data.visits[stop[0]]))].filter(Boolean));
    });
    rows.push(row);
  });
  return rows;
};

// Only of those whom the reader knows by name: the others' visits stand by staff.
const byPerson = (state, px, total) => {
  const people = new Map();
  for (const stop of state.data.stops) {
    const visit = state.data.visits[stop[0]];
    if (!visit.n || !passes(state, state.data.staff[stop[2]])) continue;
    if (!people.has(visit.q)) people.set(visit.q, { name: visit.n, area: state.data.areas[visit.a] ?? "", stops: [] });
    people.get(visit.q).stops.push(stop);
  }
  const all = [...people.values()].sort((a, b) => a.name.localeCompare(b.name, "sv"));
  const rows = all.map((person) => {
    const [row, track] = laneRow(person.name, person.area, total);
    later(row, person.stops, () => { for (const stop of person.stops) track.append(bar(state, stop, px, state.data.staff[stop[2]].n)); });
    return row;
  });
  return [...rows, make("p", "meta desk-hidden", state.words.hidden)];
};

// Only rows in view are filled: the others wait until they are scrolled to, or hold what is chosen.
let waiting = [];
const later = (row, stops, fill) => { waiting.push({ row, stops, fill }); };
const MARGIN = 240;
export const fillRows = (box, state, top = box.scrollTop) => {
  // All places are read before anything is written: else each row would lay the page out anew.
  const bottom = top + box.clientHeight + MARGIN;
  const places = new Map(waiting.map((w) => [w, w.row.offsetTop]));
  waiting = waiting.filter((w) => {
    const y = places.get(w);
    const chosen = w.stops.some((s) => state.data.visits[s[0]].k === state.chosen?.k);
    if (!chosen && (y < top - MARGIN || y > bottom)) return true;
    w.fill();
    return false;
  });
};

// Threads between lanes that begin together: a line with a knot in each.
const threads = (box, state, px, total) => {
  if (state.view !== "staff") return;
  const ns = "http://www.w3.org/2000/svg";
  const lanes = new Map([...box.querySelectorAll("[data-lane]")].map((l) => [Number(l.dataset.lane), l.offsetTop + l.offsetHeight / 2]));
  const svg = document.createElementNS(ns, "svg");
  svg.setAttribute("class", "desk-threads");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("width", NAME + total);
  svg.setAttribute("height", box.scrollHeight);
  const by = new Map();
  for (const s of state.data.stops) if (state.data.visits[s[0]].sim && lanes.has(s[2])) by.set(s[0], [...(by.get(s[0]) ?? []), s]);
  for (const group of by.values()) {
    if (group.length < 2) continue;
    const x = NAME + (group[0][3] - state.data.axis[0]) * px;
    const ys = group.map((s) => lanes.get(s[2])).sort((a, b) => a - b);
    for (const css of ["halo", "line"]) {
      const line = document.createElementNS(ns, "path");
      line.setAttribute("class", css);
      line.setAttribute("d", `M${x} ${ys[0]}V${ys.at(-1)}`);
      svg.append(line);
    }
    for (const y of ys) {
      const knot = document.createElementNS(ns, "circle");
      for (const [n, v] of [["cx", x], ["cy", y], ["r", 5]]) knot.setAttribute(n, v);
      svg.append(knot);
    }
  }
  box.append(svg);
};

export const draw = (box, state) => {
  if (box.hidden) return;
  const [from, to] = state.data.axis;
  const px = scale(box, state.data.axis);
  const total = (to - from) * px;
  state.px = px;
  waiting = [];
  const rows = state.view === "person" ? byPerson(state, px, total) : byStaff(state, px, total);
  const grid = make("div", "desk-rows");
  grid.style.setProperty("--hour", `${px * 60}px`);
  grid.append(axis(state, px, total), ...rows);
  if (!rows.some((r) => r.classList.contains("desk-lane"))) grid.append(make("p", "desk-hidden", state.words.none));
  const top = box.scrollTop;
  box.replaceChildren(grid);
  fillRows(box, state, top);
  if (state.data.now !== null && state.data.now >= from && state.data.now <= to) grid.append(put(make("span", "desk-now"), NAME + (state.data.now - from) * px));
  threads(grid, state, px, total);
  const first = box.querySelector(".is-chosen") ?? box.querySelector("[data-visit]");
  if (first) first.tabIndex = 0;
};

// Pointer: the bar follows at once; the lane under it shows whether the competence is there.
export const dragging = (box, state, move) => {
  let hold = null;
  box.addEventListener("pointerdown", (event) => {
    const on = event.target.closest("[data-visit]");
    if (!on || !state.data.may || event.button || state.view !== "staff") return;
    const stop = state.data.stops.find((s) => state.data.visits[s[0]].k === on.dataset.visit && s[1] === Number(on.dataset.part));
    if (!stop || state.data.visits[stop[0]].s) return;
    hold = { on, stop, x: event.clientX + box.scrollLeft, y: event.clientY, left: parseFloat(on.style.left), moved: false, lane: null };
  });
  box.addEventListener("pointermove", (event) => {
    if (!hold) return;
    const dx = event.clientX + box.scrollLeft - hold.x;
    if (!hold.moved && Math.hypot(dx, event.clientY - hold.y) < 5) return;
    if (!hold.moved) { hold.moved = true; hold.on.setPointerCapture(event.pointerId); hold.on.classList.add("is-dragged"); }
    const start = Math.round((hold.left + dx) / state.px / 5) * 5 + state.data.axis[0];
    hold.start = Math.max(state.data.axis[0], start);
    hold.on.style.left = `${(hold.start - state.data.axis[0]) * state.px}px`;
    hold.on.style.translate = `0 ${event.clientY - hold.y}px`;
    const under = document.elementsFromPoint(event.clientX, event.clientY).find((e) => e.matches?.("[data-lane], [data-lane] .desk-track"))?.closest("[data-lane]");
    if (under !== hold.lane) {
      hold.lane?.classList.remove("is-under", "is-wrong");
      const part = state.data.visits[hold.stop[0]].p[hold.stop[1] - 1];
      const skills = under ? state.data.staff[under.dataset.lane].c : [];
      under?.classList.add("is-under");
      under?.classList.toggle("is-wrong", part[0] !== "delegated" && !skills.includes(part[0]));
      hold.lane = under ?? null;
    }
    hold.on.dataset.clock = clock(hold.start);
  });
  const drop = (event) => {
    const was = hold;
    hold = null;
    if (!was?.moved) return;
    event.preventDefault();
    box.addEventListener("click", (e) => { e.stopPropagation(); e.preventDefault(); }, { capture: true, once: true });
    move(was.stop, was.lane ? Number(was.lane.dataset.lane) : was.stop[2], was.start);
  };
  box.addEventListener("pointerup", drop);
  box.addEventListener("pointercancel", () => { if (hold?.moved) { hold.on.style.left = `${hold.left}px`; hold.on.style.translate = ""; hold.on.classList.remove("is-dragged"); } hold = null; });
};
