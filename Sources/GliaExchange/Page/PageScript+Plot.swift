extension PageScript {
  /// The plot: a plane of two inputs or a curve over one, with a point that can be moved.
  static let plot = #"""
    const [stage, canvas, point] = ["stage", "canvas", "point"].map(element);
    const isPlane = numbers.length > 1, hasPlot = numbers.length > 0;
    const axes = numbers.slice(0, 2);
    let shownOutput = 0;
    const area = { left: 56, top: 10, width: 0, height: 0 };
    let limits = [];

    // The limits of an axis contain the current value.
    function axis(index) {
      const { min, max } = inputs[index];
      const x = Number.isFinite(state[index]) ? state[index] : min;
      return { index, low: Math.min(min, x), high: Math.max(max, x), name: label(inputs[index].name) };
    }

    function ticks(low, high, count) {
      const raw = (high - low) / count;
      if (!(raw > 0) || !Number.isFinite(raw)) return [];
      const power = 10 ** Math.floor(Math.log10(raw));
      const step = [1, 2, 2.5, 5, 10].find(factor => factor * power >= 0.999 * raw) * power;
      let digits = 0;
      while (digits < 10 && Math.abs(step * 10 ** digits % 1 - 0.5) < 0.499999) digits++;
      const isPlain = Math.max(Math.abs(low), Math.abs(high)) < 1e6 && step > 1e-6;
      const first = Math.ceil(low / step - 1e-9), places = Math.floor(high / step + 1e-9) - first + 1;
      return Array.from({ length: Math.min(Math.max(places, 0), 20) }, (_, k) => {
        const x = (first + k) * step;
        const text = isPlain ? (x + 0).toFixed(digits) : String(Number(x.toPrecision(4)));
        return { x, text: grouped(text.replace(/^-(?=0*\.?0*$)/, "")) };
      });
    }

    // A text that is shortened to fit a width.
    function fitted(pen, text, width) {
      if (pen.measureText(text).width <= width) return text;
      let count = text.length;
      while (count > 1 && pen.measureText(text.slice(0, count) + "…").width > width) count--;
      return text.slice(0, count).trimEnd() + "…";
    }

    function drawAxes(pen, horizontal, vertical) {
      const { left, top, width, height } = area;
      const [text, spine] = [style("--text"), style("--spine")];
      pen.strokeStyle = spine;
      pen.lineWidth = 1;
      pen.beginPath();
      pen.moveTo(left - 0.5, top);
      pen.lineTo(left - 0.5, top + height + 0.5);
      pen.lineTo(left + width, top + height + 0.5);
      pen.fillStyle = text;
      pen.font = "12px " + getComputedStyle(document.body).fontFamily;
      pen.textAlign = "center";
      pen.textBaseline = "top";
      for (const { x, text } of ticks(horizontal.low, horizontal.high, Math.max(width / 90, 4))) {
        const at = left + width * (x - horizontal.low) / (horizontal.high - horizontal.low);
        pen.moveTo(at, top + height + 0.5);
        pen.lineTo(at, top + height + 5.5);
        pen.fillText(text, at, top + height + 9);
      }
      pen.textAlign = "right";
      pen.textBaseline = "middle";
      for (const { x, text } of ticks(vertical.low, vertical.high, Math.max(height / 80, 4))) {
        const at = top + height * (1 - (x - vertical.low) / (vertical.high - vertical.low));
        pen.moveTo(left - 5.5, at);
        pen.lineTo(left - 0.5, at);
        pen.fillText(text, left - 9, at, left - 28);
      }
      pen.stroke();
      pen.font = "13px " + getComputedStyle(document.body).fontFamily;
      pen.textAlign = "center";
      pen.textBaseline = "bottom";
      pen.fillText(fitted(pen, horizontal.name, width), left + width / 2, top + height + 44);
      pen.save();
      pen.translate(14, top + height / 2);
      pen.rotate(-Math.PI / 2);
      pen.textBaseline = "middle";
      pen.fillText(fitted(pen, vertical.name, height), 0, 0);
      pen.restore();
    }

    // The picture of the plane is coarse at first, and refined while nothing changes.
    let picture = { key: null, n: 0 }, work = null;
    function plane() {
      const others = state.map((x, k) => axes.includes(k) ? "" : String(x));
      const key = JSON.stringify([limits, others, shownOutput, area, hues]);
      if (picture.key === key) return picture;
      const steps = evaluation(...limits, shownOutput, nodes(24, 40, 96));
      let step = steps.next();
      while (!step.done) step = steps.next();
      picture = pictured(key, step.value);
      return picture;
    }

    function pictured(key, field) {
      const [lines, lesser] = [new Path2D(), new Path2D()];
      const draw = (path, values, level) => contour(path, values, level, field.n, area.width, area.height);
      if (form === "values") for (const { x } of ticks(field.low, field.high, 6)) draw(lesser, field.values, x);
      else if (channelCount > 1) for (let k = 0; k < Math.min(channelCount, 32); k++) draw(lines, margins(field, k), 0);
      else draw(lines, field.values, 0);
      if (isOdds) for (const p of [0.25, 0.75]) draw(lesser, field.values, logit(p) - logit(threshold));
      return { key, n: field.n, field, lines, lesser, ...paint(field, area.width, area.height, shownOutput) };
    }

    function refine() {
      const n = nodes(2500, 96, 240);
      if (!isPlane || picture.n >= n) return;
      work = { key: picture.key, steps: evaluation(...limits, shownOutput, n) };
      proceed(work);
    }

    function proceed(own) {
      if (work !== own || picture.key !== own.key) return;
      const end = performance.now() + 12;
      let step = own.steps.next();
      while (!step.done && performance.now() < end) step = own.steps.next();
      if (step.done) {
        picture = pictured(own.key, step.value);
        draw();
      } else {
        setTimeout(proceed, 0, own);
      }
    }

    function drawPlane(pen) {
      const { canvas, field, lines, lesser, ramp } = plane();
      pen.drawImage(canvas, area.left, area.top, area.width, area.height);
      pen.save();
      pen.beginPath();
      pen.rect(area.left, area.top, area.width, area.height);
      pen.clip();
      pen.translate(area.left, area.top);
      pen.lineJoin = pen.lineCap = "round";
      const stroke = (path, color, width, alpha = 1) => {
        [pen.strokeStyle, pen.lineWidth, pen.globalAlpha] = [color, width, alpha];
        pen.stroke(path);
      };
      const values = form === "values";
      stroke(lesser, values ? style("--card") : style("--secondary"), 1, values ? 0.55 : 0.45);
      stroke(lines, style("--card"), 4, 0.8);
      stroke(lines, style("--text"), 1.5);
      pen.restore();
      drawAxes(pen, ...limits);
      if (values) drawColorBar(pen, field, ramp);
    }

    function drawColorBar(pen, { low, high }, ramp) {
      const { left, top, width, height } = area;
      const x = left + width + 14;
      for (let y = 0; y < height; y++) {
        pen.fillStyle = `rgb(${ramp(1 - (y + 0.5) / height).map(Math.round)})`;
        pen.fillRect(x, top + y, 12, 1);
      }
      pen.fillStyle = style("--text");
      pen.font = "12px " + getComputedStyle(document.body).fontFamily;
      pen.textAlign = "left";
      pen.textBaseline = "middle";
      for (const tick of ticks(low, high, 6)) {
        pen.fillText(tick.text, x + 18, top + height * (1 - (tick.x - low) / (high - low)), 50);
      }
    }

    // The outputs over one input.
    function drawCurves(pen) {
      const [horizontal] = limits;
      const n = Math.max(Math.min(Math.floor(30 / cost), 500), 200);
      const values = state.slice(), features = buffer();
      const at = x => {
        values[horizontal.index] = x;
        compute(fill(features, values), outputs);
        return form === "probability" ? [1 - outputs[0], outputs[0]] : Array.from(outputs).slice(0, 10);
      };
      const xs = Array.from({ length: n }, (_, k) => horizontal.low + (horizontal.high - horizontal.low) * k / (n - 1));
      const rows = xs.map(at);
      const band = model.interval ? rows.map(row => row.map((y, k) => ends(k, y))) : [];
      let [low, high] = [0, 1];
      if (!probabilities) {
        const all = rows.flat().concat(band.flat(2)).filter(Number.isFinite);
        [low, high] = all.reduce(([a, b], y) => [Math.min(a, y), Math.max(b, y)], [Infinity, -Infinity]);
        const room = high > low ? 0.06 * (high - low) : 0.5;
        [low, high] = low <= high ? [low - room, high + room] : [0, 1];
      }
      const kind = probabilities ? "probability" : form === "values" ? "" : "score";
      const vertical = { low, high, name: names.length === 1 ? label(names[0]) : kind };
      limits = [horizontal, vertical];
      drawAxes(pen, horizontal, vertical);
      const px = x => area.left + area.width * (x - horizontal.low) / (horizontal.high - horizontal.low);
      const py = y => area.top + area.height * (1 - (y - low) / (high - low));
      pen.save();
      pen.beginPath();
      pen.rect(area.left, area.top, area.width, area.height);
      pen.clip();
      const line = points => {
        pen.beginPath();
        points.forEach(([x, y]) => pen.lineTo(px(x), py(y)));
      };
      pen.lineWidth = 1;
      pen.strokeStyle = style("--spine");
      pen.setLineDash([4, 4]);
      line([[state[horizontal.index], low], [state[horizontal.index], high]]);
      pen.stroke();
      if (threshold !== null) {
        line([[horizontal.low, threshold], [horizontal.high, threshold]]);
        pen.stroke();
      }
      pen.setLineDash([]);
      pen.lineWidth = 2.25;
      pen.lineJoin = "round";
      rows[0].forEach((_, k) => {
        pen.strokeStyle = pen.fillStyle = hue(form === "score" ? 1 : k);
        if (model.interval) {
          line([...xs.map((x, i) => [x, band[i][k][0]]), ...xs.map((x, i) => [x, band[i][k][1]]).reverse()]);
          pen.globalAlpha = 0.16;
          pen.fill();
          pen.globalAlpha = 1;
        }
        line(xs.map((x, i) => [x, rows[i][k]]));
        pen.stroke();
      });
      pen.restore();
      const own = at(state[horizontal.index]);
      const main = form === "probability" || form === "classes" ? choice ?? 0 : 0;
      return own[Math.min(main, own.length - 1)];
    }

    function draw() {
      const [width, height, ratio] = [canvas.clientWidth, canvas.clientHeight, devicePixelRatio || 1];
      if (width < 120 || height < 120) return;
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
      const pen = canvas.getContext("2d");
      pen.scale(ratio, ratio);
      limits = axes.map(axis);
      // Long numbers beside the vertical axis need more room.
      const isLong = isPlane ? Math.max(...[limits[1].low, limits[1].high].map(Math.abs)) >= 1e4 : form === "values";
      area.left = isLong ? 76 : 56;
      area.width = width - area.left - (isPlane && form === "values" ? 88 : 16);
      area.height = height - area.top - 48;
      const y = isPlane ? drawPlane(pen) : drawCurves(pen);
      const [horizontal, vertical] = limits;
      const place = (x, { low, high }) => Math.min(Math.max((x - low) / (high - low), 0), 1);
      const [u, v] = [state[horizontal.index], isPlane ? state[vertical.index] : y];
      point.hidden = !Number.isFinite(u + v);
      point.style.left = 100 * (area.left + area.width * place(u, horizontal)) / width + "%";
      point.style.top = 100 * (area.top + area.height * (1 - place(v, vertical))) / height + "%";
      point.style.setProperty("--hue", choice !== null ? hue(choice) : isPlane || form !== "values" ? "" : hue(0));
    }

    let frame = 0, timer = 0;
    function schedule() {
      if (!hasPlot) return;
      if (!frame) frame = requestAnimationFrame(() => { frame = 0; draw(); });
      clearTimeout(timer);
      timer = setTimeout(refine, 80);
    }
    """#
}
