// Before the first paint: the look the reader chose, else the system's. Kept on this device only.
(() => {
  const root = document.documentElement;
  const read = () => { try { return localStorage.getItem("samband-theme") || ""; } catch { return ""; } };
  const apply = (theme) => {
    if (theme) root.dataset.theme = theme; else delete root.dataset.theme;
    for (const button of document.querySelectorAll("[data-set-theme]")) {
      button.setAttribute("aria-pressed", String(button.dataset.setTheme === theme));
    }
  };
  apply(read());
  document.addEventListener("DOMContentLoaded", () => apply(read()));
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-set-theme]");
    if (!button) return;
    try { localStorage.setItem("samband-theme", button.dataset.setTheme); } catch { /* private window: this page only */ }
    apply(button.dataset.setTheme);
  });
})();
