import Grid
import Testing

@testable import Reader

/// Keys by context, presets, and what happens when bindings are laid over each other.
@Suite struct KeyContextTests {
  private func keymap(
    _ bindings: (KeyContext, String, Command?)..., preset: Preset = .vim
  ) -> Keymap {
    var keymap = Keymap(preset: preset)
    keymap.bind(
      bindings.compactMap { context, notation, command in
        KeySequence(notation).map { (context, Keymap.Binding($0, command)) }
      })
    return keymap
  }

  private func match(
    _ notation: String, _ keymap: Keymap, on surface: Surface? = nil, isSearching: Bool = false
  ) -> Keymap.Match {
    keymap.match(KeySequence(notation)?.keys ?? [], on: surface, isSearching: isSearching)
  }

  @Test func aContextGoesBeforeWhatHoldsEverywhere() {
    let keymap = keymap((.all, "x", .leave), (.thread, "x", .star), (.search, "x", .nextMatch))
    #expect(match("x", keymap, on: .list) == .command(.leave, argument: nil))
    #expect(match("x", keymap, on: .thread) == .command(.star, argument: nil))
    #expect(match("x", keymap, on: .thread, isSearching: true) == .command(.nextMatch, argument: nil))
    #expect(match("x", keymap, on: .hits, isSearching: true) == .command(.nextMatch, argument: nil))
    #expect(match("j", keymap, on: .thread) == .command(.down, argument: nil))
    #expect(keymap.keys(of: .star, in: .thread) == ["s", "x"])
    #expect(keymap.keys(of: .star, in: .list) == ["s"])
    #expect(keymap.contexts == [.all, .thread, .search])
  }

  @Test func unbindingTakesOneSequenceAway() {
    let keymap = keymap((.all, "gg", nil), (.thread, "G", nil))
    #expect(match("gg", keymap) == .none)
    #expect(match("g", keymap) == .prefix)
    #expect(match("ga", keymap) == .command(.nextBySameAuthor, argument: "a"))
    #expect(match("G", keymap, on: .list) == .command(.last, argument: nil))
    #expect(match("G", keymap, on: .thread) == .none)
    #expect(keymap.keys(of: .first) == ["<Home>"])
    #expect(keymap.clashes.isEmpty)
  }

  @Test func aShorterSequenceHidesLongerOnes() {
    let keymap = keymap((.all, "g", .first))
    #expect(match("g", keymap) == .command(.first, argument: nil))
    #expect(match("ga", keymap) == .none)
    let lost = keymap.clashes.map(\.lost.sequence.notation)
    #expect(lost.allSatisfy { $0.hasPrefix("g") && $0.count == 2 })
    #expect(Set(lost).isSuperset(of: ["gg", "ga", "gA", "gq", "gr"]))
    #expect(keymap.clashes.allSatisfy { !$0.isOwn })
  }

  @Test func aLongerSequenceTakesAShorterOneAway() {
    let keymap = keymap((.all, "jj", .last))
    #expect(match("j", keymap) == .prefix)
    #expect(match("jj", keymap) == .command(.last, argument: "j"))
    #expect(keymap.keys(of: .down) == ["<Down>", "<C-n>"])
  }

  @Test func ownBindingsThatHideEachOtherClash() {
    let clashes = keymap((.all, "xy", .first), (.all, "x", .last)).clashes
    #expect(clashes.count == 1)
    #expect(clashes.first?.isOwn == true)
    #expect(clashes.first?.lost.sequence.notation == "xy")
    #expect(clashes.first?.kept.sequence.notation == "x")
  }

  @Test func lettersAsArguments() {
    let keymap = keymap((.all, "~{a-z}", .setMark), (.all, "m{a-z}", nil))
    #expect(match("~q", keymap) == .command(.setMark, argument: "q"))
    #expect(match("~", keymap) == .prefix)
    #expect(match("m", keymap) == .none)
  }

  @Test(arguments: Preset.allCases) func everyCommandHasAKeyInEveryPreset(preset: Preset) {
    let keymap = Keymap(preset: preset)
    for command in Command.allCases where !command.entry.keys.isEmpty {
      for context in KeyContext.allCases {
        let keys = keymap.keys(of: command, in: context)
        #expect(!keys.isEmpty, "\(command.name) in \(context) of \(preset)")
      }
    }
    for (_, bindings) in preset.differences {
      for (notation, _) in bindings { #expect(KeySequence(notation) != nil, "\(notation) in \(preset)") }
    }
  }

  /// What can be shown as a key runs that command when it is pressed.
  @Test(arguments: Preset.allCases) func everyKeyThatIsToldRunsItsCommand(preset: Preset) {
    let keymap = Keymap(preset: preset)
    for surface in [Surface.list, .thread, .hits, .bookmarks] {
      for command in Command.allCases {
        for notation in keymap.keys(of: command, in: surface.keyContext) {
          guard let sequence = KeySequence(notation) else {
            Issue.record("\(notation)")
            continue
          }
          let keys = sequence.keys + (sequence.takesLetter ? [Key(.scalar("q"))] : [])
          guard case .command(let found, _) = keymap.match(keys, on: surface) else {
            Issue.record("\(notation) runs nothing on \(surface) in \(preset)")
            continue
          }
          #expect(found == command, "\(notation) on \(surface) in \(preset)")
        }
      }
    }
  }

  @Test func presetsDoWhatTheirFingersExpect() {
    let mutt = Keymap(preset: .mutt)
    #expect(match("<A-v>", mutt, on: .thread) == .command(.toggleFold, argument: nil))
    #expect(match("~a", mutt) == .command(.setMark, argument: "a"))
    #expect(match("<A-z>3", mutt) == .command(.foldToDepth, argument: "3"))
    #expect(match("<Enter>", mutt, on: .thread) == .command(.lineDown, argument: nil))
    #expect(match("<Enter>", mutt, on: .list) == .command(.enter, argument: nil))
    let slrn = Keymap(preset: .slrn)
    #expect(match("n", slrn, on: .thread) == .command(.nextUnread, argument: nil))
    #expect(match("n", slrn, on: .thread, isSearching: true) == .command(.nextMatch, argument: nil))
    let less = Keymap(preset: .less)
    #expect(match("j", less, on: .thread) == .command(.lineDown, argument: nil))
    #expect(match("j", less, on: .list) == .command(.down, argument: nil))
    #expect(match("g", less) == .command(.first, argument: nil))
    let hn = Keymap(preset: .hn)
    #expect(match("n", hn, on: .thread) == .command(.nextTopLevel, argument: nil))
    #expect(match("<Tab>", hn, on: .thread) == .command(.toggleFold, argument: nil))
    #expect(match("<Tab>", hn, on: .list) == .command(.nextUnread, argument: nil))
  }

  @Test func notationIsReadInSeveralWaysAndWrittenInOne() {
    for (written, notation) in [
      ("<c-d>", "<C-d>"), ("<C-D>", "<C-d>"), ("<M-x>", "<A-x>"), ("<cr>", "<Enter>"), ("<C-i>", "<Tab>"),
      ("<C-m>", "<Enter>"), ("<C-[>", "<Esc>"), ("<bs>", "<Backspace>"), ("<pgdn>", "<PageDown>"),
      ("<lt>x", "<x"), ("<A-lt>", "<A-lt>"), (" ", "<Space>"), ("<f5>", "<F5>"), ("<C-A-Left>", "<C-A-Left>"),
      ("<", "<"), (">", ">"), ("<<", "<<"), ("m{a-z}", "m{a-z}"), ("<A-gt>", "<A-gt>"),
    ] {
      let sequence = KeySequence(written)
      #expect(sequence?.notation == notation, "\(written)")
      #expect(KeySequence(notation) == sequence, "\(written)")
    }
    for wrong in ["<Foo>", "<C-Foo>", "<F64>"] { #expect(KeySequence(wrong) == nil, "\(wrong)") }
  }

  @Test func escapeMayBeBoundAndStillGivesUpFirst() {
    var session = Session()
    var options = ReaderOptions()
    options.keymap = Keymap(preset: .hn)
    session.send(.optionsChanged(options))
    session.press("<Enter>")
    #expect(session.state.surface == .thread)
    session.press("z<Esc>")
    #expect(session.state.surface == .thread && session.state.pendingKeys.isEmpty)
    session.press("<Esc>")
    #expect(session.state.surface == .list)
  }

  @Test func whatIsBoundHoldsAtOnceAndTheHelpTellsIt() {
    var session = Session()
    var options = ReaderOptions()
    options.keymap = keymap((.all, "e", .down), (.all, "j", nil))
    session.press("?")
    session.send(.optionsChanged(options))
    #expect(session.state.help?.keys[.down] == ["<Down>", "<C-n>", "e"])
    session.press("<Esc>e")
    #expect(session.state.list.selected == 1)
    session.press("j")
    #expect(session.state.list.selected == 1)
    #expect(session.state.keyHint(for: .down) == "Down")
    #expect(session.state.keyHint(for: .takeSuggestion) == "^T")
    #expect(session.state.keyHint(for: .readOn) == "Space")
  }

  @Test func theLastCommandIsRepeatedWithItsCount() {
    var session = Session()
    session.press(".")
    #expect(session.state.message == "There is no command to repeat yet.")
    session.press("2j")
    #expect(session.state.list.selected == 2)
    session.press("gg?<Esc>")
    session.press("j.")
    #expect(session.state.list.selected == 2)
    session.press("k2.")
    #expect(session.state.list.selected == 0)
    session.press(":down<Enter>..")
    #expect(session.state.list.selected == 3)
  }

  @Test func anotherMeasureSetsTheTextAnewAndKeepsTheSelection() {
    var session = Session()
    session.press("<Enter>j")
    let selected = session.state.thread?.selected
    var options = ReaderOptions()
    options.measure = 30
    session.send(.optionsChanged(options))
    #expect(session.state.thread?.selected == selected)
    guard let flow = session.state.flow, let selected else {
      Issue.record("no thread")
      return
    }
    #expect(flow.layout(of: selected).textColumns == 30)
  }
}
