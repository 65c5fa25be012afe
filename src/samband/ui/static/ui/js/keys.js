// Keys where a page says so (data-keys): j k move, Enter opens, 1–9 and letters go to [data-key], Esc goes back, / searches, ? tells.
// Never in a field, never with a modifier, and they can be switched off (WCAG 2.1.4).
const KEY = "samband-keys";
const on = () => { try { return localStorage.getItem(KEY) !== "off"; } catch { return true; } };
const typing = (target) => target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
const items = () => [...document.querySelectorAll("[data-keys] [data-item]")].filter((e) => e.offsetParent !== null);

const move = (step) => {
  const all = items();
  if (!all.length) return false;
  const here = all.indexOf(document.activeElement);
  const next = all[here < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, here + step))];
  next.focus();
  next.scrollIntoView({ block: "nearest" });
  return true;
};

const press = (key) => {
  const target = [...document.querySelectorAll("[data-key]")].find((e) => e.dataset.key.toLowerCase() === key && e.offsetParent !== null);
  if (!target) return false;
  target.focus();
  target.click();
  return true;
};

const back = () => {
  const link = document.querySelector("a[data-back]");
  link?.click();
  return Boolean(link);
};

const act = (event) => {
  if (event.key === "/") {
    const field = document.querySelector("[data-search]");
    field?.focus();
    return Boolean(field);
  }
  if (event.key === "?") {
    const help = document.getElementById("keys");
    if (help && !help.open) help.showModal();
    return Boolean(help);
  }
  if (!document.querySelector("[data-keys]")) return false;
  const key = event.key.toLowerCase();
  if (key === "j" || event.key === "ArrowDown" && document.activeElement.matches("[data-item]")) return move(1);
  if (key === "k" || event.key === "ArrowUp" && document.activeElement.matches("[data-item]")) return move(-1);
  if (event.key === "Escape") return back();
  return /^[a-zåäö0-9]$/.test(key) ? press(key) : false;
};

// From the search box down into its answers and back.
const answers = (event) => {
  const box = event.target.closest?.(".search");
  if (!box || !["ArrowDown", "ArrowUp"].includes(event.key)) return false;
  const all = [box.querySelector("[data-search]"), ...box.querySelectorAll(".search-results a")];
  const next = all[all.indexOf(event.target) + (event.key === "ArrowDown" ? 1 : -1)];
  next?.focus();
  return Boolean(next);
};

document.addEventListener("keydown", (event) => {
  if (answers(event)) { event.preventDefault(); return; }
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  if (typing(event.target)) {
    if (event.key === "Escape" && event.target.matches("[data-search]")) event.target.blur();
    return;
  }
  if ((on() || event.key === "Escape") && act(event)) event.preventDefault();
});

const list = document.querySelector("[data-keys-list]");
for (const hint of document.querySelectorAll("[data-keyrow] > span:not(:last-child)")) {
  const row = document.createElement("li");
  row.className = "row";
  const text = document.createElement("span");
  text.textContent = hint.lastElementChild.textContent;
  const caps = document.createElement("span");
  caps.append(...[...hint.querySelectorAll("kbd")].flatMap((k) => [k.cloneNode(true), " "]));
  row.append(text, caps);
  list?.append(row);
}
const box = document.querySelector("[data-keys-switch]");
if (box) {
  box.checked = on();
  box.addEventListener("change", () => { try { localStorage.setItem(KEY, box.checked ? "on" : "off"); } catch { /* this page only */ } });
}
