import Discussion

/// Dates as feeds and exports write them.
enum MachineDate {
  /// The moment that a value states, in the way of machines or of mail; nil when it states none.
  static func parse(_ value: [UInt8]?) -> Timestamp? {
    guard let value, value.count <= 128 else { return nil }
    if let date = ISODate.parse(value) { return date }
    // What begins as a date of machines and is none is no other date either.
    let isMachine = value.count > 4 && value[4] == 0x2D && value.prefix(4).allSatisfy { $0 &- 0x30 < 10 }
    return isMachine ? nil : MailDate.parse(value)
  }

  /// The moment of a date that is known to be of UTC, and of the same moment on the local clock.
  ///
  /// The difference of both is the zone, when it is one.
  static func parse(utc: [UInt8]?, local: [UInt8]?) -> Timestamp? {
    guard let utc, var moment = ISODate.parse(utc) else { return local.flatMap { ISODate.parse($0) } }
    guard moment.precision >= .minute else { return moment }
    if moment.zoneMinutes == nil { moment.zoneMinutes = 0 }
    guard let local, let clock = ISODate.parse(local), clock.precision == moment.precision,
      clock.zoneMinutes == nil
    else { return moment }
    let offset = clock.seconds.subtractingReportingOverflow(moment.seconds)
    guard !offset.overflow, offset.partialValue % 900 == 0,
      (-12 * 3600...14 * 3600).contains(offset.partialValue)
    else { return moment }
    moment.zoneMinutes = Int16(offset.partialValue / 60)
    return moment
  }
}
