/// Who may import whom: the rooms from the ground up, and what each may see. A room that is not here may not
/// be; an import that is not listed is refused.
enum ImportTable {
  /// What each room may import, besides the standard library.
  static let permitted: [String: Set<String>] = [
    // Values.
    "Bytes": ["CMapping", "CXXHash", "Glibc", "Synchronization"],
    "Discussion": ["Bytes"],
    "SearchIndex": ["Bytes", "CKernel", "CPCRE2", "CStemmer", "Synchronization"],
    "Grid": ["Bytes"],
    // Behaviour.
    "Reader": ["Discussion", "SearchIndex", "Grid"],
    // Edges.
    "Terminal": ["CNcurses", "CGuard", "Grid", "Glibc", "Synchronization"],
    "Screens": ["Reader", "Discussion", "Grid"],
    "Shelf": ["Bytes", "Discussion", "GRDB", "Foundation", "FoundationEssentials", "Glibc"],
    "Archive": ["Bytes", "Discussion", "Glibc", "CZlib", "CZstd", "CArchive"],
    "Snapshot": ["Bytes", "Discussion", "SearchIndex", "Synchronization"],
    // The loop.
    "Runtime": [
      "Bytes", "Discussion", "SearchIndex", "Grid", "Reader", "Terminal", "Screens", "Shelf", "Archive",
      "Snapshot", "Synchronization", "Glibc",
    ],
    // The program.
    "lectern": [
      "Bytes", "Discussion", "SearchIndex", "Grid", "Reader", "Screens", "Runtime",
      // The sentences about their errors stand in the executable.
      "Archive", "Shelf", "Terminal",
      "ArgumentParser",
      "Glibc",
    ],
  ]

  /// Code that no source may hold, with the rooms that may all the same. A name stands for the function: an
  /// enum case of that name (`case system(`, `.system(`) is something else, a call through the module is not.
  static let forbidden: [(code: String, except: Set<String>)] = [
    ("system(", []), ("popen(", []), ("Process(", []), ("/bin/sh", []),
    ("initscr(", []), ("ins_wch", []), ("insch(", []), ("printw(", []),
    ("URLSession", []), ("Data(contentsOf", []), ("String(contentsOf", []), (".write(to:", []),
    ("try!", []), ("fatalError(", []), ("as! ", []),
    ("mmap(", ["Bytes", "CMapping"]),
  ]

  /// What is wrong with the imports and the code of one source of a room, in sentences.
  static func findings(in source: SwiftSource, of room: String) -> [String] {
    guard let permitted = permitted[room] else { return ["\(room) is no room of the table"] }
    var findings: [String] = []
    for name in source.imports where !permitted.contains(name) {
      findings.append("\(room) may not import \(name)")
    }
    if source.code.contains("@testable") { findings.append("\(room) holds @testable") }
    return findings + forbiddenCode(in: source, of: room)
  }

  /// Forbidden code in one source, in sentences. Serves for C as well.
  static func forbiddenCode(in source: SwiftSource, of room: String) -> [String] {
    forbidden.filter { !$0.except.contains(room) && source.holds($0.code) }
      .map { "\(room) may not hold \($0.code)" }
  }
}
