public import Bytes

/// The columns of an index by name, to a file and back. A new column has one line here.
extension FieldColumns {
  mutating func forEachColumn<Failure: Error>(
    _ visitor: inout some ColumnVisitor<Failure>
  ) throws(Failure) {
    try visitor.visit("termBytes", &termBytes)
    try visitor.visit("termStarts", &termStarts)
    try visitor.visit("endingRanks", &endingRanks)
    try visitor.visit("frequencies", &frequencies)
    try visitor.visit("places", &places)
    try visitor.visit("impacts", &impacts)
    try visitor.visit("blocks", &blocks)
    try visitor.visit("blockImpacts", &blockImpacts)
    try visitor.visit("payload", &payload)
  }

  /// Those that every question begins with; the others follow wherever they are.
  mutating func forEachColumnAtFront<Failure: Error>(
    _ visitor: inout some ColumnVisitor<Failure>
  ) throws(Failure) {
    try visitor.visit("averageLength", &averageLength)
    try visitor.visit("guide", &guide)
    try visitor.visit("guideStarts", &guideStarts)
  }
}

/// Reads or writes columns, one after the other.
protocol ColumnVisitor<Failure> {
  associatedtype Failure: Error
  mutating func visit<Element>(_ name: String, _ column: inout Column<Element>) throws(Failure)
}

extension ColumnVisitor {
  /// A number that is stored as a column of one element.
  mutating func visit(_ name: String, _ number: inout Float) throws(Failure) {
    var column = Column([number.bitPattern])
    try visit(name, &column)
    if column.count == 1 { number = Float(bitPattern: column[0]) }
  }
}

private struct ColumnWriting: ColumnVisitor {
  var writer: ColumnFileWriter
  var prefix: String
  /// How the payload is to be written, if not as it stands.
  var arrangement: ListArrangement?

  mutating func visit<Element>(_ name: String, _ column: inout Column<Element>) throws(Never) {
    guard name == "payload", let arrangement else { return writer.add(prefix + name, column) }
    writer.add(prefix + name, count: arrangement.byteCount, of: column, ranges: arrangement.forEachRange)
  }
}

private struct ColumnReading: ColumnVisitor {
  let file: ColumnFile
  var prefix: String

  mutating func visit<Element>(_ name: String, _ column: inout Column<Element>) throws(ColumnFileError) {
    column = try file.column(prefix + name)
  }
}

extension IndexSegment {
  /// Adds the columns that are read at opening and by every question, so that they stand side by side:
  /// before those of anything else in the file.
  public func addFront(to writer: inout ColumnFileWriter) {
    writer.add("index.documentCount", Column([UInt64(documentCount)]))
    writer.add("index.commonKeys", commonKeys)
    writer.add("index.dates.newest", dateWindows.newest)
    writer.add("index.dates.order", dateWindows.order)
    for (name, field) in namedFields {
      var field = field
      var writing = ColumnWriting(writer: writer, prefix: "index.\(name).")
      field.forEachColumnAtFront(&writing)
      writer = writing.writer
    }
  }

  /// Adds all other columns to a file, the lists in order.
  public func add(to writer: inout ColumnFileWriter) {
    writer.add("index.dates", dates)
    writer.add("index.threadStarts", threadStarts)
    for (name, field) in namedFields {
      var field = field
      var writing = ColumnWriting(writer: writer, prefix: "index.\(name).")
      if let arrangement = ListArrangement(field) {
        writing.arrangement = arrangement
        (field.blocks, field.places) = (arrangement.blocks, arrangement.places)
      }
      field.forEachColumn(&writing)
      writer = writing.writer
    }
  }

  private var namedFields: [(name: String, index: FieldColumns)] {
    Field.allCases.map { ("\($0)", field($0).columns) } + [("pairs", pairs.columns)]
  }

  /// A segment that was stored.
  /// - Throws: `ColumnFileError` when a column is missing or not as long as it must be.
  /// - Complexity: O(columns); none of them is read.
  public convenience init(_ file: ColumnFile) throws(ColumnFileError) {
    let count: Column<UInt64> = try file.column("index.documentCount")
    let dates: Column<Int64> = try file.column("index.dates")
    let threadStarts: Column<UInt32> = try file.column("index.threadStarts")
    guard count.count == 1, count[0] <= UInt64(UInt32.max),
      dates.count == 0 || dates.count == Int(count[0])
    else { throw .damaged("its columns do not belong together") }
    func read(_ name: String) throws(ColumnFileError) -> FieldIndex {
      var index = FieldColumns()
      var reading = ColumnReading(file: file, prefix: "index.\(name).")
      try index.forEachColumnAtFront(&reading)
      try index.forEachColumn(&reading)
      guard index.hasMatchingLengths else { throw .damaged("its columns do not belong together") }
      return FieldIndex(index)
    }
    self.init(
      documentCount: Int(count[0]), body: try read("\(Field.body)"), title: try read("\(Field.title)"),
      author: try read("\(Field.author)"), pairs: try read("pairs"), dates: dates,
      threadStarts: threadStarts, commonKeys: try file.column("index.commonKeys"),
      dateWindows: DateWindows(
        newest: try file.column("index.dates.newest"), order: try file.column("index.dates.order")))
  }

  /// Whether something that was read from the file behind it was not what had been written.
  public var isDamaged: Bool { body.termStarts.isDamaged }
}

extension FieldColumns {
  /// Whether each column is as long as the others say.
  fileprivate var hasMatchingLengths: Bool {
    termStarts.count == termCount + 1 && places.count == termCount && impacts.count == termCount
      && blockImpacts.count == blocks.count && hasGuide
      && (endingRanks.count == 0 || endingRanks.count == termCount)
  }
}
