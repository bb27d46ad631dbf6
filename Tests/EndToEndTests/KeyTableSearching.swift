/// Searching, limiting, sorting.
extension KeyTable {
  static let searching: [KeyRow] = [
    KeyRow(
      "search as you type · widen",
      [
        press("<Enter>", shows: "post · 7 comments"), run("search", "/", shows: "in this discussion"),
        press("fish", shows: "nothing found"), run("widen-scope", "<C-g>", shows: "in everything"),
        press("<C-g>", shows: "in this discussion"), run("widen-scope", "<C-g>", shows: "entry 1/1"),
        press("<Enter>", shows: "n: next match"), run("search", "/", shows: "in this discussion"),
        press("<Esc>", shows: "n: next match"),
      ]),
    KeyRow(
      "in the prompt",
      [
        press("/fish<Enter>", shows: "n: next match"), press("<Esc>", hides: "n: next match"),
        press("q", shows: "discussion 2 of 4"), press("/pond", shows: "entry 1/"),
        press("<C-n>", shows: "entry 2/"), press("<C-p>", shows: "entry 1/"), press("<Up>", shows: "/fish"),
        press("<Down>", shows: "/pond"), press("<Esc>", shows: "discussion 2 of 4"),
        press("/pond<Enter>", shows: "n: next match"),
      ]),
    KeyRow(
      "hits, their order, a word that is offered",
      [
        press("/mill", shows: "ranked"), press("<Enter>", shows: "n: next match"),
        press("q", shows: "ranked"),
        run("sort-hits", "<C-r>", shows: "newest first"), run("sort-hits", "<C-r>", shows: "ranked"),
        press("<Enter>", hides: "ranked"), press("q", shows: "ranked"), press("q", shows: "discussion "),
        press("/measurd", shows: "Did you mean measured?"), press("<Enter>", hides: "in everything"),
        run("take-suggestion", "<C-t>", shows: "Who measured it?"),
        press("<Enter>", shows: "n: next match"),
      ]),
    KeyRow(
      "limit · sort",
      [
        run("limit", "&", shows: "limit: "), press("fish", shows: "limit: fish"),
        press("<Enter>", shows: "discussion 1 of 1"), run("limit", "&", shows: "All discussions show."),
        run("sort-list", "O", shows: "sort: "), press("c", shows: "most comments first"),
        run("sort-list", "OO", shows: "fewest comments first"),
        run("sort-list", "Ot", shows: "by title, A to Z"),
      ]),
    KeyRow(
      "by this person · first mention",
      [
        press("<Enter>", shows: "post · 7 comments"), run("search-author", "gp", shows: "· ranked"),
        press("q", hides: "· ranked"), press("/third<Enter>", shows: "n: next match"),
        run("first-mention", "gf", shows: "This is the first of"),
      ]),
    KeyRow(
      "overviews",
      [
        press("<Enter>", shows: "post · 7 comments"), run("timeline", "gt", shows: "timeline · Sluice gates"),
        press("q", shows: "post · 7 comments"), run("whole-timeline", "gT", shows: "2001-01-2"),
        press("q", shows: "post · 7 comments"), run("who-answers-whom", "gw", shows: "Cat → Bob"),
        press("q", shows: "post · 7 comments"), run("authors", "gW", shows: "who wrote"),
        press("q", shows: "post · 7 comments"), run("sources", "gs", shows: "wheel.html"),
        press("<Enter>", shows: "limit: source:"),
      ]),
  ]
}
