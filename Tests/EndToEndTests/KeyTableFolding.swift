/// Folding: what a thread shows of itself.
extension KeyTable {
  /// `z4` to `z9` close nothing in a thread three deep: they open what `zM` closed.
  private static let deeper: [[KeyRow.Step]] = (4...9).flatMap { depth in
    [press("zM", shows: "+3"), run("fold-to-depth", "z\(depth)", hides: "+3")]
  }

  static let folding: [KeyRow] = [
    KeyRow(
      "fold one",
      [
        press("<Enter>", shows: "post · 7 comments"), press("j", shows: " 1 of 7 "),
        run("toggle-fold", "za", shows: "+3"), run("toggle-fold", "za", hides: "+3"),
        run("fold-closed", "zc", shows: "+3"), run("fold-open", "zo", hides: "+3"),
      ]),
    KeyRow(
      "close all, open all, to depth",
      [
        press("<Enter>", shows: "post · 7 comments"), press("G", shows: " 7 of 7 "),
        run("fold-all", "zM", shows: "+3"), run("unfold-all", "zR", hides: "+3"),
        run("fold-to-depth", "z1", shows: "+1"), run("fold-to-depth", "z2", hides: "+1"),
        press("zM", shows: "+3"), run("fold-to-depth", "z3", hides: "+3"),
      ] + deeper),
    KeyRow(
      "read ones, not matching",
      [
        press("<Enter>", shows: "post · 7 comments"), press("j", shows: " 1 of 7 "),
        press("R", shows: "4 unread here"), run("fold-read", "zr", shows: "+3"), press("zR", hides: "+3"),
        press("/Monday<Enter>", shows: "n: next match"), run("fold-not-matching", "zx", shows: "+3"),
      ]),
    KeyRow(
      "a thread of its own",
      [
        press("<Enter>", shows: "post · 7 comments"), press("jj", shows: " 2 of 7 "),
        run("reroot", "zs", shows: "1.1 alone"), run("unroot", "zS", shows: "─ 1 alone"),
        press("q", shows: "The whole thread shows."),
      ]),
    KeyRow(
      "pingbacks",
      [
        press("G", shows: "discussion 4 of 4"), press("<Enter>", shows: "This turns the wheel:"),
        run("toggle-pingbacks", "zp", shows: "Wheels of the valley"),
        run("toggle-pingbacks", "zp", hides: "Wheels of the valley"),
      ]),
  ]
}
