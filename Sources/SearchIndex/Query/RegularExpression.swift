internal import CPCRE2

/// A `/regular expression/` of a query, compiled by PCRE2: Unicode classes, `^` and `$` at every line.
///
/// It is matched against the text as it was written: case and accents count, unless it ends in `/i`.
struct RegularExpression: Sendable {
  /// What stands between the slashes.
  let pattern: [UInt8]
  /// Whether `/i` was written.
  let ignoresCase: Bool
  /// The field that is searched.
  let field: Field
  /// Its place in the query, in bytes.
  let range: Range<Int>
  /// What every text that matches must hold.
  let literal: RequiredLiteral
  /// What every match must hold as well, where that is rarer than the literal.
  let classes: RequiredClasses?
  fileprivate let program: Program

  /// Compiles an expression.
  /// - Throws: what is wrong with it, in PCRE2's words.
  init(_ pattern: [UInt8], ignoresCase: Bool, field: Field, range: Range<Int>) throws(RegexFault) {
    self.pattern = pattern
    self.ignoresCase = ignoresCase
    self.field = field
    self.range = range
    program = try Program(pattern, ignoresCase: ignoresCase)
    literal = RequiredLiteral(of: pattern, ignoresCase: ignoresCase)
    // A literal of some length is found faster, and short ones are commoner than their letters tell.
    let size = literal.bytes.count
    let found = size < 4 ? RequiredClasses(of: pattern, ignoresCase: ignoresCase) : nil
    classes = found.flatMap { $0.count > size ? $0 : nil }
  }
}

extension RegularExpression: Equatable {
  static func == (left: RegularExpression, right: RegularExpression) -> Bool {
    left.pattern == right.pattern && left.ignoresCase == right.ignoresCase && left.field == right.field
      && left.range == right.range
  }
}

/// Why an expression cannot be read.
struct RegexFault: Error, Equatable {
  /// PCRE2's words.
  var reason: String
  /// Where, in bytes of the expression.
  var offset: Int
}

/// The compiled expression. PCRE2 never writes to it while it matches.
@safe
private final class Program: @unchecked Sendable {
  let compiled: OpaquePointer

  init(_ pattern: [UInt8], ignoresCase: Bool) throws(RegexFault) {
    var fault = regex_fault(code: 0, offset: 0)
    let made: OpaquePointer? = unsafe pattern.withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return nil }
      return unsafe regex_compile(base, bytes.count, ignoresCase, &fault)
    }
    guard let made = unsafe made else {
      let words = unsafe [CChar](unsafeUninitializedCapacity: 256) { buffer, count in
        count = 0
        guard let base = buffer.baseAddress else { return }
        unsafe regex_message(fault.code, base, 256)
        count = (0..<256).first { unsafe base[$0] == 0 } ?? 0
      }
      throw RegexFault(
        reason: String(decoding: words.map { UInt8(bitPattern: $0) }, as: UTF8.self),
        offset: min(Int(fault.offset), pattern.count))
    }
    unsafe compiled = made
  }

  deinit { unsafe regex_free(compiled) }
}

/// What one thread matches an expression with.
@safe
private final class Scratch {
  let pointer: OpaquePointer?
  init(_ program: Program) { unsafe pointer = regex_scratch_new(program.compiled) }
  deinit { unsafe regex_scratch_free(pointer) }
}

/// Matches an expression on one thread, with a bound on the time it takes in all.
struct RegexMatcher {
  let expression: RegularExpression
  private let scratch: Scratch
  /// Whether it took too long, or too much memory, and was given up: nothing matches any more.
  private(set) var isRefused = false

  init(_ expression: RegularExpression) {
    self.expression = expression
    scratch = Scratch(expression.program)
  }

  /// Whether the expression matches anywhere in a text.
  mutating func isMatch(_ text: Span<UInt8>) -> Bool {
    if expression.literal.isWhole { return expression.literal.first(in: text) != nil }
    if let classes = expression.classes {
      guard classes.first(in: text) != nil else { return false }
    } else if !expression.literal.bytes.isEmpty {
      guard expression.literal.first(in: text) != nil else { return false }
    }
    return first(in: text, from: 0) != nil
  }

  /// The first match from a byte on.
  mutating func first(in text: Span<UInt8>, from place: Int) -> Range<Int>? {
    var start = 0
    var end = 0
    let code = unsafe text.withUnsafeBufferPointer { bytes -> CInt in
      guard let pointer = unsafe scratch.pointer else { return CInt(REGEX_REFUSED) }
      return unsafe regex_find(
        expression.program.compiled, pointer, bytes.baseAddress, bytes.count, place, &start, &end)
    }
    if code == REGEX_REFUSED { isRefused = true }
    return code == REGEX_FOUND ? start..<max(start, end) : nil
  }

  /// Calls `body` for each match, in order; empty ones are left out.
  mutating func forEachMatch(in text: Span<UInt8>, _ body: (Range<Int>) -> Bool) {
    var place = 0
    while place <= text.count, let found = first(in: text, from: place) {
      if !found.isEmpty, !body(found) { return }
      place = max(found.upperBound, place)
      if found.isEmpty {
        place += 1
        while place < text.count, text[place] & 0xC0 == 0x80 { place += 1 }
      }
    }
  }
}
