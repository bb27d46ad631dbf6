import Discussion

/// The tables of Stack Exchange dumps, of all sources of an import: questions, answers, comments and users
/// stand in files of their own, and meet here in any order.
final class StackExchangeDump {
  private var sites: [[UInt8]: StackExchangeSite] = [:]
  private var order: [[UInt8]] = []

  /// Reads one table.
  /// - Parameter table: the table's name, its document's root.
  func read(_ tokenizer: XMLTokenizer, table: XMLWord, into intake: Intake) {
    switch table {
    case .posts, .comments, .users: break
    default:
      intake.report("a table of a Stack Exchange dump that holds nobody's words, not read")
      return
    }
    let key = StackExchangeDump.site(ofPath: intake.path)
    var site = sites.removeValue(forKey: key) ?? StackExchangeSite(key)
    if !order.contains(key) { order.append(key) }
    var reader = XMLRecordReader(tokenizer, plan: .rows)
    var rows = 0
    reading: while true {
      switch reader.next() {
      case .begin: continue
      case .finish: break reading
      case .end:
        rows += 1
        switch table {
        case .posts: site.addPost(reader.record, path: intake.path)
        case .comments: site.addComment(reader.record, path: intake.path)
        default: site.addUser(reader.record)
        }
      }
      reader.reportFlaws(to: intake)
      if rows % 1024 == 0, intake.isCancelled { break }
    }
    reader.reportRepairs(to: intake)
    sites[key] = site
  }

  /// Hands over the discussions of all tables.
  func flush(into importer: Importer) {
    for key in order {
      guard var site = sites.removeValue(forKey: key) else { continue }
      site.deliver(importer.deliver)
    }
    order = []
  }

  /// What makes the numbers of a dump unique: the name of its site when the folder bears it, else the
  /// folder's path.
  static func site(ofPath path: [UInt8]) -> [UInt8] {
    let folder = path.lastIndex(of: 0x2F).map { Array(path[..<$0]) } ?? []
    var name = folder.lastIndex(of: 0x2F).map { Array(folder[($0 + 1)...]) } ?? folder
    name = Array(String(decoding: name, as: UTF8.self).lowercased().utf8)
    for ending in [".7z", ".zip", ".tar", ".gz", ".tgz", ".xz", ".zst"]
    where name.suffix(ending.utf8.count).elementsEqual(ending.utf8) {
      name.removeLast(ending.utf8.count)
    }
    for table in ["-posts", "-comments", "-users"]
    where name.suffix(table.utf8.count).elementsEqual(table.utf8) {
      name.removeLast(table.utf8.count)
    }
    let isHost =
      name.contains(0x2E) && name.first != 0x2E && name.last != 0x2E
      && name.allSatisfy { $0 &- 0x61 < 26 || (0x30...0x39).contains($0) || $0 == 0x2E || $0 == 0x2D }
    return isHost ? name : folder
  }
}
