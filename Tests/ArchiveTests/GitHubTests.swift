import Discussion
import Testing

@testable import Archive

@Suite("GitHub JSON")
struct GitHubTests {
  static let issues = #"""
    [{"url":"https://api.github.com/repos/Ann/Tool/issues/7","id":900,"number":7,
      "html_url":"https://github.com/Ann/Tool/issues/7","title":"It breaks","user":{"login":"bob"},
      "labels":[{"name":"bug"}],"state":"open","locked":false,"comments":2,
      "created_at":"2021-02-03T04:05:06Z","body":"When I run:\n```sh\ntool --x\n```\n<!-- a form -->\nit *stops*.",
      "reactions":{"+1":4,"-1":1}},
     {"url":"https://api.github.com/repos/Ann/Tool/issues/8","id":901,"number":8,
      "html_url":"https://github.com/Ann/Tool/pull/8","title":"Mend it","user":null,"labels":[],
      "state":"closed","locked":true,"comments":0,"created_at":"2021-02-04T04:05:06Z","body":null}]
    """#
  static let comments = #"""
    [{"id":31,"url":"https://api.github.com/repos/Ann/Tool/issues/comments/31",
      "html_url":"https://github.com/Ann/Tool/issues/7#issuecomment-31",
      "issue_url":"https://api.github.com/repos/Ann/Tool/issues/7","user":{"login":"ann"},
      "created_at":"2021-02-03T05:00:00Z","body":"> it stops\n\nWhere?"},
     {"id":32,"html_url":"https://github.com/Ann/Tool/issues/7#issuecomment-32",
      "issue_url":"https://api.github.com/repos/Ann/Tool/issues/7","user":{"login":"bob"},
      "created_at":"2021-02-03T06:00:00Z","body":"Here."}]
    """#
  static let review = #"""
    [{"id":41,"user":{"login":"eve"},"body":"","state":"APPROVED","submitted_at":"2021-02-05T00:00:00Z",
      "pull_request_url":"https://api.github.com/repos/Ann/Tool/pulls/8","commit_id":"abc",
      "html_url":"https://github.com/Ann/Tool/pull/8#pullrequestreview-41"},
     {"id":42,"user":{"login":"eve"},"body":"","state":"COMMENTED","submitted_at":"2021-02-05T00:00:00Z",
      "pull_request_url":"https://api.github.com/repos/Ann/Tool/pulls/8","commit_id":"abc"}]
    """#
  static let lines = #"""
    [{"id":51,"pull_request_review_id":42,"path":"a/b.c","diff_hunk":"@@ -1,2 +1,3 @@\n one\n-two\n+three",
      "user":{"login":"eve"},"body":"Why **three**?","created_at":"2021-02-05T01:00:00Z","position":1,
      "pull_request_url":"https://api.github.com/repos/Ann/Tool/pulls/8"},
     {"id":52,"in_reply_to_id":51,"path":"a/b.c","diff_hunk":"@@ -1,2 +1,3 @@\n one\n-two\n+three",
      "user":{"login":"dependabot[bot]"},"body":"Because.","created_at":"2021-02-05T02:00:00Z","position":1,
      "pull_request_url":"https://api.github.com/repos/Ann/Tool/pulls/8"}]
    """#

  @Test("issues, comments, reviews and comments on lines join across sources, in any order")
  func joined() throws {
    let sources = [GitHubTests.issues, GitHubTests.comments, GitHubTests.review, GitHubTests.lines]
    for order in [sources, sources.reversed()] {
      let reading = PlatformReading(order)
      #expect(reading.library.discussions.count == 2)
      let issue = try #require((0..<2).first { reading.title($0) == "It breaks" })
      #expect(
        reading.outline(issue) == [
          "bob: When I run:⏎⏎tool --x⏎⏎it stops.", "  ann: it stops⏎⏎Where?", "  bob: Here.",
        ])
      #expect(
        reading.outline(1 - issue) == [
          "?: ", "  eve: Approved", "  eve: a/b.c⏎⏎ one⏎-two⏎+three⏎⏎Why three?",
          "    dependabot[bot]: Because.",
        ])
      #expect(reading.url(issue) == "https://github.com/Ann/Tool/issues/7")
      #expect(reading.url(1 - issue) == "https://github.com/Ann/Tool/pull/8")
      #expect(reading.problems.isEmpty)
      let entries = reading.entries(issue)
      #expect(reading.parts(.code, of: entries[0]) == ["tool --x"])
      #expect(reading.parts(.emphasis, of: entries[0]) == ["stops"])
      #expect(reading.parts(.quote, of: entries[1]) == ["it stops"])
      #expect(reading.parts(.code, of: reading.entries(1 - issue)[2]) == [" one\n-two\n+three"])
      #expect(reading.library.score(of: entries[0]) == 3)
      #expect(reading.library.declaredComments(of: reading.library.discussions[issue]) == 2)
      #expect(reading.library.isClosed(reading.library.discussions[1 - issue]) == true)
    }
  }

  @Test("the archive of a repository in one file")
  func archive() {
    let archive = #"""
      {"magic":"E!","timestamp":"2021-01-01T00:00:00Z","repo":"ann/tool","labels":[],
       "issues":[{"number":1,"id":"I_1","title":"One","url":"https://github.com/ann/tool/issues/1",
         "state":"OPEN","author":"bob","labels":["bug"],"body":"Body","createdAt":"2020-01-01T00:00:00Z",
         "comments":[{"author":"eve","authorAssociation":"NONE","body":"Me too","createdAt":"2020-01-02T00:00:00Z"}]}],
       "pulls":[{"number":2,"id":"P_2","title":"Two","state":"MERGED","author":null,"labels":[],"body":"",
         "createdAt":"2020-02-01T00:00:00Z",
         "comments":[{"author":"ann","body":"Later","createdAt":"2020-02-03T00:00:00Z"}],
         "reviews":[{"id":"R_1","author":"eve","state":"CHANGES_REQUESTED","body":"No","createdAt":"2020-02-02T00:00:00Z",
           "comments":[{"originalPosition":3,"author":"eve","body":"This line","createdAt":"2020-02-02T00:00:00Z"}]}]}]}
      """#
    let reading = PlatformReading(archive)
    #expect(reading.outline(0) == ["bob: Body", "  eve: Me too"])
    #expect(
      reading.outline(1) == ["?: ", "  eve: Changes requested⏎⏎No", "  eve: This line", "  ann: Later"])
    #expect(reading.url(1) == "https://github.com/ann/tool/pull/2")
  }

  @Test("a migration archive, whose files name people and issues by address")
  func migration() {
    let issues = #"""
      [{"type":"issue","url":"https://github.com/ann/tool/issues/1","repository":"https://github.com/ann/tool",
        "user":"https://github.com/bob","title":"One","body":"Body","labels":[],
        "created_at":"2020-01-01T00:00:00Z"}]
      """#
    let comments = #"""
      [{"type":"issue_comment","url":"https://github.com/ann/tool/issues/1#issuecomment-5",
        "issue":"https://github.com/ann/tool/issues/1","user":"https://github.com/apps%5Bbot%5D","body":"Hi",
        "created_at":"2020-01-02T00:00:00Z"}]
      """#
    let users = #"[{"type":"user","url":"https://github.com/bob","login":"bob","name":"Bob"}]"#
    let reading = PlatformReading([comments, users, issues])
    #expect(reading.library.discussions.count == 1)
    #expect(reading.outline() == ["bob: Body", "  apps[bot]: Hi"])
  }

  @Test("GraphQL, the command line tool, backups and events")
  func others() {
    let graph = #"""
      {"data":{"repository":{"issues":{"edges":[{"node":{"number":3,"title":"T","body":"B",
        "url":"https://github.com/a/b/issues/3","createdAt":"2020-01-01T00:00:00Z","author":{"login":"x"},
        "comments":{"nodes":[{"id":"IC_k","body":"C","author":{"login":"y"},"createdAt":"2020-01-02T00:00:00Z"}]}}}]}}}}
      """#
    #expect(PlatformReading(graph).outline() == ["x: B", "  y: C"])
    let talk = #"""
      {"data":{"repository":{"discussion":{"number":4,"title":"Q","body":"?","author":{"login":"x"},
        "url":"https://github.com/a/b/discussions/4","createdAt":"2020-01-01T00:00:00Z","upvoteCount":2,
        "comments":{"nodes":[{"id":"D1","body":"A","isAnswer":true,"author":{"login":"y"},
          "createdAt":"2020-01-02T00:00:00Z","replies":{"nodes":[{"id":"D2","body":"Thanks",
          "author":{"login":"x"},"createdAt":"2020-01-03T00:00:00Z"}]}}]}}}}}
      """#
    let reading = PlatformReading(talk)
    #expect(reading.outline() == ["x: ?", "  y: A", "    x: Thanks"])
    #expect(reading.library.kind(of: reading.entries()[1]) == .answer)
    let tool = #"""
      [{"number":3,"title":"T","body":"B","author":{"login":"x"},"state":"OPEN","createdAt":"2020-01-01T00:00:00Z",
        "comments":[{"id":"IC_k","author":{"login":"y"},"body":"C","createdAt":"2020-01-02T00:00:00Z",
        "url":"https://github.com/a/b/issues/3#issuecomment-9"}]}]
      """#
    #expect(PlatformReading(tool).outline() == ["x: B", "  y: C"])
    let backup = #"""
      {"number":3,"title":"T","body":"B","user":{"login":"x"},"created_at":"2020-01-01T00:00:00Z","comments":1,
       "html_url":"https://github.com/a/b/pull/3","comment_regular_data":[{"id":9,"user":{"login":"y"},
       "body":"C","created_at":"2020-01-02T00:00:00Z"}],"comment_data":[{"id":8,"user":{"login":"z"},
       "body":"L","path":"f","diff_hunk":"@@\n+x = 1","created_at":"2020-01-01T12:00:00Z"}]}
      """#
    #expect(PlatformReading(backup).outline() == ["x: B", "  z: f⏎⏎+x = 1⏎⏎L", "  y: C"])
    let event = #"""
      {"id":"1","type":"IssueCommentEvent","actor":{"login":"y"},"repo":{"name":"a/b"},"payload":{
       "action":"created","issue":{"number":3,"title":"T","body":"B","user":{"login":"x"},"comments":0,
       "html_url":"https://github.com/a/b/issues/3","created_at":"2020-01-01T00:00:00Z"},
       "comment":{"id":9,"user":{"login":"y"},"body":"C","created_at":"2020-01-02T00:00:00Z"}},
       "created_at":"2020-01-02T00:00:00Z"}
      """#
    #expect(PlatformReading([event, graph]).library.discussions.count == 1)
    #expect(PlatformReading(event).outline() == ["x: B", "  y: C"])
  }

  @Test("threads on lines and answers in discussions are threads")
  func threads() {
    let graph = #"""
      {"data":{"repository":{"pullRequest":{"number":3,"title":"T","body":"B","author":{"login":"x"},
        "url":"https://github.com/a/b/pull/3","createdAt":"2020-01-01T00:00:00Z","comments":{"totalCount":2,"nodes":[]},
        "reviewThreads":{"nodes":[{"isResolved":true,"comments":{"nodes":[
         {"id":"R1","body":"One","path":"f","diffHunk":"@@\n+x = 1","author":{"login":"y"},"createdAt":"2020-01-02T00:00:00Z",
          "url":"https://github.com/a/b/pull/3#discussion_r1","replyTo":null},
         {"id":"R2","body":"Two","path":"f","diffHunk":"@@\n+x = 1","author":{"login":"x"},"createdAt":"2020-01-03T00:00:00Z",
          "url":"https://github.com/a/b/pull/3#discussion_r2","replyTo":{"id":"R1"}}]}}]}}}}}
      """#
    #expect(PlatformReading(graph).outline() == ["x: B", "  y: f⏎⏎+x = 1⏎⏎One", "    x: Two"])
    let talk = #"""
      [{"id":5,"parent_id":null,"child_comment_count":1,"user":{"login":"y"},"body":"A",
        "html_url":"https://github.com/a/b/discussions/4#discussioncomment-5","created_at":"2020-01-01T00:00:00Z"},
       {"id":6,"parent_id":5,"child_comment_count":0,"user":{"login":"x"},"body":"R",
        "html_url":"https://github.com/a/b/discussions/4#discussioncomment-6","created_at":"2020-01-02T00:00:00Z"}]
      """#
    #expect(PlatformReading(talk).outline() == ["?: ", "  y: A", "    x: R"])
  }

  @Test("what a harvester wrapped up is read as what is in it")
  func wrapped() {
    let item = #"""
      {"backend_name":"GitHub","category":"issue","perceval_version":"1","data":{"number":3,"title":"T",
       "body":"B","user":{"login":"x"},"created_at":"2020-01-01T00:00:00Z","comments":1,
       "html_url":"https://github.com/a/b/issues/3","comments_data":[{"id":9,"user":{"login":"y"},"body":"C",
       "created_at":"2020-01-02T00:00:00Z"}]}}
      """#
    #expect(PlatformReading(item).outline() == ["x: B", "  y: C"])
  }

  @Test("people, commits, reactions and other answers hold no discussion")
  func nothing() {
    for source in [
      #"[{"login":"x","id":1,"url":"https://api.github.com/users/x"}]"#,
      #"[{"sha":"a","commit":{"message":"m"},"author":{"login":"x"},"html_url":"https://github.com/a/b/commit/a"}]"#,
      #"[{"id":1,"content":"+1","user":{"login":"x"},"created_at":"2020-01-01T00:00:00Z"}]"#,
      #"{"id":1,"name":"b","full_name":"a/b","html_url":"https://github.com/a/b","created_at":"2020-01-01T00:00:00Z"}"#,
    ] {
      #expect(PlatformReading(source).library.discussions.isEmpty, "\(source)")
    }
  }

  @Test("addresses of one issue, of pages and of the API, are one place; other servers are others")
  func places() throws {
    func id(_ address: String) -> String? {
      GitHubPlace(Array(address.utf8)).map { String(decoding: $0.id, as: UTF8.self) }
    }
    #expect(id("https://api.github.com/repos/A/B/issues/1") == "github:a/b/1")
    #expect(id("https://github.com/a/B/pull/1/files#r12") == "github:a/b/1")
    #expect(id("https://GHE.example/api/v3/repos/a/b/pulls/1") == "github:ghe.example/a/b/1")
    #expect(id("https://api.github.com/repos/a/b/issues/comments/1") == nil)
    #expect(id("https://github.com/a/b/issues/-1") == nil)
    #expect(id("https://github.com/issues/1") == nil)
    #expect(id("a/b/issues/1") == nil)
  }
}
