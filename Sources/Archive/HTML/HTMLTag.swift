/// The elements that mean something here; all others are `unknown`.
enum HTMLTag: UInt8, CaseIterable {
  /// The root of the tree.
  case document
  /// A run of text.
  case text
  case unknown
  case a, abbr, address, annotation, applet, area, article, aside, audio, b, base, big, blockquote, body, br
  case button, canvas, caption, center, cite, code, col, colgroup, data, dd, del, details, dfn, dialog, dir,
    div
  case dl, dt, em, embed, fieldset, figcaption, figure, font, footer, form, frame, frameset, h1, h2, h3, h4,
    h5
  case h6, head, header, hgroup, hr, html, i, iframe, image, img, input, ins, kbd, keygen, label, legend, li
  case link, listing, main, map, mark, marquee, math, menu, meta, nav, nobr, noembed, noframes, noscript,
    object
  case ol, optgroup, option, output, p, param, picture, plaintext, pre, q, rb, rp, rt, rtc, ruby, s, samp
  case script, search, section, select, slot, small, source, span, strike, strong, style, sub, summary, sup,
    svg
  case table, tbody, td, template, textarea, tfoot, th, thead, time, title, tr, track, tt, u, ul
  /// `var`.
  case variable
  case video, wbr, xmp

  /// The element of a name, given by the hash of its lower case.
  static func of(_ hash: UInt64) -> HTMLTag {
    let table = Table.shared
    var slot = Int(truncatingIfNeeded: hash) & 511
    while table.tags[slot] != .document {
      if table.hashes[slot] == hash { return table.tags[slot] }
      slot = (slot + 1) & 511
    }
    return .unknown
  }

  private struct Table {
    static let shared = Table()
    var hashes = [UInt64](repeating: 0, count: 512)
    var tags = [HTMLTag](repeating: .document, count: 512)

    init() {
      for tag in HTMLTag.allCases where tag.rawValue > HTMLTag.unknown.rawValue {
        let name = Array((tag == .variable ? "var" : "\(tag)").utf8)
        let hash = HTMLNameHash.of(name.span, 0, name.count)
        var slot = Int(truncatingIfNeeded: hash) & 511
        while tags[slot] != .document { slot = (slot + 1) & 511 }
        (hashes[slot], tags[slot]) = (hash, tag)
      }
    }
  }

  /// Whether it never holds anything.
  var isVoid: Bool {
    switch self {
    case .area, .base, .br, .col, .embed, .frame, .hr, .image, .img, .input, .keygen, .link, .meta, .param,
      .source, .track, .wbr:
      true
    default: false
    }
  }

  /// Whether its content is text up to its end tag, without tags.
  var isRawText: Bool {
    switch self {
    case .script, .style, .xmp, .iframe, .noembed, .noframes, .textarea, .title: true
    default: false
    }
  }

  /// Whether its raw content may hold character references.
  var isEscapableText: Bool { self == .textarea || self == .title }

  /// Whether it may stand in a head.
  var belongsInHead: Bool {
    switch self {
    case .base, .link, .meta, .noframes, .noscript, .script, .style, .template, .title, .text: true
    default: false
    }
  }

  /// Whether its start ends an open paragraph.
  var closesParagraph: Bool {
    switch self {
    case .address, .article, .aside, .blockquote, .center, .dd, .details, .dialog, .dir, .div, .dl, .dt,
      .fieldset, .figcaption, .figure, .footer, .form, .h1, .h2, .h3, .h4, .h5, .h6, .header, .hgroup, .hr,
      .li,
      .listing, .main, .menu, .nav, .ol, .p, .plaintext, .pre, .search, .section, .summary, .table, .ul, .xmp:
      true
    default: false
    }
  }

  /// Whether an end tag of running text never reaches past it.
  var isSpecial: Bool {
    switch self {
    case .document, .address, .applet, .area, .article, .aside, .base, .blockquote, .body, .button, .caption,
      .center, .col, .colgroup, .dd, .details, .dir, .div, .dl, .dt, .embed, .fieldset, .figcaption, .figure,
      .footer, .form, .frame, .frameset, .h1, .h2, .h3, .h4, .h5, .h6, .head, .header, .hgroup, .hr, .html,
      .iframe, .img, .input, .keygen, .li, .link, .listing, .main, .marquee, .menu, .meta, .nav, .noembed,
      .noframes, .noscript, .object, .ol, .p, .param, .plaintext, .pre, .script, .search, .section, .select,
      .source, .style, .summary, .table, .tbody, .td, .template, .textarea, .tfoot, .th, .thead, .title, .tr,
      .track, .ul, .wbr, .xmp:
      true
    default: false
    }
  }

  /// Whether end tags inside never close anything outside.
  var isScope: Bool {
    switch self {
    case .document, .applet, .caption, .html, .table, .td, .th, .marquee, .object, .template: true
    default: false
    }
  }

  /// Whether its end tag may be left out, so that it ends with its parent or its next sibling.
  var hasOptionalEnd: Bool {
    switch self {
    case .p, .li, .dd, .dt, .option, .optgroup, .tr, .td, .th, .tbody, .thead, .tfoot, .rb, .rt, .rp, .rtc:
      true
    default: false
    }
  }

  var isHeading: Bool {
    switch self {
    case .h1, .h2, .h3, .h4, .h5, .h6: true
    default: false
    }
  }
}
