import Testing

@testable import Terminal

struct PaletteTests {
  @Test(arguments: [0, 8, 16, 256]) func everyCodeIsOneTheTerminalHas(colors: Int) {
    let codes = Palette.codes(for: colors)
    #expect(codes.count == 257 && codes[0] == 0)
    #expect(codes.allSatisfy { Int($0) <= colors })
    for number in 0..<colors { #expect(codes[number + 1] == UInt16(number + 1)) }
    if colors > 0 { #expect(codes.dropFirst().allSatisfy { $0 > 0 }) }
  }

  @Test func theNearestIsTheOneAnEyeWouldTake() {
    let eight = Palette.codes(for: 8)
    let sixteen = Palette.codes(for: 16)
    #expect(eight[9 + 1] == 1 + 1)  // bright red: red
    #expect(sixteen[196 + 1] == 9 + 1)  // 255,0,0: bright red
    #expect(sixteen[46 + 1] == 10 + 1)  // 0,255,0: bright green
    #expect(sixteen[16 + 1] == 0 + 1)  // black of the cube
    #expect(sixteen[231 + 1] == 15 + 1)  // white of the cube
    #expect(sixteen[244 + 1] == 8 + 1)  // middle grey
    #expect(eight[255 + 1] == 7 + 1)  // lightest grey
  }
}

struct ScalarAssemblerTests {
  @Test func everyScalarComesBack() {
    var assembler = ScalarAssembler()
    for value in stride(from: UInt32(0), through: 0x10FFFF, by: 23) {
      guard value != 0x1B, let scalar = Unicode.Scalar(value), let bytes = UTF8.encode(scalar) else {
        continue
      }
      let steps = bytes.map { assembler.feed($0) }
      #expect(steps.last == .scalar(scalar) && steps.dropLast().allSatisfy { $0 == .unfinished })
    }
  }
}
