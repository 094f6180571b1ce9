"""The workloads of glia-benchmark in other libraries, in their usual style.

Run by compare.py: `python peers.py PEER WORKLOAD` prints one JSON line with the microseconds per step, the median of five runs.
"""
import json
import os
import statistics
import sys
import time
import warnings

os.environ.setdefault("KERAS_BACKEND", "jax")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
warnings.filterwarnings("ignore")
import numpy as np

# widths, hidden activation, batch, samples
TRAINING = {
    "tiny": ([2, 4, 2, 1], "tanh", 32, 1024),
    "spiral": ([2, 64, 32, 16, 3], "tanh", 32, 3072),
    "mnist": ([784, 512, 256, 10], "relu", 128, 12800),
    "wide": ([1024, 2048, 2048, 10], "relu", 256, 5120),
}
SPIRAL = TRAINING["spiral"][0]
ADAM = 10_000_000


def timed(run, steps, seconds):
    """The median, minimum and maximum of five runs, in microseconds per step."""
    run()
    times = []
    for _ in range(5):
        start, rounds = time.perf_counter(), 0
        while rounds == 0 or time.perf_counter() - start < seconds / 5:
            run()
            rounds += 1
        times.append((time.perf_counter() - start) / (rounds * steps) * 1e6)
    return {"us": statistics.median(times), "fastest": min(times), "slowest": max(times)}


def samples(work):
    widths, _, _, count = TRAINING[work]
    random = np.random.default_rng(0)
    inputs = random.standard_normal((count, widths[0])).astype(np.float32)
    return inputs, random.integers(0, max(widths[-1], 2), count)


def plane():
    axis = np.linspace(-1, 1, 1000)
    return np.stack(np.meshgrid(axis, axis), -1).reshape(-1, 2).astype(np.float32)


class PyTorch:
    def network(self, widths, activation):
        from torch import nn
        layers = []
        for inputs, outputs in zip(widths, widths[1:]):
            layers += [nn.Linear(inputs, outputs), {"tanh": nn.Tanh, "relu": nn.ReLU}[activation]()]
        return nn.Sequential(*layers[:-1])

    def training(self, work):
        import torch
        widths, activation, batch, count = TRAINING[work]
        inputs, classes = samples(work)
        x, y = torch.from_numpy(inputs), torch.from_numpy(classes)
        network = self.network(widths, activation)
        optimizer = torch.optim.Adam(network.parameters(), lr=0.01, fused=True)
        loss = torch.nn.CrossEntropyLoss()
        if widths[-1] == 1:
            y, loss = y.float()[:, None], torch.nn.BCEWithLogitsLoss()

        def epoch():
            order = torch.randperm(count)
            for start in range(0, count, batch):
                part = order[start : start + batch]
                optimizer.zero_grad(set_to_none=True)
                loss(network(x[part]), y[part]).backward()
                optimizer.step()

        return timed(epoch, count // batch, 1.5)

    def grid(self):
        import torch
        network, points = self.network(SPIRAL, "tanh"), torch.from_numpy(plane())
        with torch.inference_mode():
            return timed(lambda: torch.softmax(network(points), 1), 1, 3)

    def one(self):
        import torch
        network, sample = self.network(SPIRAL, "tanh"), torch.ones(1, 2)
        with torch.inference_mode():
            return timed(lambda: [torch.softmax(network(sample), 1) for _ in range(100)], 100, 1)

    def adam(self):
        import torch
        parameter = torch.nn.Parameter(torch.randn(ADAM))
        parameter.grad = torch.randn(ADAM)
        return timed(torch.optim.Adam([parameter], fused=True).step, 1, 2)


class JAX:
    def network(self, widths):
        import jax
        keys = jax.random.split(jax.random.PRNGKey(0), len(widths))
        return [
            (jax.random.normal(key, (inputs, outputs)) / inputs**0.5, jax.numpy.zeros(outputs))
            for key, inputs, outputs in zip(keys, widths, widths[1:])
        ]

    def forward(self, parameters, x, activation):
        import jax
        for weight, bias in parameters[:-1]:
            x = getattr(jax.nn, activation)(x @ weight + bias)
        return x @ parameters[-1][0] + parameters[-1][1]

    def training(self, work):
        import jax, optax
        widths, activation, batch, count = TRAINING[work]
        inputs, classes = samples(work)
        x, y = jax.numpy.asarray(inputs), jax.numpy.asarray(classes)
        kind = optax.softmax_cross_entropy_with_integer_labels
        if widths[-1] == 1:
            y, kind = y[:, None].astype(jax.numpy.float32), optax.sigmoid_binary_cross_entropy
        loss = lambda parameters, x, y: kind(self.forward(parameters, x, activation), y).mean()
        optimizer = optax.adam(0.01)

        @jax.jit
        def epoch(parameters, state, key):
            def step(carry, part):
                parameters, state = carry
                gradient = jax.grad(loss)(parameters, x[part], y[part])
                change, state = optimizer.update(gradient, state, parameters)
                return (optax.apply_updates(parameters, change), state), None

            order = jax.random.permutation(key, count).reshape(-1, batch)
            return jax.lax.scan(step, (parameters, state), order)[0]

        now = [self.network(widths)]
        now += [optimizer.init(now[0]), jax.random.PRNGKey(1)]

        def run():
            now[2], key = jax.random.split(now[2])
            now[:2] = jax.block_until_ready(epoch(now[0], now[1], key))

        return timed(run, count // batch, 1.5)

    def predict(self):
        import jax
        parameters = self.network(SPIRAL)
        return parameters, jax.jit(lambda parameters, x: jax.nn.softmax(self.forward(parameters, x, "tanh")))

    def grid(self):
        import jax
        (parameters, predict), points = self.predict(), jax.numpy.asarray(plane())
        return timed(lambda: predict(parameters, points).block_until_ready(), 1, 3)

    def one(self):
        import jax
        (parameters, predict), sample = self.predict(), jax.numpy.ones((1, 2))
        return timed(lambda: [predict(parameters, sample).block_until_ready() for _ in range(100)], 100, 1)

    def adam(self):
        import functools, jax, optax
        gradient, optimizer = jax.numpy.full(ADAM, 0.1), optax.adam(0.001)

        @functools.partial(jax.jit, donate_argnums=(0, 1))
        def update(parameters, state):
            change, state = optimizer.update(gradient, state, parameters)
            return optax.apply_updates(parameters, change), state

        now = [jax.numpy.ones(ADAM)]
        now.append(optimizer.init(now[0]))

        def run():
            now[:] = jax.block_until_ready(update(*now))

        return timed(run, 1, 2)


class Keras:
    def network(self, widths, activation, output):
        import keras
        hidden = [keras.layers.Dense(units, activation=activation) for units in widths[1:-1]]
        return keras.Sequential(
            [keras.Input((widths[0],)), *hidden, keras.layers.Dense(widths[-1], activation=output)])

    def training(self, work):
        import keras
        widths, activation, batch, count = TRAINING[work]
        inputs, classes = samples(work)
        output, loss = "softmax", "sparse_categorical_crossentropy"
        if widths[-1] == 1:
            output, loss = "sigmoid", "binary_crossentropy"
        network = self.network(widths, activation, output)
        network.compile(loss=loss, optimizer=keras.optimizers.Adam(0.01))
        return timed(
            lambda: network.fit(inputs, classes, batch_size=batch, epochs=1, verbose=0), count // batch, 1.5)

    def grid(self):
        network, points = self.network(SPIRAL, "tanh", "softmax"), plane()
        return timed(lambda: network.predict(points, batch_size=65536, verbose=0), 1, 3)


class ScikitLearn:
    def training(self, work):
        from sklearn.neural_network import MLPClassifier
        widths, activation, batch, count = TRAINING[work]
        inputs, classes = samples(work)
        network = MLPClassifier(
            widths[1:-1], activation=activation, learning_rate_init=0.01, batch_size=batch, max_iter=1,
            warm_start=True)
        return timed(lambda: network.fit(inputs, classes), count // batch, 1.5)

    def grid(self):
        from sklearn.neural_network import MLPClassifier
        network, points = MLPClassifier(SPIRAL[1:-1], activation="tanh", max_iter=1).fit(*samples("spiral")), plane()
        return timed(lambda: network.predict_proba(points), 1, 3)


class OneDNN:
    """The matrix multiplication library that the others use; requires `apt-get install libdnnl-dev`."""

    def gemm(self, kind, size):
        import ctypes
        import ctypes.util
        library = ctypes.CDLL(ctypes.util.find_library("dnnl") or "libdnnl.so")
        a, b, c = (np.full(size * size, 0.5, np.float32) for _ in range(3))
        address = [ctypes.c_void_p(array.ctypes.data) for array in (a, b, c)]
        n, one, zero = ctypes.c_int64(size), ctypes.c_float(1), ctypes.c_float(0)
        left, right = (ctypes.c_char(letter.upper().encode()) for letter in kind)
        rounds = max(1, 1_000_000 // size**2)

        def run():
            for _ in range(rounds):
                library.dnnl_sgemm(left, right, n, n, n, one, address[0], n, address[1], n, zero, address[2], n)

        return timed(run, rounds, 0.5)


PEERS = {"jax": JAX, "pytorch": PyTorch, "keras": Keras, "scikit-learn": ScikitLearn, "onednn": OneDNN}


def main(name, work):
    peer = PEERS[name]()
    kind, *arguments = ["training", work] if work in TRAINING else work.split("_")
    run = getattr(peer, kind, None)
    if run is not None:
        print(json.dumps({"work": work, **run(*(int(text) if text.isdigit() else text for text in arguments))}))


if __name__ == "__main__":
    main(*sys.argv[1:])
