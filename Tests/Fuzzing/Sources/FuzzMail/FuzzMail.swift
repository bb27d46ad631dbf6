import FuzzChecks

/// The reader of mail.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  checkReading(unsafe input(start, count), as: "mail")
  return 0
}
