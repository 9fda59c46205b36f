// ---- The matrix, drawn

// All but the cursor is drawn once, and shown again wherever that goes.
const still = document.createElement("canvas");
const brush = still.getContext("2d");

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
  for (const one of [canvas, still]) {
    one.width = shape.width * scale;
    one.height = shape.height * scale;
  }
  canvas.style.width = `${shape.width}px`;
  canvas.style.height = `${shape.height}px`;
  brush.setTransform(scale, 0, 0, scale, 0, 0);
  drawGround(colour);
  drawBreaches(colour);
  drawLabels(colour);
  show();
}

function show() {
  const front = canvas.getContext("2d");
  front.setTransform(1, 0, 0, 1, 0, 0);
  front.clearRect(0, 0, canvas.width, canvas.height);
  front.drawImage(still, 0, 0);
  if (cursor) {
    const scale = devicePixelRatio || 1;
    front.setTransform(scale, 0, 0, scale, 0, 0);
    drawCursor(front, colours());
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
}

function drawBreaches(colour) {
  if (!shape.labelled) {
    drawOpenLines(colour);
    brush.fillStyle = colour.self;
    order.forEach((_, index) => brush.fillRect(x(index), y(index), shape.cell, shape.cell));
  }
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
  const each = (draws) => { if (shape.labelled) { order.forEach((_, index) => draws(index)); } };
  toAll.forEach((here, row) => {
    each((column) => mark(row, column));
    edge.set(`r${row}`, here[0].store);
  });
  fromAll.forEach((here, column) => {
    each((row) => mark(row, column));
    edge.set(`c${column}`, here[0].store);
  });
  if (everywhere.length > 0) {
    each((row) => each((column) => mark(row, column)));
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

// What leads to all, or comes from all: a rectangle for each service that it crosses.
function drawOpenLines(colour) {
  const { cell, groups } = shape;
  const thick = Math.max(cell, 4);
  const aside = (thick - cell) / 2;
  for (const group of groups) {
    const long = group.length * cell;
    toAll.forEach((here, row) => {
      brush.fillStyle = colour[here[0].store];
      brush.fillRect(x(group.first), y(row) - aside, long, thick);
    });
    fromAll.forEach((here, column) => {
      brush.fillStyle = colour[here[0].store];
      brush.fillRect(x(column) - aside, y(group.first), thick, long);
    });
    for (const other of everywhere.length > 0 ? groups : []) {
      brush.fillStyle = colour[everywhere[0].store];
      brush.fillRect(x(group.first), y(other.first), long, other.length * cell);
    }
  }
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

function drawCursor(front, colour) {
  const { cell, end, top, margin } = shape;
  const wide = Math.max(cell, 2);
  front.fillStyle = colour.cross;
  front.fillRect(margin, y(cursor.row), end - margin, wide);
  front.fillRect(x(cursor.column), top, wide, end - margin);
  front.strokeStyle = colour.accent;
  front.lineWidth = 2;
  front.strokeRect(x(cursor.column) - 1, y(cursor.row) - 1, cell + 2, cell + 2);
}
