// Arrows move between the cells of a rota's week; Enter follows the link. Nothing else is taken from the keyboard.
const cells = (row) => [...row.querySelectorAll("td")];
const first = (cell) => cell?.querySelector("[data-cell]");

for (const grid of document.querySelectorAll("[data-grid]")) {
  grid.addEventListener("keydown", (event) => {
    const steps = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
    const cell = event.target.closest("td");
    if (!steps || !cell || event.ctrlKey || event.metaKey || event.altKey) return;
    const rows = [...grid.tBodies[0].rows];
    let [y, x] = [rows.indexOf(cell.parentElement) + steps[0], cells(cell.parentElement).indexOf(cell) + steps[1]];
    while (rows[y] && cells(rows[y])[x]) {
      const target = first(cells(rows[y])[x]);
      if (target) {
        target.focus();
        event.preventDefault();
        event.stopPropagation();
        return;
      }
      [y, x] = [y + steps[0], x + steps[1]];
    }
  });
}
