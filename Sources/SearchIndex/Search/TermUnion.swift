internal import Bytes
internal import CKernel

/// The documents of a segment that hold any of several terms in a field: one bit a document of the
/// segment, for as long as the search runs.
@safe
final class TermUnion {
  private let words: UnsafeMutablePointer<UInt64>
  private let wordCount: Int

  /// Unites lists.
  /// - Parameter isCancelled: asked about every 16,384 postings and terms.
  /// - Complexity: O(documents / 64 + postings + terms).
  init(_ ranks: TermRanks, of field: FieldIndex, documentCount: Int, isCancelled: () -> Bool) {
    let wordCount = (documentCount + DateWindows.size - 1) / DateWindows.size * (DateWindows.size / 64)
    self.wordCount = wordCount
    let words = UnsafeMutablePointer<UInt64>.allocate(capacity: max(1, wordCount))
    unsafe words.initialize(repeating: 0, count: max(1, wordCount))
    unsafe self.words = unsafe words
    let end = UInt32(documentCount)
    let room = UnsafeMutableRawPointer.allocate(byteCount: PostingList.roomByteCount, alignment: 64)
    defer { unsafe room.deallocate() }
    let span = ranks.bounds
    field.frequencies.verify(span)
    field.places.verify(span)
    let frequencies = unsafe uncheckedAddress(of: field.frequencies)
    let places = unsafe uncheckedAddress(of: field.places)
    var work = 0
    ranks.forEach { rank in
      work += 1
      if unsafe frequencies[rank] == 1 {
        let document = unsafe places[rank]
        if document < end { unsafe words[Int(document >> 6)] |= 1 << UInt64(document & 63) }
      } else {
        var list = unsafe PostingList(field, rank: rank, room: room)
        var block = 0
        while list.decode(block) {
          let documents = unsafe list.documents
          for place in 0..<list.count {
            let document = unsafe documents[place]
            if document < end { unsafe words[Int(document >> 6)] |= 1 << UInt64(document & 63) }
          }
          work += list.count
          block += 1
          if work >= 16_384 {
            work = 0
            if isCancelled() { return false }
          }
        }
      }
      if work >= 16_384 {
        work = 0
        if isCancelled() { return false }
      }
      return true
    }
  }

  deinit { unsafe words.deallocate() }

  /// The 64 words of bits of a window that begins at a document.
  func window(_ first: UInt32) -> UnsafePointer<UInt64> { unsafe UnsafePointer(words + Int(first) / 64) }

  /// The first document not before a place.
  func first(from document: UInt32) -> UInt32? {
    var place = Int(document) / 64
    guard place < wordCount else { return nil }
    var rest = unsafe words[place] & (UInt64.max << UInt64(document & 63))
    while rest == 0 {
      place += 1
      guard place < wordCount else { return nil }
      rest = unsafe words[place]
    }
    return UInt32(place * 64 + rest.trailingZeroBitCount)
  }
}
