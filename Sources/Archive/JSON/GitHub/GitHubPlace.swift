/// Which issue, pull request or discussion of which repository an address of GitHub (or of a server that
/// speaks alike) is about: those of the API, those of the pages, and those with a comment behind `#`.
struct GitHubPlace {
  /// What is discussed.
  enum Kind {
    case issue, pull, discussion
  }

  private let host: [UInt8]
  private let isSecure: Bool
  private let owner: [UInt8]
  private let repository: [UInt8]
  private let number: Int
  private let kind: Kind

  /// The place that an address names; nil when it names none.
  init?(_ address: [UInt8]?) {
    guard let address, address.contains(0x2F), let parts = WebAddress(address), parts.path.count >= 4 else {
      return nil
    }
    for at in 2..<parts.path.count - 1 {
      guard let kind = GitHubPlace.kind(parts.path[at]), let number = JSONNumber.int(parts.path[at + 1]),
        number > 0
      else { continue }
      host = parts.host.elementsEqual("api.github.com".utf8) ? Array("github.com".utf8) : parts.host
      isSecure = parts.isSecure
      owner = Array(parts.path[at - 2])
      repository = Array(parts.path[at - 1])
      self.number = number
      self.kind = kind
      return
    }
    return nil
  }

  /// A place from a repository's name, such as `owner/name`.
  init?(repository name: [UInt8]?, number: Int?, kind: Kind) {
    guard let name, let number, number > 0 else { return nil }
    let parts = name.split(separator: 0x2F)
    guard parts.count == 2 else { return nil }
    host = Array("github.com".utf8)
    isSecure = true
    owner = Array(parts[0])
    repository = Array(parts[1])
    self.number = number
    self.kind = kind
  }

  private static func kind(_ part: ArraySlice<UInt8>) -> Kind? {
    if part.elementsEqual("issues".utf8) { return .issue }
    if part.elementsEqual("pull".utf8) || part.elementsEqual("pulls".utf8) { return .pull }
    return part.elementsEqual("discussions".utf8) ? .discussion : nil
  }

  /// An id that is the same whichever of its addresses was there: issues and pull requests of a
  /// repository share their numbers.
  var id: [UInt8] {
    var id = Array("github:".utf8)
    if !host.elementsEqual("github.com".utf8) { id += host + [0x2F] }
    for part in [owner, repository] {
      for byte in part { id.append((0x41...0x5A).contains(byte) ? byte | 0x20 : byte) }
      id.append(0x2F)
    }
    return id + Array("\(number)".utf8)
  }

  /// The address of its page.
  var address: [UInt8] {
    let word =
      switch kind {
      case .issue: "issues"
      case .pull: "pull"
      case .discussion: "discussions"
      }
    let scheme = Array((isSecure ? "https://" : "http://").utf8)
    return scheme + host + [0x2F] + owner + [0x2F] + repository + Array("/\(word)/\(number)".utf8)
  }

  /// Its number.
  var issueNumber: Int { number }
}
