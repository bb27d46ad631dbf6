import Discussion

/// Dates as feeds and exports write them.
enum MachineDate {
  /// The moment that a value states, in the way of machines or of mail; nil when it states none.
  static func parse(_ value: [UInt8]?) -> Timestamp? {
    guard let value, value.count <= 128 else { return nil }
    return ISODate.parse(value) ?? MailDate.parse(value)
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
