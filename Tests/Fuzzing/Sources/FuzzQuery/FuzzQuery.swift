import FuzzChecks
import SearchIndex

private let english = Stemming("english")

/// The query language: every query is understood somehow, and what is odd about it has a place in it, as
/// has what it marks.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = unsafe input(start, count)
  for isTyping in [false, true] {
    let query = Query.parse(bytes, typing: isTyping, stemming: english)
    for problem in query.problems {
      expect(problem.range.lowerBound >= 0 && problem.range.upperBound <= bytes.count, "a problem outside")
    }
    for range in query.highlights(in: bytes.span, field: .body) {
      expect(range.lowerBound >= 0 && range.upperBound <= bytes.count, "a highlight outside")
    }
  }
  return 0
}
