import Discussion
import Grid
import Reader
import SearchIndex
import Testing

@testable import Screens

/// Sessions made by chance over libraries made by chance: whatever happens, the screen stays sound.
@Suite struct RandomSessionTests {
  static let keys: [[Key]] =
    Command.allCases.flatMap { command in
      command.entry.keys.compactMap { notation -> [Key]? in
        guard let sequence = KeySequence(notation) else { return nil }
        return sequence.keys + (sequence.takesLetter ? [Key(.scalar("a"))] : [])
      }
    } + [[Key(.escape)], [Key(.enter)], [Key(.backspace)], [Key(.delete)], [Key(.up)], [Key(.down)]]
    + "ferybl\"-(*風7 y".unicodeScalars.map { [Key(.scalar($0))] }

  static func size(_ random: inout SeededRandom) -> Size {
    switch Int.random(in: 0..<4, using: &random) {
    case 0: Size(columns: Int.random(in: 1...30, using: &random), rows: Int.random(in: 1...8, using: &random))
    case 1: Size(columns: 80, rows: 24)
    default:
      Size(columns: Int.random(in: 1...400, using: &random), rows: Int.random(in: 1...120, using: &random))
    }
  }

  @Test(arguments: 0..<10) func theScreenStaysSound(_ seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var session = Session(Library(), columns: 80, rows: 24)
    var sources = 0
    var open: [SearchRequest] = []
    var threads: [ThreadHitsRequest] = []
    var rests: [Int] = []
    var tickets: [Int] = []
    for step in 0..<300 {
      let before = session.effects.count
      switch Int.random(in: 0..<40, using: &random) {
      case 0: session.send(.resize(RandomSessionTests.size(&random)))
      case 1 where sources < 40 || sources == 0:
        var batch = RandomLibrary.batch(&random, from: sources)
        sources += batch.count
        // Now and then a page that is here already comes once more.
        if let known = session.state.library.discussions.randomElement(using: &random) {
          var again = session.state.library.parsed(known)
          again.sources = [Array("again/\(step).txt".utf8)]
          again.comments.append(ParsedComment(text: ParsedText("One comment more, \(step).")))
          batch.append(again)
        }
        let (library, remap) = session.state.library.adding(batch)
        session.send(.libraryChanged(library, remap))
      case 7:
        let kinds: [MouseEvent.Kind] = [
          .press(.left), .drag(.left), .release, .wheelUp, .wheelDown, .press(.right),
        ]
        session.send(
          .mouse(
            MouseEvent(
              kinds[Int.random(in: 0..<kinds.count, using: &random)],
              column: Int.random(in: 0...max(1, session.state.size.columns), using: &random),
              row: Int.random(in: 0...max(1, session.state.size.rows), using: &random),
              clicks: Int.random(in: 1...3, using: &random))))
      case 8:
        session.send(
          .pageMade(
            TextPage(
              title: RandomLibrary.text(&random, words: 3),
              text: Array(RandomLibrary.text(&random, words: 400).utf8) + [0x1B, 0xFF],
              start: Int.random(in: 0...900, using: &random))))
      case 2:
        session.send(.paste(Array(RandomLibrary.text(&random, words: 4).utf8) + [0xFF, 0x1B]))
      case 3...6:
        guard let place = open.indices.randomElement(using: &random) else { continue }
        // What is asked for in part comes without the hits of its threads, or counted, or not at all.
        let answer = NaiveIndex.answer(open[place], over: session.state.library)
        let isFull = open[place].isSettled || Bool.random(using: &random)
        if isFull || Bool.random(using: &random) { open.remove(at: place) }
        session.send(.searchAnswered(isFull ? answer : NaiveIndex.firstAnswer(answer)))
        if !isFull {
          session.send(
            .searchCounted(answer.total, ticket: answer.ticket, generation: answer.generation))
        }
        if let ticket = rests.popLast() { session.send(.typingRested(ticket: ticket)) }
        if let request = threads.popLast() {
          session.send(.threadHitsFound(NaiveIndex.hits(request, over: session.state.library)))
        }
      case 7...8:
        guard let ticket = tickets.popLast() else { continue }
        session.send(
          Bool.random(using: &random)
            ? .saved(ticket: ticket) : .saveFailed(ticket: ticket, sentence: "The disk is full: \u{7}風"))
      case 9: session.send(.notice("A notice \u{1B}[31m that is rather long for a small screen."))
      case 10: session.send(.clock(Int64.random(in: 0...2_000_000_000, using: &random)))
      case 11: session.send(.loading(Bool.random(using: &random) ? LoadingProgress(done: 1, total: 3) : nil))
      case 12:
        let colors = [0, 8, 16, 256].randomElement(using: &random) ?? 0
        session.send(.capabilities(Capabilities(colors: colors, isLight: Bool.random(using: &random))))
      case 13 where step % 50 == 7:
        session.send(.shelfLoaded(ShelfImage(searches: ["ferry", "bell"])))
      case 15: session.arrange()
      case 16: session.survey()
      case 14 where seed % 6 == 0 && step % 100 == 99:
        session.send(.libraryChanged(Library.of(RandomLibrary.batch(&random, from: 900)), nil))
      default:
        for key in RandomSessionTests.keys.randomElement(using: &random) ?? [] { session.send(.key(key)) }
      }
      for effect in session.effects[before...] {
        if case .search(let request) = effect { open.append(request) }
        if case .findHits(let request) = effect { threads.append(request) }
        if case .awaitRest(let ticket) = effect { rests.append(ticket) }
        if case .keep(_, _, _, _, let ticket) = effect { tickets.append(ticket) }
      }
      if open.count > 8 { open.removeFirst() }
      let faults = Soundness.faults(of: session.state)
      #expect(faults.isEmpty, "seed \(seed) step \(step): \(faults)")
      if !faults.isEmpty { return }
    }
  }
}

/// What must hold of every state and its screen.
enum Soundness {
  static func faults(of state: ReaderState) -> [String] {
    let grid = view(state)
    let isSame = state.size.columns > 120 || grid == view(state)
    return faults(of: state, drawn: grid) + (isSame ? [] : ["the same state gives another grid"])
  }

  /// - Parameter grid: the state as it is drawn.
  static func faults(of state: ReaderState, drawn grid: Grid) -> [String] {
    var faults: [String] = []
    func expect(_ holds: Bool, _ fault: @autoclosure () -> String) { if !holds { faults.append(fault()) } }
    expect(
      grid.size == state.size && grid.cells.count == grid.size.columns * grid.size.rows, "size \(grid.size)")
    expect(DisplayRule.violations(in: grid) == 0, "forbidden cells")
    if let cursor = grid.cursor {
      expect(cursor.column >= 0 && cursor.column < state.size.columns, "cursor column \(cursor)")
      expect(cursor.row >= 0 && cursor.row < state.size.rows, "cursor row \(cursor)")
    }
    let count = state.listing.count
    expect(state.list.selected >= 0 && state.list.selected < max(1, count), "row \(state.list.selected)")
    expect(
      state.bookmarkPlace.selected < max(1, state.bookmarkRows.count),
      "bookmark \(state.bookmarkPlace.selected)")
    if let help = state.help {
      expect(help.place.selected < max(1, help.commands.count), "help \(help.place.selected)")
    }
    if let search = state.search, let answer = search.answer {
      expect(answer.generation == state.library.generation, "hits of another generation")
      let count = answer.groups.count
      expect(search.group < max(1, count), "thread \(search.group) of \(count)")
      let number = search.matchNumber ?? 0
      expect(number <= search.matchTotal.value, "match \(number) of \(search.matchTotal)")
      for group in answer.groups {
        expect(state.library.isLive(group.best), "a dead hit")
        for found in group.hits ?? [] { expect(state.library.isLive(found.entry), "a dead hit") }
        expect(group.hits.map { $0.count == group.count } ?? true, "hits of a thread that are not its count")
      }
    }
    expect(state.surface != .thread || state.thread != nil, "a thread without a place")
    expect(state.surface != .hits || state.search != nil, "hits without a search")
    if let thread = state.thread {
      expect(state.library.discussions.contains(thread.discussion), "a discussion that is not listed")
      let entries = state.library.entries(of: thread.discussion)
      expect(entries.contains(thread.selected), "the selection is of another discussion")
      expect(entries.contains(thread.top.entry), "the top is of another discussion")
      if let pane = state.layout.thread, let flow = state.flow {
        let rows = flow.rows(from: thread.top, count: pane.rows)
        expect(rows.contains { $0.entry == thread.selected }, "the selection is out of sight")
        expect(thread.top.row < flow.layout(of: thread.top.entry).rowCount, "the top row does not exist")
        expect(flow.visible(thread.selected) == thread.selected, "the selection is in a fold")
      }
    }
    return faults
  }
}
