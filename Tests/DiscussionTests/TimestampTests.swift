import Testing

@testable import Discussion

@Suite struct TimestampTests {
  @Test func isoFormIsAsPreciseAsTheSource() throws {
    #expect(Timestamp(year: 2012)?.iso8601 == "2012")
    #expect(Timestamp(year: 2012, month: 6)?.iso8601 == "2012-06")
    #expect(Timestamp(year: 2012, month: 6, day: 14)?.iso8601 == "2012-06-14")
    #expect(
      Timestamp(year: 2012, month: 6, day: 14, hour: 10, minute: 51, second: 1, zoneMinutes: 0)?.iso8601
        == "2012-06-14T10:51:01Z")
    let east = try #require(
      Timestamp(year: 2012, month: 1, day: 1, hour: 0, minute: 30, zoneMinutes: 330))
    #expect(east.iso8601 == "2012-01-01T00:30+05:30")
    #expect(east.seconds == 1_325_358_000)
  }

  @Test func daysThatDoNotExistAreRefused() {
    #expect(Timestamp(year: 2011, month: 2, day: 29) == nil)
    #expect(Timestamp(year: 2012, month: 2, day: 29) != nil)
    #expect(Timestamp(year: 1900, month: 2, day: 29) == nil)
    #expect(Timestamp(year: 2012, month: 13) == nil)
    #expect(Timestamp(year: 2012, month: 1, day: 1, hour: 24) == nil)
  }

  @Test func civilAndSecondsAreInverse() throws {
    var day = -200_000
    while day < 200_000 {
      let civil = Timestamp.civil(daysSinceEpoch: day)
      #expect(Timestamp.daysSinceEpoch(year: civil.year, month: civil.month, day: civil.day) == day)
      day += 997
    }
    let before = Timestamp(seconds: -1, precision: .second, zoneMinutes: 0)
    #expect(before.iso8601 == "1969-12-31T23:59:59Z")
  }
}
