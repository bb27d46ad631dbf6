import Glibc

/// Makes up discussions: the same ones for the same number and seed, on any machine.
///
/// Sizes of threads fall off by a power law, replies go mostly to what was said last, lengths are
/// log-normal (60 words, 340 bytes on average), pairs of words come again as in a language, threads keep
/// to their topics, some replies quote what they answer, dates follow the replies over twenty years.
struct DiscussionGenerator: Sendable {
  let documentCount: Int
  let seed: UInt64
  private let vocabulary = Vocabulary()
  private let needles: Needles

  init(documentCount: Int, seed: UInt64 = 2026) {
    self.documentCount = documentCount
    self.seed = seed
    needles = Needles(documentCount: documentCount, seed: seed)
  }

  /// - Complexity: O(words); about 8 s for a million entries on one core.
  func corpus(threads: Int = 2) -> Corpus {
    let corpus = Corpus(name: "generated-\(documentCount)", room: documentCount * 520 + (32 << 20))
    corpus.authorNames = (0..<DiscussionGenerator.authorCount).map(authorName)
    corpus.needles = needles.needles
    // Parts of about ten thousand entries, cut between threads, so that cores can share them.
    var parts: [(thread: Int, document: Int)] = [(0, 0)]
    var document = 0
    var thread = 0
    while document < documentCount {
      document += size(ofThread: thread, from: document)
      thread += 1
      if document - parts[parts.count - 1].document >= 10_000 { parts.append((thread, document)) }
    }
    if parts[parts.count - 1].document < documentCount { parts.append((thread, documentCount)) }
    let cuts = parts
    for start in stride(from: 0, to: cuts.count - 1, by: threads) {
      let count = min(threads, cuts.count - 1 - start)
      let made = Slots(count: count)
      Cores.perform(count) { place in
        made.batches[place] = batch(cuts[start + place], until: cuts[start + place + 1].document)
      }
      for place in 0..<count { corpus.append(made.batches[place]) }
    }
    corpus.close()
    return corpus
  }

  /// Where the cores leave their parts, each in its own place.
  private final class Slots: @unchecked Sendable {
    let batches: UnsafeMutableBufferPointer<ThreadBatch>
    init(count: Int) {
      batches = .allocate(capacity: count)
      batches.initialize(repeating: ThreadBatch())
    }
    deinit {
      batches.deinitialize()
      batches.deallocate()
    }
  }

  private func batch(_ part: (thread: Int, document: Int), until end: Int) -> ThreadBatch {
    var batch = ThreadBatch()
    var writer = TextWriter(vocabulary: vocabulary)
    batch.text.reserveCapacity((end - part.document) * 360)
    var (thread, document) = part
    while document < end {
      let size = size(ofThread: thread, from: document)
      append(thread: thread, size: size, firstDocument: document, to: &batch, &writer)
      document += size
      thread += 1
    }
    return batch
  }

  // MARK: Threads

  private static let authorCount = 200_000

  private func random(ofThread thread: Int) -> Seeded {
    Seeded(state: Vocabulary.mixed(seed &+ Vocabulary.mixed(UInt64(thread))))
  }

  /// Entries of a thread: size n or more with probability n^-1.2; 4.5 on average, up to 20,000.
  private func size(ofThread thread: Int, from document: Int) -> Int {
    var random = random(ofThread: thread)
    let size = pow(1 - random.unit(), -1 / 1.2)
    return min(Int(min(size, 20_000)), documentCount - document)
  }

  private func authorName(_ number: Int) -> [UInt8] {
    func name(_ salt: UInt64) -> [UInt8] {
      var word = Vocabulary.spelling(of: 100 + Vocabulary.mixed(UInt64(number) &* 2 &+ salt) % 1_000_000)
      if let first = word.first, first >= 0x61, first <= 0x7A { word[0] = first - 32 }
      return word
    }
    return name(0) + [0x20] + name(1)
  }

  /// Writes one thread in pre-order.
  private func append(
    thread: Int, size: Int, firstDocument: Int, to batch: inout ThreadBatch, _ writer: inout TextWriter
  ) {
    var random = random(ofThread: thread)
    _ = random.unit()
    let tree = ReplyTree(size: size, &random)
    // A new thread every 280 seconds on average, from 2004 on.
    let opened = 1_072_915_200 + Int64(thread) * 280 + Int64(random.next() % 280)
    var dates = [Int64](repeating: opened, count: size)
    for reply in 1..<max(size, 1) {
      let pause = 30 - 1800 * log(1 - random.unit()) * (random.next() % 16 == 0 ? 40 : 1)
      dates[reply] = max(dates[tree.parents[reply]], dates[reply - 1] - 600) + Int64(pause)
    }
    let topics = (0..<6).map { _ in 200 + vocabulary.rank(random.next()) }
    writer.begin(topics: topics)
    batch.threadStarts.append(UInt32(batch.ends.count))
    batch.titles.append(writer.title(&random))
    let start = batch.ends.count
    var bounds = [Range<Int>](repeating: 0..<0, count: size)
    for (place, reply) in tree.order.enumerated() {
      let begin = batch.text.count
      let quoted = reply > 0 && random.next() % 16 == 0 ? bounds[tree.parents[reply]] : nil
      let needles = needles.plants[firstDocument + place] ?? []
      writer.append(quoting: quoted, planting: needles, to: &batch.text, &random)
      // What holds a needle is not quoted: it would be found twice.
      if needles.isEmpty { bounds[reply] = begin..<batch.text.count }
      batch.ends.append(batch.text.count)
      batch.dates.append(dates[reply])
      let parent = reply == 0 ? place : tree.place[tree.parents[reply]]
      batch.parentOffsets.append(UInt32(place - parent))
      let author = pow(Double(DiscussionGenerator.authorCount), random.unit()) - 1
      batch.authors.append(UInt32(min(author, Double(DiscussionGenerator.authorCount - 1))))
    }
    precondition(batch.ends.count == start + size)
  }
}

/// Who answers whom: replies in the order of time, 0 the post.
struct ReplyTree {
  /// Whom each reply answers; the post answers itself.
  private(set) var parents: [Int]
  /// The replies in reading order.
  private(set) var order: [Int] = []
  /// Where each reply stands in that order.
  private(set) var place: [Int]

  /// A third answers the post, the others mostly what was said last.
  init(size: Int, _ random: inout Seeded) {
    parents = [Int](repeating: 0, count: size)
    for reply in 1..<max(size, 1) where random.next() % 3 > 0 {
      let back = 1 + Int(-3 * log(1 - random.unit()))
      parents[reply] = max(0, reply - back)
    }
    place = [Int](repeating: 0, count: size)
    var firstChild = [Int](repeating: -1, count: size)
    var sibling = [Int](repeating: -1, count: size)
    for reply in stride(from: size - 1, to: 0, by: -1) {
      sibling[reply] = firstChild[parents[reply]]
      firstChild[parents[reply]] = reply
    }
    var stack = [0]
    while let reply = stack.popLast() {
      place[reply] = order.count
      order.append(reply)
      if sibling[reply] >= 0 { stack.append(sibling[reply]) }
      if firstChild[reply] >= 0 { stack.append(firstChild[reply]) }
    }
  }
}
