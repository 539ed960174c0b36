"use strict";
(() => {
  const words = document.body.dataset;
  const $ = (id) => document.getElementById(id);
  const text = (cell) => cell.textContent.trim();
  const fill = (form, ...values) => values.reduce((s, v) => s.replace("%s", v), form);
  // What hides a row: the search of its table and the time that was chosen.
  const hiding = new WeakMap();
  const apply = (row, why, hide) => {
    const reasons = hiding.get(row) || {};
    reasons[why] = hide;
    hiding.set(row, reasons);
    row.hidden = Boolean(reasons.search || reasons.time);
  };
  const tell = (table) => {
    const box = document.querySelector(`input[data-for="${table.id}"]`);
    if (!box) return;
    const rows = [...table.tBodies];
    const shown = rows.filter((r) => !r.hidden).length;
    const note = box.closest("p").querySelector(".count");
    note.textContent = shown === rows.length ? "" : fill(words.shown, shown, rows.length);
  };

  // Sorting. Each tbody is one row with what belongs to it.
  const number = (s) => {
    const v = parseFloat(s.replace(/[^0-9.]/g, ""));
    return Number.isNaN(v) ? -1 : v;
  };
  const sortBy = (table, th) => {
    const column = [...th.parentNode.children].indexOf(th);
    const numeric = th.dataset.sort === "n";
    const was = th.getAttribute("aria-sort");
    const down = was ? was === "ascending" : numeric;
    for (const other of th.parentNode.children) other.removeAttribute("aria-sort");
    th.setAttribute("aria-sort", down ? "descending" : "ascending");
    const key = (body) => text(body.rows[0].cells[column]);
    const compare = numeric ? (a, b) => number(key(a)) - number(key(b)) : (a, b) => key(a).localeCompare(key(b), undefined, { numeric: true });
    const rows = [...table.tBodies].sort((a, b) => (down ? -compare(a, b) : compare(a, b)));
    table.append(...rows);
  };
  for (const table of document.querySelectorAll("table.sortable")) {
    for (const th of table.tHead.rows[0].cells) {
      if (!th.dataset.sort) continue;
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = text(th);
      button.title = `${words.sort} ${text(th)}`;
      th.replaceChildren(button);
      button.addEventListener("click", () => sortBy(table, th));
    }
  }

  // Filtering by a part of a row.
  for (const box of document.querySelectorAll("input[data-for]")) {
    const table = $(box.dataset.for);
    if (!table) continue;
    box.closest("p").hidden = false;
    box.addEventListener("input", () => {
      const want = box.value.trim().toLowerCase();
      for (const body of table.tBodies) apply(body, "search", want !== "" && !text(body.rows[0]).toLowerCase().includes(want));
      tell(table);
    });
  }

  // Choosing a time: by dragging over the chart or by moving its ends.
  const plot = $("plot");
  if (plot) {
    const cols = [...plot.querySelectorAll(".col")];
    const from = $("brush-a");
    const to = $("brush-b");
    const out = $("brush-out");
    const title = (c) => c.querySelector("title").textContent.split(" – ");
    const choose = () => {
      const a = Math.min(+from.value, +to.value);
      const b = Math.max(+from.value, +to.value);
      const all = a === 0 && b === cols.length - 1;
      cols.forEach((c, i) => c.classList.toggle("out", i < a || i > b));
      const start = +cols[a].dataset.a;
      const end = +cols[b].dataset.b;
      out.textContent = all ? words.all : `${title(cols[a])[0]} – ${title(cols[b])[1].split(": ")[0]}`;
      for (const table of document.querySelectorAll("table.timed")) {
        for (const body of table.tBodies) {
          const has = body.dataset.a !== "";
          apply(body, "time", !all && (!has || +body.dataset.b < start || +body.dataset.a > end));
        }
        tell(table);
      }
    };
    const set = (a, b) => {
      from.value = a;
      to.value = b;
      choose();
    };
    for (const end of [from, to]) {
      end.max = cols.length - 1;
      end.addEventListener("input", choose);
    }
    from.value = 0;
    to.value = cols.length - 1;
    document.querySelector(".brush").hidden = false;
    plot.classList.add("live");
    $("brush-clear").addEventListener("click", () => set(0, cols.length - 1));
    const at = (event) => {
      const found = cols.findIndex((c) => event.clientX < c.querySelector(".hover").getBoundingClientRect().right);
      return found < 0 ? cols.length - 1 : found;
    };
    let start = -1;
    plot.addEventListener("pointerdown", (e) => {
      if (e.button === 0 && e.pointerType === "mouse") start = at(e);
    });
    plot.addEventListener("pointermove", (e) => {
      if (start >= 0 && e.buttons === 1) set(Math.min(start, at(e)), Math.max(start, at(e)));
    });
    addEventListener("pointerup", () => { start = -1; });
  }

  // Saving the figures.
  const save = $("save");
  if (save) save.hidden = false;
  save?.addEventListener("click", () => {
    const blob = new Blob([$("data").textContent], { type: "application/json" });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = "wsalog-report.json";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  });

  // What is folded is printed too.
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("details:not([open])")];
    for (const d of folded) d.open = true;
  });
  addEventListener("afterprint", () => {
    for (const d of folded) d.open = false;
  });
})();
