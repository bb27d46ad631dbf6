import Testing

@testable import Archive

/// A JSON value, the slow and obvious way.
private indirect enum Value: Equatable {
  case null, bool(Bool), number(String), string([UInt8])
  case array([Value])
  case object([Pair])

  struct Pair: Equatable {
    var key: [UInt8]
    var value: Value
  }

  init(_ node: JSONNode) {
    switch node.kind {
    case .null: self = .null
    case .bool: self = .bool(node.bool ?? false)
    case .number: self = .number(String(decoding: node.raw, as: UTF8.self))
    case .string: self = .string(node.string ?? [])
    case .array: self = .array(node.elements.map(Value.init))
    case .object:
      self = .object(node.members.map { Pair(key: $0.key.string ?? [], value: Value($0.value)) })
    }
  }

  static func random(_ random: inout Random, depth: Int = 0) -> Value {
    switch Int.random(in: 0..<(depth > 4 ? 5 : 8), using: &random) {
    case 0: return .null
    case 1: return .bool(Bool.random(using: &random))
    case 2:
      return .number(
        ["0", "-1", "3.25", "1e9", "-0.5E-3", "123456789012345678901"].randomElement(using: &random) ?? "0")
    case 3, 4: return .string(text(&random))
    case 5, 6:
      return .array(
        (0..<Int.random(in: 0..<4, using: &random)).map { _ in .random(&random, depth: depth + 1) })
    default:
      return .object(
        (0..<Int.random(in: 0..<4, using: &random)).map { _ in
          Pair(key: text(&random), value: .random(&random, depth: depth + 1))
        })
    }
  }

  private static func text(_ random: inout Random) -> [UInt8] {
    let scalars: [Unicode.Scalar] = [
      "a", "\"", "\\", "/", "\n", "\t", "\u{8}", "\u{0}", "é", "漢", "😀", " ", "{", "]", "k", "\u{7F}",
    ]
    var text = ""
    for _ in 0..<Int.random(in: 0..<12, using: &random) {
      text.unicodeScalars.append(scalars.randomElement(using: &random) ?? "a")
    }
    return Array(text.utf8)
  }

  /// Written with random white space and escapes. A line end and a brace never meet: that begins a record.
  func written(_ random: inout Random) -> String {
    func space() -> String { [" ", "", "", "", "\t", " \r\n "].randomElement(using: &random) ?? "" }
    switch self {
    case .null: return "null"
    case .bool(let truth): return truth ? "true" : "false"
    case .number(let digits): return digits
    case .string(let text): return Value.quoted(text, &random)
    case .array(let values):
      return "[" + space() + values.map { $0.written(&random) + space() }.joined(separator: "," + space())
        + "]"
    case .object(let pairs):
      return "{" + space()
        + pairs.map {
          Value.quoted($0.key, &random) + space() + ":" + space() + $0.value.written(&random) + space()
        }
        .joined(separator: "," + space()) + "}"
    }
  }

  private static func quoted(_ text: [UInt8], _ random: inout Random) -> String {
    var written = "\""
    for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
      if scalar == "\"" || scalar == "\\" {
        written += "\\" + String(scalar)
      } else if scalar.value < 0x20 || Int.random(in: 0..<5, using: &random) == 0 {
        for unit in String(scalar).utf16 {
          let digits = String(unit, radix: 16, uppercase: Bool.random(using: &random))
          written += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
      } else {
        written.unicodeScalars.append(scalar)
      }
    }
    return written + "\""
  }
}

/// The values of bytes and the problems met.
private func read(_ bytes: [UInt8], window: Int = JSONStream.windowSize) -> (
  values: [Value], problems: [ArchiveProblem], operations: Int
) {
  var problems: [ArchiveProblem] = []
  let importer = Importer(deliver: { _ in }, report: { problems.append($0) })
  let intake = Intake(path: [], importer: importer)
  let stream = JSONStream(Source(path: [], bytes: bytes), intake: intake, windowSize: window)
  var values: [Value] = []
  while let batch = stream.next() { values += batch.map(Value.init) }
  stream.finish()
  return (values, problems, stream.operations)
}

private func read(_ text: String) -> (values: [Value], problems: [ArchiveProblem], operations: Int) {
  read(Array(text.utf8))
}

/// How many steps a text takes, and how many values are in it; nothing is unpacked.
private func operations(_ bytes: [UInt8]) -> Int {
  let importer = Importer(deliver: { _ in }, report: { _ in })
  let stream = JSONStream(
    Source(path: [], bytes: bytes), intake: Intake(path: [], importer: importer), windowSize: 512)
  while stream.next() != nil {}
  return stream.operations
}

@Suite("JSON as a stream of values")
struct JSONStreamTests {
  @Test("random values are read as they were written, in windows of any size")
  func roundTrip() {
    var random = Random(state: 1)
    for _ in 0..<600 {
      let values = (0..<Int.random(in: 1..<4, using: &random)).map { _ in
        Value.object([Value.Pair(key: [0x6B], value: .random(&random))])
      }
      let isArray = Bool.random(using: &random)
      let written = values.map { $0.written(&random) }
      let text = isArray ? "[" + written.joined(separator: ",") + "]" : written.joined(separator: "\n")
      let bytes = Array(text.utf8)
      let whole = read(bytes)
      #expect(whole.values == values, "\(text)")
      #expect(whole.problems.isEmpty, "\(text)")
      #expect(read(bytes, window: 16).values == values, "\(text)")
    }
  }

  @Test("cut at any byte: what was whole is there and true, and the cut is told of")
  func truncation() {
    let text =
      #"[{"a": "xé😀", "b": [1, {"c": null}, "d"]}, {"e": -12.5, "f": {"g": true}}, {"h": "\u00e9\n"}]"#
    let bytes = Array(text.utf8)
    let whole = read(bytes).values
    #expect(whole.count == 3)
    let ends = bytes.indices.filter { bytes[$0...].starts(with: "}, {".utf8) }.map { $0 + 1 }
    #expect(ends.count == 2)
    for end in 1..<bytes.count {
      let cut = read(Array(bytes[..<end]))
      #expect(!cut.problems.isEmpty, "\(end)")
      let complete = ends.filter { $0 <= end }.count
      #expect(cut.values.count >= complete && cut.values.count <= complete + 1, "\(end)")
      #expect(Array(cut.values.prefix(complete)) == Array(whole.prefix(complete)), "\(end)")
      #expect(read(Array(bytes[..<end]), window: 16).values == cut.values, "\(end)")
    }
  }

  @Test("a value that the end cuts never holds half a text or number")
  func noHalves() {
    let bytes = Array(#"{"items": [{"id": 1234, "name": "whole"}, {"id": 5678, "name": "other"}]}"#.utf8)
    let numbers: Set<String> = ["1234", "5678"]
    let texts: Set<[UInt8]> = [Array("whole".utf8), Array("other".utf8)]
    func check(_ value: Value) {
      switch value {
      case .number(let digits): #expect(numbers.contains(digits))
      case .string(let text): #expect(texts.contains(text))
      case .array(let values): values.forEach(check)
      case .object(let pairs): pairs.map(\.value).forEach(check)
      default: break
      }
    }
    for end in 1..<bytes.count { read(Array(bytes[..<end])).values.forEach(check) }
  }

  @Test("changed at random, it never traps and reads the same in windows of any size")
  func mutations() {
    var random = Random(state: 9)
    let parts = Array(#"{}[],:"\/ 1-.enutrf"#.utf8) + [0x0A, 0x00, 0x1F, 0x80, 0xC3, 0xF0, 0xFF]
    for _ in 0..<1500 {
      var bytes = Array(
        (0..<3).map { _ in Value.random(&random).written(&random) }.joined(separator: "\n").utf8)
      for _ in 0..<Int.random(in: 1..<6, using: &random) {
        guard let byte = parts.randomElement(using: &random) else { continue }
        let at = Int.random(in: 0...bytes.count, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: bytes.insert(byte, at: at)
        case 1 where at < bytes.count: bytes[at] = byte
        case 2 where at < bytes.count: bytes.remove(at: at)
        default: break
        }
      }
      let whole = read(bytes)
      for value in whole.values {
        if case .string(let text) = value { #expect(String(validating: text, as: UTF8.self) != nil) }
      }
      #expect(read(bytes).values == whole.values)
      _ = read(bytes, window: 16)
    }
  }

  @Test(
    "what is not quite JSON is read as it is meant",
    arguments: [
      ("{\"a\":1,}", "{\"a\":1}"), ("[1,2,]", "1 2"), ("[1,,2]", "1 2"), ("{\"a\" 1}", "{\"a\":1}"),
      ("{\"a\":1 \"b\":2}", "{\"a\":1,\"b\":2}"), ("{a:1}", "{\"a\":1}"), ("{\"a\":}", "{\"a\":null}"),
      ("{\"a\":NaN,\"b\":-Infinity}", "{\"a\":null,\"b\":null}"),
      ("{\"a\":True,\"b\":None}", "{\"a\":true,\"b\":null}"),
      ("/* c */ {\"a\":1 // d\n}", "{\"a\":1}"), ("{\"a\":[1,2}", "{\"a\":[1,2]}"),
      ("\u{FEFF}{\"a\":1}", "{\"a\":1}"),
      ("{\"a\":1}\u{0}\u{0}", "{\"a\":1}"), ("\u{1E}{\"a\":1}\n\u{1E}{\"b\":2}", "{\"a\":1} {\"b\":2}"),
      ("{\"a\":\"x\ty\nz\"}", "{\"a\":\"x\\ty\\nz\"}"),
      ("{\"a\":\"\\ud800\\udc00\\ud800x\\q\"}", "{\"a\":\"\u{10000}\u{FFFD}xq\"}"),
      ("{\"a\":\"\\u12\"}", "{\"a\":\"\u{FFFD}12\"}"), ("{}[]{}", "{} {}"),
      ("{\"a\":@@@,\"b\":2}", "{\"a\":null,\"b\":2}"),
    ])
  func lenient(_ text: String, _ meant: String) {
    let expected = meant.split(separator: " ").flatMap { read(String($0)).values }
    #expect(read(text).values == expected, "\(text)")
  }

  @Test("of a key that is there twice, the last counts")
  func duplicates() {
    let bytes = Array(#"{"a":1,"b":2,"\u0061":3}"#.utf8)
    let importer = Importer(deliver: { _ in }, report: { _ in })
    let stream = JSONStream(Source(path: [], bytes: bytes), intake: Intake(path: [], importer: importer))
    #expect(stream.next()?.first?["a"]?.int == 3)
  }

  @Test("a broken line is told of by its number, and the lines around it are read")
  func brokenLines() {
    for bad in [
      "{broken", "no JSON", "{\"id\":1,\"text\":\"never ends", "{\"id\":1,\"text\":", "}", "{\"id\":1 @@ }",
      "[1,2",
    ] {
      let found = read("{\"id\":1}\n{\"id\":2}\n\(bad)\n{\"id\":4}\n\n{\"id\":5}\n")
      let ids = found.values.filter { if case .object = $0 { true } else { false } }
      #expect(ids.prefix(2).count == 2 && ids.count >= 4, "\(bad) \(ids)")
      #expect(
        found.problems.contains { $0.line == 3 || $0.line == 2 || bad == "[1,2" }, "\(bad) \(found.problems)")
      let first = read("\(bad)\n{\"id\":4}\n{\"id\":5}\n")
      #expect(first.values.count >= 2, "\(bad) \(first.values)")
    }
  }

  @Test("numbers are what they say, or nothing")
  func numbers() {
    let bytes = Array(
      #"[1, -7, 12.0, 1.5, 1e3, 99999999999999999999, "42", "x", 1e999, "1323313370.0", true]"#.utf8)
    let importer = Importer(deliver: { _ in }, report: { _ in })
    let stream = JSONStream(Source(path: [], bytes: bytes), intake: Intake(path: [], importer: importer))
    let nodes = stream.next() ?? []
    #expect(nodes.map(\.int) == [1, -7, 12, nil, 1000, nil, 42, nil, nil, 1_323_313_370, nil])
    #expect(nodes.map(\.wholePart) == [1, -7, 12, 1, 1000, nil, 42, nil, nil, 1_323_313_370, nil])
  }

  @Test("values nested too deep are left out, the rest is read")
  func depth() {
    let deep = String(repeating: "[", count: 150_000) + "\"x]\"" + String(repeating: "]", count: 150_000)
    var problems: [String] = []
    let importer = Importer(deliver: { _ in }, report: { problems.append($0.message) })
    let stream = JSONStream(
      Source(path: [], bytes: Array("{\"a\":\(deep),\"b\":2}".utf8)),
      intake: Intake(path: [], importer: importer))
    #expect(stream.next()?.first?["b"]?.int == 2)
    stream.finish()
    #expect(problems == ["1 value nested more than 100000 deep was left out"])
  }

  @Test(
    "ten times the bytes take at most twelve times the steps",
    arguments: [
      "[", "{\"a\":", "\"\\\\", "[{", "{\"a\":1,", "{\"a\":1}\n", "{bad\n", "}\n", "@", "@ ", "[@",
      "{\"a\":\"b\n", "/*", "//x\n", ",", "1",
      "1 ", "\\", "\"", "\"\n{", "{\"k\":\"\n{\"", "{\"a\":@\n", "[[]", "\n{",
      "{\"a\":\"" + String(repeating: "x", count: 100) + "\"}",
    ])
  func linear(_ unit: String) {
    for prefix in ["", "{\"a\":[", "[", "{\"a\":\""] {
      let one = Array((prefix + String(repeating: unit, count: 3_000 / unit.utf8.count)).utf8)
      let ten = Array((prefix + String(repeating: unit, count: 30_000 / unit.utf8.count)).utf8)
      let (small, large) = (operations(one), operations(ten))
      #expect(large <= 12 * max(small, 200), "\(prefix)\(unit) \(small) \(large)")
      #expect(large <= 8 * ten.count, "\(prefix)\(unit) \(large)")
    }
  }

  @Test(
    "text is not taken for JSON, and JSON is",
    arguments: [
      ("{\"a\": 1}", true), ("[{\"a\"", true), ("[1, 2, 3]", true), ("[]", true), ("{}", true),
      ("[[[[", true),
      ("12", true), ("\"just a string\"", true), ("{broken\n{\"a\":1}", true), (" \n{ \"a\" :", true),
      ("[1] Foo bar", false), ("[12, 13] are references", false), ("[deleted]", false),
      ("{{template}}", false),
      ("{ x }", false), ("\"Quoted\nlines\"", false), ("\"He said\" and left", false),
      ("2012 was a year", false),
      ("", false), ("[a note]", false), ("<html>", false),
    ])
  func claims(_ text: String, _ isJSON: Bool) {
    #expect(JSONFormats.claims(Array(text.utf8)) == isJSON, "\(text)")
  }
}

private struct Random: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ (state >> 29)
  }
}
