/// One line of the table: what was measured, how often, and the figures.
struct Row {
  var name: String
  var figures: String
  /// What was checked of the run's own result; nil when it held.
  var fault: String?
}

/// Times of one thing, in microseconds.
struct Times {
  private(set) var sorted: [Double]

  init(_ microseconds: [Double]) { sorted = microseconds.sorted() }

  /// The time below which a share of the runs stayed: nearest rank.
  func percentile(_ share: Double) -> Double {
    guard !sorted.isEmpty else { return .nan }
    return sorted[min(sorted.count - 1, max(0, Int((share * Double(sorted.count)).rounded(.up)) - 1))]
  }

  var minMedianMax: String {
    "min \(Times.text(percentile(0)))  median \(Times.text(percentile(0.5)))  max \(Times.text(percentile(1)))  n=\(sorted.count)"
  }

  var p50p99: String {
    "p50 \(Times.text(percentile(0.5)))  p99 \(Times.text(percentile(0.99)))  n=\(sorted.count)"
  }

  /// `812 µs`, `12.3 ms`, `1.20 s`.
  static func text(_ microseconds: Double) -> String {
    if microseconds.isNaN { return "none" }
    if microseconds < 1000 { return "\(Int(microseconds.rounded())) µs" }
    if microseconds < 1_000_000 { return "\(decimal(microseconds / 1000, 1)) ms" }
    return "\(decimal(microseconds / 1_000_000, 2)) s"
  }

  static func decimal(_ number: Double, _ places: Int) -> String {
    guard number.isFinite, abs(number) < 1e15 else { return "none" }
    var scale = 1.0
    for _ in 0..<places { scale *= 10 }
    let whole = Int((number * scale).rounded())
    if places == 0 { return String(whole) }
    if whole < 0 { return "-" + decimal(-number, places) }
    let fraction = String(whole % Int(scale))
    return "\(whole / Int(scale)).\(String(repeating: "0", count: places - fraction.count))\(fraction)"
  }
}

/// Microseconds that a piece of work takes.
func microseconds<Result>(_ body: () throws -> Result) rethrows -> (result: Result, time: Double) {
  let clock = ContinuousClock()
  let start = clock.now
  let result = try body()
  return (result, (clock.now - start).microseconds)
}

extension Duration {
  var microseconds: Double {
    Double(components.seconds) * 1e6 + Double(components.attoseconds) / 1e12
  }
}
