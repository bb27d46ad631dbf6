import FuzzChecks
import SearchIndex

/// The query language: every query is understood somehow, and what is odd about it has a place in it.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = unsafe input(start, count)
  for isTyping in [false, true] {
    let query = Query.parse(bytes, typing: isTyping)
    for problem in query.problems {
      expect(problem.range.lowerBound >= 0 && problem.range.upperBound <= bytes.count, "a problem outside")
    }
  }
  return 0
}
