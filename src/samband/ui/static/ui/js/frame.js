// The frame: htmx with its token and its silence in hidden tabs, popovers, the sticky person line, charts, the clock.
const token = () => document.querySelector('meta[name="csrf-token"]')?.content || "";

document.addEventListener("htmx:configRequest", (event) => {
  if (event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = token();
});

// A page nobody looks at asks for nothing; what was shown is marked as old when an answer fails.
document.addEventListener("htmx:beforeRequest", (event) => {
  const polls = event.detail.elt.getAttribute?.("hx-trigger")?.includes("every");
  if (polls && document.hidden) event.preventDefault();
});
document.addEventListener("visibilitychange", () => {
  if (document.hidden || !window.htmx) return;
  for (const element of document.querySelectorAll('[hx-trigger*="refresh"]')) window.htmx.trigger(element, "refresh");
});
for (const name of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
  document.addEventListener(name, (event) => event.detail.elt.classList.add("is-stale"));
}
document.addEventListener("htmx:afterOnLoad", (event) => event.detail.elt.classList.remove("is-stale"));

// An answer that shows the page again with errors is drawn, not dropped.
document.addEventListener("htmx:beforeSwap", (event) => {
  if ([409, 422].includes(event.detail.xhr.status)) { event.detail.shouldSwap = true; event.detail.isError = false; }
});

// Popovers made of details: a click outside or Escape closes them.
const close = (except) => {
  for (const open of document.querySelectorAll("details[data-popover][open]")) if (open !== except) open.open = false;
};
document.addEventListener("click", (event) => close(event.target.closest?.("details[data-popover]")));
document.addEventListener("focusin", (event) => close(event.target.closest?.("details[data-popover]")));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = document.querySelector("details[data-popover][open]");
  if (!open) return;
  open.open = false;
  open.querySelector("summary").focus();
  event.stopPropagation();
}, true);

// The thin line with name, flags and call button shows when the header has scrolled away.
const line = document.querySelector("[data-person-line]");
const face = document.querySelector("[data-person]");
const header = face && getComputedStyle(face).display === "contents" ? face.querySelector("h1") : face;
if (line && header) {
  new IntersectionObserver(([entry]) => { line.hidden = entry.isIntersecting || entry.boundingClientRect.top > 0; }).observe(header);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-chart-view]");
  if (!button) return;
  button.closest("[data-chart]").dataset.view = button.dataset.chartView;
  for (const other of button.parentElement.children) other.setAttribute("aria-pressed", String(other === button));
});

// The time in the bar goes on between page loads, in Swedish time wherever the machine stands.
const now = document.querySelector("[data-now]");
if (now) {
  const parts = (options) => new Intl.DateTimeFormat(document.documentElement.lang, { timeZone: "Europe/Stockholm", ...options });
  const show = () => {
    const moment = new Date();
    const day = parts({ weekday: "short" }).format(moment).slice(0, 3);
    const date = parts({ day: "numeric" }).format(moment).replace(/\D/g, "");
    const month = parts({ month: "short" }).format(moment).slice(0, 3);
    const time = parts({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(moment).replace(":", ".");
    now.textContent = `${day} ${date} ${month} ${time}`;
    now.dateTime = moment.toISOString();
  };
  if (Math.abs(new Date(now.dateTime) - Date.now()) < 120000) setInterval(show, 20000);
}
document.querySelector("main:not(:has(.design)) [data-summary]")?.focus();

// Paper: a button that does what Ctrl-P does.
document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-print]")) window.print();
});
