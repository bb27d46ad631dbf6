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
      ("12. Juni 2012 um 14:05", "2012-06-12T14:05"), ("le 12 juin 2012 à 14 h 05", "2012-06-12T14:05"),
      ("12 de junio de 2012 a las 14:05", "2012-06-12T14:05"), ("1er mai 2012", "2012-05-01"),
      ("12 giugno 2012 alle ore 14:05", "2012-06-12T14:05"), ("12 czerwca 2012 o 14:05", "2012-06-12T14:05"),
      ("den 12 juni 2012 kl 14:05", "2012-06-12T14:05"), ("12 de março de 2012 às 14:05", "2012-03-12T14:05"),
      ("Tue Jun 12 14:05:01 CEST 2012", "2012-06-12T14:05:01+02:00"),
      ("Tue, 12 Jun 2012 14:05:01 +0200", "2012-06-12T14:05:01+02:00"),
      ("June 12, 2012 2:05 PM EST", "2012-06-12T14:05-05:00"),
      ("2012-06-12T14:05:01.250-04:00", "2012-06-12T14:05:01-04:00"),
      ("12 June 2012 14:05 UTC+2", "2012-06-12T14:05+02:00"), ("14:05, 12 June 2012", "2012-06-12T14:05"),
      ("2012年6月12日 14:05", "2012-06-12T14:05"), ("14-Jun-12", "2012-06-14"), ("12/25/12", "2012-12-25"),
      ("25/12/99", "1999-12-25"), ("Jun 12, 2012 at 0:05 am", "2012-06-12T00:05"),
    ])
  func whole(line: String, iso: String) {
    #expect(PageDateFinder().whole(Phrase(folding: line.utf8))?.timestamp?.iso8601 == iso)
  }

  @Test(
    "a date that does not say which is a date all the same, and unknown",
    arguments: [
      "10/02/2009", "10 02 2009", "Jun 20th at 12:50 pm", "May 5", "3 hours ago", "vor 3 Stunden",
      "il y a 2 jours",
      "hace 5 días", "Yesterday at 5:00 pm", "gestern um 12:05", "10/02/09", "an hour ago",
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
    #expect(order("posted 25/12/12\n") == .dayFirst && order("06-25-2012, 05:00 PM\n") == .monthFirst)
    #expect(order("see 1.25.12 and http://host/25/12/2012\n") == .unknown)
    let german = String(
      repeating: "Das ist nicht der Text und die Worte sind auf ein Blatt mit Tinte. ", count: 3)
    let english = String(repeating: "This is the text and that is not of you. ", count: 5)
    #expect(order(german + "\n\n10/02/2009\n") == .dayFirst)
    #expect(order(german + "\n\n10/25/2009\n") == .monthFirst)
    #expect(order(english + "\n\n10/02/2009\n") == .unknown)
    let finder = PageDateFinder(order: .monthFirst)
    #expect(finder.whole(Phrase(folding: "10/02/2009".utf8))?.timestamp?.iso8601 == "2009-10-02")
  }
}
