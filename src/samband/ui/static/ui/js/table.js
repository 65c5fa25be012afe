// Tables that choose rows: choose all, and say how many are chosen.
const count = (table) => {
  const boxes = [...table.querySelectorAll("tbody .pick input")];
  const picked = boxes.filter((box) => box.checked).length;
  const all = table.querySelector("[data-pick-all]");
  if (all) { all.checked = picked > 0 && picked === boxes.length; all.indeterminate = picked > 0 && picked < boxes.length; }
  const say = table.closest(".table-wrap")?.previousElementSibling?.querySelector("[data-picked]");
  if (!say) return;
  say.dataset.none ??= say.textContent;
  if (!picked) { say.textContent = say.dataset.none; return; }
  const number = document.createElement("b");
  number.textContent = `${picked} ${picked === 1 ? say.dataset.one : say.dataset.many}`;
  say.replaceChildren(number, ` ${say.dataset.of} ${say.dataset.total}`);
};
const start = (root) => root.querySelectorAll(".table").forEach((table) => table.querySelector(".pick") && count(table));
document.addEventListener("change", (event) => {
  const table = event.target.closest?.(".table");
  if (!table || !event.target.closest(".pick")) return;
  if (event.target.matches("[data-pick-all]")) table.querySelectorAll("tbody .pick input").forEach((box) => { box.checked = event.target.checked; });
  count(table);
});
// A table wider than its place can be scrolled with the keys too.
const reach = () => document.querySelectorAll(".table-wrap, .chart-table").forEach((wrap) => {
  if (wrap.scrollWidth > wrap.clientWidth + 1) wrap.tabIndex = 0; else wrap.removeAttribute("tabindex");
});
addEventListener("resize", reach);
document.addEventListener("htmx:afterSettle", reach);
reach();
document.addEventListener("htmx:afterSwap", (event) => start(event.detail.elt));
start(document);
