import Discussion
import Testing

@testable import Archive

@Suite("Answers of platforms, damaged")
struct PlatformHostileTests {
  /// One source of each form, small.
  static let samples: [String] = [
    DiscourseTests.topic, GitHubTests.issues, GitHubTests.comments, GitHubTests.review, GitHubTests.lines,
    #"{"ancestors":[\#(MastodonTests.post)],"descendants":[\#(MastodonTests.deep)]}"#, MastodonTests.outbox,
    LobstersTests.story([
      LobstersTests.comment("a", #""depth":0"#), LobstersTests.comment("b", #""depth":1"#),
    ]),
    #"{"found_oldest":true,"messages":[\#(ZulipTests.message(1, "one", "<p>First</p>"))]}"#,
    StackExchangeAPITests.question,
    #"{"zerver_message":[{"id":2,"sender":4,"recipient":21,"subject":"one","content":"x","date_sent":1600000002.5}]}"#,
    #"{"latest_posts":[{"id":97,"username":"zoe","created_at":"2020-01-04T00:00:00Z","raw":"Last","post_number":8,"topic_id":57}]}"#,
    #"{"topic_list":{"topics":[{"id":1,"title":"T","slug":"t","posts_count":5,"posters":[{"user_id":1}]}]}}"#,
  ]

  /// What may stand where something else is awaited.
  static let strangers = [
    "null", "true", "\"\"", "\"x\"", "-1", "0", "9223372036854775807", "-9223372036854775808", "1e999", "[]",
    "{}", "[null]", "[[]]", "{\"id\":1}",
  ]

  @Test("each form is recognised by one reader alone")
  func alone() {
    for sample in PlatformHostileTests.samples {
      for value in values(of: sample) {
        let readers = JSONFormats.table.filter { $0.recognizes(value) }
        #expect(readers.count == 1, "\(readers) \(sample.prefix(80))")
      }
    }
  }

  @Test("a source cut anywhere never traps and its words are valid", arguments: samples.indices)
  func cut(_ index: Int) {
    let bytes = Array(PlatformHostileTests.samples[index].utf8)
    for end in stride(from: 1, to: bytes.count, by: 5) {
      check(PlatformReading(bytes: [Array(bytes[..<end])]))
    }
  }

  @Test("anything in the place of any value never traps", arguments: samples.indices)
  func strangers(_ index: Int) {
    let sample = Array(PlatformHostileTests.samples[index].utf8)
    guard let root = values(of: PlatformHostileTests.samples[index]).first else { return }
    var random = PlatformRandom(state: 7)
    let document = root.document
    for cell in document.cells where Int(cell.end) <= document.bytes.count {
      guard let stranger = PlatformHostileTests.strangers.randomElement(using: &random) else { continue }
      var start = Int(cell.start)
      var end = Int(cell.end)
      if cell.kind == .string || cell.kind == .array || cell.kind == .object {
        start = max(0, start - 1)
        end = min(document.bytes.count, end + 1)
      }
      check(
        PlatformReading(bytes: [Array(document.bytes[..<start]) + stranger.utf8 + document.bytes[end...]]))
    }
    check(PlatformReading(bytes: [sample + sample]))
  }

  @Test("statuses that answer each other in a ring, and themselves, are each read once")
  func rings() {
    let ring = [
      MastodonTests.status("110000000000000001", to: "110000000000000003", "<p>a</p>"),
      MastodonTests.status("110000000000000002", to: "110000000000000001", "<p>b</p>"),
      MastodonTests.status("110000000000000003", to: "110000000000000002", "<p>c</p>"),
      MastodonTests.status("110000000000000004", to: "110000000000000004", "<p>d</p>"),
    ]
    let reading = PlatformReading("[\(ring.joined(separator: ","))]")
    let words = (0..<reading.library.discussions.count).flatMap { reading.outline($0) }
    for word in ["a", "b", "c", "d"] { #expect(words.count { $0.hasSuffix(": \(word)") } == 1, "\(words)") }
    let posts = #"""
      {"post_stream":{"posts":[
       {"id":1,"username":"a","cooked":"<p>a</p>","post_number":2,"reply_to_post_number":3,"topic_id":1},
       {"id":2,"username":"b","cooked":"<p>b</p>","post_number":3,"reply_to_post_number":2,"topic_id":1}]},
       "id":1,"title":"T","slug":"t"}
      """#
    #expect(PlatformReading(posts).library.entryCount == 3)
  }

  private func values(of source: String) -> [JSONNode] {
    let importer = Importer(deliver: { _ in }, report: { _ in })
    let stream = JSONStream(
      Source(path: [], bytes: Array(source.utf8)), intake: Intake(path: [], importer: importer))
    var values: [JSONNode] = []
    while let batch = stream.next() { values += batch }
    return values
  }

  private func check(_ reading: PlatformReading) {
    for discussion in reading.library.discussions {
      for entry in reading.library.entries(of: discussion) {
        let text = reading.library.text(of: entry)
        #expect(String(validating: text, as: UTF8.self) != nil)
        #expect(text.first != 0x0A && text.last != 0x0A && text.last != 0x20)
        let spans = reading.library.spans(of: entry)
        #expect(spans.allSatisfy { $0.bytes.upperBound <= text.count })
        #expect(zip(spans, spans.dropFirst()).allSatisfy { $0.bytes.lowerBound <= $1.bytes.lowerBound })
        #expect(reading.library.author(of: entry).map { !$0.isEmpty && !$0.contains(0x0A) } ?? true)
      }
    }
  }
}

private struct PlatformRandom: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ (state >> 29)
  }
}
