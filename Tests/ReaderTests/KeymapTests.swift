import Grid
import Testing

@testable import Reader

@Suite struct KeymapTests {
  @Test func everyDefaultKeyRunsItsCommandAndNoOther() throws {
    var owners: [String: Command] = [:]
    for command in Command.allCases {
      for notation in command.entry.keys {
        #expect(owners[notation] == nil, "\(notation)")
        owners[notation] = command
        let sequence = try #require(KeySequence(notation))
        let keys = sequence.keys + (sequence.takesLetter ? [Key(.scalar("q"))] : [])
        guard case .command(let found, _) = Keymap.standard.match(keys) else {
          Issue.record("\(notation) runs nothing")
          continue
        }
        #expect(found == command, "\(notation)")
        for length in 1..<max(1, keys.count) {
          #expect(Keymap.standard.match(Array(keys.prefix(length))) == .prefix, "\(notation)")
        }
      }
    }
  }

  @Test func namesAreDistinctWords() {
    let names = Command.allCases.map(\.name)
    #expect(Set(names).count == names.count)
    for name in names {
      #expect(name.utf8.allSatisfy { $0 == 0x2D || (0x61...0x7A).contains($0) }, "\(name)")
    }
    #expect(Command.nextBySameAuthor.name == "next-by-same-author")
  }

  @Test func notation() {
    #expect(KeySequence("gg")?.keys == [Key(.scalar("g")), Key(.scalar("g"))])
    #expect(KeySequence("<C-d>")?.keys == [Key(.scalar("d"), control: true)])
    #expect(KeySequence("<A-Left>")?.keys == [Key(.left, alt: true)])
    #expect(KeySequence("<")?.keys == [Key(.scalar("<"))])
    #expect(KeySequence("<Nothing>") == nil)
    #expect(KeySequence("m{a-z}")?.takesLetter == true)
  }

  @Test func unknownKeysDoNothingAndEndASequence() {
    var session = Session()
    session.press("g~")
    #expect(session.state.pendingKeys.isEmpty)
    session.press("j")
    #expect(session.state.list.selected == 1)
    session.press("zj")
    #expect(session.state.list.selected == 1)
  }

  @Test func theTableForTheReadmeHasARowForEveryCommand() {
    let rows = Command.markdownTable.split(separator: "\n")
    #expect(rows.count == Command.allCases.count + 2)
    // No help sentence may end the cell early.
    for row in rows { #expect(row.filter { $0 == "|" }.count - row.count(of: "\\|") == 3, "\(row)") }
  }
}

extension Substring {
  fileprivate func count(of part: String) -> Int {
    var count = 0
    var rest = self
    while !rest.isEmpty {
      if rest.hasPrefix(part) { count += 1 }
      rest = rest.dropFirst()
    }
    return count
  }
}
