import Bytes

/// Where the bytes of messages are: in a file, to be read again when they are wanted, or in memory.
final class MailSource {
  /// The source's path, for the discussions that come of it.
  let path: [UInt8]
  private var file: FileStream?
  private let isFile: Bool
  private let size: Int
  private var memory: [UInt8]
  /// Offset of the first byte of `memory` in the source.
  private let memoryStart: Int
  private var ahead: [UInt8] = []
  private var aheadStart = 0
  private var nextOffset = -1
  private var readAhead = 0

  /// Bytes that are kept.
  init(path: [UInt8], memory: [UInt8], start: Int) {
    self.path = path
    self.memory = memory
    memoryStart = start
    (isFile, size) = (false, 0)
  }

  /// A plain file.
  init(path: [UInt8], file: FileStream) {
    self.path = path
    self.file = file
    memory = []
    memoryStart = 0
    (isFile, size) = (true, file.size)
  }

  /// Whether it keeps its bytes itself.
  var isInMemory: Bool { !isFile }

  /// A range of the bytes that it keeps.
  func kept(_ offset: Int, _ length: Int) -> (bytes: [UInt8], range: Range<Int>) {
    let start = min(max(0, offset - memoryStart), memory.count)
    return (memory, start..<min(memory.count, start + length))
  }

  /// Gives its file back until it is read again.
  func close() {
    file = nil
    ahead = []
    nextOffset = -1
  }

  /// Gives a range of its bytes as a range of an array; fewer when the file was cut short.
  /// - Throws: `FileError` when the file can no longer be read.
  func bytes(_ offset: Int, _ length: Int) throws(FileError) -> (bytes: [UInt8], range: Range<Int>) {
    guard isFile else { return kept(offset, length) }
    if file == nil {
      let again = try FileStream(PathName(path))
      // Another file by now: nothing in it is where it was.
      guard again.size == size else { throw FileError(path: PathName(path), reason: .missing) }
      file = again
    }
    if offset < aheadStart || offset + length > aheadStart + ahead.count {
      // Who reads on where the last one ended will read on.
      readAhead = offset == nextOffset || isNear(offset) ? min(max(readAhead * 2, 1 << 14), 1 << 18) : 0
      ahead.removeAll(keepingCapacity: true)
      aheadStart = offset
      _ = try file?.read(into: &ahead, at: offset, count: max(length, readAhead))
    }
    nextOffset = offset + length
    let start = offset - aheadStart
    return (ahead, start..<min(ahead.count, start + length))
  }

  private func isNear(_ offset: Int) -> Bool { offset > nextOffset && offset - nextOffset < 1 << 12 }
}
