/// The style sheet of a page.
enum PageStyle {
  // The colors of classes, of the ramp and of the page are those of the figures: `Theme.light` and `Theme.dark` in GliaVisuals.
  static let text = #"""
    :root {
      color-scheme: light dark;
      --page: #f4f5f7; --card: #fff; --text: #222; --secondary: #666; --line: #dfe2e6; --track: #e4e7eb; --spine: #888;
      --neutral: #f7f7f7; --accent: #0072b2; --tint: 0.55; --shadow: 0 1px 2px #0000000f, 0 4px 16px #0000000d;
      --hues: #0072b2 #e69f00 #009e73 #d55e00 #cc79a7 #56b4e9 #832db6 #a96b59 #717581 #92dadd;
      --ramp: #f7f4d0 #cfe3a5 #9bcfa0 #68b7a8 #4a99ae #4777a8 #4a5190;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --page: #101316; --card: #16191d; --text: #ecedee; --secondary: #a7aeb5; --line: #2a2f35; --track: #2e343b;
        --spine: #7c848c; --neutral: #22262b; --accent: #4a8fd0; --tint: 0.42; --shadow: 0 0 0 1px #2a2f35;
        --hues: #4a8fd0 #f2b824 #1dc572 #ec5a22 #dd82a8 #a0dcff #8a78e8 #ae7a62 #9fa896 #d8fbf2;
        --ramp: #2b2f5b #32508a #2f7398 #34959a #5bb58f #a0d183 #f1eba0;
      }
    }
    * { box-sizing: border-box; }
    [hidden] { display: none !important; }
    body {
      margin: 0; padding: 2rem clamp(1rem, 3vw, 2.5rem); background: var(--page); color: var(--text);
      font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "DejaVu Sans", sans-serif;
      font-variant-numeric: tabular-nums; -webkit-text-size-adjust: 100%; overflow-wrap: anywhere;
    }
    header, main, footer { max-width: 72rem; margin: 0 auto; }
    header { margin-bottom: 1.25rem; }
    h1 { margin: 0; font-size: 1.75rem; line-height: 1.2; letter-spacing: -0.01em; font-weight: 650; }
    h2 { margin: 0; font-size: 0.8125rem; font-weight: 600; color: var(--secondary); }
    header p, footer { margin: 0.375rem auto 0; color: var(--secondary); font-size: 0.875rem; }
    footer { margin-top: 1.25rem; font-size: 0.8125rem; }
    main {
      display: grid; gap: 1.25rem;
      grid-template: "prediction plot" auto "inputs plot" 1fr / minmax(0, 2fr) minmax(0, 3fr);
    }
    main.plain { grid-template: "prediction" auto "inputs" auto / minmax(0, 1fr); max-width: 40rem; }
    section {
      background: var(--card); border-radius: 0.75rem; box-shadow: var(--shadow); padding: 1rem 1.25rem 1.25rem; min-width: 0;
    }
    #prediction { grid-area: prediction; }
    #plot { grid-area: plot; align-self: start; position: sticky; top: 1.25rem; }
    #inputs { grid-area: inputs; align-self: start; }
    .head { display: flex; align-items: center; gap: 0.5rem; min-height: 2rem; flex-wrap: wrap; }
    .head h2 { margin-right: auto; }
    #axes { display: flex; gap: 0.75rem; min-width: 0; }

    #answer { display: block; margin: 0.125rem 0 0; }
    .winner {
      display: flex; align-items: center; gap: 0.75rem; font-size: 1.75rem; line-height: 1.25; font-weight: 650;
      letter-spacing: -0.01em;
    }
    .winner i, .bar i { flex: none; border-radius: 50%; width: 1.125rem; height: 1.125rem; background: var(--hue); }
    .figure { display: flex; align-items: baseline; gap: 0.75rem; flex-wrap: wrap; }
    .figure + .figure { margin-top: 0.5rem; }
    .figure b { font-size: 2rem; line-height: 1.25; font-weight: 650; letter-spacing: -0.01em; }
    .figure.small b { font-size: 1.375rem; margin-left: auto; }
    .figure span { color: var(--secondary); }
    #bars:empty, #legend:empty, .note:empty { display: none; }
    .note { margin: 0.5rem 0 0; font-size: 0.8125rem; color: var(--secondary); }
    #bars { list-style: none; margin: 0.875rem 0 0; padding: 0; display: grid; gap: 0.625rem; }
    .bar { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0.125rem 0.75rem; font-size: 0.875rem; }
    .bar .name { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
    .bar.chosen .name, .bar.chosen .value { font-weight: 650; }
    .bar .track { grid-column: 1 / -1; position: relative; height: 0.5rem; border-radius: 0.25rem; background: var(--track); }
    .bar .fill { height: 100%; border-radius: inherit; background: var(--hue); min-width: 2px; }
    .bar .mark { position: absolute; top: -3px; bottom: -3px; width: 2px; margin-left: -1px; background: var(--text); }

    .input { padding: 0.5rem 0; }
    .input .row { display: flex; align-items: center; gap: 0.75rem; }
    .input label { flex: 1; min-width: 0; font-size: 0.9375rem; }
    .list { max-height: 34rem; overflow-y: auto; margin: 0 -0.5rem; padding: 0 0.5rem; scrollbar-width: thin; }
    input, select, button { font: inherit; font-size: 0.9375rem; color: inherit; }
    input[type="number"], input[type="search"], select, button.reset {
      height: 2.125rem; padding: 0 0.5rem; border: 1px solid var(--line); border-radius: 0.5rem; background: var(--card);
    }
    input[type="number"] { width: 7rem; text-align: right; appearance: textfield; -moz-appearance: textfield; }
    input[type="number"]::-webkit-inner-spin-button { display: none; }
    input[type="number"].outside { border-color: var(--accent); }
    input[type="search"] { width: 100%; margin: 0.5rem 0; }
    select { max-width: 60%; text-overflow: ellipsis; }
    .head select { width: 8.5rem; max-width: 100%; height: 2rem; font-size: 0.875rem; }
    .head label { font-size: 0.8125rem; color: var(--secondary); display: flex; align-items: center; gap: 0.375rem; }
    button.reset { height: 2rem; padding: 0 0.875rem; font-size: 0.8125rem; font-weight: 550; cursor: pointer; }
    button.reset:hover { background: var(--track); }
    input[type="range"] {
      --fill: 50%; display: block; width: 100%; height: 1.75rem; margin: 0.125rem 0 0; background: none; appearance: none;
      -webkit-appearance: none; cursor: pointer; touch-action: pan-y;
    }
    input[type="range"]::-webkit-slider-runnable-track {
      height: 0.375rem; border-radius: 0.1875rem;
      background: linear-gradient(to right, var(--accent) var(--fill), var(--track) var(--fill));
    }
    input[type="range"]::-moz-range-track { height: 0.375rem; border-radius: 0.1875rem; background: var(--track); }
    input[type="range"]::-moz-range-progress { height: 0.375rem; border-radius: 0.1875rem; background: var(--accent); }
    input[type="range"]::-webkit-slider-thumb {
      -webkit-appearance: none; width: 1.25rem; height: 1.25rem; margin-top: -0.4375rem; border-radius: 50%;
      border: 3px solid var(--accent); background: #fff; box-shadow: 0 1px 3px #0004;
    }
    input[type="range"]::-moz-range-thumb {
      width: 0.875rem; height: 0.875rem; border-radius: 50%; border: 3px solid var(--accent); background: #fff;
    }
    :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 0.375rem; }

    .stage { position: relative; margin-top: 0.5rem; }
    .stage canvas {
      display: block; width: 100%; height: min(42rem, calc(100vh - 15.5rem)); min-height: 20rem; cursor: crosshair;
    }
    .stage.curve canvas { height: 26rem; }
    #point {
      position: absolute; width: 2.75rem; height: 2.75rem; margin: -1.375rem 0 0 -1.375rem; padding: 0; border: 0;
      background: none; border-radius: 50%; touch-action: none; cursor: grab;
    }
    #point:active { cursor: grabbing; }
    #point::after {
      content: ""; position: absolute; inset: 0.75rem; border-radius: 50%; background: var(--hue, var(--accent));
      border: 3px solid #fff; box-shadow: 0 0 0 1.5px #222, 0 2px 8px #0006;
    }
    #legend {
      display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; margin: 0.5rem 0 0; padding: 0; list-style: none;
      font-size: 0.8125rem;
    }
    #legend .bar { display: flex; align-items: center; gap: 0.375rem; font-size: inherit; }
    #legend i { width: 0.75rem; height: 0.75rem; }

    @media (max-width: 56rem) {
      body { padding: 1rem; }
      h1, .winner { font-size: 1.5rem; }
      header { margin-bottom: 1rem; }
      main { gap: 0.875rem; grid-template: "prediction" auto "plot" auto "inputs" auto / minmax(0, 1fr); }
      section { padding: 0.75rem 1rem 1rem; }
      #axes { width: 100%; }
      #axes label { flex: 1; min-width: 0; }
      #plot { position: static; }
      .stage canvas, .stage.curve canvas { height: min(92vw, 32rem); }
      .list { max-height: none; overflow: visible; }
      input[type="range"]::-webkit-slider-thumb { width: 1.5rem; height: 1.5rem; margin-top: -0.5625rem; }
      input, select { font-size: 1rem; }
    }
    @media (prefers-reduced-motion: no-preference) { .bar .fill { transition: width 80ms linear; } }
    """#
}
