import Foundation
import Testing

private let truth = PackageFolder.shared.appendingPathComponent("expected/seeds.json")

/// The five seeds by the program's own commands.
@Suite("The seeds by the command line")
struct SeedProgramTests {
  private let scratch: CommandLineScratch

  init() throws { scratch = try CommandLineScratch() }

  private func discussions(_ path: String) throws -> [PrintedJSON] {
    let run = try scratch.run("show", "--json", path)
    #expect(run.code == 0 && run.errors.isEmpty)
    let json = try PrintedJSON(run)
    #expect(try json.objects("problems").isEmpty)
    return try json.objects("discussions")
  }

  @Test("as a whole: 5 pages, 9 posts in 8 discussions, 21 comments")
  func whole() throws {
    let all = try discussions(PackageFolder.seeds)
    #expect(all.count == 8)
    #expect(try all.flatMap { try $0.objects("comments") }.count == 21)
    let sources = try all.map { try $0.strings("sources") }
    #expect(sources.flatMap { $0 }.count == 9)
    #expect(Set(sources.flatMap { $0 }).count == 5)
    let united = try all.filter { try $0.strings("sources").count == 2 }
    #expect(try united.map { try $0.string("title") } == ["Doing away with social media officers"])
    #expect(try united.first?.objects("comments").count == 11)
    #expect(
      try united.first?.strings("sources").map { URL(fileURLWithPath: $0).lastPathComponent.prefix(3) } == [
        "000", "001",
      ])
    let ids = try all.flatMap { try [$0.string("id")] + $0.objects("comments").map { try $0.string("id") } }
    #expect(Set(ids).count == 29)
    // Without a path the program opens the same seeds.
    let bare = try PrintedJSON(try scratch.run("list", "--json")).objects("discussions")
    #expect(try bare.map { try $0.string("id") } == all.map { try $0.string("id") })
  }

  @Test("depth and reading order follow from the parents")
  func order() throws {
    for discussion in try discussions(PackageFolder.seeds) {
      var depths: [String: Int] = [:]
      for comment in try discussion.objects("comments") {
        let parent = try comment.string(orNull: "parent")
        let depth = try comment.int("depth")
        if let parent {
          #expect(depths[parent].map { $0 + 1 } == depth, "a parent stands before its replies")
        } else {
          #expect(depth == 0)
        }
        depths[try comment.string("id")] = depth
      }
    }
  }

  @Test(
    "every field that the truth names, page by page and together",
    .enabled(if: FileManager.default.fileExists(atPath: truth.path), "no shared data beside the package"))
  func conformance() throws {
    let root = try #require(
      try JSONSerialization.jsonObject(with: Data(contentsOf: truth)) as? [String: Any])
    let pages = try #require(root["pages"] as? [String: [String: Any]])
    let furniture = try #require(root["notInAnyText"] as? [String])
    let together = try discussions(PackageFolder.seeds)
    try checkFurniture(together, furniture)
    for (name, page) in pages {
      let path = "\(PackageFolder.seeds)/\(name)"
      let expected = try #require(page["posts"] as? [[String: Any]])
      let found = try discussions(path)
      try #require(found.count == expected.count, "posts of \(name)")
      try checkFurniture(found, furniture)
      for (discussion, truth) in zip(found, expected) {
        #expect(try discussion.strings("sources") == [path])
        try compare(discussion, truth)
        guard truth["duplicateOf"] == nil else { continue }
        let title = truth["title"] as? String
        let united = try together.filter { foldedSpaces(try $0.string("title")) == title }
        #expect(united.count == 1)
        try united.first.map { try compare($0, truth) }
      }
    }
  }

  private func checkFurniture(_ discussions: [PrintedJSON], _ furniture: [String]) throws {
    for discussion in discussions {
      let comments = try discussion.objects("comments")
      var texts = [try discussion.string("title"), try discussion.string("body")]
      texts += try comments.map { try $0.string("text") }
      texts += try comments.compactMap { try $0.string(orNull: "author") }
      for text in texts.map(foldedSpaces) { #expect(!furniture.contains(where: text.contains)) }
    }
  }

  private func compare(_ discussion: PrintedJSON, _ truth: [String: Any]) throws {
    #expect(foldedSpaces(try discussion.string("title")) == truth["title"] as? String)
    #expect(try discussion.string(orNull: "author") == truth["author"] as? String)
    #expect(try discussion.string(orNull: "date") == truth["date"] as? String)
    #expect(try discussion.int(orNull: "declaredComments") == truth["declaredComments"] as? Int)
    #expect(try discussion.optional("closed", discussion.truth) == truth["closed"] as? Bool)
    #expect(try discussion.strings("categories") == truth["categories"] as? [String] ?? [])
    try compare(text: try discussion.string("body"), truth["bodyStarts"], truth["bodyEnds"])
    let comments = try discussion.objects("comments")
    let expected = try #require(truth["comments"] as? [[String: Any]])
    try #require(comments.count == expected.count)
    let ids = try comments.map { try $0.string("id") }
    for (comment, truth) in zip(comments, expected) {
      let parent = try comment.string(orNull: "parent").map { try #require(ids.firstIndex(of: $0)) }
      #expect(parent == truth["parent"] as? Int)
      #expect(try comment.string(orNull: "author") == truth["author"] as? String)
      #expect(try comment.string(orNull: "date") == truth["date"] as? String)
      try compare(text: try comment.string("text"), truth["starts"], truth["ends"])
    }
  }

  private func compare(text: String, _ starts: Any?, _ ends: Any?) throws {
    #expect(foldedSpaces(text).hasPrefix(foldedSpaces(try #require(starts as? String))))
    #expect(foldedSpaces(text).hasSuffix(foldedSpaces(try #require(ends as? String))))
  }
}
