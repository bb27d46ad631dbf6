/// How mailboxes keep body lines that begin with `From ` from looking like separators: `>` in front
/// (mboxo), also before such lines that have one already (mboxrd).
enum MboxStuffing {
  /// Whether a line that starts with `>` is a stuffed one.
  @inline(__always)
  static func isStuffed(_ span: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    var position = start
    while position < end, span[position] == 0x3E { position += 1 }
    return span.matches("From ", at: position, to: end)
  }
}
