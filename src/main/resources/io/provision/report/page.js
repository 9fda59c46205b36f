// ---- Instances

const COLUMNS = [
  ["name", "Instance", false], ["service", "Service", false], ["checks", "Checks", true], ["faults", "Faults", true],
  ["reaches", "Reaches others", true], ["reached", "Is reached", true],
];

const rows = (() => {
  const byName = new Map(data.instances.filter((instance) => instance.chosen).map((instance) => [instance.name, {
    ...instance, own: [], faults: 0, reaches: 0, reached: 0, opened: false,
  }]));
  for (const check of data.checks) {
    const row = byName.get(check.instance);
    if (row) {
      row.own.push(check);
      row.faults += check.ok ? 0 : 1;
    }
  }
  for (const row of byName.values()) {
    row.checks = row.own.length;
    row.reaches = breaches.filter((breach) => breach.from === row.name || breach.from === EVERY).length;
    row.reached = breaches.filter((breach) => breach.to === row.name || breach.to === EVERY).length;
    row.text = `${row.name}\n${row.service}`.toLowerCase();
  }
  return [...byName.values()];
})();
let sorted = { column: "", ascending: true };

function table() {
  byId("instances").tHead.rows[0].append(...COLUMNS.map(([key, word, numeric]) => {
    const button = element("button", { type: "button", textContent: word });
    const head = element("th", { scope: "col", className: numeric ? "number" : "" }, button);
    button.addEventListener("click", () => {
      // The worst first.
      sorted = { column: key, ascending: sorted.column === key ? !sorted.ascending : !numeric };
      byId("instances").querySelectorAll("th[aria-sort]").forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", sorted.ascending ? "ascending" : "descending");
      fillTable();
    });
    return head;
  }));
}

function line(row) {
  const name = element("button", { type: "button", textContent: row.name });
  name.setAttribute("aria-expanded", "false");
  const shown = element("tr", {}, element("th", { scope: "row" }, name),
    ...COLUMNS.slice(1).map(([key, , numeric]) => {
      const bad = numeric && key !== "checks" && row[key] > 0;
      const className = (numeric ? "number" : "") + (bad ? " bad-number" : "");
      return element("td", { className, textContent: row[key] });
    }));
  name.addEventListener("click", () => {
    const opened = name.getAttribute("aria-expanded") === "true";
    name.setAttribute("aria-expanded", String(!opened));
    if (opened) {
      shown.nextElementSibling.remove();
    } else {
      shown.after(element("tr", {}, element("td", { colSpan: COLUMNS.length }, checks(row))));
    }
  });
  return shown;
}

function checks(row) {
  return element("ul", { className: "checks" }, ...row.own.map((check) => element("li", {
    className: check.ok ? "holds" : "fails",
    textContent: `${check.check.replaceAll("_", " ")}: ${check.detail}`,
  })));
}

function fillTable() {
  const { column, ascending } = sorted;
  const wanted = terms();
  const some = rows.filter((row) => wanted.every((term) => row.text.includes(term)));
  if (column !== "") {
    const way = ascending ? 1 : -1;
    some.sort((a, b) => (a[column] < b[column] ? -way : a[column] > b[column] ? way : 0));
  }
  byId("instances").tBodies[0].replaceChildren(...some.map(line));
  return some.length;
}

// ---- Remarks and the filter

function remarks() {
  const remark = (kind) => (sentence) =>
    element("li", {}, element("b", { textContent: `${kind}: ` }), sentence);
  byId("remark-list").append(
    ...data.isolation.warnings.map(remark("warning")), ...data.isolation.notes.map(remark("note")));
  byId("remarks").hidden = byId("remark-list").childElementCount === 0;
}

function terms() {
  return byId("filter").value.toLowerCase().split(/\s+/).filter((term) => term !== "");
}

function filter() {
  const wanted = terms();
  matching = findings.filter((finding) => wanted.every((term) => finding.text.includes(term)));
  list(AT_ONCE);
  const instances = fillTable();
  byId("shown").textContent = wanted.length === 0
    ? ""
    : `${counted(matching.length, "finding", "findings")}, ${counted(instances, "instance", "instances")}`;
}

byId("filter").addEventListener("input", filter);
byId("tools").addEventListener("submit", (event) => event.preventDefault());
byId("more").addEventListener("click", () => list(matching.length));
document.addEventListener("keydown", (event) => {
  const typing = document.activeElement === byId("filter");
  if (event.key === "/" && !typing) {
    byId("filter").focus();
    event.preventDefault();
  } else if (event.key === "Escape" && typing) {
    byId("filter").value = "";
    filter();
  }
});

document.querySelector("main").className = count <= 24 ? "beside" : "large";
summary();
table();
remarks();
filter();
matrix();
