import Discussion
import Testing

@testable import Archive

@Suite("Dates as pages write them")
struct PageDateTests {
  @Test(
    "whole lines",
    arguments: [
      ("June 14, 2012", "2012-06-14"), ("Jun142012", "2012-06-14"), ("14 June 2012", "2012-06-14"),
      ("14th of June, 2012", "2012-06-14"), ("2012-06-14", "2012-06-14"), ("14.06.2012", "2012-06-14"),
      ("14.06.12", "2012-06-14"), ("Thursday, June 14th, 2012", "2012-06-14"),
      ("June 14, 2012 at 12:50 pm", "2012-06-14T12:50"), ("June 14, 2012 / 9:47 pm", "2012-06-14T21:47"),
      ("Jun 14, 2012, 12:05 a.m.", "2012-06-14T00:05"), ("18.10.2019, 16:31 Zitieren #", "2019-10-18T16:31"),
      ("3. Februar 2020 um 9:46 Uhr", "2020-02-03T09:46"), ("14 août 2012 à 10h30", "2012-08-14T10:30"),
      ("3 de mayo de 2015", "2015-05-03"), ("31 Dez. 2001", "2001-12-31"), ("Mai 05, 2019", "2019-05-05"),
      ("2024-01-02T10:11:12Z", "2024-01-02T10:11:12Z"), ("11. Sep 2024, 21:06", "2024-09-11T21:06"),
      ("December 2018", "2018-12"), ("25/12/2012", "2012-12-25"), ("12/25/2012", "2012-12-25"),
      ("Posted on May 6, 2011 Permalink", "2011-05-06"), ("07/07/2014", "2014-07-07"),
    ])
  func whole(line: String, iso: String) {
    #expect(PageDateFinder().whole(Phrase(folding: line.utf8))?.timestamp?.iso8601 == iso)
  }

  @Test(
    "a date that does not say which is a date all the same, and unknown",
    arguments: [
      "10/02/2009", "10 02 2009", "Jun 20th at 12:50 pm", "May 5",
    ])
  func unknown(line: String) throws {
    let found = try #require(PageDateFinder().whole(Phrase(folding: line.utf8)))
    #expect(found.timestamp == nil)
  }

  @Test(
    "no date",
    arguments: [
      "May I ask", "in 2012", "31 people", "June said so", "1.2.3", "http://host/2012/06/14/x", "99.99.2012",
      "June 14, 2012?",
      "on June 14, 2012 we met", "Chapter 12", "", "2012-99-99",
    ])
  func none(line: String) {
    #expect(PageDateFinder().whole(Phrase(folding: line.utf8)) == nil)
  }

  @Test("one unmistakable date decides for the page; two that disagree decide nothing")
  func order() {
    func order(_ text: String) -> DayOrder { TextPage(Array(text.utf8)).dates.order }
    #expect(order("posted 25/12/2012\n") == .dayFirst)
    #expect(order("posted 12/25/2012\n") == .monthFirst)
    #expect(order("25/12/2012\n12/25/2012\n") == .unknown)
    let finder = PageDateFinder(order: .monthFirst)
    #expect(finder.whole(Phrase(folding: "10/02/2009".utf8))?.timestamp?.iso8601 == "2009-10-02")
  }
}
