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

function into(map, key, finding) {
  map.set(key, [...(map.get(key) ?? []), finding]);
}

breaches.forEach((breach, index) => {
  const finding = findings[index];
  if (breach.from === EVERY && breach.to === EVERY) {
    everywhere.push(finding);
  } else if (breach.from === EVERY) {
    into(fromAll, place.get(breach.to), finding);
  } else if (breach.to === EVERY) {
    into(toAll, place.get(breach.from), finding);
  } else {
    into(cells, place.get(breach.from) * count + place.get(breach.to), finding);
  }
});

function found(row, column) {
  if (row === column) {
    return [];
  }
  return [...(cells.get(row * count + column) ?? []), ...(toAll.get(row) ?? []), ...(fromAll.get(column) ?? []),
    ...everywhere];
}

const seen = (row, column) => order[row].chosen || order[column].chosen;

const canvas = byId("matrix");
const brush = canvas.getContext("2d");
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

function colours() {
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(`--${name}`).trim();
  return Object.fromEntries(["ink", "quiet", "panel", "clean", "self", "unseen", "cross", "accent", "postgres", "redis",
    "volume"].map((name) => [name, colour(name)]));
}

const x = (column) => shape.at[column];
const y = (row) => shape.at[row] - shape.margin + shape.top;

function draw() {
  const colour = colours();
  const scale = devicePixelRatio || 1;
  canvas.width = shape.width * scale;
  canvas.height = shape.height * scale;
  canvas.style.width = `${shape.width}px`;
  canvas.style.height = `${shape.height}px`;
  brush.setTransform(scale, 0, 0, scale, 0, 0);
  brush.clearRect(0, 0, shape.width, shape.height);
  drawGround(colour);
  drawBreaches(colour);
  drawLabels(colour);
  if (cursor) {
    drawCursor(colour);
  }
}

function drawGround(colour) {
  const { cell, groups, labelled } = shape;
  if (labelled) {
    for (let row = 0; row < count; row++) {
      for (let column = 0; column < count; column++) {
        brush.fillStyle = row === column ? colour.self : seen(row, column) ? colour.clean : colour.unseen;
        brush.beginPath();
        brush.roundRect(x(column) + 1, y(row) + 1, cell - 2, cell - 2, 3);
        brush.fill();
      }
    }
    return;
  }
  // A hundred thousand cells one by one would take a while: a rectangle for each pair of services.
  const whole = order.every((instance) => instance.chosen);
  for (const rows of groups) {
    for (const columns of groups) {
      brush.fillStyle = whole ? colour.clean : colour.unseen;
      brush.fillRect(x(columns.first), y(rows.first), columns.length * cell, rows.length * cell);
    }
  }
  order.forEach((instance, index) => {
    if (!whole && instance.chosen) {
      brush.fillStyle = colour.clean;
      brush.fillRect(x(0), y(index), shape.end - x(0), cell);
      brush.fillRect(x(index), y(0), cell, shape.end - x(0));
    }
  });
  brush.fillStyle = colour.self;
  order.forEach((_, index) => brush.fillRect(x(index), y(index), cell, cell));
}

function drawBreaches(colour) {
  const edge = new Map();
  const mark = (row, column) => {
    const here = found(row, column);
    if (here.length > 0) {
      drawBreach(x(column), y(row), here, colour);
    }
  };
  cells.forEach((here, key) => {
    mark(Math.floor(key / count), key % count);
    edge.set(`r${Math.floor(key / count)}`, here[0].store).set(`c${key % count}`, here[0].store);
  });
  toAll.forEach((here, row) => {
    order.forEach((_, column) => mark(row, column));
    edge.set(`r${row}`, here[0].store);
  });
  fromAll.forEach((here, column) => {
    order.forEach((_, row) => mark(row, column));
    edge.set(`c${column}`, here[0].store);
  });
  if (everywhere.length > 0) {
    order.forEach((_, row) => order.forEach((__, column) => mark(row, column)));
  }
  // So that a single small cell is found in a large matrix.
  edge.forEach((store, key) => {
    const index = Number(key.slice(1));
    brush.fillStyle = colour[store];
    if (key.startsWith("r")) {
      brush.fillRect(shape.end + 4, y(index), 6, Math.max(shape.cell - 1, 2));
    } else {
      brush.fillRect(x(index), y(count - 1) + shape.cell + 4, Math.max(shape.cell - 1, 2), 6);
    }
  });
}

function drawBreach(left, top, here, colour) {
  const { cell, labelled } = shape;
  brush.fillStyle = colour[here[0].store];
  if (!labelled) {
    const size = Math.max(cell, 4);
    brush.fillRect(left - (size - cell) / 2, top - (size - cell) / 2, size, size);
    return;
  }
  brush.beginPath();
  brush.roundRect(left + 1, top + 1, cell - 2, cell - 2, 3);
  brush.fill();
  brush.fillStyle = colour.panel;
  brush.font = `700 ${Math.min(cell * 0.5, 13)}px system-ui, sans-serif`;
  brush.textAlign = "center";
  brush.textBaseline = "middle";
  const letters = [...new Set(here.map((one) => one.store[0].toUpperCase()))].join("");
  brush.fillText(letters, left + cell / 2, top + cell / 2 + 0.5);
}

function drawLabels(colour) {
  const { cell, groups, labelled, margin, top } = shape;
  brush.fillStyle = colour.ink;
  brush.textBaseline = "middle";
  brush.font = `${labelled ? Math.min(12, cell) : 11}px system-ui, sans-serif`;
  if (labelled) {
    order.forEach((instance, index) => {
      brush.textAlign = "right";
      brush.fillText(instance.name, margin - 6, y(index) + cell / 2, margin - 8);
      brush.save();
      brush.translate(x(index) + cell / 2, top - 6);
      brush.rotate(-Math.PI / 2);
      brush.textAlign = "left";
      brush.fillText(instance.name, 0, 0, top - 8);
      brush.restore();
    });
    return;
  }
  brush.fillStyle = colour.quiet;
  for (const group of groups) {
    const long = group.length * cell;
    if (long >= 10) {
      brush.textAlign = "right";
      brush.fillText(group.service, margin - 8, y(group.first) + long / 2, margin - 10);
      brush.textAlign = "center";
      if (brush.measureText(group.service).width < long) {
        brush.fillText(group.service, x(group.first) + long / 2, top - 12);
      }
    }
    brush.fillRect(margin - 4, y(group.first), 2, long);
    brush.fillRect(x(group.first), top - 4, long, 2);
  }
}

function drawCursor(colour) {
  const { cell, end, top, margin } = shape;
  const wide = Math.max(cell, 2);
  brush.fillStyle = colour.cross;
  brush.fillRect(margin, y(cursor.row), end - margin, wide);
  brush.fillRect(x(cursor.column), top, wide, end - margin);
  brush.strokeStyle = colour.accent;
  brush.lineWidth = 2;
  brush.strokeRect(x(cursor.column) - 1, y(cursor.row) - 1, cell + 2, cell + 2);
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
  draw();
  read();
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
    go(here[0]);
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
    ? `${counted(data.isolation.pairs, "ordered pair", "ordered pairs")} of instances; no first one reaches what is the `
      + "second’s."
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
