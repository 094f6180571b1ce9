"""What training survives: kills at random moments, signals and resumptions, any number of threads.

    swift build -c release && python3 Tests/Endurance/endurance.py .build/release/glia [--kills N] [--resumptions N] [--networks N]

Every line of the output is one experiment; the last ones count. The exit status is 1 after any fault. Needs Python 3.9 alone.
"""
import argparse
import csv
import json
import os
import random
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time
import zlib
from pathlib import Path

ACTIVATIONS = ["tanh", "relu", "gelu", "swish", "selu", "softplus"]
OPTIMIZERS = ["sgd", "momentum", "nesterov", "rmsprop", "adagrad", "adadelta", "adam", "adamw", "nadam", "amsgrad", "lion", "lamb"]
TRANSFORMS = [
    {"type": "clip_by_global_norm"}, {"type": "exponential_average"}, {"type": "gradient_noise"}, {"type": "accumulation"},
    {"type": "lookahead"},
]


def experiment(rng, known, epochs):
    """A random experiment of known components, which takes a moment to train."""
    data, outputs, last, loss = rng.choice([
        ({"type": "moons", "samples": 600, "noise": 0.1}, 1, "sigmoid", "binary_crossentropy"),
        ({"type": "spirals", "samples": 600, "noise": 0.2}, 3, "softmax", "sparse_categorical_crossentropy"),
        ({"type": "friedman1", "samples": 600}, 1, "linear", "mean_squared_error"),
    ])
    layers = []
    for _ in range(rng.randint(1, 3)):
        layers.append({"type": "dense", "units": rng.randint(8, 160), "activation": rng.choice(ACTIVATIONS)})
        if rng.random() < 0.4:
            layers.append(rng.choice(["batch_norm", "layer_norm", {"type": "dropout", "rate": 0.2}]))
    layers.append({"type": "dense", "units": outputs, "activation": last})
    training = {
        "loss": loss, "optimizer": {"type": rng.choice([o for o in OPTIMIZERS if o in known["optimizer"]]), "learning_rate": 0.003},
        "epochs": epochs, "batch_size": rng.choice([8, 32, 100]), "seed": rng.randrange(1000), "metrics": [],
        "schedule": rng.choice(["constant", {"type": "exponential", "factor": 0.99, "per": "epoch"}, {"type": "step", "every": 50, "factor": 0.9}]),
        "transforms": [t for t in TRANSFORMS if t["type"] in known["transform"] and rng.random() < 0.25],
    }
    return {"name": "endurance", "data": data, "split": {"test": 0.2, "validation": 0.2}, "network": {"layers": layers}, "training": training}


class Glia:
    def __init__(self, tool, folder):
        self.tool, self.folder = os.path.abspath(tool), Path(folder)
        listed = json.loads(self.run("components", "--json").stdout)
        self.known = {}
        for component in listed:
            self.known.setdefault(component["kind"], set()).add(component["name"])

    def run(self, *arguments, threads=None):
        environment = dict(os.environ, **({"GLIA_THREADS": str(threads)} if threads else {}))
        return subprocess.run(
            [self.tool, *map(str, arguments)], cwd=self.folder, env=environment, capture_output=True, text=True, timeout=300)

    def start(self, *arguments):
        return subprocess.Popen(
            [self.tool, *map(str, arguments)], cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def write(self, name, content):
        (self.folder / name).write_text(json.dumps(content))
        return name


def tensors(path):
    """The numbers of a safetensors file, by their names."""
    content = path.read_bytes()
    length = struct.unpack("<Q", content[:8])[0]
    header = json.loads(content[8:8 + length])
    numbers = content[8 + length:]
    ends = [entry["data_offsets"][1] for name, entry in header.items() if name != "__metadata__"]
    assert max(ends, default=0) == len(numbers), "the file is cut off"
    return {n: numbers[slice(*e["data_offsets"])] for n, e in header.items() if n != "__metadata__"}


def check_whole(glia, output):
    """Throws unless every file of a training is whole."""
    for path in (glia.folder / output).iterdir():
        if path.name.startswith("."):
            continue  # a temporary file of the killed process, which the next one removes
        content = path.read_bytes()
        if path.suffix == ".safetensors":
            tensors(path)
        elif path.suffix == ".json":
            json.loads(content)
        elif path.suffix == ".csv":
            rows = list(csv.reader(content.decode().splitlines()))
            assert content.endswith(b"\n") and len({len(row) for row in rows}) == 1, f"{path.name} is cut off"
        elif path.suffix == ".png":
            at = 8
            while content[at + 4:at + 8] != b"IEND":
                size = struct.unpack(">I", content[at:at + 4])[0]
                assert struct.unpack(">I", content[at + 8 + size:at + 12 + size])[0] == zlib.crc32(content[at + 4:at + 8 + size])
                at += 12 + size
    result = glia.run("describe", f"{output}/model.safetensors")
    assert result.returncode == 0, result.stderr


def kills(glia, rng, count):
    """Kills trainings that replace the files of another one; no file may be damaged."""
    done = 0
    while done < count:
        name = glia.write("kill.json", experiment(rng, glia.known, 30))
        shutil.rmtree(glia.folder / "killed", ignore_errors=True)
        began = time.monotonic()
        assert glia.run("train", name, "--output", "killed").returncode == 0
        duration = time.monotonic() - began
        for _ in range(10):
            process = glia.start("train", name, "--output", "killed", "--seed", rng.randrange(100), *rng.choice([[], ["--no-plots"]]))
            time.sleep(rng.uniform(0, 1.1 * duration))
            process.kill()
            process.wait()
            check_whole(glia, "killed")
            done += 1
        print(f"kills: {done}", flush=True)
    return done


def resumptions(glia, rng, count):
    """Interrupts trainings by signals and resumes them; the end must have the same bits as without interruption."""
    signals = 0
    for index in range(count):
        described = experiment(rng, glia.known, 40)
        name = glia.write("resume.json", described)
        for output in ["whole", "parts"]:
            shutil.rmtree(glia.folder / output, ignore_errors=True)
        began = time.monotonic()
        whole = glia.run("train", name, "--output", "whole", "--no-plots")
        assert whole.returncode == 0, whole.stderr
        duration = time.monotonic() - began
        checkpoint = glia.folder / "parts/checkpoint.safetensors"
        cuts = rng.randint(1, 5)
        while True:
            resume = ["--resume", "parts/checkpoint.safetensors"] if checkpoint.exists() else []
            process = glia.start("train", name, "--output", "parts", "--no-plots", *resume)
            if cuts > 0:
                cuts -= 1
                time.sleep(rng.uniform(0.02, 0.6 * duration))
                if process.poll() is None:
                    process.send_signal(rng.choice([signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGKILL]))
                    signals += 1
            status = process.wait()
            if status == 0:
                break
            assert status in (130, 143, 129, -9, -15, -2, -1), f"status {status} of {described}"
        a, b = tensors(glia.folder / "whole/model.safetensors"), tensors(glia.folder / "parts/model.safetensors")
        assert a == b, f"other bits after resuming {json.dumps(described)}"
        print(f"resumptions: {index + 1}, {signals} signals", flush=True)
    return signals


def threads(glia, rng, count):
    """Trains networks on 1 to 7 threads, which must give the same bits."""
    for index in range(count):
        described = experiment(rng, glia.known, 3)
        described["network"]["layers"][0]["units"] = rng.choice([64, 300, 700])
        described["training"]["batch_size"] = rng.choice([100, 200, 384])
        name = glia.write("threads.json", described)
        results = []
        for number in range(1, 8):
            result = glia.run("train", name, "--output", "threads", "--no-plots", threads=number)
            assert result.returncode in (0, 1), result.stderr
            results.append(tensors(glia.folder / "threads/model.safetensors"))
        assert all(r == results[0] for r in results), f"threads change the bits of {json.dumps(described)}"
        print(f"networks: {index + 1}", flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("tool")
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--resumptions", type=int, default=117)
    parser.add_argument("--networks", type=int, default=30)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as folder:
        glia = Glia(options.tool, folder)
        try:
            killed = kills(glia, rng, options.kills)
            signals = resumptions(glia, rng, options.resumptions)
            threads(glia, rng, options.networks)
        except AssertionError as fault:
            print(f"FAULT: {fault}")
            sys.exit(1)
    print(f"{killed} kills left whole files; {options.resumptions} trainings cut by {signals} signals and {options.networks} "
          "networks on 1 to 7 threads have the same bits")


if __name__ == "__main__":
    main()
