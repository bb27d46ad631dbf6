/// The address of one comment on the page of its post, as blog software forms it.
struct CommentAddress {
  /// The address of the post.
  var post: [UInt8]
  /// The address of the comment, in the form that all of the same comment share.
  var comment: [UInt8]

  /// Reads an address; nil when its fragment names no comment.
  init?(_ address: [UInt8]) {
    guard let mark = address.firstIndex(of: 0x23), RelativeReference.isWeb(address) else { return nil }
    let fragment = String(decoding: address[(mark + 1)...], as: UTF8.self).lowercased()
    let digits = fragment.drop { !$0.isNumber }
    guard !digits.isEmpty, digits.count <= 24, digits.allSatisfy({ $0.isASCII && $0.isNumber }) else {
      return nil
    }
    switch fragment.dropLast(digits.count) {
    case "comment-", "comment", "comment_", "comments-", "li-comment-", "c", "cmt", "cmt-", "idcomment",
      "com-":
      break
    default: return nil
    }
    post = CommentAddress.postAddress(of: address)
    comment = post + address[mark...]
  }

  /// The address of the post of a page that shows some of its comments.
  static func postAddress(of address: [UInt8]) -> [UInt8] {
    var page = Array(address.prefix { $0 != 0x23 })
    if let query = page.firstIndex(of: 0x3F) {
      let kept = page[(query + 1)...].split(separator: 0x26).filter {
        !$0.starts(with: "showComment=".utf8) && !$0.starts(with: "cpage=".utf8)
          && !$0.starts(with: "replytocom=".utf8)
      }
      page = page[..<query] + (kept.isEmpty ? [] : [0x3F] + Array(kept.joined(separator: [0x26])))
    }
    let marker = Array("/comment-page-".utf8)
    if let start = page.indices.last(where: { page[$0] == 0x2F && page[$0...].starts(with: marker) }) {
      let rest = page[(start + marker.count)...].drop { (0x30...0x39).contains($0) }
      if rest.isEmpty || rest.elementsEqual([0x2F]) { page = page[..<start] + [0x2F] }
    }
    return page
  }
}
