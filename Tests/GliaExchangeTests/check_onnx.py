"""Compares exported ONNX files with what Glia predicts: pip install onnx onnxruntime; check_onnx.py FOLDER.

The folder is written by: GLIA_EXCHANGE=FOLDER swift test --filter ONNXExportTests
"""

import glob
import json
import sys

import numpy as np
import onnx
import onnxruntime

files = sorted(glob.glob(f"{sys.argv[1]}/*.onnx"))
worst, failures = 0.0, 0
for file in files:
    with open(file.replace(".onnx", ".json")) as expected:
        case = json.load(expected)
    try:
        onnx.checker.check_model(onnx.load(file), full_check=True)
        session = onnxruntime.InferenceSession(file, providers=["CPUExecutionProvider"])
        features = np.array([[np.nan if x is None else x for x in row] for row in case["features"]], np.float32)
        outputs = np.array([[np.nan if y is None else y for y in row] for row in case["outputs"]], np.float32)
        names = [output.name for output in session.get_outputs()]
        results = dict(zip(names, session.run(None, {"features": features})))
        scores = results[names[-1]]
        if case["isProbability"] and names[-1] == "probabilities":
            scores = scores[:, 1:]
        error = np.max(np.abs(scores - outputs) / np.maximum(1, np.abs(outputs)))
        if case["labels"] is not None:
            assert list(results["label"]) == case["labels"], f"labels {list(results['label'])}"
        one = session.run(None, {"features": features[:1]})
        assert one[-1].shape[0] == 1, "a batch of one"
        assert error <= 1e-5, f"error {error:.2g}"
        worst = max(worst, error)
    except Exception as problem:
        failures += 1
        print(f"{case['name']}: {problem}")
print(f"{len(files)} models, {failures} failures, largest error {worst:.2g}")
sys.exit(failures > 0 or not files)
