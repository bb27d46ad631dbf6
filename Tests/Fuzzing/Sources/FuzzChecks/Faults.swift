/// Ends the run as a finding: libFuzzer keeps the input.
public func fail(_ fault: @autoclosure () -> String) -> Never {
  fatalError(fault().unicodeScalars.map { $0.isASCII && $0.value >= 0x20 ? String($0) : "?" }.joined())
}

/// Ends the run as a finding unless something holds.
public func expect(_ holds: Bool, _ fault: @autoclosure () -> String) {
  if !holds { fail(fault()) }
}

/// The input of one run as an array.
@unsafe
public func input(_ start: UnsafePointer<UInt8>?, _ count: Int) -> [UInt8] {
  unsafe Array(UnsafeBufferPointer(start: start, count: count))
}

/// Whether bytes are valid UTF-8.
public func isUTF8(_ bytes: [UInt8]) -> Bool { String(validating: bytes, as: UTF8.self) != nil }
