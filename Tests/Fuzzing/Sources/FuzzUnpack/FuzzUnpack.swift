import FuzzChecks

/// Packed streams and archives, and the telling of formats: what a source is stays to be found out.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  checkReading(unsafe input(start, count), as: nil)
  return 0
}
