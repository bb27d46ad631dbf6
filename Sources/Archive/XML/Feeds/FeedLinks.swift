/// The addresses that an item of a feed gives.
struct FeedLinks {
  /// The item's own page.
  var page: [UInt8]?
  /// Where the entry that it answers stands, as Blogger writes it.
  var related: [UInt8]?
  /// Where the feed itself stands.
  var own: [UInt8]?
  /// Where the feeds of the entry's comments stand.
  var commentFeeds: [[UInt8]] = []
  /// How many comments a link to them counts.
  var replyCount: Int?

  /// Reads the links of an item or a feed.
  /// - Parameter bases: the bases of the document, the outermost first.
  init(_ record: XMLRecord, bases: [[UInt8]]) {
    var bases = bases
    if let own = record.attribute(.base, .xml) { bases.append(own) }
    var best = 0
    for index in record.fields.indices where record.fields[index].parent == nil {
      let field = record.fields[index]
      guard field.name.word == .link, field.name.space == .plain || field.name.space == .atom else {
        continue
      }
      var bases = bases
      if let own = record.attribute(.base, .xml, of: index) { bases.append(own) }
      let written = record.attribute(.href, of: index) ?? record.value(of: index)
      guard let written, !written.contains(where: { $0 < 0x20 }) else { continue }
      let rel = record.attribute(.rel, of: index).map { String(decoding: $0, as: UTF8.self).lowercased() }
      if rel == "replies" {
        let count =
          record.attribute(.total, .threading, of: index) ?? record.attribute(.count, .threading, of: index)
        replyCount = replyCount ?? count.flatMap { Int(String(decoding: $0, as: UTF8.self)) }
      }
      guard let address = RelativeReference.resolve(written, against: bases) else { continue }
      if rel == "related", related == nil { related = address }
      if rel == "self", own == nil { own = address }
      if rel == "replies", commentFeeds.count < 16 { commentFeeds.append(address) }
      guard rel == nil || rel == "alternate" else { continue }
      let type = record.attribute(.type, of: index).map { String(decoding: $0, as: UTF8.self).lowercased() }
      var rank = 1
      if RelativeReference.isWeb(address) { rank += 2 }
      if type == nil || type == "text/html" || type == "application/xhtml+xml" { rank += 1 }
      if rank > best { (best, page) = (rank, address) }
    }
  }
}
