// A map on a plain ground: the visits' points and the chosen one's road. No tiles, no addresses; what is masked stands at its area.
import { clock, passes } from "./desk-draw.js";

const NS = "http://www.w3.org/2000/svg";
const node = (tag, values, text) => {
  const e = document.createElementNS(NS, tag);
  for (const [k, v] of Object.entries(values)) e.setAttribute(k, v);
  if (text !== undefined) e.textContent = text;
  return e;
};

const staffOf = (state) => {
  if (state.chosen?.staff !== undefined) return state.chosen.staff;
  const stop = state.data.stops.find((s) => state.data.visits[s[0]].k === state.chosen?.k && (!state.chosen.p || s[1] === state.chosen.p));
  return stop ? stop[2] : null;
};

// Degrees to the picture: a degree of longitude is shorter the further north.
const projection = (points, width, height) => {
  const [lat, lon] = [points.map((p) => p[0]), points.map((p) => p[1])];
  const [south, north, west, east] = [Math.min(...lat), Math.max(...lat), Math.min(...lon), Math.max(...lon)];
  const squeeze = Math.cos(((south + north) / 2) * Math.PI / 180);
  const k = Math.min((width - 80) / Math.max((east - west) * squeeze, 0.01), (height - 60) / Math.max(north - south, 0.01));
  const [dx, dy] = [(width - (east - west) * squeeze * k) / 2, (height - (north - south) * k) / 2];
  return ([a, b]) => [dx + (b - west) * squeeze * k, height - dy - (a - south) * k];
};

const named = (state) => {
  const found = new Map();
  for (const v of state.data.visits) if (v.m && v.a !== undefined) found.set(v.a, [...(found.get(v.a) ?? []), v.m]);
  return [...found].map(([a, ps]) => [state.data.areas[a], [ps.reduce((n, p) => n + p[0], 0) / ps.length, ps.reduce((n, p) => n + p[1], 0) / ps.length]]);
};

export const map = (box, state, large) => {
  const points = state.data.visits.filter((v) => v.m).map((v) => v.m);
  const who = staffOf(state);
  box.replaceChildren();
  const title = document.createElement("h2");
  title.textContent = who === null ? (large ? "" : state.words.choose) : `${state.words.route} ${state.data.staff[who].n}`;
  if (who === null && !large) { title.className = "meta"; }
  box.append(title);
  if (!points.length) { const p = document.createElement("p"); p.className = "meta"; p.textContent = state.words.nowhere; box.append(p); return; }
  const [width, height] = large ? [960, 620] : [340, 290];
  const hers = who === null ? [] : state.data.stops.filter((s) => s[2] === who && state.data.visits[s[0]].m).map((s) => state.data.visits[s[0]].m);
  const at = projection(hers.length > 1 ? hers : points, width, height);
  // Names and times give way to each other: one that would lie on another is not written.
  const taken = [];
  const free = (x, y, text) => {
    const box = [x, y - 11, x + text.length * 7, y + 3];
    const clash = taken.some((b) => box[0] < b[2] && b[0] < box[2] && box[1] < b[3] && b[1] < box[3]);
    const inside = x > 0 && y > 10 && x < width - 20 && y < height;
    if (!clash && inside) taken.push(box);
    return !clash && inside;
  };
  const svg = node("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": title.textContent, class: "desk-ground" });
  svg.append(node("rect", { width, height, class: "ground" }));
  const shown = new Set(state.data.stops.filter((s) => passes(state, state.data.staff[s[2]])).map((s) => s[0]));
  state.data.visits.forEach((v, k) => {
    if (!v.m || !shown.has(k)) return;
    const [x, y] = at(v.m);
    if (x < 0 || y < 0 || x > width || y > height) return;
    svg.append(node("circle", { cx: x, cy: y, r: v.n ? 3.2 : 2.4, class: v.n ? "own" : "other" }));
  });
  if (who !== null) {
    const stops = state.data.stops.filter((s) => s[2] === who && state.data.visits[s[0]].m).sort((a, b) => a[3] - b[3]);
    const spots = stops.map((s) => [at(state.data.visits[s[0]].m), s]);
    const now = state.data.now ?? -1;
    const line = (list, css) => list.length > 1 && svg.append(node("polyline", { points: list.map(([p]) => p.join(",")).join(" "), class: css }));
    const done = spots.filter(([, s]) => s[3] <= now).length;
    line(spots.slice(0, done), "been");
    line(spots.slice(Math.max(0, done - 1)), "road");
    for (const [[x, y], s] of spots) {
      const chosen = state.data.visits[s[0]].k === state.chosen?.k;
      svg.append(node("circle", { cx: x, cy: y, r: chosen ? 7 : 5, class: chosen ? "knot is-chosen" : "knot" }));
      // At the right edge it stands on the left of its knot.
      const left = x + 48 > width ? x - 46 : x + 9;
      if ((chosen || large) && free(left, y + 4, clock(s[3]))) svg.append(node("text", { x: left, y: y + 4, class: "strong" }, clock(s[3])));
    }
  }
  for (const [name, p] of named(state)) {
    const [x, y] = at(p);
    const left = x - name.length * 3.3;
    if (free(left, y - 9, name)) svg.append(node("text", { x: left, y: y - 9 }, name));
  }
  box.append(svg);
};
