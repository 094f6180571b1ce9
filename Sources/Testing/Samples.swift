import GliaCore

/// Settings that say more about one of Glia's own components than its defaults.
let samples: [String: [JSON]] = [
  "layer dense": [
    ["units": 3, "activation": "tanh"], ["units": 4, "activation": "gelu", "use_bias": false],
    ["units": 3, "activation": "softmax"], ["units": 2, "activation": "leaky_relu"],
  ],
  "dataset csv": [["path": "data.csv", "target": "y"]],
  "loss binary_crossentropy": [["class_weights": [0.5, 3]], ["class_weights": [2, 0.5], "label_smoothing": 0.125]],
  "loss categorical_crossentropy": classWeights, "loss sparse_categorical_crossentropy": classWeights,
  "loss one_vs_all_crossentropy": [["class_weights": [0.5, 3, 0, 1.5]]],
  "loss quantile": [["quantile": 0.9]],
  "dataset idx": [["images": "images.idx", "labels": "labels.idx"]],
  "layer activation": [["activation": "tanh"], ["activation": "softmax"], ["activation": "gelu"]],
  "initializer variance_scaling": [
    ["mode": "fan_out", "distribution": "uniform"], ["mode": "fan_avg", "distribution": "normal"],
  ],
  "schedule step": [["every": 20]],
  "schedule piecewise": [["boundaries": [10, 30], "factors": [0.5, 1, 0]]],
  "schedule polynomial": [["steps": 50, "power": 2], ["steps": 50, "end": 0.01, "power": 0.5]],
  "schedule cosine": [["steps": 50], ["steps": 50, "end": 0.01]],
  "schedule cosine_restarts": [["steps": 10], ["steps": 3, "growth": 2, "end": 0.01]],
  "schedule warmup": [["steps": 10, "then": ["type": "cosine", "steps": 50]]],
  "schedule one_cycle": [["steps": 60], ["steps": 2, "warmup_fraction": 1]],
  "schedule reduce_on_plateau": [["patience": 3, "cooldown": 2, "min_rate": 0.001]],
  "layer masked_dense": ["tanh", "gelu"].map {
    ["mask": [[1, 0, 1, 0, 0, 1], [0, 0, 0, 0, 0, 0], [0, 1, 1, 1, 1, 1]], "activation": $0]
  },
  "layer maxout": [["units": 3], ["units": 2, "pieces": 3, "use_bias": false]],
  "layer radial_basis": [["units": 4, "width": 2]],
  "layer highway": [["activation": "gelu"], ["activation": "relu"]],
  "layer embedding": [["input_dim": 4, "output_dim": 3]],
  "layer reshape": [["shape": [3, 2]], ["shape": [2, -1]]],
  "layer sequence": [
    ["layers": ["layer_norm", hidden(4), ["type": "dense", "units": 3, "activation": "softmax"]]],
    ["layers": [["type": "embedding", "input_dim": 4, "output_dim": 3], "flatten", hidden(2)]],
    ["layers": ["prelu", "batch_norm", "flatten"]],
  ],
  "layer residual": [["layers": [hidden(4), hidden(6)]], ["layers": ["batch_norm", "prelu"]]],
  "layer parallel": ["add", "average", "multiply", "concatenate"].flatMap { mode in
    [
      ["mode": mode, "branches": [hidden(4), ["layers": [hidden(3), "batch_norm", hidden(4)]]]],
      ["mode": mode, "branches": ["prelu", "batch_norm", "layer_norm"]],
    ]
  },
  "layer repeated": [
    ["layers": ["batch_norm", hidden(6)], "times": 3], ["layers": [["layers": ["prelu", "rms_norm"]]], "times": 2],
  ],
]

private let classWeights: [JSON] = [
  ["class_weights": [0.5, 3, 0, 1.5]], ["class_weights": [2, 0.5, 1, 3], "label_smoothing": 0.125],
]

/// A dense layer for the containers.
private func hidden(_ units: Int) -> JSON { ["type": "dense", "units": JSON(units), "activation": "gelu"] }
