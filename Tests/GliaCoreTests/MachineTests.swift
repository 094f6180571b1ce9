import GliaCore
import Testing

@Suite("The machine")
struct MachineTests {
  @Test("has the processor that the system names")
  func processor() {
    let intel = "processor\t: 0\nmodel\t\t: 1\nmodel name\t: Intel(R) Xeon(R)  CPU: E5\nmodel name\t: other\n"
    #expect(Machine.processor(named: intel) == "Intel(R) Xeon(R) CPU: E5")
    #expect(Machine.processor(named: "processor : 0\nHardware\t: BCM2835\nModel : Raspberry Pi 4\n") == "BCM2835")
    #expect(Machine.processor(named: "model name:\u{1B}[2J x\n")?.contains("\u{1B}") == false)
    #expect(Machine.processor(named: "model name: " + String(repeating: "x", count: 1000))?.count ?? 0 < 70)
    for nothing in ["", "\n:\n", "model name", "model name:  \n", "CPU implementer\t: 0x41"] {
      #expect(Machine.processor(named: nothing) == nil)
    }
    #expect(!Machine.processor.isEmpty)
  }

  @Test("has one of three kinds of kernels, the portable ones in any case")
  func kernels() {
    #expect(["portable", "avx2", "avx512"].starts(with: Machine.supportedKernels))
    #expect(Machine.supportedKernels.contains(Machine.kernels))
  }

  @Test("refuses kernels that it does not have, and lists those that it has")
  func unknownKernels() throws {
    for kernels in Machine.supportedKernels + [""] { try Machine.check(kernels: kernels) }
    try Machine.check(kernels: nil)
    for kernels in ["sse", "AVX2", " avx2", "portable ", "\u{1B}[2J"] {
      let error = try #require(throws: GliaError.self) { try Machine.check(kernels: kernels) }
      #expect(error.place == "GLIA_KERNELS" && error.expected?.contains("'portable'") == true)
      #expect(!"\(error)".contains("\u{1B}"))
    }
  }
}
