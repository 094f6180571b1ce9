// swift-tools-version: 6.2
import PackageDescription

// A package of its own, because all of Glia is built with the coverage that libFuzzer follows; see `.ci/fuzz`.
let package = Package(
  name: "Fuzzing",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "glia", path: "../..")],
  targets: [
    .executableTarget(
      name: "Fuzzer", dependencies: ["Glia", "GliaExchange"].map { .product(name: $0, package: "glia") }, path: ".",
      exclude: ["Corpus"],
      sources: ["Fuzzer", "Targets"])
  ],
  swiftLanguageModes: [.v6]
)
