import Archive
import Discussion
import Reader
import SearchIndex
import Synchronization

/// Answers questions to the whole library on a thread of its own; a new one interrupts the one before.
final class Surveying: Sendable {
  private let worker = Worker(isBackground: false)
  private let newest = Atomic(0)
  private let searching: Searching
  private let loading: Loading

  init(searching: Searching, loading: Loading) {
    self.searching = searching
    self.loading = loading
  }

  /// Asks; the answer comes as an event, unless a newer question comes first.
  func ask(_ request: SurveyRequest, snapshot: MarkSnapshot) {
    newest.store(request.ticket, ordering: .releasing)
    worker.submit { [self] in
      let isStale = { @Sendable [self] in newest.load(ordering: .acquiring) != request.ticket }
      if isStale() { return }
      let corpus = searching.current
      let finding = corpus.survey(
        request.question, problems: loading.current.problems, snapshot: snapshot,
        stemming: searching.stemming, isCancelled: isStale)
      guard let finding else { return }
      searching.post(
        .surveyed(
          SurveyAnswer(ticket: request.ticket, generation: corpus.library.generation, finding: finding)),
        from: corpus)
    }
  }
}

extension Corpus {
  /// Answers a question. Nil when a newer one came.
  func survey(
    _ question: SurveyQuestion, problems: [ArchiveProblem], snapshot: MarkSnapshot, stemming: Stemming? = nil,
    isCancelled: @Sendable () -> Bool
  ) -> SurveyAnswer.Finding? {
    switch question {
    case .overview(.sources):
      return .rows(
        library.sourceRows(
          problems.map {
            SourceProblem(path: $0.path, line: $0.line, message: $0.message, isNote: $0.isNote)
          }))
    case .overview(.timeline(nil)):
      return Timeline(of: library.discussions, in: library, isCancelled: isCancelled).map {
        .rows($0.rows(limitsList: true))
      }
    case .overview(.timeline(let discussion?)):
      return Timeline(of: [discussion], in: library, isCancelled: isCancelled).map {
        .rows($0.rows(limitsList: false))
      }
    case .overview(.answers(let discussion)): return .rows(library.answerRows(of: discussion))
    case .overview(.authors(let discussion)): return .rows(library.authorRows(of: discussion))
    case .sameTitle(let discussion):
      let found = library.discussion(titledAs: discussion)
      return .sameTitle(found.next, others: found.others)
    case .firstMention(let text, let discussion):
      return firstMention(text, within: discussion, snapshot, stemming, isCancelled)
    }
  }

  /// The hit with the earliest date, or the first in reading order where none has one.
  private func firstMention(
    _ text: String, within discussion: DiscussionID?, _ snapshot: MarkSnapshot, _ stemming: Stemming?,
    _ isCancelled: @Sendable () -> Bool
  ) -> SurveyAnswer.Finding? {
    let result = index.search(
      .parse(text, typing: true, stemming: stemming), texts: CorpusTexts(corpus: self),
      filters: CorpusFilters(corpus: self, snapshot: snapshot),
      options: SearchOptions(
        limit: .max, order: .reading, restrictedTo: discussion.map { documents(ofDiscussion: $0) },
        excluding: deadDocuments),
      isCancelled: isCancelled)
    guard result.isComplete else { return nil }
    var first: (entry: EntryID, date: Timestamp)?
    for hit in result.hits {
      let entry = entry(of: hit.document)
      guard let date = library.date(of: entry) else { continue }
      if first.map({ date.seconds < $0.date.seconds }) ?? true { first = (entry, date) }
    }
    return .firstMention(
      first?.entry ?? result.hits.first.map { entry(of: $0.document) }, count: result.hits.count,
      isDated: first != nil)
  }
}
