import Discussion
import Testing

@testable import Archive

private func read(_ text: String) -> ArchiveResult {
  Archive.read(bytes: Array(text.utf8), path: Array("x".utf8))
}

@Suite("Hacker News")
struct HackerNewsTests {
  @Test("items of Firebase join by their parents; deleted ones keep their place")
  func items() throws {
    let lines = """
      {"by":"ann","descendants":4,"id":1,"kids":[2],"score":9,"time":1175714200,"title":"A tool","type":"story","url":"http://a.b/"}
      {"by":"bob","id":2,"kids":[3],"parent":1,"text":"One<p>Two <i>x</i>","time":1175714300,"type":"comment"}
      {"deleted":true,"id":3,"kids":[4],"parent":2,"time":1175714400,"type":"comment"}
      {"by":"eve","id":4,"parent":3,"text":"Under &amp; gone","time":1175714500,"type":"comment"}
      {"by":"ann","id":5,"poll":1,"score":7,"text":"Yes","time":1175714600,"type":"pollopt"}
      {"by":"orphan","id":9,"parent":8,"text":"Alone","time":1175714700,"type":"comment"}
      {"about":"x","created":1173923446,"id":"jl","karma":2937,"submitted":[1]}
      """
    let result = read(lines)
    #expect(result.problems.map(\.message) == [JSONSentence.unknown(1)])
    let library = Library.of(result.discussions)
    #expect(library.discussions.count == 2)
    let story = try #require(library.discussions.first)
    let entries = library.entries(of: story)
    #expect(entries.map { library.depth(of: $0) } == [0, 1, 2, 3, 1])
    #expect(entries.map { text(library.author(of: $0)) } == ["ann", "bob", nil, "eve", "ann"])
    #expect(library.isRemoved(entries[2]) && !library.isRemoved(entries[3]))
    #expect(
      text(library.text(of: entries[1])) == "One\n\nTwo x"
        && text(library.text(of: entries[3])) == "Under & gone")
    #expect(text(library.text(of: entries[0])) == "http://a.b/")
    #expect(text(library.url(of: story)) == "https://news.ycombinator.com/item?id=1")
    #expect(library.declaredComments(of: story) == 4)
    #expect(library.date(of: entries[0])?.iso8601 == "2007-04-04T19:16:40Z")
  }

  @Test("items of Algolia bring their tree")
  func tree() throws {
    let result = read(
      """
      {"id":1,"created_at":"2016-09-14T10:00:00.000Z","created_at_i":1473847200,"type":"story","author":"ann","title":"T","url":null,
       "text":"Body","points":3,"parent_id":null,"story_id":1,"children":[
        {"id":2,"created_at_i":1473847260,"type":"comment","author":"bob","text":"<p>b</p>","points":null,"parent_id":1,"story_id":1,"children":[
          {"id":3,"author":null,"text":null,"created_at_i":1473847320,"parent_id":2,"children":[]}, null]},
        {"id":4,"author":"eve","text":"e","created_at_i":1473847380,"children":[]}]}
      """)
    #expect(result.problems.map(\.message) == ["1 reply that is no item was skipped"])
    let post = try #require(result.discussions.first)
    #expect(post.comments.map(\.parent) == [.post, .comment(0), .post])
    #expect(post.comments.map(\.isRemoved) == [false, true, false])
    #expect(post.comments.map { text($0.nativeID) } == ["hn:2", "hn:3", "hn:4"])
    #expect(text(post.nativeID) == "hn:1" && post.score == 3 && text(post.body.utf8) == "Body")
  }

  @Test("hits of a search go to their stories")
  func search() {
    let result = read(
      """
      {"hits":[{"objectID":"7","author":"bob","comment_text":"c","created_at_i":1473847260,"parent_id":5,"story_id":1,"story_title":"T","_tags":["comment"]},
       {"objectID":"1","author":"ann","title":"T","url":"http://a.b","story_text":null,"comment_text":null,"points":4,"num_comments":8,"created_at_i":1473847200,"_tags":["story"]}],
       "nbHits":2,"page":0,"hitsPerPage":20}
      """)
    let library = Library.of(result.discussions)
    #expect(library.discussions.count == 1 && library.entries(of: library.discussions[0]).count == 2)
    #expect(library.declaredComments(of: library.discussions[0]) == 8 && result.problems.isEmpty)
  }

  @Test("an item with few of its fields is one; anything with other fields is not")
  func bare() {
    #expect(read(#"{"id":1,"text":"words"}"#).discussions.map { text($0.body.utf8) } == ["words"])
    #expect(
      read(#"{"id":1,"text":"words","author":"ann","created_at_i":5}"#).discussions.map { text($0.author) }
        == ["ann"])
    #expect(read(#"{"id":1,"text":"words","lang":"en"}"#).discussions.isEmpty)
    #expect(read(#"{"id":1,"name":"words"}"#).discussions.isEmpty)
  }

  @Test("a chain of replies as deep as values are kept is read without recursion")
  func chain() {
    var text = ""
    for id in 0..<20_000 { text += #"{"id":\#(id),"text":"t","children":["# }
    text += String(repeating: "]}", count: 20_000)
    #expect(read(text).discussions.first?.comments.count == 19_999)
  }
}
