import Discussion
import Testing

@testable import Archive

@Suite("Dates of mail, news and feeds")
struct MailDateTests {
  @Test(
    "dates are read with their zone, in all orders that mail has",
    arguments: [
      ("Tue, 01 Feb 2011 00:00:00 +0000", "2011-02-01T00:00:00Z"),
      ("Wed, 18 Nov 2009 01:02:38 -0500 (EST)", "2009-11-18T01:02:38-05:00"),
      ("18 Nov 2009 01:02 +0530", "2009-11-18T01:02+05:30"),
      ("Sat, 01 Jan 2005 00:11:49 -0000", "2005-01-01T00:11:49Z"),
      ("Fri, 21 Nov 97 09:55:06 PST", "1997-11-21T09:55:06-08:00"),
      ("21 Nov 03 09:55 GMT", "2003-11-21T09:55Z"),
      ("3 Jan 100 10:00:00 GMT", "2000-01-03T10:00:00Z"),
      ("Thu, 13 Feb 1969 23:32 -0330 (Newfoundland (odd) Time)", "1969-02-13T23:32-03:30"),
      ("Thu May 21 11:16:11 2009", "2009-05-21T11:16:11"),
      ("Thu May 21 11:16:11 EDT 2009", "2009-05-21T11:16:11-04:00"),
      ("Thu Feb  1 08:57:00 2001 +0100", "2001-02-01T08:57:00+01:00"),
      ("Sunday, 06-Nov-94 08:49:37 GMT", "1994-11-06T08:49:37Z"),
      ("Sun, 6 Nov 1994 08.49.37 MEZ", "1994-11-06T08:49:37+01:00"),
      ("Wed Nov 18 2009 01:02:38 GMT+0100 (CET)", "2009-11-18T01:02:38+01:00"),
      ("2009-11-18 01:02:38.25 +01:00", "2009-11-18T01:02:38+01:00"),
      ("2009-11-18T01:02:38Z", "2009-11-18T01:02:38Z"),
      ("November 18, 2009 1:02 PM", "2009-11-18T13:02"),
      ("18 Nov 2009 12:02 AM", "2009-11-18T00:02"),
      ("mar., 18 nov. 2009 10:00 +0100", "2009-11-18T10:00+01:00"),
      ("18 Nov 2009", "2009-11-18"),
      ("18 Nov 2009 25:00:00 +0100", "2009-11-18"),
      ("18 Nov 2009 10:00:00 +9999", "2009-11-18T10:00:00"),
      ("18 Nov 2009 10:00:00 Q", "2009-11-18T10:00:00"),
      ("18 (a\\) comment) Nov 2009 10:00:00 +0000", "2009-11-18T10:00:00Z"),
    ])
  func forms(written: String, read: String) {
    #expect(MailDate.parse(Array(written.utf8))?.iso8601 == read, "\(written)")
    #expect(MailDate.parse(Array("xx\(written)".utf8)[2...])?.iso8601 == read, "\(written)")
  }

  @Test(
    "what names no day stays unknown",
    arguments: [
      "", "yesterday", "31 Feb 2009 10:00", "01/02/2009", "99", "Nov", "18 Nov", "12345678901 Nov 2009",
      "Mon, 99 Jan 1999999999 99:99:99", "(", "10:00:00",
    ])
  func unknown(written: String) {
    #expect(MailDate.parse(Array(written.utf8)) == nil, "\(written)")
  }

  @Test("a date cut anywhere never traps")
  func truncation() {
    let date = Array("Thu, 13 Feb 1969 23:32:05.123 GMT-03:30 (New (odd) \\) Time) PM".utf8)
    for end in 0...date.count { _ = MailDate.parse(date[..<end]) }
  }
}
