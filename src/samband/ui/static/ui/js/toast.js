// A toast stays at least eight seconds, and as long as somebody points at it, stands in it, or has left the tab.
const STAY = 8000;
const watch = (toast) => {
  if (toast.dataset.watched) return;
  toast.dataset.watched = "1";
  let left = STAY + (toast.querySelector("form") ? 4000 : 0);
  const held = () => document.hidden || toast.matches(":hover") || toast.contains(document.activeElement);
  const timer = setInterval(() => {
    if (held()) return;
    left -= 500;
    if (left <= 0) { clearInterval(timer); toast.remove(); }
  }, 500);
  toast.querySelector("[data-toast-close]")?.addEventListener("click", () => { clearInterval(timer); toast.remove(); });
};
const all = () => document.querySelectorAll("#toasts [data-toast]").forEach(watch);
all();
const place = document.getElementById("toasts");
if (place) new MutationObserver(all).observe(place, { childList: true });
