import Foundation
import Glibc

/// Writes bytes to a file through a buffer of a megabyte.
final class FileWriter {
  private let file: UnsafeMutablePointer<FILE>
  private var buffer: [UInt8] = []

  /// A new file; nil if it cannot be made.
  init?(_ path: String) {
    guard let file = fopen(path, "w") else { return nil }
    self.file = file
    buffer.reserveCapacity(1 << 20)
  }

  func write(_ bytes: some Sequence<UInt8>) {
    buffer.append(contentsOf: bytes)
    if buffer.count >= 1 << 20 { flush() }
  }

  func write(_ text: String) { write(text.utf8) }

  private func flush() {
    _ = buffer.withUnsafeBytes { fwrite($0.baseAddress, 1, $0.count, file) }
    buffer.removeAll(keepingCapacity: true)
  }

  /// Whether all of it reached the file.
  func close() -> Bool {
    flush()
    let isWhole = ferror(file) == 0
    return fclose(file) == 0 && isWhole
  }
}

/// The forms a corpus is written in.
enum CorpusFormat: String {
  /// id, thread, date, author, text, with tabs between and spaces for line ends: for peers.
  case tsv
  /// A post or comment a line as Reddit's dumps have them: for the reader.
  case ndjson
}

extension Corpus {
  /// Writes all of it; false if the file could not be written.
  func write(_ format: CorpusFormat, to path: String) -> Bool {
    guard let writer = FileWriter(path) else { return false }
    var thread = 0
    for entry in 0..<documentCount {
      if entry >= Int(threadStarts[thread + 1]) { thread += 1 }
      switch format {
      case .tsv: writeLine(entry, thread, to: writer)
      case .ndjson: writeObject(entry, thread, to: writer)
      }
    }
    return writer.close()
  }

  private func writeLine(_ entry: Int, _ thread: Int, to writer: FileWriter) {
    let date = dates[entry] == .min ? "" : String(dates[entry])
    writer.write("\(entry)\t\(thread)\t\(date)\t")
    writer.write(Corpus.oneLine(authorNames[Int(authors[entry])]))
    writer.write([0x09])
    writer.write(Corpus.oneLine(body(entry)))
    writer.write([0x0A])
  }

  private static func oneLine(_ bytes: some Sequence<UInt8>) -> [UInt8] {
    bytes.map { $0 == 0x09 || $0 == 0x0A || $0 == 0x0D ? 0x20 : $0 }
  }

  private func writeObject(_ entry: Int, _ thread: Int, to writer: FileWriter) {
    let post = "p" + String(thread, radix: 36)
    let isPost = parentOffsets[entry] == 0
    writer.write(
      isPost ? "{\"id\":\"\(post)\",\"title\":" : "{\"id\":\"c\(String(entry, radix: 36))\",\"body\":")
    writer.write(Corpus.quoted(isPost ? titles[thread] : Array(body(entry))))
    if isPost {
      writer.write(",\"selftext\":")
      writer.write(Corpus.quoted(Array(body(entry))))
    } else {
      let parent = entry - Int(parentOffsets[entry])
      let name = parentOffsets[parent] == 0 ? "t3_\(post)" : "t1_c\(String(parent, radix: 36))"
      writer.write(",\"link_id\":\"t3_\(post)\",\"parent_id\":\"\(name)\"")
    }
    writer.write(",\"author\":")
    writer.write(Corpus.quoted(authorNames[Int(authors[entry])]))
    if dates[entry] != .min { writer.write(",\"created_utc\":\(dates[entry])") }
    writer.write(",\"subreddit\":\"synthetic\",\"subreddit_id\":\"t5_1\"}\n")
  }

  private static func quoted(_ bytes: [UInt8]) -> [UInt8] {
    var quoted: [UInt8] = [0x22]
    quoted.reserveCapacity(bytes.count + 8)
    for byte in bytes {
      switch byte {
      case 0x22, 0x5C: quoted += [0x5C, byte]
      case 0x0A: quoted += [0x5C, 0x6E]
      case 0..<0x20:
        quoted += Array("\\u00".utf8) + [byte < 16 ? 0x30 : 0x31] + Array(String(byte % 16, radix: 16).utf8)
      default: quoted.append(byte)
      }
    }
    quoted.append(0x22)
    return quoted
  }
}
