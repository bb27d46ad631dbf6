import Bytes

/// A form of discussions in JSON, told by the shape of its values.
///
/// One reader is made for each source and gets, in their order, those values of it that it recognises. To
/// add a form: one type of this protocol in a file of its own, and its name in `JSONFormats.table`. No two
/// forms may recognise the same value.
protocol JSONFormat: AnyObject, SendableMetatype {
  /// Whether a value has this form. Asked for every value: cheap, and sure enough that no other form's
  /// values have it.
  static func recognizes(_ value: JSONNode) -> Bool
  /// A reader of one source.
  init()
  /// Takes a value: an element of the source's top-level array, a record of its lines, or all of it.
  func read(_ value: JSONNode, into intake: Intake)
  /// Hands over what is left when the source ends.
  func finish(into intake: Intake)
}

extension JSONFormat {
  func finish(into intake: Intake) {}
}

/// Dumps and answers of APIs in JSON, one document or one record a line.
enum JSONFormats {
  /// All forms that are known.
  static let table: [any JSONFormat.Type] = [
    Reddit.self, HackerNews.self, OwnJSON.self, JSONFeed.self, Commento.self, Remark42.self, IssoGeneric.self,
    Discourse.self, GitHub.self, Mastodon.self, ActivityPub.self, Lobsters.self, Zulip.self,
    StackExchangeAPI.self,
  ]

  /// Whether bytes begin JSON.
  static func claims(_ head: [UInt8]) -> Bool { JSONClaim.isJSON(head) }

  /// Reads a document or a stream of records.
  static func read(_ source: Source, into intake: Intake) {
    let head = Array(source.peek(FormatFamily.headSize))
    let charset = intake.options.charset.flatMap { JSONClaim.isUTF8($0) ? nil : $0 }
    if charset != nil || JSONClaim.isWide(head) {
      let text = DecodedText(source.readAll(), override: charset)
      intake.reportRepairs(of: text)
      return read(
        values: JSONStream(Source(path: source.path, bytes: text.utf8), intake: intake), into: intake)
    }
    read(values: JSONStream(source, intake: intake), into: intake)
  }

  /// What a harvester (GrimoireLab's Perceval) wrapped up with where and when it was got.
  private static func unwrapped(_ value: JSONNode) -> JSONNode {
    guard value.isObject, value.has("backend_name"), let data = value["data"], data.isObject else {
      return value
    }
    return data
  }

  private static func read(values: JSONStream, into intake: Intake) {
    let entriesBefore = intake.entryCount
    var readers: [(any JSONFormat)?] = Array(repeating: nil, count: table.count)
    var last: Int?
    var unknown = 0
    var repairs = (sequences: 0, marks: 0)
    while let batch = values.next() {
      for value in batch.map(unwrapped) {
        let place: Int
        if let last, table[last].recognizes(value) {
          place = last
        } else if let found = table.firstIndex(where: { $0.recognizes(value) }) {
          place = found
        } else {
          unknown += 1
          continue
        }
        last = place
        let reader = readers[place] ?? table[place].init()
        readers[place] = reader
        reader.read(value, into: intake)
      }
      if let document = batch.first?.document {
        repairs.sequences += document.repairs
        repairs.marks += document.marksCut
      }
      if intake.isCancelled { break }
    }
    for reader in readers { reader?.finish(into: intake) }
    values.finish()
    if repairs.sequences > 0 { intake.report(JSONSentence.repaired(repairs.sequences)) }
    if repairs.marks > 0 { intake.report(ProblemSentence.marksCut(repairs.marks)) }
    if intake.entryCount == entriesBefore {
      if !intake.isCancelled { intake.report(JSONSentence.nothing) }
    } else if unknown > 0 {
      intake.report(JSONSentence.unknown(unknown))
    }
  }
}
