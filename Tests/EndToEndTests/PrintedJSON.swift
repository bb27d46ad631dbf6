import Foundation
import Testing

/// A JSON object that the program printed, with fields of the kinds that the contract names.
struct PrintedJSON {
  private let fields: [String: Any]

  /// What a run printed: one object, one line.
  init(_ run: CommandLineRun) throws {
    #expect(run.output.filter { $0 == 0x0A }.count == 1 && run.output.last == 0x0A)
    fields = try #require(
      try JSONSerialization.jsonObject(with: Data(run.output)) as? [String: Any])
    #expect(try int("schema") == 1)
  }

  private init(fields: [String: Any]) { self.fields = fields }

  var keys: Set<String> { Set(fields.keys) }

  func int(_ key: String) throws -> Int { try #require(fields[key] as? Int, "\(key) is no whole number") }
  func string(_ key: String) throws -> String { try #require(fields[key] as? String, "\(key) is no string") }
  func number(_ key: String) throws -> Double { try #require(fields[key] as? Double, "\(key) is no number") }
  func truth(_ key: String) throws -> Bool { try #require(fields[key] as? Bool, "\(key) is no truth value") }

  func strings(_ key: String) throws -> [String] {
    try #require(fields[key] as? [String], "\(key) is no array of strings")
  }

  func objects(_ key: String) throws -> [PrintedJSON] {
    try #require(fields[key] as? [[String: Any]], "\(key) is no array of objects").map(
      PrintedJSON.init(fields:))
  }

  func pairs(_ key: String) throws -> [[Int]] {
    let pairs = try #require(fields[key] as? [[Int]], "\(key) is no array of pairs")
    #expect(pairs.allSatisfy { $0.count == 2 && $0[0] < $0[1] })
    return pairs
  }

  /// Nil where `null` stands; a missing key is an error.
  func optional<Value>(_ key: String, _ body: (String) throws -> Value) throws -> Value? {
    let value = try #require(fields[key], "\(key) is missing")
    return value is NSNull ? nil : try body(key)
  }

  func string(orNull key: String) throws -> String? { try optional(key, string) }
  func int(orNull key: String) throws -> Int? { try optional(key, int) }
}

/// Runs of spaces, no-break spaces and line ends folded to one space, ends trimmed.
func foldedSpaces(_ text: String) -> String {
  text.split(whereSeparator: { $0.isWhitespace }).joined(separator: " ")
}
