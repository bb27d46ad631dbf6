import Glibc

/// A converter of the C library, asked for single characters only, to build tables from: bytes of a source
/// never reach it.
@safe
struct SystemConverter: ~Copyable {
  private let descriptor: iconv_t

  /// The converter from a charset; nil when the system has none.
  init?(from charset: String) {
    guard let descriptor = unsafe iconv_open("UTF-32LE", charset), Int(bitPattern: descriptor) != -1 else {
      return nil
    }
    unsafe self.descriptor = descriptor
  }

  deinit { unsafe iconv_close(descriptor) }

  /// The one scalar value that the bytes stand for; nil when they are no character, or several.
  func scalar(_ bytes: [UInt8]) -> UInt32? {
    var source = bytes.map { CChar(bitPattern: $0) }
    var target = [CChar](repeating: 0, count: 16)
    var room = target.count
    var left = source.count
    _ = unsafe iconv(descriptor, nil, nil, nil, nil)
    let isDone = unsafe source.withUnsafeMutableBufferPointer { source in
      unsafe target.withUnsafeMutableBufferPointer { target in
        var from = source.baseAddress
        var to = target.baseAddress
        let result = unsafe iconv(descriptor, &from, &left, &to, &room)
        // Some tables hold a letter back, for a mark that may follow.
        return unsafe result != .max && iconv(descriptor, nil, nil, &to, &room) != .max
      }
    }
    guard isDone, left == 0, room == 12 else { return nil }
    return (0..<4).reduce(0) { $0 | UInt32(UInt8(bitPattern: target[$1])) << UInt32(8 * $1) }
  }
}
