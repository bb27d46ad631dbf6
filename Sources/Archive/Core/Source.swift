import Bytes

/// One source that is open: a file, a member of an archive, standard input or bytes in memory; already
/// unpacked. It never throws: what stops it early is kept in `failure`, and what came before is read.
final class Source {
  /// Under which name it is shown: the file's path; of a member, path, slash and the member's name.
  let path: [UInt8]
  /// The plain file under it, for reading at any offset; nil for packed or piped bytes.
  let file: FileStream?
  /// What may still be unpacked of it.
  var layers = PackingLayers.all
  /// Bytes handed out so far.
  private(set) var offset = 0
  /// What stopped it before its end.
  private(set) var failure: StreamError?
  private let stream: any ByteStream
  private var ahead: [UInt8] = []
  private var taken = 0
  private var isAtEnd = false
  private let isCancelled: () -> Bool

  /// A source over a stream.
  /// - Parameter isCancelled: asked at every read; true ends the source.
  init(
    path: [UInt8], stream: any ByteStream, isCancelled: @escaping () -> Bool = { false }
  ) {
    self.path = path
    self.stream = stream
    self.isCancelled = isCancelled
    file = (stream as? FileStream).flatMap { $0.path == PathName("-") ? nil : $0 }
  }

  /// A source over bytes in memory.
  convenience init(path: [UInt8], bytes: [UInt8], isCancelled: @escaping () -> Bool = { false }) {
    self.init(path: path, stream: MemoryStream(bytes), isCancelled: isCancelled)
  }

  /// The next bytes without taking them; fewer than `count` only at the end.
  func peek(_ count: Int) -> ArraySlice<UInt8> {
    while ahead.count - taken < count, pull(count - (ahead.count - taken)) > 0 {}
    return ahead[taken..<min(ahead.count, taken + count)]
  }

  /// Appends the next bytes, at most `limit`.
  /// - Returns: how many; 0 only at the end.
  func read(into buffer: inout [UInt8], upTo limit: Int) -> Int {
    if taken < ahead.count {
      let count = min(limit, ahead.count - taken)
      buffer.append(contentsOf: ahead[taken..<taken + count])
      taken += count
      if taken == ahead.count {
        ahead = []
        taken = 0
      }
      offset += count
      return count
    }
    guard !isAtEnd, limit > 0 else { return 0 }
    let count = draw(into: &buffer, limit)
    offset += count
    return count
  }

  /// All that is left, at most `limit` bytes; more is cut, and the cut is a failure.
  /// - Complexity: O(bytes).
  func readAll(limit: Int = Archive.documentLimit) -> [UInt8] {
    var bytes: [UInt8] = []
    if let file { bytes.reserveCapacity(min(max(0, file.size - offset), limit) + 1) }
    while bytes.count <= limit, read(into: &bytes, upTo: 1 << 20) > 0 {}
    if bytes.count > limit {
      bytes.removeLast(bytes.count - limit)
      failure = .damaged(ProblemSentence.cut(at: limit))
    }
    return bytes
  }

  private func pull(_ count: Int) -> Int {
    isAtEnd ? 0 : draw(into: &ahead, max(count, 1 << 12))
  }

  private func draw(into buffer: inout [UInt8], _ limit: Int) -> Int {
    if isCancelled() {
      isAtEnd = true
      return 0
    }
    do throws(StreamError) {
      let count = try stream.next(into: &buffer, upTo: limit)
      if count == 0 { isAtEnd = true }
      return count
    } catch {
      failure = error
      isAtEnd = true
      return 0
    }
  }
}
