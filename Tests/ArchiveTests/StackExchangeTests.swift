import Discussion
import Testing

@testable import Archive

@Suite("Stack Exchange dumps")
struct StackExchangeTests {
  private let posts = """
    \u{FEFF}<?xml version="1.0" encoding="utf-8"?>
    <posts>
      <row Id="1" PostTypeId="1" AcceptedAnswerId="3" CreationDate="2015-01-27T20:09:32.720" Score="20" Body="&lt;p&gt;Why &amp;amp; how?&lt;/p&gt;&#xA;" OwnerUserId="4" Title="A &lt;b&gt; question" Tags="&lt;x&gt;&lt;y-z&gt;" AnswerCount="2" CommentCount="1" ClosedDate="2016-01-01T00:00:00.000" />
      <row Id="2" PostTypeId="2" ParentId="1" CreationDate="2015-01-28T00:00:00.000" Score="-3" Body="&lt;p&gt;no&lt;/p&gt;" OwnerDisplayName="gone" CommentCount="1" />
      <row Id="3" PostTypeId="2" ParentId="1" Body="&lt;p&gt;yes&lt;/p&gt;" OwnerUserId="-1" />
      <row Id="4" PostTypeId="5" Body="a wiki" />
      <row Id="6" PostTypeId="2" ParentId="99" Body="lost" />
    </posts>
    """
  private let comments = """
    <comments><row Id="1" PostId="1" Score="2" Text="what &lt;b&gt; says" CreationDate="2015-02-01T00:00:00.000" UserId="4" />
    <row Id="2" PostId="2" Text="to the answer" UserDisplayName="anon" /><row Id="3" PostId="77" Text="nowhere" /></comments>
    """
  private let users = """
    <users><row Id="-1" DisplayName="Community" /><row Id="4" DisplayName="Ann" /></users>
    """

  private func read(_ tables: [(path: String, text: String)]) -> ArchiveResult {
    var result = ArchiveResult()
    let importer = Importer(
      deliver: { result.discussions.append($0) }, report: { result.problems.append($0) })
    for table in tables { importer.read(bytes: Array(table.text.utf8), path: Array(table.path.utf8)) }
    importer.finish()
    return result
  }

  @Test(
    "the tables of a folder meet, in whatever order they are read",
    arguments: [[0, 1, 2], [2, 1, 0], [1, 2, 0], [1, 0, 2]])
  func joined(order: [Int]) throws {
    let tables = [("d/Posts.xml", posts), ("d/Comments.xml", comments), ("d/Users.xml", users)]
    let found = read(order.map { tables[$0] }).discussions
    #expect(found.count == 3)
    let question = try #require(found.first { !$0.title.isEmpty })
    #expect(text(question.title) == "A <b> question" && text(question.author) == "Ann")
    #expect(text(question.body.utf8) == "Why & how?" && question.score == 20 && question.isClosed == true)
    #expect(question.categories.map { text($0) } == ["x", "y-z"] && question.declaredComments == 4)
    #expect(question.date?.iso8601 == "2015-01-27T20:09:32Z")
    #expect(question.comments.map { text($0.text.utf8) } == ["what <b> says", "to the answer", "yes", "no"])
    #expect(question.comments.map { text($0.author) } == ["Ann", "anon", "Community", "gone"])
    #expect(question.comments.map(\.kind) == [.comment, .comment, .answer, .answer])
    #expect(question.comments[1].parent == .id(Array("se:d:2".utf8)))
    #expect(question.comments[3].score == -3)
    #expect(question.sources.map { text($0) } == ["d/Posts.xml", "d/Comments.xml"])
    let lost = found.filter { $0.title.isEmpty }.sorted { text($0.nativeID) ?? "" < text($1.nativeID) ?? "" }
    #expect(lost.map { text($0.nativeID) } == ["se:d:77", "se:d:99"])
    #expect(lost.flatMap(\.comments).count == 2)
  }

  @Test("numbers of different sites do not meet")
  func sites() {
    let found = read([("a/Posts.xml", posts), ("b/Posts.xml", posts), ("a/Users.xml", users)]).discussions
    #expect(Library.of(found).discussions.count == 4)
    #expect(found.filter { !$0.title.isEmpty }.map { text($0.author) } == ["Ann", nil])
    #expect(
      text(StackExchangeDump.site(ofPath: Array("/x/Coffee.StackExchange.com.7z/Posts.xml".utf8)))
        == "coffee.stackexchange.com")
    #expect(
      text(StackExchangeDump.site(ofPath: Array("/x/stackoverflow.com-Posts/Posts.xml".utf8)))
        == "stackoverflow.com")
    #expect(text(StackExchangeDump.site(ofPath: Array("/x/dump/Posts.xml".utf8))) == "/x/dump")
  }

  @Test("tables without words are named once and not read")
  func otherTables() {
    let found = read([
      ("d/Votes.xml", "<votes><row Id='1' PostId='1' VoteTypeId='2' /><row Id='2' /></votes>")
    ])
    #expect(found.discussions.isEmpty)
    #expect(
      found.problems.map(\.message) == [
        "a table of a Stack Exchange dump that holds nobody's words, not read"
      ])
  }

  @Test("a table that is cut keeps its whole rows")
  func truncated() {
    let cut = posts.prefix(posts.count - 60)
    let found = read([("d/Posts.xml", String(cut))])
    #expect(found.discussions.first?.comments.count == 2)
    #expect(found.problems.map(\.message) == ["the document is cut off before its end"])
  }
}
