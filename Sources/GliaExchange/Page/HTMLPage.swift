import Glia
import OrderedCollections

extension Model {
  /// Returns a web page on which the model can be tried: a slider for each input, the prediction, and a plot of what the model
  /// has learned.
  ///
  /// The page is a single file that contains the model and computes predictions by itself; it reaches no network. With two or
  /// more numbers as inputs, the plot is a plane of two of them, with decision boundaries for a classifier; with one, a curve.
  ///
  /// ```swift
  /// try model.htmlPage(title: "Irises").write(toFile: "irises.html", atomically: true, encoding: .utf8)
  /// ```
  ///
  /// - Parameter title: the title; nil for the name of the experiment.
  /// - Throws: `GliaError` if a component of the model cannot be exported.
  public func htmlPage(title: String? = nil) throws -> String {
    let name = title ?? experiment.name
    return HTMLPage(try SourceInterface(self, name: name.isEmpty ? "Model" : name)).text
  }
}

/// A page for a model.
struct HTMLPage {
  private let interface: SourceInterface

  init(_ interface: SourceInterface) { self.interface = interface }

  private var model: Model { interface.model }
  private var title: String { interface.name.visible(limit: 200) }

  /// The whole page.
  var text: String {
    let computation = JavaScriptModel(interface.program)
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="\(Self.policy)">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="generator" content="Glia">
      <title>\(title.escapedForHTML)</title>
      <link rel="icon" href="data:,">
      <style>
      \(PageStyle.text)
      </style>
      </head>
      <body>
      <header>
      <h1>\(title.escapedForHTML)</h1>
      <p>\(summary.escapedForHTML)</p>
      </header>
      <noscript><p>This page computes predictions with JavaScript, which is turned off in this browser.</p></noscript>
      \(Self.content)
      <footer>Made with Glia. The model is part of this page: what you enter stays on your device.</footer>
      <script type="application/json" id="model">\(description.compact.escapedForScript)</script>
      <script type="text/plain" id="floats">\(computation.floats)</script>
      <script type="text/plain" id="doubles">\(computation.doubles)</script>
      <script>
      (() => {
      "use strict";
      \(PageScript.start)
      \(computation.text)
      \(PageScript.controls)
      \(PageScript.field)
      \(PageScript.plot)
      \(PageScript.point)
      })();
      </script>
      </body>
      </html>

      """
  }

  /// Nothing may be loaded or sent.
  private static let policy =
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
    + "form-action 'none'"

  private static let content = """
    <main>
    <section id="prediction" aria-labelledby="answer-title">
    <div class="head"><h2 id="answer-title">Prediction</h2></div>
    <output id="answer" aria-live="polite"></output>
    <ul id="bars"></ul>
    <p id="note" class="note"></p>
    </section>
    <section id="plot" aria-labelledby="subject">
    <div class="head">
    <h2 id="subject"></h2>
    <label id="outputs" hidden>of <select id="output"></select></label>
    <span id="axes" hidden>
    <label>x <select id="horizontal" aria-label="Horizontal axis"></select></label>
    <label>y <select id="vertical" aria-label="Vertical axis"></select></label>
    </span>
    </div>
    <div id="stage" class="stage"><canvas id="canvas"></canvas><button id="point" type="button" class="point"></button></div>
    <ul id="legend"></ul>
    </section>
    <section id="inputs" aria-labelledby="inputs-title">
    <div class="head"><h2 id="inputs-title">Inputs</h2><button id="reset" type="button" class="reset">Reset</button></div>
    <input id="search" type="search" placeholder="Find an input" aria-label="Find an input" hidden>
    <div id="list" class="list"></div>
    </section>
    </main>
    """

  /// A line on the model.
  private var summary: String {
    let target =
      model.targets.count == 1 ? model.targets[0].visible(limit: 60) : model.outputNames.count.counted("output")
    let inputs = interface.inputs.count.counted("input")
    let network = model.network
    return "Predicts \(target) from \(inputs) · network \(network.architecture) with "
      + network.parameterCount.counted("parameter")
  }

  /// What the script needs to know.
  private var description: JSON {
    let names = interface.classes.isEmpty ? model.outputNames : interface.classes
    return [
      "inputs": .array(inputs), "features": JSON(interface.program.features.count),
      "isDouble": .bool(interface.element == .double), "outputs": JSON(interface.program.outputs),
      "form": .string(form), "probabilities": .bool(interface.areProbabilities), "threshold": threshold,
      "names": .array(names.map(JSON.string)), "targets": .array(model.targets.map(JSON.string)), "interval": interval,
    ]
  }

  private var inputs: [JSON] {
    let ranges = InputRange.ranges(of: model)
    return interface.inputs.map { input in
      var members: JSON.Object = ["name": .string(input.name), "first": JSON(input.features.lowerBound)]
      if let values = input.values {
        members["values"] = .array(values.map(JSON.string))
        members["others"] = .bool(input.allowsOthers)
      } else {
        let range = ranges[input.features.lowerBound]
        (members["min"], members["max"], members["value"]) = (JSON(range.low), JSON(range.high), JSON(range.start))
        if range.isWhole { members["step"] = JSON(1) }
      }
      return .object(members)
    }
  }

  private var form: String {
    switch interface.form {
    case .values: "values"
    case .classes: "classes"
    case .probability: "probability"
    case .score: "score"
    case .labels: "labels"
    }
  }

  /// The number that the last output, or that of a label, must exceed; null if the largest output decides.
  private var threshold: JSON {
    switch interface.decision {
    case .threshold(let threshold, _), .labels(let threshold): JSON(Double(threshold))
    case .largest, .none: .null
    }
  }

  private var interval: JSON {
    guard let intervals = model.fitted.intervals, intervals.radius.count == interface.program.outputs else {
      return .null
    }
    return [
      "level": JSON(intervals.level), "radius": .array(intervals.radius.map { JSON($0) }),
      "transform": (model.targetScaling?.transform?.rawValue).map(JSON.string) ?? .null,
    ]
  }
}

extension String {
  /// The text with the signs that have a meaning in HTML replaced by references.
  var escapedForHTML: String {
    replacing(["&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&quot;", "'": "&#39;"])
  }

  /// JSON in which no sign ends a script or a comment.
  var escapedForScript: String {
    replacing(
      ["<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u{2028}": "\\u2028", "\u{2029}": "\\u2029"])
  }

  private func replacing(_ texts: [UnicodeScalar: String]) -> String {
    // A sign with accents is one character, but still a sign of HTML.
    unicodeScalars.reduce(into: "") { $0 += texts[$1] ?? String($1) }
  }
}
