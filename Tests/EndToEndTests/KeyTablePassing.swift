/// What is taken along, and where it is from.
extension KeyTable {
  static let passing: [KeyRow] = [
    KeyRow(
      "links · copy", environment: ["BROWSER": "/bin/true"],
      [
        press("<Enter>", shows: "post · 7 comments"), run("open-link", "o", shows: "Opening link 1/2"),
        run("open-link", "2o", shows: "Opening link 2/2"), run("list-links", "gl", shows: "2 links"),
        press("q", shows: "post · 7 comments"), run("copy-link", "y", shows: "Copied "),
        run("copy-text", "Y", shows: "Copied the post"),
        run("copy-quote", "gy", shows: "Copied a quote with"),
      ]),
    KeyRow(
      "pipe · save · source · where am I",
      [
        press("<Enter>", shows: "post · 7 comments"), press("j", shows: " 1 of 7 "),
        run("pipe", "|", shows: "Give this comment to: "),
        press("wc -l<Enter>", shows: "Enter goes back to Lectern"),
        press("<Enter>", shows: " 1 of 7 "), run("save", "w", shows: "Save this comment in: "),
        press("$HOME/one.md<Enter>", shows: "Saved this comment: "),
        run("view-source", "v", shows: "Message-ID: <g2@mill.example>"), press("q", shows: " 1 of 7 "),
        run("where-am-i", "<C-g>", shows: "/gates.mbox"),
      ]),
    KeyRow(
      "sort, reload, open a path",
      [
        run("open-source", ":open \(ReaderSession.seeds)<Enter>", shows: "12 discussions"),
        run("reload", "<F5>", shows: "Nothing new."),
      ]),
  ]
}
