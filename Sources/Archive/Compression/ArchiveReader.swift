import CArchive
import Glibc

/// libarchive over a source: the members of a zip or tar archive in their order, or the one content of a
/// bzip2 or xz file. Nothing is ever written.
@safe
final class ArchiveReader {
  /// One member's header.
  struct Member {
    /// The name as the archive has it, in no promised encoding.
    var name: [UInt8]
    var kind: Kind
    var isEncrypted: Bool
  }

  /// What a member is.
  enum Kind { case file, folder, other }

  /// How a step ended.
  enum Outcome { case more, end, damaged, notSupported }

  private let archive: OpaquePointer
  private let feed: ArchiveFeed
  private let locale: locale_t?

  /// A reader; nil when there is no memory for it.
  init?(_ packing: Packing, _ source: Source) {
    guard let archive = unsafe archive_read_new() else { return nil }
    unsafe self.archive = archive
    // Small blocks where growth has to be told from few packed bytes.
    feed = ArchiveFeed(source, blockSize: packing.layer == .archive ? PackedInput.step : 1 << 12)
    // Names that are marked as UTF-8 come out as they are only where the locale is of UTF-8.
    unsafe locale = newlocale(1 << LC_CTYPE, "C.UTF-8", nil)
    switch packing {
    case .zip: _ = unsafe archive_read_support_format_zip_streamable(archive)
    case .tar: _ = unsafe archive_read_support_format_tar(archive)
    case .bzip2:
      _ = unsafe archive_read_support_filter_bzip2(archive)
      _ = unsafe archive_read_support_format_raw(archive)
    case .xz:
      _ = unsafe archive_read_support_filter_xz(archive)
      _ = unsafe archive_read_support_format_raw(archive)
    case .gzip, .zstd: break
    }
    let status = unsafe archive_read_open(
      archive, Unmanaged.passUnretained(feed).toOpaque(), nil,
      { _, client, block in
        guard let client = unsafe client, let block = unsafe block else { return -1 }
        let feed = unsafe Unmanaged<ArchiveFeed>.fromOpaque(client).takeUnretainedValue()
        return unsafe feed.next(&block.pointee)
      }, nil)
    isOpen = status == ARCHIVE_OK
  }

  deinit {
    unsafe archive_read_free(archive)
    if let locale = unsafe locale { unsafe freelocale(locale) }
  }

  private var isOpen = false

  /// Bytes of the source that were taken so far.
  var used: Int { feed.used }
  /// Whether the source itself failed, which is told elsewhere.
  var hasSourceFailed: Bool { feed.hasFailed }

  /// Goes on to the next member.
  func next() -> (Member?, Outcome) {
    guard isOpen else { return (nil, .damaged) }
    return inUTF8 {
      var entry: OpaquePointer?
      var status = ARCHIVE_RETRY
      var tries = 0
      while status == ARCHIVE_RETRY, tries < 100 {
        status = unsafe archive_read_next_header(archive, &entry)
        tries += 1
      }
      guard status == ARCHIVE_OK || status == ARCHIVE_WARN, let entry = unsafe entry else {
        return (nil, status == ARCHIVE_EOF ? .end : .damaged)
      }
      return unsafe (ArchiveReader.member(entry), .more)
    }
  }

  /// Appends bytes of the member, at most `limit`.
  /// - Returns: how many came out, and how it ended.
  func read(into buffer: inout [UInt8], upTo limit: Int) -> (Int, Outcome) {
    var count = 0
    buffer.append(addingCapacity: limit) { output in
      unsafe output.withUnsafeMutableBufferPointer { target, filled in
        guard let to = target.baseAddress else { return }
        var tries = 0
        repeat {
          count = unsafe archive_read_data(archive, to + filled, limit)
          tries += 1
        } while count == Int(ARCHIVE_RETRY) && tries < 100
        filled += max(0, count)
      }
    }
    if count > 0 { return (count, .more) }
    if count == 0 { return (0, .end) }
    // What libarchive cannot do is not told from what is broken, but by its words.
    let words = unsafe archive_error_string(archive).map { unsafe String(cString: $0) } ?? ""
    return (0, words.contains("nsupported") ? .notSupported : .damaged)
  }

  private static func member(_ entry: OpaquePointer) -> Member {
    let name = unsafe archive_entry_pathname_utf8(entry) ?? archive_entry_pathname(entry)
    let isLink = unsafe archive_entry_hardlink(entry) != nil || archive_entry_symlink(entry) != nil
    let kind = unsafe archive_entry_filetype(entry)
    return Member(
      name: unsafe name.map { unsafe ArchiveReader.bytes($0) } ?? [],
      kind: isLink ? .other : kind == S_IFREG || kind == 0 ? .file : kind == S_IFDIR ? .folder : .other,
      isEncrypted: unsafe archive_entry_is_data_encrypted(entry) != 0)
  }

  /// The bytes of a C string, as far as names are shown.
  @unsafe
  private static func bytes(_ name: UnsafePointer<CChar>) -> [UInt8] {
    let length = unsafe strnlen(name, 4_096)
    return unsafe UnsafeBufferPointer(start: name, count: length).map { UInt8(bitPattern: $0) }
  }

  private func inUTF8<Result>(_ body: () -> Result) -> Result {
    guard let locale = unsafe locale else { return body() }
    let before = unsafe uselocale(locale)
    defer { _ = unsafe uselocale(before) }
    return body()
  }
}

/// The packed bytes, block by block, as libarchive asks for them.
@safe
final class ArchiveFeed {
  private let source: Source
  private let block: UnsafeMutableRawBufferPointer
  private var bytes: [UInt8] = []
  /// Bytes handed over so far.
  private(set) var used = 0

  init(_ source: Source, blockSize: Int) {
    self.source = source
    unsafe block = .allocate(byteCount: blockSize, alignment: 16)
  }

  deinit { unsafe block.deallocate() }

  /// Whether the source itself failed.
  var hasFailed: Bool { source.failure != nil }

  /// Points at the next block, which stays until the next call.
  /// - Returns: its length; 0 at the end.
  @unsafe
  func next(_ start: inout UnsafeRawPointer?) -> Int {
    bytes.removeAll(keepingCapacity: true)
    let count = unsafe source.read(into: &bytes, upTo: block.count)
    unsafe block.copyBytes(from: bytes)
    unsafe start = UnsafeRawPointer(block.baseAddress)
    used += count
    return count
  }
}
