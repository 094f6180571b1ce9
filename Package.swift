// swift-tools-version: 6.2
import PackageDescription

let collections = Target.Dependency.product(name: "OrderedCollections", package: "swift-collections")
let numerics = Target.Dependency.product(name: "RealModule", package: "swift-numerics")
let system = Target.Dependency.product(name: "SystemPackage", package: "swift-system")

/// A family of components: a module of its own in `Plugins`, which imports the core and the families named.
func plugin(_ family: String, _ others: [String] = [], kernels: Bool = false) -> Target {
  let modules = ["GliaCore"] + (kernels ? ["GliaKernels"] : []) + others.map { "Glia\($0)" }
  return .target(
    name: "Glia\(family)", dependencies: modules.map { .init(stringLiteral: $0) } + [numerics],
    path: "Plugins/\(family)")
}

let families = [
  "Activations", "Augmentations", "Callbacks", "Constraints", "Datasets", "Initializers", "Layers", "Losses", "Metrics",
  "Optimizers", "Preprocessors", "Pruners", "Regularizers", "Schedules", "SearchStrategies", "Splits", "Transforms",
]

let modules =
  [
    "Glia", "GliaCommands", "GliaCore", "GliaExchange", "GliaKernels", "GliaSearch", "GliaStudies", "GliaTesting",
    "GliaVisuals",
  ]
  + families.map { "Glia\($0)" }

/// The tests of a family of components.
func tests(_ family: String) -> Target {
  .testTarget(name: "Glia\(family)Tests", dependencies: ["Glia", "GliaTesting", "TestSupport"])
}

// Without pkg-config nothing else names the library to the linker.
let png = [LinkerSetting.linkedLibrary("png")]

let package = Package(
  name: "Glia",
  platforms: [.macOS(.v15)],
  products: modules.map { .library(name: $0, targets: [$0]) } + [
    .executable(name: "glia", targets: ["GliaTool"]),
    .executable(name: "glia-benchmark", targets: ["GliaBenchmark"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.1.0"),
    .package(url: "https://github.com/apple/swift-numerics", from: "1.0.0"),
    .package(url: "https://github.com/apple/swift-system", from: "1.7.0"),
    .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.4.0"),
  ],
  targets: [
    .target(name: "GliaKernels", exclude: ["Variant", "include/GliaMath.inc"]),
    .target(name: "CSignals"),
    .systemLibrary(
      name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .target(
      name: "GliaCore", dependencies: ["CSignals", "CZlib", "GliaKernels", collections, numerics, system],
      swiftSettings: [.enableExperimentalFeature("Lifetimes")]),
    plugin("Activations", ["Initializers"], kernels: true),
    plugin("Augmentations"),
    plugin("Callbacks"),
    plugin("Constraints"),
    plugin("Datasets"),
    plugin("Initializers"),
    plugin("Layers", ["Activations", "Initializers"], kernels: true),
    plugin("Losses", kernels: true),
    plugin("Metrics"),
    plugin("Optimizers", kernels: true),
    plugin("Preprocessors", ["Layers"]),
    plugin("Pruners", ["Search"]),
    plugin("Regularizers"),
    plugin("Schedules"),
    plugin("SearchStrategies", ["Search"]),
    plugin("Splits"),
    plugin("Transforms", kernels: true),
    .target(name: "GliaSearch", dependencies: ["GliaCore", numerics]),
    .target(
      name: "Glia", dependencies: ["GliaCore", "GliaSearch"] + families.map { .init(stringLiteral: "Glia\($0)") }),
    .target(name: "GliaExchange", dependencies: ["Glia", collections, numerics]),
    .target(name: "GliaStudies", dependencies: ["Glia", collections, numerics]),
    .target(name: "GliaTesting", dependencies: ["GliaCore", "GliaSearch"]),
    .systemLibrary(
      name: "CLibPNG", path: "Visuals/CLibPNG", pkgConfig: "libpng",
      providers: [.apt(["libpng-dev"]), .brew(["libpng"])]),
    .target(name: "CPNG", dependencies: ["CLibPNG"], path: "Visuals/CPNG", linkerSettings: png),
    .target(
      name: "GliaVisuals", dependencies: ["CPNG", "GliaCore", numerics], path: "Visuals",
      exclude: ["CLibPNG", "CPNG", "Gallery"]),
    .target(
      name: "GliaCommands",
      dependencies: [
        "CSignals", "Glia", "GliaExchange", "GliaStudies", "GliaTesting", "GliaVisuals", system,
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .executableTarget(name: "GliaTool", dependencies: ["Glia", "GliaCommands"]),
    .executableTarget(
      name: "CrowdedValley", dependencies: ["Glia", "GliaStudies", "GliaVisuals"], path: "Examples/CrowdedValley",
      exclude: ["README.md"]),
    .executableTarget(
      name: "Gallery", dependencies: ["Glia", "GliaStudies", "GliaVisuals"], path: "Examples/Gallery"),
    .executableTarget(
      name: "LearnedBoundaries", dependencies: ["Glia", "GliaVisuals"], path: "Examples/LearnedBoundaries"),
    .executableTarget(
      name: "OptimizerComparison", dependencies: ["Glia", "GliaVisuals"], path: "Examples/OptimizerComparison"),
    .target(name: "AllocationCounter", path: "Tests/Benchmarks/AllocationCounter"),
    .executableTarget(
      name: "GliaBenchmark",
      dependencies: [
        "AllocationCounter", "Glia", "GliaKernels", "GliaVisuals",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Tests/Benchmarks", exclude: ["AllocationCounter", "Peers"]),
    .target(name: "TestSupport", dependencies: ["Glia"], path: "Tests/TestSupport"),
    .target(name: "FuzzTargets", dependencies: ["Glia", "GliaExchange"], path: "Tests/Fuzzing/Targets"),
    .testTarget(name: "FuzzTargetsTests", dependencies: ["FuzzTargets"]),
    .target(name: "CPNGReader", dependencies: ["CLibPNG"], path: "Tests/CPNGReader", linkerSettings: png),
    .testTarget(name: "GliaKernelsTests", dependencies: ["GliaKernels"], resources: [.copy("Fixtures")]),
    .testTarget(name: "GliaCoreTests", dependencies: ["GliaCore"]),
    .testTarget(
      name: "GliaExchangeTests", dependencies: ["Glia", "GliaExchange", "TestSupport"],
      exclude: ["check_onnx.py", "make_onnx_fixtures.py"],
      resources: [.copy("Fixtures")]),
    .testTarget(name: "GliaSearchTests", dependencies: ["GliaSearch"]),
    .testTarget(
      name: "GliaStudiesTests", dependencies: ["Glia", "GliaStudies"], exclude: ["make_statistics_fixtures.py"],
      resources: [.copy("Fixtures")]),
    .testTarget(name: "GliaTests", dependencies: ["Glia", "TestSupport"]),
    .testTarget(name: "GliaTestingTests", dependencies: ["Glia", "GliaTesting"]),
    .testTarget(name: "GliaThirdPartyTests", dependencies: ["Glia"]),
    .testTarget(name: "GliaVisualsTests", dependencies: ["GliaVisuals", "CPNGReader"]),
    .testTarget(
      name: "GliaCommandsTests", dependencies: ["Glia", "GliaCommands", "GliaExchange", "GliaTool"],
      exclude: ["ErrorMessages"]),
  ] + families.map(tests),
  swiftLanguageModes: [.v6]
)
