import Glibc
import Testing

@testable import Grid

/// Every scalar there is.
private let allScalars = (UInt32(0)..<0x110000).compactMap(Unicode.Scalar.init)

@Suite struct DisplayTableTests {
  @Test func boundariesAscendAndChange() {
    for (one, next) in zip(displayClassBoundaries, displayClassBoundaries.dropFirst()) {
      #expect(one >> 4 < next >> 4)
      #expect(one & 15 != next & 15)
    }
    #expect(displayClassBoundaries.first.map { $0 >> 4 } == 0)
  }

  /// The two stages give what a search in the boundaries gives.
  @Test func tableIsTheBoundaries() {
    let table = DisplayTable.shared
    var next = 0
    var current = DisplayClass.text
    var wrong = 0
    for value in UInt32(0)..<0x110000 {
      if next < displayClassBoundaries.count, displayClassBoundaries[next] >> 4 == value {
        current = DisplayClass(rawValue: UInt8(displayClassBoundaries[next] & 15)) ?? .text
        next += 1
      }
      if table[value] != current { wrong += 1 }
    }
    #expect(wrong == 0)
    #expect(next == displayClassBoundaries.count)
    #expect(table[0x110000] == .replaced)
    #expect(table[.max] == .replaced)
  }

  /// What the display rule lists by number is dropped.
  @Test func listedScalarsAreDropped() {
    var listed: [UInt32] = [
      0x061C, 0x200E, 0x200F, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0xAD, 0x34F, 0x180E, 0x115F, 0x1160,
      0x3164, 0xFFA0, 0x17B4, 0x17B5, 0x20E3,
    ]
    for range: ClosedRange<UInt32> in [
      0x202A...0x202E, 0x2066...0x2069, 0x2061...0x2064, 0x206A...0x206F, 0xFFF9...0xFFFB, 0xFE00...0xFE0F,
      0xE0100...0xE01EF, 0xE0020...0xE007F,
    ] { listed += range }
    for value in listed { #expect(DisplayTable.shared[value] == .dropped, "\(value)") }
  }

  /// The general rules, restated from the standard library's own (newer) Unicode data. Scalars that it knows
  /// and the table does not yet are replaced, never shown.
  @Test func classesFollowTheGeneralCategory() {
    let table = DisplayTable.shared
    var wrong: [UInt32] = []
    for scalar in allScalars where scalar.value >= 0x80 {
      let found = table[scalar.value]
      if found == .replaced || found == .lineEnd { continue }
      let isSound =
        switch scalar.properties.generalCategory {
        case .control, .unassigned, .privateUse, .surrogate, .lineSeparator, .paragraphSeparator: false
        case .format: found == .dropped
        case .nonspacingMark, .enclosingMark: found == .mark || found == .dropped
        case .spacingMark:
          (found == .spacingMark || found == .wideSpacingMark)
            == (scalar.properties.canonicalCombiningClass != .notReordered)
        default: found.columns > 0 || found == .dropped || found == .mark
        }
      if !isSound { wrong.append(scalar.value) }
    }
    // Scalars whose category later versions of Unicode changed are few.
    #expect(wrong.count < 40, "\(wrong.map { String($0, radix: 16) })")
    for scalar in allScalars {
      switch scalar.properties.generalCategory {
      case .control where scalar.value > 0x9F, .privateUse, .surrogate:
        #expect(table[scalar.value] == .replaced)
      case .unassigned: #expect(table[scalar.value] == .replaced)
      default: break
      }
    }
  }

  /// A mark of the table never comes from a scalar with a column, and no scalar is both.
  @Test func paintableIsBaseOrMark() {
    var bases = 0
    for scalar in allScalars {
      let asBase = DisplayRule.isPaintable(scalar, asMark: false)
      let asMark = DisplayRule.isPaintable(scalar, asMark: true)
      if asBase && asMark { Issue.record("\(scalar.value)") }
      if asBase != (DisplayRule.columns(of: scalar) > 0) { Issue.record("\(scalar.value)") }
      if asBase != { if case .spacing = DisplayRule.appearance(of: scalar) { true } else { false } }() {
        Issue.record("\(scalar.value)")
      }
      if asBase { bases += 1 }
    }
    #expect(bases > 140_000)
    #expect(!DisplayRule.isPaintable("\u{1B}", asMark: false))
    #expect(!DisplayRule.isPaintable("\u{7F}", asMark: false))
    #expect(DisplayRule.isPaintable("\u{301}", asMark: true))
  }

  /// Where the C library is the one the table was made from, widths are equal for all that is shown.
  @Test(.enabled(if: CLibrary.isTheOneTheTableCameFrom))
  func widthsAreThoseOfTheCLibrary() {
    let widths = CLibrary.widths(of: allScalars)
    #expect(widths.count == allScalars.count)
    var wrong = 0
    for (scalar, width) in zip(allScalars, widths) {
      switch DisplayTable.shared[scalar.value] {
      case .mark: if width != 0 { wrong += 1 }
      case let found where found.columns > 0: if width != found.columns { wrong += 1 }
      default: break
      }
    }
    #expect(wrong == 0)
  }
}

/// What the C library says, by functions that its Swift module leaves out.
private enum CLibrary {
  static var isTheOneTheTableCameFrom: Bool {
    typealias Version = @convention(c) () -> UnsafePointer<CChar>
    guard let symbol = unsafe dlsym(nil, "gnu_get_libc_version") else { return false }
    let version = unsafe unsafeBitCast(symbol, to: Version.self)
    return unsafe String(cString: version()) == "2.36" && widths(of: ["\u{4E00}"]) == [2]
  }

  /// `wcwidth` in C.UTF-8, for this thread alone; empty where there is none.
  static func widths(of scalars: [Unicode.Scalar]) -> [Int] {
    typealias Width = @convention(c) (Int32) -> Int32
    guard let symbol = unsafe dlsym(nil, "wcwidth"),
      let locale = unsafe newlocale(Int32(LC_CTYPE_MASK), "C.UTF-8", nil)
    else { return [] }
    let width = unsafe unsafeBitCast(symbol, to: Width.self)
    let previous = unsafe uselocale(locale)
    defer {
      unsafe uselocale(previous)
      unsafe freelocale(locale)
    }
    return scalars.map { Int(width(Int32(bitPattern: $0.value))) }
  }
}
