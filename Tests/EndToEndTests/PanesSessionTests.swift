import Foundation
import PseudoTerminal
import Testing

/// Limits, orders, panes and overviews by their keys, in the real program.
@Suite(.serialized) struct PanesSessionTests {
  @Test func theListIsLimitedAndSorted() throws {
    let session = try ReaderSession()
    session.expect("discussion 1 of 8")
    session.press("&", until: "limit: ")
    session.press("fund", until: "1 of 8 · limit: fund")
    session.press("\r", until: "discussion 1 of 1")
    session.press("\r", until: "post · 7 comments")
    session.press("q", until: "discussion 1 of 1")
    session.press("&", until: "All discussions show.")
    session.press("Oc", until: "most comments first")
    session.press("OO", until: "fewest comments first")
    session.press("Ot", until: "by title, A to Z")
    session.press("Os", until: "8 discussions · 21 comments")
    session.press("&zebra", until: "Nothing here meets the limit")
    session.press("\u{1B}", until: "discussion 6 of 8")
    session.press(":limit office\r", until: "limit: office")
    session.press(":sort unread\r", until: "most unread first")
    session.quit()
  }

  @Test(arguments: [(60, 20), (100, 30), (140, 40), (200, 60)])
  func panesAreChosenAndGetTheKeys(columns: Int, rows: Int) throws {
    let session = try ReaderSession(columns: columns, rows: rows)
    session.expect("discussion 1 of 8")
    session.press("5j\r", until: "7 comments")
    for _ in 0..<4 { session.press("+", until: "pane") }
    session.press("jj", until: "2 of 7")
    session.press("zs", until: "alone · 2 of 7")
    session.press("q", until: "The whole thread shows.")
    session.press("\u{1B}1", until: "discussion 6 of 8")
    session.press("\u{1B}2", until: "2 of 7")
    if columns >= 100 {
      session.press("\u{1B}3j", until: "▌● 1.1.1")
      session.press("q", until: "3 of 7")
    }
    session.quit()
  }

  @Test func overviewsLeadToWhatTheyCount() throws {
    let session = try ReaderSession()
    session.expect("discussion 1 of 8")
    session.press("gs", until: "003_6647bab9674781dc.txt")
    session.press("jj\r", until: "limit: source:")
    session.expect("discussion 1 of 1")
    session.press("&", until: "All discussions show.")
    session.press("gT", until: "2012-06-14")
    session.press("\r", until: "limit: date:2012-06-14")
    session.press("&G\r", until: "being a social media officer")
    session.press("gt", until: "timeline · being a social media officer")
    session.press("q", until: "3 comments")
    session.press("gw", until: "James Grant → Natalie Luckham")
    session.press("\r", until: "1 of 3")
    session.press("q", until: "who answers whom")
    session.press("q", until: "discussion 8 of 8")
    session.press(":first-mention twitter\r", until: "This is the first of")
    session.press("=", until: "No other discussion has this title")
    session.press("gp", until: "ranked")
    session.press("q", until: "?: help")
    session.quit()
  }
}
