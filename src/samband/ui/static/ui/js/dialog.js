// Dialogs open from data-opens and close from data-close; a form with data-confirm asks first. Only what reaches others or cannot be undone asks.
document.addEventListener("click", (event) => {
  const opener = event.target.closest?.("[data-opens]");
  if (opener) document.getElementById(opener.dataset.opens)?.showModal?.();
  const closer = event.target.closest?.("[data-close]");
  if (closer) closer.closest("dialog")?.close();
  if (event.target.tagName === "DIALOG" && event.target.open) {
    const box = event.target.getBoundingClientRect();
    const inside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
    if (!inside && event.clientX) event.target.close();
  }
});

const dialog = document.getElementById("confirm");
let waiting = null;
let yes = false;
document.addEventListener("submit", (event) => {
  const text = event.submitter?.dataset.confirm || event.target.dataset.confirm;
  if (!text || !dialog || yes) { yes = false; return; }
  event.preventDefault();
  event.stopPropagation();
  waiting = { form: event.target, submitter: event.submitter };
  dialog.querySelector("[data-confirm-text]").textContent = text;
  dialog.showModal();
}, true);
dialog?.querySelector("[data-confirm-yes]").addEventListener("click", () => {
  dialog.close();
  if (!waiting) return;
  yes = true;
  waiting.form.requestSubmit(waiting.submitter || undefined);
  waiting = null;
});
