/// A TOML 1.0 text, read statement by statement: what is set where, and on which line.
///
/// A statement that is no TOML is told and left out; the others still count. Tables are flattened into
/// paths, inline ones too, so that a value is found with its line whichever way it was written.
struct TOMLText {
  /// A value with its path and line; `table` stands for a header or an inline table itself.
  struct Assignment: Hashable, Sendable {
    var path: [String]
    var value: TOMLValue
    var line: Int
  }

  /// What is no TOML, or set twice.
  struct Fault: Hashable, Sendable {
    var line: Int
    var sentence: String
  }

  /// What is set, in the order of the text.
  private(set) var assignments: [Assignment] = []
  /// What is wrong with it, in the order of the text.
  private(set) var faults: [Fault] = []

  /// The table that keys belong to; nil below a header that could not be read.
  private var table: [String]? = []
  private var headers: Set<[String]> = []
  private var values: Set<[String]> = []
  /// Tables that keys or headers have made on the way.
  private var tables: Set<[String]> = []

  /// Reads a text.
  /// - Complexity: O(bytes), and O(parts of a path) more for each.
  init(_ bytes: [UInt8]) {
    var scanner = TOMLScanner(bytes)
    while scanner.skipToStatement() {
      let line = scanner.line
      do throws(TOMLScanner.Fault) {
        if scanner.isAtHeader {
          table = nil
          let path = try scanner.header()
          table = path
          note(header: path, line: line)
        } else {
          let found = try scanner.statement()
          try scanner.endStatement()
          if let table { for one in found { note(one, below: table) } }
        }
      } catch {
        faults.append(Fault(line: line, sentence: error.sentence))
        scanner.skip(toLineAfter: line)
      }
    }
  }

  private mutating func note(header path: [String], line: Int) {
    if !headers.insert(path).inserted {
      faults.append(Fault(line: line, sentence: "[\(path.joined(separator: "."))] stands twice."))
    } else if let set = prefixes(of: path, andItself: true).first(where: values.contains) {
      faults.append(
        Fault(line: line, sentence: "“\(set.joined(separator: "."))” is a value already, and no table."))
      table = nil
      return
    }
    tables.formUnion(prefixes(of: path, andItself: true))
    assignments.append(Assignment(path: path, value: .table, line: line))
  }

  private mutating func note(_ assignment: Assignment, below table: [String]) {
    let path = table + assignment.path
    let around = prefixes(of: path, andItself: false)
    let isTable = assignment.value == .table
    let isTaken =
      around.contains(where: values.contains) || values.contains(path) || (!isTable && tables.contains(path))
    guard !isTaken else {
      faults.append(
        Fault(line: assignment.line, sentence: "“\(path.last ?? "")” is set twice; the first counts."))
      return
    }
    tables.formUnion(around)
    if isTable { tables.insert(path) } else { values.insert(path) }
    assignments.append(Assignment(path: path, value: assignment.value, line: assignment.line))
  }

  private func prefixes(of path: [String], andItself: Bool) -> [[String]] {
    (1..<max(1, path.count + (andItself ? 1 : 0))).map { Array(path.prefix($0)) }
  }
}

/// What stands behind an equals sign.
enum TOMLValue: Hashable, Sendable {
  case text(String)
  case number(Int)
  case fraction
  case truth(Bool)
  case date
  case array
  case table

  /// What it is, in words.
  var words: String {
    switch self {
    case .text(let text): "“\(text)”"
    case .number(let number): String(number)
    case .fraction: "a number with a fraction"
    case .truth(let truth): truth ? "true" : "false"
    case .date: "a date"
    case .array: "an array"
    case .table: "a table"
    }
  }
}
