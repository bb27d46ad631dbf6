import Discussion
import Testing

@testable import Archive

@Suite("Dates as machines write them")
struct ISODateTests {
  @Test(
    "each form states what it states, and no more",
    arguments: [
      ("2012", "2012"), ("2012-06", "2012-06"), ("2012-06-14", "2012-06-14"), ("20120614", "2012-06-14"),
      ("2012-06-14T10:51", "2012-06-14T10:51"), ("2012-06-14T10:51:01", "2012-06-14T10:51:01"),
      ("2012-06-14T10:51:01Z", "2012-06-14T10:51:01Z"), ("2012-06-14t10:51:01z", "2012-06-14T10:51:01Z"),
      ("20120614T105101Z", "2012-06-14T10:51:01Z"), ("20120614T1051", "2012-06-14T10:51"),
      ("2012-06-14 10:51:01 UTC", "2012-06-14T10:51:01Z"),
      ("2012-06-14 10:51:01 GMT", "2012-06-14T10:51:01Z"),
      ("2012-06-14 10:51:01.123456+02", "2012-06-14T10:51:01+02:00"),
      ("2012-06-14 10:51:01 +0200", "2012-06-14T10:51:01+02:00"),
      ("2012-06-14T10:51:01,5-03:30", "2012-06-14T10:51:01-03:30"),
      ("2012-06-14T10:51:01+02:00[Europe/Berlin]", "2012-06-14T10:51:01+02:00"),
      (" 2012-06-14T10:51:01.000Z\n", "2012-06-14T10:51:01Z"),
      ("2012-12-31T24:00:00Z", "2013-01-01T00:00:00Z"),
      ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z"), ("1969-12-31T23:59:59Z", "1969-12-31T23:59:59Z"),
    ])
  func forms(_ written: String, _ read: String) {
    #expect(ISODate.parse(Array(written.utf8))?.iso8601 == read)
  }

  @Test(
    "what is no date is none",
    arguments: [
      "", "x", "201", "20121", "2012-6-4", "2012-13-01", "2012-02-30", "0000-00-00 00:00:00",
      "0001-01-01T00:00:00Z", "2012-06-14T25:00", "2012-06-14T10:61", "2012-06-14T10:51:01 PM",
      "2012-06-14 10:51:01 EST", "2012-06-14T", "2012-06-14T1", "2012-06-14 and more",
      "2012-06-14T10:51:01.Z",
      "2012-06-14T10:51:01+99:00", "June 14, 2012", "12345", "2012-0614", "-2012-06-14",
    ])
  func others(_ written: String) {
    #expect(ISODate.parse(Array(written.utf8)) == nil)
  }

  @Test("a slice of a larger array is read where it lies, and any cut of it reads without a trap")
  func slices() {
    let bytes = Array("<2012-06-14T10:51:01.25+02:00>".utf8)
    #expect(ISODate.parse(bytes[1..<bytes.count - 1])?.seconds == 1_339_663_861)
    for start in bytes.indices { for end in start...bytes.count { _ = ISODate.parse(bytes[start..<end]) } }
  }
}
