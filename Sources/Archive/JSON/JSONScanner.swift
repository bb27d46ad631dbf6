/// Finds the shape of one JSON value after the other, leniently, without recursion and in one pass.
///
/// Accepted beyond RFC 8259: raw control characters in strings, missing and trailing commas, comments,
/// words for keys, `NaN` and its kin (as null), single missing brackets at the end. What cannot be
/// understood is counted and passed over. Values nested deeper than `keptDepth` are passed over too.
struct JSONScanner {
  /// How a scan ended.
  enum Outcome: Equatable {
    /// The value ends before this place.
    case value(end: Int)
    /// The bytes end within the value and more can come; nothing was kept of it.
    case unfinished
    /// The bytes end within the value and no more come; what was whole of it is kept, nothing if `isEmpty`.
    case cut(isEmpty: Bool)
    /// The value is broken; a new one seems to begin at the start of a line.
    case broken(resume: Int)
    /// Nothing that begins a value.
    case junk
    /// More cells than can be kept.
    case tooMany
  }

  /// How deep values are kept.
  static let keptDepth = 100_000
  /// The most cells of one document: a gibibyte of them.
  static let cellLimit = 1 << 26

  /// What was found, values one after the other.
  var cells: [JSONDocument.Cell] = []
  /// Places that were not understood and passed over.
  private(set) var faults = 0
  /// The first of them.
  private(set) var firstFault: Int?
  /// Values passed over because they are nested too deep.
  private(set) var tooDeep = 0
  /// Steps taken, for tests of linearity: each looks at eight bytes at most.
  var operations = 0

  private var open: [UInt32] = []
  /// Where the text of the line after the last fault begins, and whether with an object.
  var nextLine = (start: -1, isObject: false)

  private enum State {
    case element, key, colon, member
  }

  /// Forgets the cells, for a new document.
  mutating func reset() {
    let count = cells.count
    cells = []
    // Documents of one source are much alike.
    cells.reserveCapacity(min(count + count / 8, 1 << 17))
    (faults, firstFault, nextLine.start) = (0, nil, -1)
  }

  /// Scans the value that begins at a place.
  /// - Parameters:
  ///   - isFinal: whether no more bytes follow.
  ///   - isLines: whether an object at the start of a line is always a new value.
  ///   - keepsCutRoot: whether an object that the end cuts is kept when it is the value itself.
  mutating func scan(
    _ bytes: [UInt8], from start: Int, isFinal: Bool, isLines: Bool, keepsCutRoot: Bool
  ) -> Outcome {
    let before = (cells: cells.count, faults: faults, first: firstFault, tooDeep: tooDeep)
    let outcome = run(
      bytes, from: start, isFinal: isFinal, isLines: isLines, keepsCutRoot: keepsCutRoot)
    switch outcome {
    case .value, .cut, .tooMany: break
    case .unfinished, .broken, .junk:
      cells.removeLast(cells.count - before.cells)
      (faults, firstFault, tooDeep) = (before.faults, before.first, before.tooDeep)
    }
    return outcome
  }

  private mutating func run(
    _ bytes: [UInt8], from start: Int, isFinal: Bool, isLines: Bool, keepsCutRoot: Bool
  ) -> Outcome {
    let span = bytes.span
    let base = cells.count
    var at = start
    var state = State.element
    open.removeAll(keepingCapacity: true)
    while true {
      operations &+= 1
      if at < span.count, span[at] <= 0x20 || span[at] == 0x2F {
        guard let resume = skipSpace(span, &at, isLines: isLines && !open.isEmpty, isMember: state == .member)
        else { continue }
        return .broken(resume: resume)
      }
      guard at < span.count else {
        guard isFinal else { return .unfinished }
        return close(state, from: base, end: at, keepsCutRoot: keepsCutRoot)
      }
      guard cells.count < JSONScanner.cellLimit else {
        _ = close(state, from: base, end: at, keepsCutRoot: true)
        return .tooMany
      }
      let byte = span[at]
      switch (state, byte) {
      case (.key, 0x22), (.element, 0x22), (.member, 0x22):
        switch string(span, at, isFinal: isFinal, isLines: isLines) {
        case .end(let end, let flags):
          append(.string, at + 1, end, flags)
          at = end + 1
        case .unfinished:
          return .unfinished
        case .cut: return close(state, from: base, end: span.count, keepsCutRoot: keepsCutRoot)
        case .broken(let resume):
          return .broken(resume: resume)
        }
        if state == .key {
          state = .colon
          continue
        }
      case (.colon, 0x3A):
        state = .member
        at += 1
        continue
      case (.element, 0x7B), (.element, 0x5B), (.member, 0x7B), (.member, 0x5B):
        if open.count >= JSONScanner.keptDepth {
          append(byte == 0x7B ? .object : .array, at, at, 0)
          tooDeep += 1
          if !skipNested(span, &at) {
            guard isFinal else { return .unfinished }
            continue
          }
          break
        }
        open.append(UInt32(truncatingIfNeeded: cells.count))
        append(byte == 0x7B ? .object : .array, at, at, 0)
        state = byte == 0x7B ? .key : .element
        at += 1
        continue
      case (.element, 0x2C), (.key, 0x2C):
        guard !open.isEmpty else { return .junk }
        at += 1
        continue
      case (.colon, 0x2C), (.colon, 0x7D), (.member, 0x2C), (.member, 0x7D):
        append(.null, at, at, 0)
        state = .key
        continue
      case (_, 0x7D), (_, 0x5D):
        guard !open.isEmpty else { return .junk }
        guard closes(byte) else {
          at += 1
          fault(at - 1)
          continue
        }
        at += 1
        if open.isEmpty { return .value(end: at) }
        state = isObject(open[open.count - 1]) ? .key : .element
        continue
      default:
        if at > start, startsLine(span, at), byte == 0x7B {
          return .broken(resume: at)
        }
        if state == .colon {
          // No colon: the value may still be there.
          fault(at)
          state = .member
          continue
        }
        let end = wordEnd(span, at)
        if end == span.count, !isFinal { return .unfinished }
        let kind = state == .key ? nil : JSONScanner.scalar(span, at, end)
        if let kind {
          if end == span.count, !open.isEmpty {
            return close(state, from: base, end: end, keepsCutRoot: keepsCutRoot)
          }
          append(kind, at, end, 0)
          at = end
          break
        }
        guard !open.isEmpty else { return .junk }
        if state == .key, end > at, JSONScanner.isName(span[at]) {
          append(.string, at, end, 2)
          state = .colon
          at = end
          continue
        }
        fault(at)
        switch nextObject(span, at, isFinal: isFinal) {
        case .some(let resume?):
          return .broken(resume: resume)
        case .some(nil): break
        case nil:
          return .unfinished
        }
        at = max(end, at + 1)
        if state == .member { append(.null, at, at, 0) } else { continue }
      }
      // A value has ended.
      guard let top = open.last else { return .value(end: at) }
      state = isObject(top) ? .key : .element
    }
  }

  private func isObject(_ cell: UInt32) -> Bool { cells[Int(cell)].kind == .object }

  private mutating func append(_ kind: JSONKind, _ start: Int, _ end: Int, _ flags: UInt8) {
    cells.append(
      JSONDocument.Cell(
        start: UInt32(truncatingIfNeeded: start), end: UInt32(truncatingIfNeeded: end),
        next: UInt32(truncatingIfNeeded: cells.count &+ 1), kind: kind, flags: flags))
  }

  mutating func fault(_ place: Int) {
    faults += 1
    if firstFault == nil { firstFault = place }
  }

  /// Closes the container that a bracket ends: the innermost, or the one around it when only that fits.
  private mutating func closes(_ bracket: UInt8) -> Bool {
    let kind: JSONKind = bracket == 0x7D ? .object : .array
    var count = 1
    if cells[Int(open[open.count - 1])].kind != kind {
      guard open.count > 1, cells[Int(open[open.count - 2])].kind == kind else { return false }
      count = 2
    }
    for _ in 0..<count {
      if let top = open.popLast() { cells[Int(top)].next = UInt32(truncatingIfNeeded: cells.count) }
    }
    return true
  }

  /// Closes everything at the end of the bytes, leaving out the object that the end cuts.
  private mutating func close(
    _ state: State, from base: Int, end: Int, keepsCutRoot: Bool
  ) -> Outcome {
    if state == .colon || state == .member { cells.removeLast() }
    if let top = open.last.map(Int.init), cells[top].kind == .object, open.count > 1 || !keepsCutRoot {
      open.removeLast()
      cells.removeLast(cells.count - top)
      if let parent = open.last, isObject(parent) { append(.null, end, end, 0) }
    }
    while let top = open.popLast() { cells[Int(top)].next = UInt32(truncatingIfNeeded: cells.count) }
    return .cut(isEmpty: cells.count == base)
  }
}
