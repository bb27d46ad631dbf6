/// Columns that a range of a text takes in one line: what `Grid.write` would use without a limit.
/// - Complexity: O(`bytes.count`).
public func displayColumns(of text: Span<UInt8>, bytes: Range<Int>) -> Int {
  let bytes = bytes.clamped(to: 0..<text.count)
  var scanner = DisplayScanner(bytes: bytes)
  var used = 0
  while let unit = scanner.next(in: text) {
    used += unit.columnsDrawn(at: used, isLast: unit.bytes.upperBound == bytes.upperBound)
  }
  return used
}

/// Columns that a string takes in one line.
/// - Complexity: O(bytes of `text`).
public func displayColumns(of text: String) -> Int {
  let span = text.utf8.span
  return displayColumns(of: span, bytes: 0..<span.count)
}

/// A string cut to at most `columns` columns, ending in “…” where something was cut. What is left of the
/// string is unchanged: it still has to go through `Grid.write` or `DisplayRule.printable`.
/// - Complexity: O(bytes kept).
public func truncated(_ text: String, columns: Int) -> String {
  let span = text.utf8.span
  guard let cut = truncation(of: span, bytes: 0..<span.count, columns: columns) else { return text }
  guard columns > 0 else { return "" }
  return String(decoding: text.utf8.prefix(cut), as: UTF8.self) + "…"
}

/// Where to cut a range of a text so that it takes at most `columns - 1` columns; nil when all of it takes
/// at most `columns`.
/// - Complexity: O(bytes up to the cut, and the unit after it).
func truncation(of text: Span<UInt8>, bytes: Range<Int>, columns: Int) -> Int? {
  var scanner = DisplayScanner(bytes: bytes)
  var used = 0
  var cut = bytes.lowerBound
  while let unit = scanner.next(in: text) {
    used += unit.columnsDrawn(at: used, isLast: unit.bytes.upperBound == bytes.upperBound)
    if used > columns { return cut }
    if used < columns { cut = unit.bytes.upperBound }
  }
  return nil
}

/// Scalars in a range of a text that drawing leaves out.
/// - Complexity: O(`bytes.count`).
public func droppedCount(in text: Span<UInt8>, bytes: Range<Int>) -> Int {
  var scanner = DisplayScanner(bytes: bytes.clamped(to: 0..<text.count))
  var count = 0
  while let unit = scanner.next(in: text) { count += unit.droppedCount }
  return count
}
