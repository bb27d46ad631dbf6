internal import Bytes

/// The dates of a segment summed up by windows of 4096 documents, so that a search for the newest hits can
/// begin at the newest window and stop early.
///
/// Memory: 12 bytes a window, 0.003 a document.
struct DateWindows: Sendable {
  /// Documents of a window.
  static let size = 4096

  /// The newest date of each window; empty if the segment has no dates.
  let newest: Column<Int64>
  /// The windows, the one with the newest date first, of equal ones the first.
  let order: Column<UInt32>

  /// The summary as it was written.
  init(newest: Column<Int64>, order: Column<UInt32>) {
    self.newest = newest
    self.order = order
  }

  /// Sums up the dates of a segment.
  /// - Complexity: linear in the dates.
  init(_ dates: Column<Int64>) {
    var newest: [Int64] = []
    dates.withSpan { dates in
      var start = 0
      while start < dates.count {
        var highest = Int64.min
        for place in start..<min(start + DateWindows.size, dates.count) {
          highest = max(highest, dates[place])
        }
        newest.append(highest)
        start += DateWindows.size
      }
    }
    let order = newest.indices.sorted { newest[$0] != newest[$1] ? newest[$0] > newest[$1] : $0 < $1 }
    self.newest = Column(newest)
    self.order = Column(order.map { UInt32($0) })
  }

  /// Bytes of both columns.
  var byteCount: Int { newest.byteCount + order.byteCount }

  /// What is wrong with the summary of some dates, in words.
  func brokenInvariants(_ dates: Column<Int64>) -> [String] {
    let right = DateWindows(dates)
    let isRight =
      newest.elements(in: 0..<newest.count) == right.newest.elements(in: 0..<right.newest.count)
      && order.elements(in: 0..<order.count) == right.order.elements(in: 0..<right.order.count)
    return isRight ? [] : ["the newest dates of windows are not those of the documents"]
  }
}
