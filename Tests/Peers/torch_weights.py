#!/usr/bin/env python3
"""Compares exported and imported weights with PyTorch, with the built tool:

    python3 -m venv .build/torch && .build/torch/bin/pip install torch numpy safetensors
    .build/torch/bin/python Tests/Peers/torch_weights.py .build/release/glia

Every layer and activation that `glia export --torch` supports is trained for an epoch, loaded by the Python code that the
tool prints, and must predict what `glia predict` does. Networks of PyTorch in several number types, and one named as in Keras,
are read with `--initial-weights`. Prints one line per case; the exit status is 1 if one fails.
"""

import csv
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import nn

ROWS = 64
TOLERANCE = 1e-6
# Rounding errors grow from one normalization to the next: PyTorch in float32 is that far from PyTorch in float64.
DEEP_TOLERANCE = 5e-6


class Failure(Exception):
    pass


class Tool:
    def __init__(self, path, folder):
        self.path, self.folder = str(Path(path).resolve()), folder

    def run(self, *arguments, fails=False):
        done = subprocess.run([self.path, *map(str, arguments)], cwd=self.folder, capture_output=True, text=True)
        if (done.returncode != 0) != fails:
            raise Failure(f"glia {' '.join(map(str, arguments))}: exit status {done.returncode}\n{done.stderr}")
        return done

    def table(self, name, columns):
        """Writes a CSV file."""
        with open(self.folder / name, "w", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(columns)
            rows.writerows(zip(*columns.values()))

    def train(self, name, layers, data=None, training=None, *options):
        """Trains a network and returns its model."""
        experiment = {
            "name": name,
            "data": {"type": "csv", "path": "data.csv", "target": ["y1", "y2"], "ignore": ["class", "many"], **(data or {})},
            "network": {"layers": layers},
            "training": {"loss": "mean_squared_error", "optimizer": "adam", "metrics": [], "epochs": 1, **(training or {})},
        }
        if "validation" in experiment["training"]:
            experiment["split"] = {"validation": experiment["training"].pop("validation")}
        (self.folder / f"{name}.json").write_text(json.dumps(experiment))
        self.run("train", f"{name}.json", "--output", name, "--no-plots", *options)
        return f"{name}/model.safetensors"

    def predictions(self, model, data="data.csv"):
        """Returns the numbers of `glia predict`, without decisions."""
        rows = list(csv.DictReader(self.run("predict", model, "--data", data, "--output", "-").stdout.splitlines()))
        columns = [column for column in rows[0] if column != "class"]
        return torch.tensor([[float(row[column]) for column in columns] for row in rows], dtype=torch.float64)

    def exported(self, model, file):
        """Runs the printed Python code and returns what it defines."""
        code = self.run("export", model, "--torch", file).stdout
        scope = {}
        # The code names the file as it was given to the tool.
        exec(compile(code.replace(f'"{file}"', json.dumps(str(self.folder / file))), "printed", "exec"), scope)
        return scope


def require_close(mine, theirs, tolerance=TOLERANCE):
    if mine.shape != theirs.shape:
        raise Failure(f"shapes {tuple(mine.shape)} and {tuple(theirs.shape)}")
    error = ((mine - theirs).abs() / theirs.abs().clamp(min=1)).max().item()
    if not error <= tolerance:
        raise Failure(f"differs by {error:.3g}")
    return error


def dense(units=6, activation="tanh", **settings):
    return {"type": "dense", "units": units, "activation": activation, **settings}


def stack(*layers):
    return [dense(), *layers, dense(2, "linear")]


ACTIVATIONS = [
    "linear", "sigmoid", "tanh", "softsign", "hard_sigmoid", "hard_tanh", "log_sigmoid", "relu", "relu6", "leaky_relu",
    {"type": "leaky_relu", "negative_slope": 0.3}, "elu", {"type": "elu", "alpha": 0.7}, "selu", "celu",
    {"type": "celu", "alpha": 1.5}, "gelu", {"type": "gelu", "approximate": True}, "silu", "mish", "hard_silu",
    "softplus", "softmax", "log_softmax",
]  # fmt: skip

MASK = [[1, 0, 1, 0, 1, 0], [0, 1, 0, 1, 0, 1], [1, 1, 1, 0, 0, 0]]

LAYERS = {
    "no bias": stack(dense(5, use_bias=False)),
    "activation": stack({"type": "activation", "activation": "gelu"}, {"type": "activation", "activation": "linear"}),
    "batch_norm": stack("batch_norm", {"type": "batch_norm", "momentum": 1, "epsilon": 1e-5}),
    "layer_norm": stack("layer_norm", {"type": "layer_norm", "epsilon": 1e-5}),
    "rms_norm": stack("rms_norm"),
    "prelu": stack("prelu", {"type": "prelu", "shared": True}),
    "dropout": stack("dropout", {"type": "alpha_dropout", "rate": 0.2}, {"type": "gaussian_noise", "stddev": 0.1}),
    "masked_dense": stack({"type": "masked_dense", "mask": MASK, "activation": "relu"}),
    "reshape": stack(
        {"type": "reshape", "shape": [2, 3]}, "layer_norm", {"type": "activation", "activation": "softmax"},
        {"type": "reshape", "shape": [3, -1]}, "rms_norm", {"type": "prelu", "shared": True}, "flatten", "batch_norm",
        {"type": "reshape", "shape": [2, 3]}, {"type": "reshape", "shape": [6]},
    ),  # fmt: skip
    "containers": stack(
        {"layers": ["layer_norm", dense(6)]}, {"type": "repeated", "times": 3, "layers": [dense(6, "relu"), "batch_norm"]},
        {"layers": [{"type": "repeated", "times": 2, "layers": [{"layers": ["prelu"]}]}]},
    ),  # fmt: skip
}

REFUSED = {
    "residual": {"type": "residual", "layers": [dense()]},
    "parallel": {"type": "parallel", "branches": [dense(), dense()]},
    "highway": "highway",
    "maxout": {"type": "maxout", "units": 3},
    "radial_basis": {"type": "radial_basis", "units": 3},
    **{name: {"type": "activation", "activation": name}
       for name in ["heaviside", "sign", "piecewise_linear", "arctan", "squareplus", "exponential", "sparsemax"]},
    "softmax with temperature": {"type": "activation", "activation": {"type": "softmax", "temperature": 2}},
    "batch_norm": {"layers": [{"type": "reshape", "shape": [2, 3]}, "batch_norm", "flatten"]},
}  # fmt: skip


def main(path):
    failures = 0

    def case(name, body):
        nonlocal failures
        try:
            error = body()
            print(f"ok      {name}" + ("" if error is None else f"  {error:.1e}"))
        except Exception as error:
            failures += 1
            print(f"FAILED  {name}: {error}")

    with tempfile.TemporaryDirectory() as folder:
        tool = Tool(path, Path(folder))
        torch.manual_seed(1)
        x = torch.randn(ROWS, 3)
        y = torch.stack([x[:, 0] * x[:, 1], x.sum(1).exp()], 1)
        features = {f"x{i + 1}": x[:, i].tolist() for i in range(3)}
        large = {"x1": (1.6e9 + 1e5 * x[:, 0].double()).tolist(), "x2": features["x2"], "x3": features["x3"]}
        targets = {"y1": y[:, 0].tolist(), "y2": y[:, 1].tolist()}
        words = {"many": [["a", "b", "c"][i % 3] for i in range(ROWS)], "class": ["yes" if v > 0 else "no" for v in y[:, 0]]}
        tool.table("data.csv", {**features, **targets, **words})
        tool.table("large.csv", {**large, **targets, **words})
        gaps = {**features, "x2": [v if i % 5 else "" for i, v in enumerate(features["x2"])]}
        tool.table("gaps.csv", {**gaps, **targets, **words})
        indices = torch.randint(0, 4, (ROWS, 3))
        tool.table("indices.csv", {**{f"x{i + 1}": indices[:, i].tolist() for i in range(3)}, **targets, **words})

        def goes_out(name, layers, x=x, file="data.csv", data=None, training=None, tolerance=TOLERANCE):
            def body():
                folder = "out-" + "".join(c if c.isalnum() else "-" for c in name)
                model = tool.train(folder, layers, {"path": file, **(data or {})}, training)
                scope = tool.exported(model, f"{folder}.torch.safetensors")
                with torch.no_grad():
                    mine = scope.get("predict", scope["model"])(x).double()
                theirs = tool.predictions(model, file)
                if mine.shape[1] == 1 and theirs.shape[1] == 2:  # both classes
                    mine = torch.cat([1 - mine, mine], 1)
                return require_close(mine, theirs, tolerance)

            case(f"out: {name}", body)

        for activation in ACTIVATIONS:
            settings = {} if isinstance(activation, str) else activation
            name = settings.get("type", activation)
            rest = ", ".join(f"{key} {value}" for key, value in settings.items() if key != "type")
            goes_out(f"{name} {rest}".strip(), [dense(6, activation), dense(2, activation)])
        for name, layers in LAYERS.items():
            goes_out(name, layers, tolerance=DEEP_TOLERANCE if name in ["reshape", "containers"] else TOLERANCE)
        embedding = [{"type": "embedding", "input_dim": 4, "output_dim": 5}, "flatten", dense(2, "linear")]
        goes_out("embedding", embedding, indices, "indices.csv")
        scaled = {"standardize": True, "standardize_targets": True}
        x64 = torch.tensor(list(zip(*large.values())), dtype=torch.float64)
        goes_out("standardized", stack(), x64, "large.csv", scaled)
        holes = x.clone()
        holes[::5, 1] = torch.nan
        goes_out("missing values", stack(), holes, "gaps.csv", {"standardize": True, "missing": "mean"})
        log = {"target": "y2", "ignore": ["y1", "class", "many"], "target_transform": "log"}
        goes_out("logarithm", [dense(), dense(1, "linear")], data=log)
        goes_out("log1p", [dense(), dense(1, "linear")], data={**log, "target_transform": "log1p", "standardize_targets": True})
        for target, outputs in [("class", [dense(), dense(1, "sigmoid")]), ("many", [dense(), dense(3, "softmax")])]:
            data = {"target": target, "ignore": ["y1", "y2", "class" if target == "many" else "many"], "standardize": True}
            loss = "binary_crossentropy" if target == "class" else "sparse_categorical_crossentropy"
            training = {"loss": loss, "calibration": "temperature", "validation": 0.5, "epochs": 50}
            goes_out(f"temperature of {target}", outputs, data=data, training=training)

        for name, layer in REFUSED.items():
            def is_refused():
                model = tool.train("refused", [dense(), layer, dense(2, "linear")])
                errors = tool.run("export", model, "--torch", "refused.safetensors", fails=True).stderr
                if name not in errors or "--onnx" not in errors:
                    raise Failure(f"the message does not name it: {errors}")

            case(f"refused: {name}", is_refused)

        def comes_in(name, layers, model, state=None, kind=torch.float32, says=()):
            def body():
                model.eval()
                for parameter in list(model.parameters()) + list(model.buffers()):
                    if parameter.is_floating_point():  # numbers that all types can hold
                        parameter.data = (parameter.data + torch.rand_like(parameter) / 4).to(torch.bfloat16).half().float()
                tensors = state(model) if state else model.state_dict()
                tensors = {k: (v.to(kind) if v.is_floating_point() else v).contiguous() for k, v in tensors.items()}
                save_file(tensors, str(tool.folder / "in.safetensors"))
                still = ["--initial-weights", "in.safetensors", "--optimizer", "sgd", "--learning-rate", "1e-30"]
                folder = "in-" + "".join(c if c.isalnum() else "-" for c in name)
                trained = tool.train(folder, layers, None, {"batch_size": ROWS}, *still)
                with torch.no_grad():
                    return require_close(model(x).double(), tool.predictions(trained))

            case(f"in: {name}", body)

        # With momentum 1, an epoch hardly changes the running averages.
        norm = {"type": "batch_norm", "momentum": 1, "epsilon": 1e-5}

        class Named(nn.Module):
            def __init__(self):
                super().__init__()
                self.fc1, self.bn1 = nn.Linear(3, 8), nn.BatchNorm1d(8)
                self.fc2, self.ln2 = nn.Linear(8, 8), nn.LayerNorm(8)
                self.out = nn.Linear(8, 2)

            def forward(self, x):
                x = self.bn1(self.fc1(x)).relu()
                return self.out(self.ln2(self.fc2(x)).tanh())

        named = [
            dense(8, "linear"), norm, {"type": "activation", "activation": "relu"}, dense(8, "linear"),
            {"type": "layer_norm", "epsilon": 1e-5}, {"type": "activation", "activation": "tanh"}, dense(2, "linear"),
        ]  # fmt: skip
        for kind in [torch.float32, torch.float64, torch.float16, torch.bfloat16]:
            comes_in(f"module with names, {str(kind)[6:]}", named, Named(), kind=kind)
        deep = nn.Sequential(nn.Linear(3, 4), *[m for _ in range(10) for m in (nn.Linear(4, 4), nn.Tanh())], nn.Linear(4, 2))
        comes_in("deep sequence", [dense(4, "linear"), *[dense(4)] * 10, dense(2, "linear")], deep)
        slopes = nn.Sequential(nn.Linear(3, 8), nn.PReLU(8), nn.Linear(8, 2, bias=False))
        comes_in("prelu", [dense(8, "linear"), "prelu", dense(2, "linear", use_bias=False)], slopes)

        def as_keras(model):
            first, norm, _, last = model
            return {
                "dense/kernel": first.weight.T, "dense/bias": first.bias,
                "batch_normalization/gamma": norm.weight, "batch_normalization/beta": norm.bias,
                "batch_normalization/moving_mean": norm.running_mean,
                "batch_normalization/moving_variance": norm.running_var,
                "dense_1/kernel": last.weight.T, "dense_1/bias": last.bias,
            }  # fmt: skip

        keras = nn.Sequential(nn.Linear(3, 3), nn.BatchNorm1d(3), nn.ReLU(), nn.Linear(3, 2))
        layers = [dense(3, "linear"), norm, {"type": "activation", "activation": "relu"}, dense(2, "linear")]
        comes_in("names of Keras", layers, keras, as_keras)

        def is_listed():
            save_file(Named().state_dict(), str(tool.folder / "in.safetensors"))
            try:
                tool.train("listed", stack(), None, None, "--initial-weights", "in.safetensors")
            except Failure as failure:
                if "fc1.weight [8, 3]" not in str(failure) or "layers.0.weight [6, 3]" not in str(failure):
                    raise
            else:
                raise Failure("weights of another network were taken")

        case("in: other shapes are listed", is_listed)

    print(f"{failures} failed" if failures else "all passed")
    return 1 if failures else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: torch_weights.py GLIA, the path of the tool")
    sys.exit(main(sys.argv[1]))
