/// The sentences of problems with JSON, in one place.
enum JSONSentence {
  static let brokenLine = "a line that is broken JSON was skipped"
  static let notJSON = "text that is no JSON was skipped"
  static let cut = "the JSON ends in the middle; what is whole before that was read"
  static let tooMany = "more than \(JSONScanner.cellLimit) values in one document, the rest is not read"
  static let nothing = "the JSON holds no discussion in a form that is known"

  static func tooLong(_ limit: Int) -> String { "a value of more than \(limit) bytes was skipped" }
  static func faults(_ count: Int) -> String {
    count == 1
      ? "1 place that is no JSON was passed over" : "\(count) places that are no JSON were passed over"
  }
  static func tooDeep(_ count: Int) -> String {
    count == 1
      ? "1 value nested more than \(JSONScanner.keptDepth) deep was left out"
      : "\(count) values nested more than \(JSONScanner.keptDepth) deep were left out"
  }
  static func unknown(_ count: Int) -> String {
    count == 1 ? "1 value is of no form that is known" : "\(count) values are of no form that is known"
  }
  static func repaired(_ count: Int) -> String {
    count == 1
      ? "1 broken UTF-8 sequence is shown as U+FFFD"
      : "\(count) broken UTF-8 sequences are shown as U+FFFD"
  }
}
