/// The script of a page, in parts that follow each other.
enum PageScript {
  /// The description of the model and its numbers, from which `compute` is made.
  static let start = #"""
    const element = id => document.getElementById(id);
    const model = JSON.parse(element("model").textContent);
    const bytes = id => Uint8Array.from(atob(element(id).textContent), letter => letter.charCodeAt(0)).buffer;
    const floats = new Float32Array(bytes("floats")), doubles = new Float64Array(bytes("doubles"));
    """#

  /// The inputs and the prediction.
  static let controls = #"""
    const make = (tag, properties = {}, ...children) => {
      const node = Object.assign(document.createElement(tag), properties);
      node.append(...children);
      return node;
    };
    const { inputs, names, form, threshold, probabilities } = model;
    const isClassifier = form === "classes" || form === "probability" || form === "score";
    const buffer = () => model.isDouble ? new Float64Array(model.features) : new Float32Array(model.features);
    const outputs = new Float32Array(model.outputs);
    const digits = ({ min, max }) => Math.min(Math.max(3 - Math.floor(Math.log10(max - min)), 0), 20);
    const rounded = (input, x) => input.step ? Math.round(x) : Number(x.toFixed(digits(input)));
    const start = inputs.map(input => input.values ? 0 : rounded(input, input.value));
    const state = start.slice();
    const numbers = inputs.map((input, index) => index).filter(index => !inputs[index].values);

    // The features of a sample: numbers as they are, categories as one number for each of their values.
    function fill(features, values) {
      inputs.forEach((input, index) => {
        if (!input.values) {
          features[input.first] = values[index];
          return;
        }
        for (let k = 0; k < input.values.length; k++) features[input.first + k] = k === values[index] ? 1 : 0;
      });
      return features;
    }

    function decide(y) {
      if (threshold !== null) return y[y.length - 1] > threshold ? 1 : 0;
      let best = 0;
      for (let k = 1; k < y.length; k++) if (y[k] > y[best]) best = k;
      return best;
    }

    // The ends of the interval around output k, which are symmetric in the unit that was learned.
    function ends(k, y) {
      const { radius, transform } = model.interval;
      if (!transform) return [y - radius[k], y + radius[k]];
      const shift = transform === "log1p" ? 1 : 0;
      return [-1, 1].map(sign => (y + shift) * Math.exp(sign * radius[k]) - shift);
    }

    // A number with a comma every three digits before the point, from five digits on, and a minus sign.
    const grouped = text => text.replace("-", "−").replace(/^−?\d{5,}(?=$|\.)/, part => part.replace(/\B(?=(\d{3})+$)/g, ","));
    const shown = (x, digits = 5) => {
      if (!Number.isFinite(x)) return Number.isNaN(x) ? "not a number" : x < 0 ? "−∞" : "∞";
      return grouped(String(Number(x.toPrecision(digits))));
    };
    const percent = p => Number.isFinite(p)
      ? (p > 0 && p < 0.001 ? "< 0.1" : p < 1 && p > 0.999 ? "> 99.9" : (100 * p).toFixed(1)) + " %" : "–";
    const label = name => name.trim() === "" ? "(empty)" : name;
    // Long names break after the signs that join their words.
    const breakable = name => label(name).split(/(?<=[_/.:-])(?=.)/).flatMap(part => [make("wbr"), part]).slice(1);
    const style = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
    let hues = [];
    const hue = k => hues[k % hues.length];

    // Inputs: each is a slider with a field, or a list of values.
    const controls = inputs.map((input, index) => {
      const id = "input" + index;
      const name = make("label", { htmlFor: id }, ...breakable(input.name));
      if (input.values) {
        const choice = make("select", { id }, ...input.values.map((value, k) => new Option(label(value), k)));
        if (input.others) choice.append(new Option("(other)", -1));
        choice.addEventListener("change", () => { state[index] = Number(choice.value); update(); });
        const box = make("div", { className: "input" }, make("div", { className: "row" }, name, choice));
        return { box, show: () => { choice.value = state[index]; } };
      }
      const step = input.step || "any";
      // Arrow keys change a field by a few thousandths of the range.
      const small = 10 ** (Math.floor(Math.log10(input.max - input.min)) - 2);
      const field = make("input", { type: "number", id, step: input.step || small, value: start[index] });
      const slider = make("input", { type: "range", min: input.min, max: input.max, step });
      slider.setAttribute("aria-label", label(input.name) + ", slider");
      slider.addEventListener("input", () => set(index, Number(slider.value)));
      field.addEventListener("input", () => {
        // An empty field is a missing value.
        state[index] = field.value === "" ? NaN : Number(field.value);
        update(field);
      });
      const box = make("div", { className: "input" }, make("div", { className: "row" }, name, field), slider);
      return {
        box,
        show: own => {
          const x = state[index];
          if (own !== field) field.value = Number.isNaN(x) ? "" : x;
          field.classList.toggle("outside", x < input.min || x > input.max);
          if (Number.isNaN(x)) return;
          slider.value = x;
          const part = (x - input.min) / (input.max - input.min);
          slider.style.setProperty("--fill", 100 * Math.min(Math.max(part, 0), 1) + "%");
        },
      };
    });

    function set(index, x) {
      state[index] = rounded(inputs[index], x);
      update();
    }

    element("list").append(...controls.map(control => control.box));
    element("reset").addEventListener("click", () => { state.splice(0, state.length, ...start); update(); });
    const search = element("search");
    search.hidden = inputs.length <= 15;
    search.addEventListener("input", () => {
      const wanted = search.value.toLowerCase();
      inputs.forEach((input, k) => { controls[k].box.hidden = !input.name.toLowerCase().includes(wanted); });
    });

    // The prediction.
    const most = 12;
    function bar(k, p, isChosen) {
      const fill = make("div", { className: "fill" });
      fill.style.width = 100 * Math.min(Math.max(p, 0), 1) + "%";
      const track = make("div", { className: "track" }, fill);
      const isMarked = threshold !== null && threshold !== 0.5 && (form === "labels" || k === 1);
      if (isMarked && threshold > 0 && threshold < 1) {
        const mark = make("div", { className: "mark", title: "decision threshold " + shown(threshold) });
        mark.style.left = 100 * threshold + "%";
        track.append(mark);
      }
      const item = make(
        "li", { className: isChosen ? "bar chosen" : "bar" }, make("span", { className: "name", textContent: label(names[k]) }),
        make("span", { className: "value", textContent: percent(p) }), track);
      item.style.setProperty("--hue", hue(k));
      return item;
    }

    function score(k, y, isChosen) {
      const item = make(
        "li", { className: isChosen ? "bar chosen" : "bar" }, make("span", { className: "name", textContent: label(names[k]) }),
        make("span", { className: "value", textContent: shown(y, 4) }));
      return item;
    }

    const interval = model.interval ? shown(100 * model.interval.level) + " % interval" : "";
    function figure(k, y, isSmall) {
      const line = make("div", { className: isSmall ? "figure small" : "figure" });
      if (isSmall) line.append(make("span", { textContent: label(names[k]) }));
      const [low, high] = model.interval && Number.isFinite(y) ? ends(k, y) : [];
      const width = high - low;
      // All three numbers have the decimals that the interval makes meaningful.
      const decimals = Math.min(Math.max(2 - Math.floor(Math.log10(width / 2)), 0), 15);
      const text = x => width > 0 && Math.abs(x) < 1e9 && width > 1e-9 ? grouped(x.toFixed(decimals)) : shown(x);
      line.append(make("b", { textContent: text(y) }));
      if (width >= 0) line.append(make("span", { textContent: `${text(low)} to ${text(high)}` }));
      return line;
    }

    function showPrediction() {
      compute(fill(buffer(), state), outputs);
      const y = Array.from(outputs);
      const [answer, bars, note] = ["answer", "bars", "note"].map(element);
      bars.replaceChildren();
      note.textContent = "";
      const isKnown = y.every(Number.isFinite);
      if (!isKnown && state.some(Number.isNaN)) note.textContent = "The model needs a value for every input.";
      if (!isKnown && (isClassifier || form === "labels" || note.textContent)) {
        answer.replaceChildren(make("div", { className: "winner", textContent: "No prediction" }));
        return null;
      }
      if (form === "values") {
        answer.replaceChildren(...y.slice(0, most).map((value, k) => figure(k, value, y.length > 1)));
        if (interval) note.textContent = `${interval}${y.length > 1 ? "s" : ""}, measured on validation data`;
        if (y.length > most) note.textContent = `The first ${most} of ${y.length} outputs.`;
        return null;
      }
      if (form === "labels") {
        const present = y.map((value, k) => k).filter(k => y[k] > threshold);
        const text = present.length ? present.slice(0, most).map(k => label(names[k])).join(", ") : "None";
        answer.replaceChildren(make("div", { className: "winner", textContent: text }));
        bars.append(...y.slice(0, 4 * most).map((value, k) => (probabilities ? bar : score)(k, value, value > threshold)));
        return null;
      }
      const choice = decide(y);
      const winner = make("div", { className: "winner" }, make("i"), make("span", { textContent: label(names[choice]) }));
      winner.style.setProperty("--hue", hue(choice));
      answer.replaceChildren(winner);
      if (form === "score") {
        note.textContent = `Score ${shown(y[0])}; ${label(names[1])} is predicted above ${shown(threshold ?? 0)}.`;
        return choice;
      }
      const values = form === "probability" ? [1 - y[0], y[0]] : y;
      const order = values.map((value, k) => k);
      // Of many classes, the most probable ones.
      if (order.length > most) order.sort((a, b) => values[b] - values[a]).splice(most);
      bars.append(...order.map(k => (probabilities ? bar : score)(k, values[k], k === choice)));
      if (threshold !== null && threshold !== 0.5) note.textContent = `${label(names[1])} is predicted above ${shown(100 * threshold)} %.`;
      return choice;
    }

    let choice = null;
    function update(own) {
      controls.forEach(control => control.show(own));
      choice = showPrediction();
      schedule();
    }

    function readColors() {
      hues = style("--hues").split(/\s+/);
      update();
    }
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", readColors);
    """#
}
