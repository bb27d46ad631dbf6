import Testing

@testable import Runtime

@Suite struct CommandWordsTests {
  @Test(arguments: [
    ("less", ["less"]), ("  grep  -n x ", ["grep", "-n", "x"]), ("", []), ("   ", []),
    ("vim -c 'set tw=72' \"a b\"", ["vim", "-c", "set tw=72", "a b"]), ("a\\ b c\\\\", ["a b", "c\\"]),
    ("''", [""]), ("a''b\"c\"d", ["abcd"]),
    ("'a\"b' \"c'd\" \"e\\\"f\" \"\\n\"", ["a\"b", "c'd", "e\"f", "\\n"]),
    ("$HOME `x` $(y) * ~ | ; &", ["$HOME", "`x`", "$(y)", "*", "~", "|", ";", "&"]),
    ("é '風 風'", ["é", "風 風"]),
  ])
  func wordsAreParted(text: String, words: [String]) { #expect(CommandWords.split(text) == words) }

  @Test(arguments: ["'", "\"", "a 'b", "a\\", "\"a\\\""])
  func whatIsNotClosedIsRefused(text: String) { #expect(CommandWords.split(text) == nil) }
}
