/// Stars, notes, tags, what was read.
extension KeyTable {
  static let keeping: [KeyRow] = [
    KeyRow(
      "star · bookmark with note · tag · bookmarks", environment: ["EDITOR": "/bin/true", "VISUAL": ""],
      [
        press("<Enter>", shows: "post · 7 comments"), press("j", shows: " 1 of 7 "),
        run("star", "s", shows: "★ saved"), run("star-discussion", "S", shows: "discussion saved"),
        run("bookmark", "B", shows: "note: "), press("worth it<Enter>", shows: "✎ bookmark saved"),
        run("tag", "t", shows: "tags: "), press("water<Enter>", shows: "Tags saved"),
        run("edit-note", "E", shows: "The note is as it was."),
        run("bookmarks", "M", shows: "#water  worth it"), run("digest", "gd", shows: "Digest of 2 bookmarks"),
        press("q", shows: "bookmark 1 of 2"), run("export", ":export $HOME/kept.md<Enter>", shows: "Saved 2"),
      ]),
    KeyRow(
      "read, unread · with replies · catch up · undo",
      [
        press("<Enter>", shows: "8 unread here"), press("j", shows: " 1 of 7 "),
        run("toggle-read", "r", shows: "7 unread here"), run("toggle-read", "r", shows: "8 unread here"),
        run("toggle-read-with-replies", "R", shows: "4 unread here"),
        run("toggle-read-with-replies", "R", shows: "8 unread here"),
        run("catch-up", "c", shows: "Mark the whole discussion read? y/n"),
        press("y", shows: "marked read; U takes it back."), run("undo", "U", shows: "unread again."),
      ]),
  ]
}
