"use strict";

// Whatever comes from the data is set as text: nothing of it is ever markup.
const data = JSON.parse(document.getElementById("data").textContent);
const EVERY = "*";
const AT_ONCE = 200;
const byId = (id) => document.getElementById(id);

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function counted(count, one, many) {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}

function whose(name) {
  return name === EVERY ? "every instance" : name;
}

// ---- What was found

const breaches = data.isolation.breaches;
const faults = data.checks.filter((check) => !check.ok);
const serviceOf = new Map(data.instances.map((instance) => [instance.name, instance.service]));

const findings = [
  ...data.ways.map((way) => ({
    kind: "breach",
    store: way.store,
    who: `${way.from} → ${way.to}`,
    spoken: `from ${way.from} to ${way.to}`,
    label: `breach · ${way.store}`,
    how: way.how,
    remedy: way.remedy,
    names: [...new Set(way.breaches.flatMap((index) => [breaches[index].from, breaches[index].to]))],
    further: way.breaches.map((index) => breaches[index].how),
  })),
  ...faults.map((check) => ({
    kind: "fault",
    store: "",
    who: `${whose(check.instance)}: ${check.check.replaceAll("_", " ")}`,
    spoken: `${whose(check.instance)}, ${check.check}`,
    label: "fault",
    how: check.detail,
    remedy: check.remedy ?? "",
    names: [check.instance],
    further: [],
  })),
];
findings.forEach((finding, index) => {
  finding.id = `finding-${index + 1}`;
  const services = finding.names.map((name) => serviceOf.get(name) ?? "");
  finding.text = [finding.who, finding.label, finding.how, finding.remedy, ...finding.names, ...finding.further,
    ...services].join("\n").toLowerCase();
});

// ---- Summary

function tile(term, value, tone) {
  return element("div", { className: tone },
    element("dt", { textContent: term }), element("dd", { textContent: value.toLocaleString("en") }));
}

function summary() {
  byId("ecosystem").textContent = data.ecosystem;
  byId("verdict").textContent = data.ok ? "The gate is open" : "The gate stays shut";
  byId("verdict").className = data.ok ? "open" : "shut";
  const looked = data.instances.filter((instance) => instance.chosen).length;
  byId("sentence").textContent = data.ok
    ? "All is there, and no instance reaches what is another’s."
    : `${counted(breaches.length, "breach", "breaches")} and ${counted(faults.length, "fault", "faults")} stand `
      + "between this ecosystem and a deployment. Each is told below with what mends it.";
  byId("tiles").append(
    tile("Instances", looked, ""),
    tile("Pairs of instances", data.isolation.pairs, ""),
    tile("Checks", data.checks.length, ""),
    tile("Breaches", breaches.length, breaches.length > 0 ? "bad" : "good"),
    tile("Faults", faults.length, faults.length > 0 ? "bad" : "good"),
    tile("Warnings", data.isolation.warnings.length, data.isolation.warnings.length > 0 ? "warn" : ""));
  const made = new Date(data.made_at).toISOString().replace("T", " ").slice(0, 19);
  byId("made").textContent = [...data.places, `${made} UTC`, `provision ${data.version}`].join(" · ");
}

// ---- Findings

function card(finding) {
  const shown = byId("finding").content.cloneNode(true).firstElementChild;
  shown.id = finding.id;
  shown.tabIndex = -1;
  shown.classList.add(finding.kind, ...(finding.store === "" ? [] : [`of-${finding.store}`]));
  shown.querySelector(".badge").textContent = finding.label;
  shown.querySelector(".who").textContent = finding.who;
  shown.querySelector(".how").textContent = finding.how;
  if (finding.remedy === "") {
    shown.querySelector(".remedy").remove();
  } else {
    shown.querySelector("pre").textContent = finding.remedy;
    const button = shown.querySelector(".copy");
    button.setAttribute("aria-label", `Copy what mends it: ${finding.spoken}`);
    button.addEventListener("click", () => copy(finding.remedy, button));
  }
  return shown;
}

async function copy(text, button) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Not every page may use the clipboard: an older way that needs a selection.
    getSelection().selectAllChildren(button.parentElement.querySelector("pre"));
    document.execCommand("copy");
  }
  button.textContent = "Copied";
  setTimeout(() => { button.textContent = "Copy"; }, 1500);
}

let matching = findings;

function list(most) {
  const some = matching.slice(0, most);
  byId("list").replaceChildren(...some.map(card));
  if (findings.length === 0) {
    byId("list").append(element("li", { className: "none", textContent: "None." }));
  } else if (matching.length === 0) {
    byId("list").append(element("li", { className: "quiet", textContent: "None that the filter lets through." }));
  }
  byId("more").hidden = some.length === matching.length;
  byId("more").textContent = `Show all ${matching.length.toLocaleString("en")}`;
}

function go(finding) {
  if (!matching.includes(finding)) {
    byId("filter").value = "";
    filter();
  }
  if (!byId(finding.id)) {
    list(matching.length);
  }
  document.querySelectorAll(".found").forEach((shown) => shown.classList.remove("found"));
  const shown = byId(finding.id);
  shown.classList.add("found");
  shown.scrollIntoView({ block: "center" });
  shown.focus({ preventScroll: true });
}
