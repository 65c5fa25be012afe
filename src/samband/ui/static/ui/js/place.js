// Back means the same place: scroll and the row that was opened are kept for this tab, by address, without any text from the page.
const key = `samband-place:${location.pathname}`;
const store = { get: () => { try { return JSON.parse(sessionStorage.getItem(key)); } catch { return null; } }, set: (v) => { try { sessionStorage.setItem(key, JSON.stringify(v)); } catch { /* full or closed */ } } };
const rows = () => [...document.querySelectorAll("[data-item]")];
const kept = store.get();
let comesBack = performance.getEntriesByType("navigation")[0]?.type === "back_forward";
try {
  if (sessionStorage.getItem("samband-back") === location.pathname) comesBack = true;
  sessionStorage.removeItem("samband-back");
} catch { /* no storage: start at the top */ }
if (kept && comesBack) {
  scrollTo(0, kept.y);
  rows()[kept.row]?.focus({ preventScroll: true });
}
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-back]");
  if (link) { try { sessionStorage.setItem("samband-back", new URL(link.href).pathname); } catch { /* as above */ } }
});
addEventListener("pagehide", () => store.set({ y: scrollY, row: rows().indexOf(document.activeElement) }));
