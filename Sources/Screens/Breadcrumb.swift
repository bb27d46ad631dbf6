import Discussion
import Grid
import Reader

/// The comments above the line on top of the thread that are out of sight: `1 Ann › 1.2 Bob`, the nearest
/// ones where not all have room.
func breadcrumbText(of state: ReaderState, columns: Int) -> String {
  let entries = state.breadcrumb(limit: 8)
  guard let last = entries.last else { return "" }
  let number = state.library.number(of: last)
  var text = ""
  for (place, entry) in entries.enumerated().reversed() {
    let level = number.count - (entries.count - 1 - place)
    let parts = number.prefix(max(1, level))
    let label =
      parts.count > 5
      ? "…" + parts.suffix(3).map(String.init).joined(separator: ".")
      : parts.map(String.init).joined(separator: ".")
    let crumb = label + " " + truncated(authorName(of: entry, in: state.library), columns: 18)
    let longer = text.isEmpty ? crumb : crumb + " › " + text
    let isWhole = place == 0 && parts.count == 1
    if displayColumns(of: longer) + (isWhole ? 0 : 4) > columns {
      return text.isEmpty ? (displayColumns(of: label) <= columns ? label : "") : "… › " + text
    }
    text = longer
    if place == 0, !isWhole { return "… › " + text }
  }
  return text
}
