import FuzzChecks

/// The reader of html.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  checkReading(unsafe input(start, count), as: "html")
  return 0
}
