import Bytes

/// Bytes in order, from a file, from memory or out of a decompressor.
protocol ByteStream: AnyObject {
  /// Appends the next bytes, at most `limit`, waiting for at least one.
  /// - Returns: how many; 0 only at the end.
  /// - Throws: `StreamError`; after it the stream is at its end.
  func next(into buffer: inout [UInt8], upTo limit: Int) throws(StreamError) -> Int
}

/// Why a stream of bytes stopped before its end.
enum StreamError: Error, Hashable {
  /// The system could not read the file.
  case file(FileError)
  /// The bytes are not what they should be, or a limit was reached: one sentence that begins in lower
  /// case and has no full stop.
  case damaged(String)

  /// The sentence of a problem.
  var sentence: String {
    switch self {
    case .file(let error): ProblemSentence.of(error)
    case .damaged(let sentence): sentence
    }
  }
}

extension FileStream: ByteStream {
  func next(into buffer: inout [UInt8], upTo limit: Int) throws(StreamError) -> Int {
    do throws(FileError) {
      return try read(into: &buffer, upTo: limit)
    } catch {
      throw .file(error)
    }
  }
}

/// Bytes that are in memory.
final class MemoryStream: ByteStream {
  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  func next(into buffer: inout [UInt8], upTo limit: Int) -> Int {
    let count = min(limit, bytes.count - position)
    buffer.append(contentsOf: bytes[position..<position + count])
    position += count
    return count
  }
}
