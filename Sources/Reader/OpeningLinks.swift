import Discussion
import Grid

/// Links: opened by number, or picked from a list.
extension ReaderState {
  /// Opens the link of the current entry with a number, the first without one; an entry without links
  /// opens its own page.
  mutating func openLink(times: Int?) -> [Effect] {
    guard let entry = currentEntry else {
      message = "No entry is selected."
      return []
    }
    let links = library.links(of: entry)
    if links.isEmpty, times == nil || times == 1 {
      let address = EntryAddress(of: entry, in: library)
      guard address.kind == .permalink || address.kind == .page,
        let own = LinkAddress.sound(address.text.utf8)
      else {
        message = "No link here, and the source gives no address."
        return []
      }
      message = "No link here; opening its own page: \(own)"
      return [.openLink(own)]
    }
    let number = times ?? 1
    guard links.indices.contains(number - 1) else {
      message = links.count == 1 ? "There is one link here." : "There are \(links.count) links here."
      return []
    }
    let link = links[number - 1]
    if let claim = link.claim {
      linkList = LinkList(links: links)
      linkList?.place.selected = number - 1
      message = "Its words say \(claim), but it leads to \(link.address): Enter opens it all the same."
      return []
    }
    return open(link, number: number, of: links.count)
  }

  private mutating func open(_ link: EntryLink, number: Int, of count: Int) -> [Effect] {
    message = (count > 1 ? "Opening link \(number)/\(count): " : "Opening ") + link.address
    return [.openLink(link.address)]
  }

  /// Lists the links of the current entry.
  mutating func listLinks() -> [Effect] {
    guard let entry = currentEntry else {
      message = "No entry is selected."
      return []
    }
    let links = library.links(of: entry)
    guard !links.isEmpty else {
      message = "No link here."
      return []
    }
    linkList = LinkList(links: links)
    return []
  }

  /// A key while links are listed.
  mutating func takeInLinks(_ key: Key) -> [Effect] {
    guard var list = linkList else { return [] }
    let last = list.links.count - 1
    switch (key.code, key.control) {
    case (.escape, _), (.scalar("c"), true), (.scalar("q"), false), (.left, _), (.scalar("h"), false):
      linkList = nil
      return []
    case (.enter, _), (.scalar("o"), false), (.right, _), (.scalar("l"), false):
      linkList = nil
      return open(list.links[list.place.selected], number: list.place.selected + 1, of: list.links.count)
    case (.scalar("y"), false):
      let address = list.links[list.place.selected].address
      message = "Copied the link: \(address.utf8.count) characters, \(address)"
      return [.copy(Array(address.utf8))]
    case (.scalar(let digit), false) where ("1"..."9").contains(digit):
      let number = Int(digit.value) - 0x31
      guard number <= last else { break }
      linkList = nil
      return open(list.links[number], number: number + 1, of: list.links.count)
    case (.down, _), (.scalar("j"), false), (.scalar("n"), true): list.place.selected += 1
    case (.up, _), (.scalar("k"), false), (.scalar("p"), true): list.place.selected -= 1
    case (.pageDown, _), (.scalar(" "), false): list.place.selected += max(1, size.rows - 4)
    case (.pageUp, _), (.scalar("b"), false): list.place.selected -= max(1, size.rows - 4)
    case (.home, _), (.scalar("g"), false): list.place.selected = 0
    case (.end, _), (.scalar("G"), false): list.place.selected = last
    default: break
    }
    linkList = list
    return []
  }

  /// What the number that is being typed would open, for the status line.
  public var countedLink: String? {
    guard pendingKeys.isEmpty, let count, let entry = currentEntry else { return nil }
    let links = library.links(of: entry)
    guard links.indices.contains(count - 1) else { return nil }
    return "\(count)o: \(links[count - 1].address)"
  }
}

/// The links of an entry, one of them selected.
public struct LinkList: Hashable, Sendable {
  /// The links.
  public var links: [EntryLink]
  /// The selected one.
  public var place = ListPlace()
}
