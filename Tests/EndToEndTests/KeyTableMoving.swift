/// Moving: the first lines of the key table.
extension KeyTable {
  static let moving: [KeyRow] = [
    KeyRow(
      "down / up",
      [
        run("down", "j", shows: "discussion 2 of 4"), run("up", "k", shows: "discussion 1 of 4"),
        press("<Enter>", shows: "post · 7 comments"), run("down", "j", shows: " 1 of 7 "),
        run("down", "<Down>", shows: " 2 of 7 "), run("down", "<C-n>", shows: " 3 of 7 "),
        run("up", "k", shows: " 2 of 7 "), run("up", "<Up>", shows: " 1 of 7 "),
        run("up", "<C-p>", shows: "post · 7 comments"), run("down", "3j", shows: " 3 of 7 "),
        run("up", "2k", shows: " 1 of 7 "),
      ]),
    KeyRow(
      "page, half page, line",
      [
        press("<Enter>", shows: "Log line 1:"), run("page-down", "<PageDown>", shows: "Log line 30:"),
        run("page-up", "b", shows: "Log line 1:"), run("page-down", "<C-f>", shows: "Log line 30:"),
        run("page-up", "<PageUp>", shows: "Log line 1:"), press("<Space>", shows: "Log line 30:"),
        run("page-up", "<C-b>", shows: "Log line 1:"), run("half-page-down", "d", shows: "Log line 27:"),
        run("half-page-up", "u", shows: "Log line 1:"), run("half-page-down", "<C-d>", shows: "Log line 27:"),
        run("half-page-up", "<C-u>", shows: "Log line 1:"), run("line-down", "<C-e>", shows: "Log line 19:"),
        run("line-up", "<C-y>", hides: "Log line 19:"), run("line-down", "3<C-e>", shows: "Log line 21:"),
      ]),
    KeyRow(
      "read on",
      [
        run("read-on", "<Space>", shows: "post · 7 comments"),
        run("read-on", "<Space>", shows: "Log line 30:"), run("read-on", "<Space>", shows: "Log line 40:"),
        run("read-on", "<Space>", shows: " 1 of 7 "), run("read-on", "<Space>", shows: " 2 of 7 "),
        press(">", shows: "The pond is full."), run("read-on", "<Space>", shows: " 1 of 1 "),
        run("read-on", "<Space>", shows: "Another pond, another mill."),
      ]),
    KeyRow(
      "first / last",
      [
        run("last", "G", shows: "discussion 4 of 4"), run("first", "gg", shows: "discussion 1 of 4"),
        press("<Enter>", shows: "post · 7 comments"), run("last", "<End>", shows: " 7 of 7 "),
        run("first", "<Home>", shows: "post · 7 comments"), run("last", "G", shows: " 7 of 7 "),
        run("first", "gg", shows: "post · 7 comments"),
      ]),
    KeyRow(
      "in",
      [
        run("open", "l", shows: "post · 7 comments"), press("q", shows: "discussion 1 of 4"),
        run("enter", "<Enter>", shows: "post · 7 comments"), press("q", shows: "discussion 1 of 4"),
        run("open", "<Right>", shows: "post · 7 comments"), press("j", shows: " 1 of 7 "),
        run("enter", "<Enter>", shows: "+3"), run("enter", "<Enter>", hides: "+3"),
        run("enter", "<Enter>", shows: "+3"), run("open", "l", hides: "+3"),
        run("enter", "<Enter>", shows: "+3"), run("open", "<Right>", hides: "+3"),
      ]),
    KeyRow(
      "out",
      [
        press("<Enter>", shows: "post · 7 comments"), press("j", shows: " 1 of 7 "),
        run("out", "h", shows: "+3"), run("out", "h", shows: "post · 7 comments"),
        run("out", "h", shows: "discussion 1 of 4"), press("<Enter>", shows: "post · 7 comments"),
        press("j", shows: " 1 of 7 "), run("out", "<Left>", shows: "+3"),
        run("out", "<Left>", shows: "post · 7 comments"), run("out", "<Left>", shows: "discussion 1 of 4"),
      ]),
    KeyRow(
      "next / previous unread",
      [
        press("<Enter>", shows: "post · 7 comments"), run("next-unread", "<Tab>", shows: " 1 of 7 "),
        run("next-unread", "<Tab>", shows: " 2 of 7 "),
        run("previous-unread", "<S-Tab>", shows: "post · 7 comments"),
      ]),
    KeyRow(
      "next / previous match, or unread",
      [
        press("<Enter>", shows: "post · 7 comments"), run("next-match", "n", shows: " 1 of 7 "),
        run("next-match", "n", shows: " 2 of 7 "), run("previous-match", "N", shows: "post · 7 comments"),
        press("q", shows: "discussion 1 of 4"), press("/mill<Enter>", shows: "n: next match"),
        run("next-match", "n", shows: "match 2/"), run("previous-match", "N", shows: "match 1/"),
      ]),
    KeyRow(
      "sibling · parent, first reply · top level · discussion",
      [
        press("<Enter>", shows: "post · 7 comments"), press("j", shows: " 1 of 7 "),
        run("next-sibling", "J", shows: " 5 of 7 "), run("next-sibling", ")", shows: " 7 of 7 "),
        run("previous-sibling", "K", shows: " 5 of 7 "), run("previous-sibling", "(", shows: " 1 of 7 "),
        run("first-reply", "]", shows: " 2 of 7 "), run("parent", "P", shows: " 1 of 7 "),
        run("first-reply", "]", shows: " 2 of 7 "), run("parent", "[", shows: " 1 of 7 "),
        run("next-top-level", "}", shows: " 5 of 7 "), run("previous-top-level", "{", shows: " 1 of 7 "),
        run("next-discussion", ">", shows: "─ Mill pond"),
        run("previous-discussion", "<", shows: "─ Sluice gates"),
      ]),
    KeyRow(
      "same author · same title",
      [
        press("<Enter>", shows: "post · 7 comments"), run("next-by-same-author", "ga", shows: " 3 of 7 "),
        run("previous-by-same-author", "gA", shows: "post · 7 comments"),
        press(">", shows: "The pond is full."),
        run("same-title", "=", shows: "Another pond, another mill."),
      ]),
    KeyRow(
      "quotes",
      [
        press("<Enter>", shows: "post · 7 comments"), press("j", shows: "> Log line 3:"),
        run("toggle-quotes", "T", shows: "1 quoted line"), run("toggle-quotes", "T", hides: "1 quoted line"),
        run("quoters", "gr", shows: " 4 of 7 "), run("quote-source", "gq", shows: " 1 of 7 "),
        run("quote-source", "gq", shows: "post · 7 comments"),
      ]),
    KeyRow(
      "mark, go to mark, last place · back, forward",
      [
        press("<Enter>", shows: "post · 7 comments"), press("j", shows: " 1 of 7 "),
        run("set-mark", "mx", shows: "This place is 'x."), press("G", shows: " 7 of 7 "),
        run("go-to-mark", "'x", shows: " 1 of 7 "), run("go-to-mark", "''", shows: " 7 of 7 "),
        press("gg", shows: "post · 7 comments"), run("jump-back", "<C-o>", shows: " 7 of 7 "),
        run("jump-forward", "<A-Right>", shows: "post · 7 comments"),
        run("jump-back", "<A-Left>", shows: " 7 of 7 "),
      ]),
    KeyRow(
      "code sideways",
      [
        press("G", shows: "discussion 4 of 4"), press("<Enter>", shows: "This turns the wheel:"),
        run("scroll-right", "zl", shows: "‹"), run("scroll-right", "999zl", shows: "the_end()"),
        run("scroll-left", "20zh", hides: "the_end()"), run("scroll-left", "999zh", hides: "‹"),
        run("scroll-right", "7zl", shows: "‹"),
      ]),
  ]
}
