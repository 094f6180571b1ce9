// swift-tools-version: 6.2
import PackageDescription

func glia(_ product: String) -> Target.Dependency { .product(name: product, package: "glia") }

let package = Package(
  name: "CustomComponents",
  platforms: [.macOS(.v15)],
  products: [.library(name: "Parts", targets: ["Parts"]), .executable(name: "tool", targets: ["tool"])],
  dependencies: [.package(name: "glia", path: "../..")],
  targets: [
    .target(name: "Parts", dependencies: [glia("Glia")]),
    .executableTarget(name: "tool", dependencies: ["Parts", glia("Glia"), glia("GliaCommands")]),
    .testTarget(name: "PartsTests", dependencies: ["Parts", glia("Glia"), glia("GliaTesting")]),
  ]
)
