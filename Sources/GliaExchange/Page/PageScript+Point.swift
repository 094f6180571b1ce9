extension PageScript {
  /// The moving of the point, the choice of axes and of the output, and the start.
  static let point = #"""
    function move(event) {
      const box = canvas.getBoundingClientRect();
      const part = x => Math.min(Math.max(x, 0), 1);
      const u = part((event.clientX - box.left - area.left) / area.width);
      const v = part(1 - (event.clientY - box.top - area.top) / area.height);
      axes.forEach((index, k) => {
        const { low, high } = limits[k];
        state[index] = rounded(inputs[index], low + (high - low) * [u, v][k]);
      });
      update();
    }

    let isDragging = false;
    function drag(event) {
      isDragging = true;
      stage.setPointerCapture(event.pointerId);
      event.preventDefault();
      point.focus({ preventScroll: true });
      move(event);
    }
    // A finger moves the page unless it is on the point; a tap moves the point there.
    point.addEventListener("pointerdown", drag);
    canvas.addEventListener("pointerdown", event => { if (event.pointerType === "mouse") drag(event); });
    canvas.addEventListener("click", move);
    stage.addEventListener("pointermove", event => { if (isDragging) move(event); });
    for (const end of ["pointerup", "pointercancel"]) stage.addEventListener(end, () => { isDragging = false; });

    const directions = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowDown: [1, -1], ArrowUp: [1, 1] };
    point.addEventListener("keydown", event => {
      const direction = directions[event.key];
      if (!direction || direction[0] >= axes.length) return;
      event.preventDefault();
      const index = axes[direction[0]], input = inputs[index];
      const step = input.step || (input.max - input.min) * (event.shiftKey ? 0.1 : 0.01);
      set(index, state[index] + direction[1] * step);
    });

    function chooseAxes() {
      const choices = ["horizontal", "vertical"].map(element);
      choices.forEach((choice, k) => {
        choice.append(...numbers.map(index => new Option(label(inputs[index].name), index)));
        choice.value = axes[k];
        choice.addEventListener("change", () => {
          const wanted = Number(choice.value);
          if (axes[1 - k] === wanted) axes[1 - k] = axes[k];
          axes[k] = wanted;
          choices.forEach((other, j) => { other.value = axes[j]; });
          schedule();
        });
      });
      element("axes").hidden = numbers.length < 3;
    }

    function chooseOutput() {
      const output = element("output");
      if (!isPlane || isClassifier || names.length < 2) return;
      element("outputs").hidden = false;
      output.append(...names.map((name, k) => new Option(label(name), k)));
      output.addEventListener("change", () => { shownOutput = Number(output.value); schedule(); });
    }

    function showLegend() {
      const count = isClassifier || !isPlane ? names.length : 0;
      if (count < 2 || count > hues.length) return;
      element("legend").replaceChildren(...names.map((name, k) => {
        const item = make("li", { className: "bar" }, make("i"), make("span", { textContent: label(name) }));
        item.style.setProperty("--hue", hue(k));
        return item;
      }));
    }

    const [target] = model.targets;
    if (model.targets.length === 1 && target !== names[0] && isClassifier || names.length === 1) {
      element("answer-title").textContent = "Predicted " + label(names.length === 1 ? names[0] : target);
    }
    if (hasPlot) {
      measure();
      stage.classList.toggle("curve", !isPlane);
      const what = names.length === 1 ? "Predicted " + label(names[0]) : "Prediction";
      element("subject").textContent =
        !isPlane ? `${what} over ${label(inputs[axes[0]].name)}` : isClassifier ? "Decision regions" : what;
      point.setAttribute("aria-label", "Point at the inputs; arrow keys move it");
      if (isPlane) chooseAxes();
      chooseOutput();
      new ResizeObserver(schedule).observe(canvas);
    } else {
      element("plot").hidden = true;
      document.querySelector("main").classList.add("plain");
    }
    readColors();
    showLegend();

    window.glia = {
      model,
      // Returns the outputs for features as they are in the data; a category is one number for each of its values.
      predict(features) {
        const y = new Float32Array(model.outputs);
        if (features.length !== buffer().length) {
          throw new RangeError(`${features.length} features, expected ${buffer().length}`);
        }
        compute(buffer().map((_, k) => features[k]), y);
        return Array.from(y);
      },
    };
    """#
}
