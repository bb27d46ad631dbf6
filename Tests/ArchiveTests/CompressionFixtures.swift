import CZlib
import CZstd

/// Packed bytes made in the test, as the programs of their formats make them.
enum Packed {
  /// Bare deflate data and the checksum of what it holds.
  static func deflate(_ bytes: [UInt8], level: Int32 = 6) -> (data: [UInt8], checksum: UInt32) {
    var stream = unsafe z_stream()
    var packed = [UInt8](repeating: 0, count: bytes.count + bytes.count / 8 + 64)
    var source = bytes + [0]
    var checksum: UInt = 0
    unsafe source.withUnsafeMutableBufferPointer { source in
      unsafe packed.withUnsafeMutableBufferPointer { packed in
        _ = unsafe cz_deflate_begin(&stream, level)
        unsafe stream.next_in = source.baseAddress
        unsafe stream.avail_in = UInt32(bytes.count)
        unsafe stream.next_out = packed.baseAddress
        unsafe stream.avail_out = UInt32(packed.count)
        _ = unsafe CZlib.deflate(&stream, Z_FINISH)
        checksum = unsafe crc32(0, source.baseAddress, UInt32(bytes.count))
      }
    }
    packed.removeLast(unsafe Int(stream.avail_out))
    unsafe deflateEnd(&stream)
    return (packed, UInt32(truncatingIfNeeded: checksum))
  }

  /// A little-endian number.
  static func number(_ value: Int, _ bytes: Int) -> [UInt8] {
    (0..<bytes).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  /// One member of a gzip file.
  static func gzip(_ bytes: [UInt8], name: String? = nil) -> [UInt8] {
    let (data, checksum) = deflate(bytes)
    let header: [UInt8] = [0x1F, 0x8B, 8, name == nil ? 0 : 8, 0, 0, 0, 0, 0, 3]
    return header + (name.map { Array($0.utf8) + [0] } ?? []) + data + number(Int(checksum), 4)
      + number(bytes.count, 4)
  }

  /// One frame of zstd, with checksum.
  static func zstd(_ bytes: [UInt8]) -> [UInt8] {
    var packed = [UInt8](repeating: 0, count: ZSTD_compressBound(bytes.count) + 64)
    var count = 0
    if let context = unsafe ZSTD_createCCtx() {
      _ = unsafe ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
      count = unsafe ZSTD_compress2(context, &packed, packed.count, bytes, bytes.count)
      unsafe ZSTD_freeCCtx(context)
    }
    return Array(packed[..<count])
  }

  /// A file in an archive.
  struct File {
    var name: [UInt8]
    var bytes: [UInt8]
    /// The type flag of tar: `0` a file, `2` a symbolic link, `5` a folder.
    var flag: Character = "0"
    /// Whether zip states sizes and checksum after the data only.
    var isStreamed = false
    /// Whether zip stores it as it is.
    var isStored = false
    var isEncrypted = false
    /// The method that zip states, if it is not the real one.
    var method: Int?

    init(_ name: String, _ bytes: [UInt8]) { (self.name, self.bytes) = (Array(name.utf8), bytes) }
    init(_ name: String, _ text: String) { self.init(name, Array(text.utf8)) }

    func with(_ change: (inout File) -> Void) -> File {
      var copy = self
      change(&copy)
      return copy
    }
  }

  /// A tar archive.
  static func tar(_ files: [File]) -> [UInt8] {
    var archive: [UInt8] = []
    for file in files {
      var header = [UInt8](repeating: 0, count: 512)
      func put(_ bytes: some Collection<UInt8>, at place: Int) {
        for (index, byte) in bytes.enumerated() { header[place + index] = byte }
      }
      func octal(_ value: Int, _ digits: Int) -> [UInt8] {
        let text = String(value, radix: 8)
        return Array((String(repeating: "0", count: digits - text.count) + text).utf8)
      }
      put(file.name.prefix(100), at: 0)
      put(octal(0o644, 7), at: 100)
      put(octal(0, 7), at: 108)
      put(octal(0, 7), at: 116)
      put(octal(file.flag == "0" ? file.bytes.count : 0, 11), at: 124)
      put(octal(0, 11), at: 136)
      put([UInt8](repeating: 0x20, count: 8), at: 148)
      put(String(file.flag).utf8, at: 156)
      if file.flag == "2" { put("elsewhere".utf8, at: 157) }
      put(Array("ustar".utf8) + [0, 0x30, 0x30], at: 257)
      put(octal(header.reduce(0) { $0 + Int($1) }, 6) + [0, 0x20], at: 148)
      archive += header
      if file.flag == "0" {
        archive += file.bytes + [UInt8](repeating: 0, count: (512 - file.bytes.count % 512) % 512)
      }
    }
    return archive + [UInt8](repeating: 0, count: 1_024)
  }

  /// A zip archive.
  static func zip(_ files: [File]) -> [UInt8] {
    var archive: [UInt8] = []
    var directory: [UInt8] = []
    for file in files {
      let (data, checksum) = deflate(file.bytes)
      let content = file.isStored ? file.bytes : data
      let flags = (file.isStreamed ? 8 : 0) | (file.isEncrypted ? 1 : 0) | 0x800
      let method = file.method ?? (file.isStored ? 0 : 8)
      let sizes = number(Int(checksum), 4) + number(content.count, 4) + number(file.bytes.count, 4)
      let lead = number(20, 2) + number(flags, 2) + number(method, 2) + number(0, 4)
      let tail = number(file.name.count, 2) + number(0, 2)
      let start = archive.count
      archive += [0x50, 0x4B, 3, 4] + lead
      archive += (file.isStreamed ? [UInt8](repeating: 0, count: 12) : sizes) + tail + file.name + content
      if file.isStreamed { archive += [0x50, 0x4B, 7, 8] + sizes }
      directory += [0x50, 0x4B, 1, 2] + number(20, 2) + lead + sizes + tail
      directory += number(0, 10) + number(start, 4) + file.name
    }
    let end = number(0, 4) + number(files.count, 2) + number(files.count, 2)
    return archive + directory + [0x50, 0x4B, 5, 6] + end + number(directory.count, 4)
      + number(archive.count, 4) + number(0, 2)
  }
}
