import Foundation

/// One core's pass over texts.
struct BruteForcePass {
  private let patterns: QueryPatterns
  private(set) var answers: [BruteForce.Answer]

  /// For each word of the text in hand the number of the exact word, or -1.
  private var sequence: [Int32] = []
  /// Patterns that the text holds.
  private var present: [Int32] = []
  private var presentStamp: [Int32]
  private var queryStamp: [Int32]
  private var stamp: Int32 = 0
  /// What words near to misspelt ones were found to be, by hash: 2^16 places, overwritten freely.
  private var nearKeys: [UInt64]
  private var nearValues: [[Int32]]
  private var foreign: [[UInt8]: [[UInt8]]] = [:]

  init(patterns: QueryPatterns, queryCount: Int) {
    self.patterns = patterns
    answers = Array(repeating: BruteForce.Answer(), count: queryCount)
    presentStamp = Array(repeating: 0, count: Int(patterns.count))
    queryStamp = Array(repeating: 0, count: queryCount)
    nearKeys = Array(repeating: 0, count: 1 << 16)
    nearValues = Array(repeating: [], count: 1 << 16)
  }

  /// The patterns that a text holds.
  mutating func patterns(in text: UnsafeBufferPointer<UInt8>) -> [Int32] {
    scan(text)
    return present
  }

  /// Answers all queries for one text.
  mutating func read(_ text: UnsafeBufferPointer<UInt8>, _ document: Int, _ date: Int64) {
    scan(text)
    for pattern in present {
      for query in patterns.triggers[Int(pattern)] where queryStamp[Int(query)] != stamp {
        queryStamp[Int(query)] = stamp
        if fits(patterns.items[Int(query)]) { answers[Int(query)].take(date, document) }
      }
    }
  }

  private func fits(_ item: QueryPatterns.Item) -> Bool {
    if item.isAny { return true }
    for pattern in item.patterns where presentStamp[Int(pattern)] != stamp { return false }
    guard item.isPhrase else { return true }
    let size = item.patterns.count
    guard sequence.count >= size else { return false }
    return (0...sequence.count - size).contains { start in
      (0..<size).allSatisfy { sequence[start + $0] == item.patterns[$0] }
    }
  }

  private mutating func take(_ pattern: Int32) {
    guard presentStamp[Int(pattern)] != stamp else { return }
    presentStamp[Int(pattern)] = stamp
    present.append(pattern)
  }

  private mutating func scan(_ text: UnsafeBufferPointer<UInt8>) {
    stamp += 1
    present.removeAll(keepingCapacity: true)
    sequence.removeAll(keepingCapacity: true)
    var at = 0
    while at < text.count {
      guard BruteForcePass.isLetter(text[at]) else {
        at += 1
        continue
      }
      var end = at
      var highest: UInt8 = 0
      while end < text.count, BruteForcePass.isLetter(text[end]) {
        highest |= text[end]
        end += 1
      }
      if highest < 0x80 {
        word(UnsafeBufferPointer(rebasing: text[at..<end]))
      } else {
        for folded in fold(Array(text[at..<end])) { folded.withUnsafeBufferPointer { word($0) } }
      }
      at = end
    }
  }

  @inline(__always)
  private static func isLetter(_ byte: UInt8) -> Bool {
    byte >= 0x80 || byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26
  }

  /// Takes one word of lowercase or uppercase letters.
  private mutating func word(_ bytes: UnsafeBufferPointer<UInt8>) {
    var hash = WordTable.seed
    for (place, byte) in bytes.enumerated() {
      hash = WordTable.step(hash, byte &- 0x41 < 26 ? byte | 0x20 : byte)
      if place < 62, patterns.lengths >> UInt64(place + 1) & 1 == 1,
        let pattern = patterns.beginnings.number(of: hash)
      {
        take(pattern)
      }
    }
    let pattern = patterns.exact.number(of: hash)
    sequence.append(pattern ?? -1)
    if let pattern { take(pattern) }
    guard !patterns.misspelt.isEmpty, bytes.count > 2, bytes.count < 40 else { return }
    let place = Int(hash & 0xFFFF)
    if nearKeys[place] != hash {
      nearKeys[place] = hash
      nearValues[place] = near(bytes.map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 })
    }
    for index in nearValues[place].indices { take(nearValues[place][index]) }
  }

  /// The misspelt words that are one edit away at most.
  private func near(_ word: [UInt8]) -> [Int32] {
    var found: Set<Int32> = []
    for hash in WordTable.shortened(word) {
      for place in patterns.shortened[hash] ?? [] {
        let (other, pattern) = patterns.misspelt[place]
        if BruteForcePass.isNear(word, other) { found.insert(pattern) }
      }
    }
    return found.sorted()
  }

  /// Whether one letter added, left out, changed or swapped with its neighbour makes two words equal.
  static func isNear(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    let (short, long) = left.count <= right.count ? (left, right) : (right, left)
    guard long.count - short.count <= 1 else { return false }
    guard let place = short.indices.first(where: { short[$0] != long[$0] }) else { return true }
    if long.count > short.count { return short[place...] == long[(place + 1)...] }
    if short[(place + 1)...] == long[(place + 1)...] { return true }
    return place + 1 < short.count && short[place] == long[place + 1] && short[place + 1] == long[place]
      && short[(place + 2)...] == long[(place + 2)...]
  }

  /// The words of a run with other letters than ASCII's, without their marks.
  private mutating func fold(_ run: [UInt8]) -> [[UInt8]] {
    if let known = foreign[run] { return known }
    let plain = String(decoding: run, as: UTF8.self).folding(
      options: [.caseInsensitive, .diacriticInsensitive], locale: nil)
    var words: [[UInt8]] = []
    var word: [UInt8] = []
    for scalar in plain.unicodeScalars {
      if scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
        word += Array(String(scalar).utf8)
      } else if scalar.properties.generalCategory != .nonspacingMark
        && scalar.properties.generalCategory != .format
      {
        if !word.isEmpty { words.append(word) }
        word.removeAll()
      }
    }
    if !word.isEmpty { words.append(word) }
    if foreign.count > 100_000 { foreign.removeAll() }
    foreign[run] = words
    return words
  }
}
