internal import CKernel

/// Gives the postings of a piece to their terms: counted, then put where they belong, each reader's with
/// places of its own.
struct Scatter {
  /// Memory that one piece leaves to the next.
  final class Room: @unchecked Sendable {
    fileprivate var starts = PageBuffer<UInt32>(capacity: 0)
    fileprivate var postings = PageBuffer<UInt32>(capacity: 0)
    fileprivate var places: [Shared<PageBuffer<UInt32>>]

    init(parts: Int) { places = (0..<parts).map { _ in Shared(PageBuffer(capacity: 0)) } }
  }

  let parts: [Shared<FieldWords>]
  let firstDocument: UInt32
  let impacts: ImpactTable
  let room: Room

  /// The postings of words, until the room is used again.
  /// - Parameters:
  ///   - codes: for each reader, the field's codes of its terms; that of the first is not looked at.
  ///   - bases: where the lists of each table begin.
  func words(codes: [[[TermCode]]], bases: [Int], termCount: Int) -> PostingLists.Piece {
    unsafe gather(termCount: termCount, ofPairs: false) { part, stream, counts in
      let terms = unsafe stream.terms.base
      let bases = bases.map { UInt32(truncatingIfNeeded: $0) }
      let (base0, base1, base2) = (bases[0], bases[1], bases[2])
      let mask: UInt32 = 1 << 30 - 1
      func list(_ code: TermCode) -> UInt32 {
        let base = code < 1 << 30 ? base0 : code < 2 << 30 ? base1 : base2
        return base &+ (code & mask)
      }
      if part == 0 {
        for posting in 0..<stream.count {
          let list = unsafe list(terms[posting])
          unsafe terms[posting] = list
          unsafe counts[Int(list)] &+= 1
        }
        return
      }
      let (codes0, codes1, codes2) = (codes[part][0], codes[part][1], codes[part][2])
      for posting in 0..<stream.count {
        let own = unsafe terms[posting]
        let place = Int(own & mask)
        let code = own < 1 << 30 ? codes0[place] : own < 2 << 30 ? codes1[place] : codes2[place]
        let list = list(code)
        unsafe terms[posting] = list
        unsafe counts[Int(list)] &+= 1
      }
    }
  }

  /// The postings of pairs, until the room is used again, whose codes are the same for all readers.
  func pairs(termCount: Int) -> PostingLists.Piece {
    unsafe gather(termCount: termCount, ofPairs: true) { _, stream, counts in
      let terms = unsafe stream.terms.base
      for posting in 0..<stream.count { unsafe counts[Int(terms[posting])] &+= 1 }
    }
  }

  private func gather(
    termCount: Int, ofPairs isPairs: Bool,
    count: @Sendable (Int, borrowing PostingStream, UnsafeMutablePointer<UInt32>) -> Void
  ) -> PostingLists.Piece {
    let places = room.places
    Threads.run(parts.count) { part in
      places[part].value.reserve(termCount + 1)
      let counts = unsafe places[part].value.base
      unsafe counts.update(repeating: 0, count: termCount)
      if isPairs {
        unsafe count(part, parts[part].value.pairs, counts)
      } else {
        unsafe count(part, parts[part].value.stream, counts)
      }
    }
    room.starts.reserve(termCount + 1)
    let starts = unsafe room.starts.base
    var sum: UInt32 = 0
    for list in 0..<termCount {
      unsafe starts[list] = sum
      for part in places {
        let own = unsafe part.value.base[list]
        unsafe part.value.base[list] = sum
        sum &+= own
      }
    }
    unsafe starts[termCount] = sum
    room.postings.reserve(Int(sum))
    var firsts: [UInt32] = []
    var first: UInt32 = 0
    for part in parts {
      firsts.append(first)
      first += UInt32(truncatingIfNeeded: part.value.stream.documentCount)
    }
    let begins = firsts
    Threads.run(parts.count) { part in
      let (next, target) = unsafe (places[part].value.base, room.postings.base)
      let lengths = unsafe parts[part].value.lengths.base
      if isPairs {
        unsafe put(parts[part].value.pairs, lengths, from: begins[part], next, target)
      } else {
        unsafe put(parts[part].value.stream, lengths, from: begins[part], next, target)
      }
    }
    return unsafe PostingLists.Piece(
      starts: starts, postings: room.postings.base, firstDocument: firstDocument)
  }

  private func put(
    _ stream: borrowing PostingStream, _ lengths: UnsafePointer<UInt32>, from first: UInt32,
    _ next: UnsafeMutablePointer<UInt32>, _ postings: UnsafeMutablePointer<UInt32>
  ) {
    let terms = unsafe stream.terms.base
    // The stream has room behind its end; what is read there ahead of time must be a list all the same.
    for ahead in 0..<32 { unsafe terms[stream.count + ahead] = 0 }
    let frequencies = unsafe stream.frequencies.base
    let average = impacts.averageLength
    impacts.withImpacts { table in
      var posting = 0
      for document in 0..<stream.documentCount {
        let end = unsafe Int(stream.ends.base[document])
        let length = unsafe lengths[document]
        let number = (first &+ UInt32(truncatingIfNeeded: document)) << 8
        while posting < end {
          unsafe ck_prefetch(next + Int(terms[posting + 24]))
          unsafe ck_prefetch(postings + Int(next[Int(terms[posting + 12])]))
          let list = unsafe Int(terms[posting])
          var frequency = unsafe UInt32(frequencies[posting])
          if frequency == 255 { frequency = stream.frequency(posting) }
          let impact = ImpactTable.impact(
            frequency: frequency, length: length, averageLength: average, table: table)
          let place = unsafe next[list]
          unsafe postings[Int(place)] = number | UInt32(impact)
          unsafe next[list] = place &+ 1
          posting += 1
        }
      }
    }
  }
}
