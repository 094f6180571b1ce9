extension PageScript {
  /// What the outputs are over a plane of two inputs, with colors and contours.
  static let field = #"""
    const rgb = hex => [1, 3, 5].map(place => parseInt(hex.slice(place, place + 2), 16));
    const mixed = (a, b, t) => a.map((x, k) => x + (b[k] - x) * t);
    const logit = p => Math.min(Math.max(Math.log(p / (1 - p)), -17), 17);

    // Functions that are close to linear where probabilities are steep, so that few points give smooth boundaries: the one
    // number whose sign decides, or one number for each class.
    const isOdds = probabilities && threshold > 0 && threshold < 1;
    const isSigned = form !== "values" && threshold !== null;
    const channelCount = form === "classes" && !isSigned ? model.outputs : 1;
    function channels(y, shownOutput, values, place, stride) {
      if (channelCount > 1) {
        const value = x => probabilities ? Math.log(Math.max(x, 1e-30)) : x;
        for (let k = 0; k < channelCount; k++) values[k * stride + place] = value(y[k]);
        return;
      }
      const x = y[form === "values" || form === "labels" ? shownOutput : y.length - 1];
      values[place] = !isSigned ? x : isOdds ? logit(x) - logit(threshold) : x - threshold;
    }

    // How sure the model is, from 0 at the boundary to 1.
    function strength(margin, best) {
      if (channelCount > 1 && probabilities) return (Math.exp(best) - 1 / channelCount) / (1 - 1 / channelCount);
      if (!isOdds) return Math.abs(margin) / (1 + Math.abs(margin));
      const p = 1 / (1 + Math.exp(-margin - logit(threshold)));
      return p > threshold ? (p - threshold) / (1 - threshold) : (threshold - p) / threshold;
    }

    // The time of a prediction in milliseconds.
    let cost = 1e-4;
    function measure() {
      const features = fill(buffer(), state);
      const first = performance.now();
      let best = Infinity;
      // A function becomes faster as it is called.
      for (let round = 0; round < 8 && performance.now() < first + 60; round++) {
        const begin = performance.now();
        for (let k = 0; k < 50; k++) compute(features, outputs);
        best = Math.min(best, (performance.now() - begin) / 50);
      }
      cost = Math.max(best, cost);
    }

    // Returns the number of nodes of each axis that can be evaluated in a time.
    const nodes = (time, least, most) =>
      Math.max(Math.min(Math.floor(Math.sqrt(Math.min(time / cost, 1.5e7 / channelCount))), most), least);

    // The outputs at n by n nodes, row by row.
    function* evaluation(horizontal, vertical, shownOutput, n) {
      const features = buffer(), values = state.slice();
      const field = { n, values: new Float32Array(channelCount * n * n), low: Infinity, high: -Infinity };
      for (let row = 0; row < n; row++) {
        values[vertical.index] = vertical.low + (vertical.high - vertical.low) * row / (n - 1);
        for (let column = 0; column < n; column++) {
          values[horizontal.index] = horizontal.low + (horizontal.high - horizontal.low) * column / (n - 1);
          compute(fill(features, values), outputs);
          channels(outputs, shownOutput, field.values, row * n + column, n * n);
        }
        yield;
      }
      for (const x of field.values) {
        if (!Number.isFinite(x)) continue;
        if (x < field.low) field.low = x;
        if (x > field.high) field.high = x;
      }
      return field;
    }

    // The margin by which each node of class k is above all others.
    function margins(field, k) {
      const { n, values } = field;
      if (channelCount === 1) return values;
      return Float32Array.from({ length: n * n }, (_, place) => {
        let best = -Infinity;
        for (let j = 0; j < channelCount; j++) if (j !== k) best = Math.max(best, values[j * n * n + place]);
        return values[k * n * n + place] - best;
      });
    }

    // Marching squares: the line where values, linear between nodes, equal a level.
    function contour(path, values, level, n, width, height) {
      const [dx, dy] = [width / (n - 1), height / (n - 1)];
      for (let row = 0; row + 1 < n; row++) {
        for (let column = 0; column + 1 < n; column++) {
          const place = row * n + column;
          const corners = [values[place], values[place + 1], values[place + n + 1], values[place + n]].map(x => x - level);
          const crossings = [];
          for (let side = 0; side < 4; side++) {
            const [a, b] = [corners[side], corners[(side + 1) % 4]];
            if (a > 0 === b > 0 || !Number.isFinite(a - b)) continue;
            const t = a / (a - b);
            const x = [t, 1, 1 - t, 0][side], y = [0, t, 1, 1 - t][side];
            crossings.push([(column + x) * dx, height - (row + y) * dy]);
          }
          // Of four crossings, a saddle's, those belong together that separate the middle from the corners.
          const middle = corners[0] + corners[1] + corners[2] + corners[3] > 0;
          if (crossings.length === 4 && middle !== corners[0] > 0) crossings.unshift(crossings.pop());
          for (let k = 0; k + 1 < crossings.length; k += 2) {
            path.moveTo(...crossings[k]);
            path.lineTo(...crossings[k + 1]);
          }
        }
      }
    }

    // A color for each pixel, from values between the nodes.
    function paint(field, width, height, shownOutput) {
      const { n, values, low, high } = field;
      const [neutral, tint] = [rgb(style("--neutral")), Number(style("--tint"))];
      const stops = style("--ramp").split(/\s+/).map(rgb);
      const colors = hues.map(rgb);
      const region = (k, s) => mixed(neutral, colors[k % colors.length], tint * Math.min(Math.max(s, 0), 1));
      const ramp = t => {
        const place = Math.min(Math.max(t, 0), 1) * (stops.length - 1);
        const k = Math.min(Math.floor(place), stops.length - 2);
        return mixed(stops[k], stops[k + 1], place - k);
      };
      const color = numbers => {
        let best = 0, second = -Infinity;
        for (let k = 1; k < channelCount; k++) {
          if (numbers[k] > numbers[best]) [second, best] = [numbers[best], k];
          else if (numbers[k] > second) second = numbers[k];
        }
        const x = numbers[best];
        if (!Number.isFinite(x)) return neutral;
        if (form === "values") return ramp(high > low ? (x - low) / (high - low) : 0.5);
        if (channelCount > 1) return region(best, strength(x - second, x));
        if (form === "labels") return x > 0 ? region(shownOutput, strength(x)) : neutral;
        return region(x > 0 ? 1 : 0, strength(x));
      };
      const image = new ImageData(width, height);
      const line = new Float32Array(channelCount * n);
      const numbers = new Float32Array(channelCount);
      for (let y = 0, place = 0; y < height; y++) {
        const row = (n - 1) * (1 - (y + 0.5) / height), below = Math.min(Math.floor(row), n - 2), s = row - below;
        for (let k = 0; k < channelCount; k++) {
          for (let column = 0; column < n; column++) {
            const at = k * n * n + below * n + column;
            line[k * n + column] = values[at] + (values[at + n] - values[at]) * s;
          }
        }
        for (let x = 0; x < width; x++, place += 4) {
          const column = (n - 1) * (x + 0.5) / width, left = Math.min(Math.floor(column), n - 2), t = column - left;
          for (let k = 0; k < channelCount; k++) {
            const at = k * n + left;
            numbers[k] = line[at] + (line[at + 1] - line[at]) * t;
          }
          const [red, green, blue] = color(numbers);
          image.data[place] = red;
          image.data[place + 1] = green;
          image.data[place + 2] = blue;
          image.data[place + 3] = 255;
        }
      }
      const canvas = make("canvas", { width, height });
      canvas.getContext("2d").putImageData(image, 0, 0);
      return { canvas, ramp };
    }
    """#
}
