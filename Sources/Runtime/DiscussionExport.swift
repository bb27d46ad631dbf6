public import Discussion
import Reader

/// A discussion in full, in a form to hand on. What is in it cannot act on a terminal.
public enum DiscussionExport: String, CaseIterable, Sendable {
  /// A heading an entry.
  case markdown
  /// Replies indented below what they answer.
  case text
  /// A message an entry, as mail programs read it.
  case mbox

  /// The bytes of a discussion.
  /// - Complexity: O(bytes of its text · depth).
  public func bytes(of discussion: DiscussionID, in library: Library) -> [UInt8] {
    let passage = PassageText(of: .discussion(library.post(of: discussion)), in: library)
    return switch self {
    case .markdown: passage.markdown()
    case .text: passage.plain()
    case .mbox: MailboxText(library: library).messages(of: discussion)
    }
  }
}
