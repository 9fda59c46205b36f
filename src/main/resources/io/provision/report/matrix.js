// ---- The matrix: from each instance to each other one

const order = (() => {
  const services = [...new Set(data.instances.map((instance) => instance.service))];
  return services.flatMap((service) => data.instances.filter((instance) => instance.service === service));
})();
const count = order.length;
const place = new Map(order.map((instance, index) => [instance.name, index]));
const cells = new Map();
const fromAll = new Map();
const toAll = new Map();
const everywhere = [];

function into(map, key, mark) {
  map.set(key, [...(map.get(key) ?? []), mark]);
}

function placeMark(breach, finding) {
  const mark = { store: breach.store, how: breach.how, finding };
  if (breach.from === EVERY && breach.to === EVERY) {
    everywhere.push(mark);
  } else if (breach.from === EVERY) {
    into(fromAll, place.get(breach.to), mark);
  } else if (breach.to === EVERY) {
    into(toAll, place.get(breach.from), mark);
  } else {
    into(cells, place.get(breach.from) * count + place.get(breach.to), mark);
  }
}

data.ways.forEach((way, index) => way.breaches.forEach((one) => placeMark(breaches[one], findings[index])));

function found(row, column) {
  if (row === column) {
    return [];
  }
  return [...(cells.get(row * count + column) ?? []), ...(toAll.get(row) ?? []), ...(fromAll.get(column) ?? []),
    ...everywhere];
}

const seen = (row, column) => order[row].chosen || order[column].chosen;

const canvas = byId("matrix");
let shape = null;
let cursor = null;

function measure() {
  const figure = byId("figure").clientWidth;
  // What it says goes beside a large one, where there is room.
  const room = count > 24 && figure > 900 ? figure - 320 : figure;
  const longest = Math.max(...order.map((instance) => instance.name.length));
  const labelled = count <= 60;
  const margin = labelled ? Math.min(longest * 6.6 + 10, room / 3) : 120;
  const gap = labelled ? 0 : 1;
  const groups = [];
  order.forEach((instance, index) => {
    if (index === 0 || order[index - 1].service !== instance.service) {
      groups.push({ service: instance.service, first: index, length: 0 });
    }
    groups[groups.length - 1].length += 1;
  });
  const free = Math.min(room - margin - groups.length * gap - 14, 900);
  const most = labelled ? 40 : 12;
  const cell = Math.max(labelled ? 12 : 2, Math.min(most, Math.floor(free / count * 2) / 2));
  const at = [];
  groups.forEach((group, index) => {
    for (let i = 0; i < group.length; i++) {
      at.push(margin + (group.first + i) * cell + index * gap);
    }
  });
  const top = labelled ? margin : 26;
  const end = at[count - 1] + cell;
  shape = { figure, labelled, margin, top, cell, at, groups, end, width: end + 12, height: end - margin + top + 12 };
}

function read() {
  const readout = byId("readout");
  if (!cursor) {
    readout.textContent = "";
    return;
  }
  const { row, column } = cursor;
  const here = found(row, column);
  const pair = row === column ? order[row].name : `${order[row].name} → ${order[column].name}`;
  const said = row === column ? "itself"
    : here.length > 0 ? here.map((one) => one.how).join("; ")
    : seen(row, column) ? "no way" : "not looked at";
  readout.replaceChildren(element("b", { textContent: pair }), `: ${said}`);
}

function move(row, column) {
  const within = (index) => Math.max(0, Math.min(count - 1, index));
  cursor = { row: within(row), column: within(column) };
  show();
  read();
}

// By keyboard, it may go where nobody sees it.
function reveal() {
  if (!cursor) {
    return;
  }
  const board = canvas.parentElement;
  const shift = (low, seen, at) => Math.max(Math.min(low, at - shape.cell), at + 2 * shape.cell - seen);
  board.scrollLeft = shift(board.scrollLeft, board.clientWidth, x(cursor.column));
  board.scrollTop = shift(board.scrollTop, board.clientHeight, y(cursor.row));
}

function nearest(positions, at) {
  // The positions grow: the last one that begins before it.
  let low = 0;
  let high = count - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (positions[middle] <= at) { low = middle; } else { high = middle - 1; }
  }
  return low;
}

function under(event) {
  const box = canvas.getBoundingClientRect();
  return {
    column: nearest(shape.at, event.clientX - box.left),
    row: nearest(shape.at, event.clientY - box.top + shape.margin - shape.top),
  };
}

function jump(step) {
  const from = cursor ? cursor.row * count + cursor.column : step > 0 ? -1 : count * count;
  for (let key = from + step; key >= 0 && key < count * count; key += step) {
    if (found(Math.floor(key / count), key % count).length > 0) {
      move(Math.floor(key / count), key % count);
      return;
    }
  }
  byId("readout").textContent = step > 0 ? "No breach further on." : "No breach before that.";
}

function enter() {
  const here = cursor ? found(cursor.row, cursor.column) : [];
  if (here.length > 0) {
    go(here[0].finding);
  }
}

function matrixKey(event) {
  const { row, column } = cursor ?? { row: 0, column: 0 };
  const keys = {
    ArrowUp: () => move(row - 1, column),
    ArrowDown: () => move(row + 1, column),
    ArrowLeft: () => move(row, column - 1),
    ArrowRight: () => move(row, column + 1),
    Home: () => move(row, 0),
    End: () => move(row, count - 1),
    PageUp: () => move(row - 10, column),
    PageDown: () => move(row + 10, column),
    n: () => jump(1),
    p: () => jump(-1),
    Enter: enter,
  };
  if (keys[event.key] && !event.ctrlKey && !event.metaKey && !event.altKey) {
    keys[event.key]();
    reveal();
    event.preventDefault();
  }
}

function matrix() {
  const names = { clean: "no way", self: "itself", postgres: "P: PostgreSQL", redis: "R: Redis", volume: "V: volumes" };
  if (order.some((instance) => !instance.chosen)) {
    names.unseen = "not looked at";
  }
  byId("legend").append(...Object.entries(names).map(([name, word]) =>
    element("li", {}, element("i", { className: name }), word)));
  byId("isolation-words").textContent = breaches.length === 0
    ? `${counted(data.isolation.pairs, "ordered pair", "ordered pairs")} of instances; no first one reaches what `
      + "is the second’s."
    : `${counted(breaches.length, "way", "ways")} to what is another’s.`;
  if (count < 2) {
    byId("figure").hidden = true;
    return;
  }
  measure();
  draw();
  canvas.addEventListener("mousemove", (event) => { const at = under(event); move(at.row, at.column); });
  canvas.addEventListener("click", enter);
  canvas.addEventListener("keydown", matrixKey);
  canvas.addEventListener("focus", () => { if (!cursor) { move(0, 0); } });
  new ResizeObserver(() => {
    if (byId("figure").clientWidth !== shape.figure) { measure(); draw(); }
  }).observe(byId("figure"));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
}
