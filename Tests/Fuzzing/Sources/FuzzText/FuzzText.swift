import FuzzChecks

/// The reader of plain text.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  checkReading(unsafe input(start, count), as: "text")
  return 0
}
