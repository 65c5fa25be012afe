// The form of a call: a proposed time is put into its fields with one press. The page for paper: print.
const put = (name, value) => {
  const field = document.querySelector(`#call [name="${name}"]`);
  if (!field) return;
  field.value = value;
  field.dispatchEvent(new Event("change", { bubbles: true }));
};

document.addEventListener("click", (event) => {
  const time = event.target.closest?.("[data-day][data-at]");
  if (time) { put("day", time.dataset.day); put("at", time.dataset.at); }
  if (event.target.closest?.("[data-print]")) window.print();
});
