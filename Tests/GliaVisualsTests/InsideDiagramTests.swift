import GliaCore
import Testing

@testable import GliaVisuals

@Suite struct InsideDiagramTests {
  /// Returns a network of these widths with all weights equal to `weight`.
  private func diagram(_ widths: [Int], weight: Float = 1) -> NetworkDiagram {
    NetworkDiagram(
      layers: widths.map { LayerSummary("layer", units: $0) },
      connections: zip(widths, widths.dropFirst()).map {
        .init(weights: Array(repeating: weight, count: $0 * $1), biases: Array(repeating: 0, count: $1))
      })
  }

  private let page = Rect(x: 0, y: 0, width: 800, height: 600)

  @Test(arguments: [[1, 1], [2, 4, 2, 1], [64, 64, 64], [784, 512, 10], [3, 1, 1, 1, 1, 1, 1, 1, 1, 2]])
  func unitsLieInColumnsOnThePage(widths: [Int]) throws {
    let layout = try DiagramLayout(diagram(widths), bounds: page)
    #expect(layout.columns.map(\.units.count) == widths.map { $0 > 64 ? 16 : $0 })
    for (column, next) in zip(layout.columns, layout.columns.dropFirst()) {
      #expect(column.x + column.side / 2 + 12 <= next.x - next.side / 2 + 1e-9)
    }
    for column in layout.columns {
      for area in column.areas {
        #expect(area.x >= Page.margin - 1e-9 && area.maxX <= 800 - Page.margin + 1e-9)
        #expect(area.y >= layout.headings && area.maxY <= layout.key.y)
      }
      for (place, next) in zip(column.places, column.places.dropFirst()) { #expect(next.y - place.y > column.side) }
    }
  }

  @Test func ofWideLayersTheFirstAndTheLastUnitsAreDrawn() throws {
    let columns = try DiagramLayout(diagram([512, 3]), bounds: page).columns
    #expect(columns[0].units == Array(0..<8) + Array(504..<512))
    let middle = try #require(columns[0].ellipsis)
    #expect(columns[0].places[7].y < middle.y - 15 && middle.y + 15 < columns[0].places[8].y)
    var few = diagram([20, 3])
    few.mostUnits = 4
    #expect(try DiagramLayout(few, bounds: page).columns[0].units == [0, 1, 18, 19])
  }

  @Test func linksHaveTheirOwnWeights() throws {
    var figure = diagram([100, 70])
    figure.connections[0].weights = (0..<7000).map { Float($0 / 100) * 1000 + Float($0 % 100) }
    let links = DiagramLinks(figure, try DiagramLayout(figure, bounds: page)).links(before: 1)
    // From unit 0 to unit 0, from unit 99 to unit 0, and from unit 99 to unit 69.
    #expect(links.count == 256)
    #expect(links[0].weight == 0 && links[15].weight == 99 && links[255].weight == 69_099)
  }

  @Test func unitsAreLinkedToTheirSourcesOnly() throws {
    var figure = diagram([3, 4])
    figure.connections = [.init(sources: [[0], [2], [1], [1]])]
    let links = DiagramLinks(figure, try DiagramLayout(figure, bounds: page))
    #expect(links.links(before: 1).count == 4 && links.counts == (4, 4))
    // A list that is too short, or names inputs that do not exist, leaves links out.
    figure.connections = [.init(sources: [[7], [-1, 0]])]
    let few = DiagramLinks(figure, try DiagramLayout(figure, bounds: page))
    #expect(few.links(before: 1).count == 1)
  }

  @Test func theSignOfAWeightIsItsColor() throws {
    let (blue, orange) = (Theme.light.negative, Theme.light.positive)
    func count(_ weight: Float, _ color: Color) throws -> Int {
      // The first 250 rows, which are above the legend.
      let picture = try diagram([1, 1], weight: weight).shrunk(480, 360, scale: 0.8).picture()
      return stride(from: 0, to: 250 * picture.width, by: 1).count { pixel in
        let found = picture.color(pixel % picture.width, pixel / picture.width)
        let wanted = color.mixed(with: Theme.light.text, 0.06)
        return abs(found[0] - Int(wanted.red)) + abs(found[2] - Int(wanted.blue)) < 40
      }
    }
    #expect(try count(2, orange) > 300 && count(2, blue) == 0)
    #expect(try count(-2, blue) > 300 && count(-2, orange) == 0)
    #expect(try count(0, blue) == 0 && count(0, orange) == 0)
    #expect(try count(.nan, blue) == 0 && count(.nan, orange) == 0)
  }

  @Test func widthsAndDotsAreInProportion() throws {
    var figure = diagram([1, 2])
    figure.connections[0] = .init(weights: [-4, 1], biases: [0.5, .infinity])
    let links = DiagramLinks(figure, try DiagramLayout(figure, bounds: page))
    #expect(links.largestWeight == 4 && links.largestBias == 0.5 && links.widest == 7)
    // The area is proportional to the bias: a quarter of it has half the radius.
    #expect(links.radius(0.125, most: 4) == 2)
    #expect(figure.note(links) == "1 weight that is not finite left out")
    _ = try figure.shrunk().png()
  }

  @Test func weightsBelowZeroAreDashed() throws {
    let figure = diagram([1, 2], weight: -2)
    let links = DiagramLinks(figure, try DiagramLayout(figure, bounds: page))
    #expect(links.stroke(-1).dashes.count == 2 && links.stroke(1).dashes.isEmpty)
    #expect(links.stroke(-1).width == links.widest / 2)
  }

  @Test func ofManyLinksTheStrongestAreDrawn() throws {
    let figure = diagram([64, 64, 2])
    let links = DiagramLinks(figure, try DiagramLayout(figure, bounds: page))
    #expect(links.counts.all == 64 * 64 + 128 && links.counts.drawn == 628)
    #expect(figure.note(links) == "the 628 strongest of 4224 links drawn")
    #expect(links.opacity(1) > 0.9 && links.opacity(0.1) < 0.4)
  }

  @Test func wrongDataIsRefused() throws {
    func error(_ widths: [Int] = [2, 2, 1], _ change: (inout NetworkDiagram) -> Void = { _ in }) -> GliaError? {
      var figure = diagram(widths)
      change(&figure)
      return #expect(throws: GliaError.self) { try figure.png() }
    }
    #expect(error([])?.what == "there are no layers to draw")
    #expect(error([2])?.what == "there is only one layer to draw")
    #expect(error { $0.connections.removeLast() }?.what == "1 connections between 3 layers")
    #expect(error { $0.connections[0].weights = [1] }?.what == "1 weights from 2 to 2 units")
    #expect(error { $0.connections[1].biases = [1, 2] }?.place == "connections.1")
    #expect(error { $0.layers[1].units = -1 }?.what == "a layer has -1 units")
    #expect(error { $0.maps = UnitMaps(layers: []) { _ in [] } }?.place == "maps")
    #expect(error(Array(repeating: 3, count: 60))?.what.hasPrefix("60 layers of up to 3 units do not fit") == true)
  }

  @Test(arguments: [(1, 1), (30, 300), (300, 30), (64, 48)]) func pagesThatAreTooSmallAreRefused(
    width: Int, height: Int
  ) {
    #expect(throws: GliaError.self) { try diagram([2, 4, 1]).shrunk(width, height, scale: 1).png() }
  }

  @Test func aNetworkHasItsWeightsNamesAndMaps() throws {
    let figure = try NetworkDiagram(of: exclusiveOr(), on: corners())
    #expect(figure.layers.map(\.detail) == ["2", "2 rectified · silent", "1 rectified"])
    #expect(figure.layers[0].unitNames == ["x₁", "x₂"] && figure.layers[2].unitNames == ["score of class 1"])
    #expect(figure.connections[0] == .init(weights: [1, 1, 1, 1], biases: [0, -1]))
    #expect(figure.connections[1] == .init(weights: [1, -2], biases: [0]))
    #expect(figure.maps != nil)
    #expect(try figure.shrunk(scale: 0.5).png() == figure.shrunk(scale: 0.5).png())
    var network = try Network(input: [3], layers: [PlainLayer(4), PlainLayer(1)])
    try network.set("layers.0.bias", to: Tensor(shape: [4], [1, 2, 3, 4]))
    let discs = NetworkDiagram(of: network)
    #expect(discs.maps == nil && discs.connections[0].biases == [1, 2, 3, 4])
    _ = try discs.shrunk().png()
    #expect(throws: GliaError.self) { try NetworkDiagram(of: network, on: corners()) }
  }
}
