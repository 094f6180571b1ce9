"""Writes the ONNX files in Fixtures, and what ONNX Runtime computes with them.

Needs: pip install numpy onnx onnxruntime onnxscript pandas scikit-learn skl2onnx torch
Usage: python3 make_onnx_fixtures.py [categories] [keras] [scikit_learn] [pytorch]
"""

import json
import pathlib
import sys
import warnings

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

warnings.filterwarnings("ignore")
FOLDER = pathlib.Path(__file__).parent / "Fixtures"
random = np.random.RandomState(3)


def rounded(values):
    return [float(f"{v:.9g}") for v in np.asarray(values, dtype=np.float64).ravel()]


def save(name, model, features=2, samples=3, inputs=None, output=None):
    """Writes the file, the samples and the outputs, each sample a row."""
    for field in ("doc_string", "metadata_props"):
        for node in model.graph.node:
            node.ClearField(field)
        for value in model.graph.value_info:
            value.ClearField(field)
    del model.graph.value_info[:]
    x = inputs if inputs is not None else random.uniform(-2, 2, (samples, features)).astype(np.float32)
    session = onnxruntime.InferenceSession(model.SerializeToString())
    feeds, start = {}, 0
    for entry in session.get_inputs():
        axes = entry.shape[1:]
        width = int(np.prod([int(a) for a in axes])) if axes else 1
        part = x[:, start : start + width].reshape([len(x)] + axes)
        feeds[entry.name] = part.astype(np.int64 if "int64" in entry.type else np.float64 if "double" in entry.type else np.float32)
        start += width
    y = session.run([output] if output else None, feeds)[-1]
    if isinstance(y, list):  # ZipMap
        y = np.array([list(row.values()) for row in y])
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / f"{name}.onnx").write_bytes(model.SerializeToString())
    case = {"inputs": [rounded(row) for row in x], "outputs": [rounded(row) for row in np.asarray(y).reshape(len(x), -1)]}
    (FOLDER / f"{name}.json").write_text(json.dumps(case) + "\n")
    print(f"{name}: {len(model.SerializeToString())} bytes, {[n.op_type for n in model.graph.node]}")


def pytorch():
    import torch
    from torch import nn

    torch.manual_seed(1)

    class Dynamic(nn.Module):
        """A residual block, branches, and a view with the size of the batch."""

        def __init__(self):
            super().__init__()
            self.first, self.second, self.third = nn.Linear(2, 4), nn.Linear(4, 4), nn.Linear(4, 3)
            self.last = nn.Linear(7, 2)

        def forward(self, x):
            x = torch.tanh(self.first(x))
            x = x + nn.functional.silu(self.second(x))
            x = torch.cat([x, torch.relu(self.third(x))], dim=1)
            return self.last(x.view(x.size(0), -1))

    class Words(nn.Module):
        def __init__(self):
            super().__init__()
            self.words, self.last = nn.Embedding(5, 3), nn.Linear(6, 1)

        def forward(self, x):
            return torch.sigmoid(self.last(torch.flatten(self.words(x), 1))).squeeze(-1)

    class Rows(nn.Module):
        """Normalization written out."""

        def __init__(self):
            super().__init__()
            self.weight, self.last = nn.Parameter(torch.rand(2)), nn.Linear(2, 2)

        def forward(self, x):
            return self.last(x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + 1e-4) * self.weight)

    def chain(*activations):
        layers = [nn.Linear(2, 4)]
        for activation in activations:
            layers += [activation, nn.Linear(4, 4)]
        return nn.Sequential(*layers, nn.Linear(4, 1))

    normalized = nn.Sequential(
        nn.Linear(2, 4), nn.BatchNorm1d(4), nn.PReLU(4), nn.Dropout(0.2), nn.LayerNorm(4), nn.Linear(4, 3), nn.Softmax(-1))
    with torch.no_grad():
        normalized[1].running_mean.uniform_(-1, 1)
        normalized[1].running_var.uniform_(0.5, 2)
        normalized[1].weight.uniform_(0.5, 2)
        normalized[4].weight.uniform_(0.5, 2)
    models = {
        "moons": nn.Sequential(nn.Linear(2, 4), nn.Tanh(), nn.Linear(4, 2), nn.Tanh(), nn.Linear(2, 1), nn.Sigmoid()),
        "normalized": normalized,
        "branches": Dynamic(),
        "rows": Rows(),
        "smooth": chain(nn.GELU(), nn.GELU(approximate="tanh"), nn.SiLU(), nn.Mish(), nn.Softplus(), nn.Softsign()),
        "kinked": chain(
            nn.ReLU6(), nn.Hardtanh(), nn.Hardswish(), nn.Hardsigmoid(), nn.LeakyReLU(0.2), nn.Hardtanh(-0.5, 2)),
        "exponential": chain(nn.ELU(0.7), nn.SELU(), nn.CELU(1.5), nn.LogSigmoid()),
    }
    samples = torch.rand(3, 2)
    for name, model in models.items():
        model.eval()
        for kind, settings in {
            "torchscript": {"dynamo": False, "dynamic_axes": {"x": {0: "batch"}}},
            "dynamo": {"dynamo": True, "dynamic_shapes": ({0: "batch"},), "verbose": False},
        }.items():
            if (kind, name) == ("dynamo", "smooth"):
                continue  # It writes softplus with Where, which the import does not read.
            path = f"/tmp/{name}.onnx"
            torch.onnx.export(model, (samples,), path, input_names=["x"], output_names=["y"], external_data=False, **settings)
            save(f"{kind}_{name}", onnx.load(path))
    words, tokens = Words().eval(), torch.tensor([[0, 4], [2, 1], [3, 3]])
    torch.onnx.export(
        words, (tokens,), "/tmp/words.onnx", input_names=["x"], output_names=["y"], dynamic_axes={"x": {0: "batch"}},
        dynamo=False)
    save("torchscript_words", onnx.load("/tmp/words.onnx"), inputs=tokens.numpy().astype(np.float32))


def scikit_learn():
    from sklearn.compose import ColumnTransformer
    from sklearn.linear_model import LinearRegression, LogisticRegression
    from sklearn.neural_network import MLPClassifier, MLPRegressor
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import MinMaxScaler, StandardScaler
    from skl2onnx import to_onnx

    x = (random.normal(size=(60, 3)) * [1, 10, 0.1] + [0, 5, -2]).astype(np.float32)
    two = (x[:, 0] > 0).astype(int)
    three = np.array(["ash", "beech", "cedar"])[two + (x[:, 1] > 8)]
    number = x @ [1, 0.2, 3]
    size = {"hidden_layer_sizes": (4,), "max_iter": 20, "random_state": 1}
    columns = ColumnTransformer([("a", StandardScaler(), [2, 0]), ("b", "passthrough", [1])])
    models = {
        "two_classes": make_pipeline(StandardScaler(), MLPClassifier(**size)).fit(x, two),
        "three_classes": make_pipeline(MinMaxScaler(), MLPClassifier(activation="tanh", **size)).fit(x, three),
        "regressor": MLPRegressor(activation="logistic", **size).fit(x, number),
        "columns": make_pipeline(columns, MLPRegressor(**size)).fit(x, number),
        "logistic": LogisticRegression().fit(x, two),
        "multinomial": LogisticRegression().fit(x, three),
        "linear": LinearRegression().fit(x, number),
    }
    for name, model in models.items():
        save(f"sklearn_{name}", to_onnx(model, x[:1]), inputs=x[:3])


def categories():
    """Tables with text, as CSV files beside the ONNX files."""
    import pandas
    from sklearn.compose import ColumnTransformer
    from sklearn.neural_network import MLPClassifier, MLPRegressor
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import OneHotEncoder, OrdinalEncoder, StandardScaler
    from skl2onnx import to_onnx
    from skl2onnx.common.data_types import FloatTensorType, Int64TensorType, StringTensorType

    count = 60
    table = pandas.DataFrame({
        "area": random.normal(size=count).astype(np.float32),
        "city": random.choice(["Rome", "Paris", "New York"], count),
        "grade": random.choice(["low", "middle", "high"], count),
        "rooms": random.randint(1, 5, count),
    })
    target = (table.area + (table.city == "Rome") + (table.grade == "high") > 0.5).astype(int)
    types = {
        "area": FloatTensorType([None, 1]), "city": StringTensorType([None, 1]), "grade": StringTensorType([None, 1]),
        "rooms": Int64TensorType([None, 1])}
    size = {"hidden_layer_sizes": (4,), "max_iter": 50, "random_state": 1}
    ordinal = OrdinalEncoder(categories=[["low", "middle", "high"]], handle_unknown="use_encoded_value", unknown_value=-1)
    models = {
        "mixed": ([("number", StandardScaler(), ["area"]), ("city", OneHotEncoder(handle_unknown="ignore"), ["city"]),
                   ("grade", ordinal, ["grade"])], MLPClassifier(**size)),
        "text": ([("all", OneHotEncoder(), ["city", "grade"])], MLPRegressor(**size)),
        "numbers": ([("rooms", OneHotEncoder(), ["rooms"]), ("area", StandardScaler(), ["area"])], MLPRegressor(**size)),
    }
    folder = FOLDER / "Categories"
    folder.mkdir(exist_ok=True)
    for name, (columns, network) in models.items():
        used = table[[c for c in table if any(c in own for _, _, own in columns)]]
        model = make_pipeline(ColumnTransformer(columns), network).fit(used, target)
        onnx_model = to_onnx(
            model, initial_types=[(c, types[c]) for c in used],
            options={"zipmap": False} if hasattr(model, "classes_") else None)
        rows = used.iloc[:8].copy()
        if name == "mixed":
            rows.loc[2, ["city", "grade"]] = "Oslo", "none"
        session = onnxruntime.InferenceSession(onnx_model.SerializeToString())
        y = session.run(None, {c: rows[[c]].values.astype(
            np.float32 if c == "area" else np.int64 if c == "rooms" else object) for c in used})[-1]
        (folder / f"{name}.onnx").write_bytes(onnx_model.SerializeToString())
        rows.to_csv(folder / f"{name}.csv", index=False)
        (folder / f"{name}.json").write_text(json.dumps([rounded(row) for row in y.reshape(len(rows), -1)]) + "\n")
        print(f"{name}: {[n.op_type for n in onnx_model.graph.node]}")


def keras():
    """Graphs in the form that tf2onnx gives Keras models."""

    def tensor(name, values):
        return numpy_helper.from_array(np.asarray(values, dtype=np.float32), name)

    def model(nodes, constants, inputs, outputs):
        values = [
            helper.make_tensor_value_info(n, TensorProto.FLOAT, ["unk__1"] + list(s)) for n, s in (*inputs, *outputs)]
        graph = helper.make_graph(nodes, "tf2onnx", values[: len(inputs)], values[len(inputs) :], constants)
        return helper.make_model(
            graph, opset_imports=[helper.make_opsetid("", 15)], ir_version=8, producer_name="tf2onnx")

    def normal(*shape):
        return random.normal(size=shape)

    node = helper.make_node
    nodes = [
        node("Transpose", ["k0t"], ["k0"], perm=[1, 0]),
        node("MatMul", ["x", "k0"], ["model/dense/MatMul:0"]),
        node("Add", ["model/dense/MatMul:0", "b0"], ["model/dense/BiasAdd:0"]),
        node("LeakyRelu", ["model/dense/BiasAdd:0"], ["act"], alpha=0.3),
        node("Mul", ["act", "bn/mul"], ["bn/mul_1"]),
        node("Add", ["bn/mul_1", "bn/sub"], ["bn/add_1"]),
        node("Reshape", ["bn/add_1", "two_axes"], ["reshaped"]),
        node("Shape", ["reshaped"], ["shape"]),
        node("Cast", ["shape"], ["shape_int"], to=TensorProto.INT64),
        node("Slice", ["shape_int", "zero", "one"], ["batch"]),
        node("Concat", ["batch", "minus_one"], ["flat"], axis=0),
        node("Reshape", ["reshaped", "flat"], ["flattened"]),
        node("MatMul", ["flattened", "k1"], ["z1"]),
        node("Add", ["z1", "b1"], ["z2"]),
        node("Softplus", ["z2"], ["z3"]),
        node("Tanh", ["z3"], ["z4"]),
        node("Mul", ["z2", "z4"], ["mish"]),
        node("MatMul", ["mish", "k2"], ["z5"]),
        node("Add", ["z5", "b2"], ["z6"]),
        node("Softmax", ["z6"], ["y"], axis=1),
    ]
    ints = [numpy_helper.from_array(np.array(v, dtype=np.int64), n) for n, v in [
        ("two_axes", [-1, 2, 2]), ("zero", [0]), ("one", [1]), ("minus_one", [-1])]]
    constants = [
        tensor("k0t", normal(4, 2)), tensor("b0", normal(4)), tensor("bn/mul", normal(4)), tensor("bn/sub", normal(4)),
        tensor("k1", normal(4, 3)), tensor("b1", normal(3)), tensor("k2", normal(3, 3)), tensor("b2", normal(3)), *ints]
    save("keras_classifier", model(nodes, constants, [("x", [2])], [("y", [3])]))

    nodes = [
        node("Sub", ["x", "mean"], ["centered"]),
        node("Div", ["centered", "deviation"], ["scaled"]),
        node("Gemm", ["scaled", "k0", "b0"], ["z0"], alpha=0.5, beta=2.0, transB=1),
        node("HardSigmoid", ["z0"], ["a0"], alpha=0.2, beta=0.5),
        node("Gemm", ["a0", "k1"], ["z1"]),
        node("Sub", ["a0", "z1"], ["difference"]),
        node("Mul", ["difference", "a0"], ["product"]),
        node("Constant", [], ["doubled"], value=tensor("", 2)),
        node("Mul", ["product", "doubled"], ["y"]),
    ]
    constants = [
        tensor("mean", normal(2)), tensor("deviation", [0.5, 3]), tensor("k0", normal(4, 2)), tensor("b0", normal(1)),
        tensor("k1", normal(4, 4))]
    save("keras_products", model(nodes, constants, [("x", [2])], [("y", [4])]))

    nodes = [
        node("Concat", ["height", "length"], ["joined"], axis=1),
        node("Mul", ["joined", "scale"], ["scaled"]),
        node("MatMul", ["scaled", "k0"], ["y"]),
    ]
    constants = [tensor("scale", [2, 0.5]), tensor("k0", normal(2, 1))]
    save("keras_named_inputs", model(nodes, constants, [("length", [1]), ("height", [1])], [("y", [1])]))


if __name__ == "__main__":
    makers = {"categories": categories, "keras": keras, "scikit_learn": scikit_learn, "pytorch": pytorch}
    for name in sys.argv[1:] or makers:
        makers[name]()
