import Testing

@testable import Archive

@Suite("Header fields of mail")
struct MailHeaderTests {
  private func decoded(_ text: String) -> String {
    let bytes = Array(text.utf8)
    return String(decoding: HeaderText.decoded(bytes.span, 0..<bytes.count), as: UTF8.self)
  }

  @Test(
    "encoded words are read, what is none stays",
    arguments: [
      ("=?utf-8?Q?caf=C3=A9?=", "café"), ("=?ISO-8859-1?q?a_b=E9?=", "a bé"),
      ("=?utf-8?B?w6nDqQ==?=", "éé"), ("=?utf-8?B?w6nDqQ?=", "éé"),
      ("=?utf-8?B?w6nD?= =?utf-8?B?qQ==?=", "éé"), ("=?utf-8?Q?a?=\r\n =?utf-8?Q?b?=", "ab"),
      ("=?utf-8?Q?a?= b =?utf-8?Q?c?=", "a b c"), ("=?utf-8?Q?a?= =?iso-8859-1?Q?=E9?=", "aé"),
      ("(=?utf-8*en?Q?a?=)", "(a)"), ("=?utf-8?Q?x y?=", "x y"),
      ("=?utf-8?B?%%%?=", "=?utf-8?B?%%%?="), ("=?nosuch?Q?x?=", "=?nosuch?Q?x?="),
      ("=?utf-8?X?x?=", "=?utf-8?X?x?="), ("=?utf-8?Q?=ZZ?=", "=?utf-8?Q?=ZZ?="), ("=?=?=?=", "=?=?=?="),
      ("=?utf-8?Q?", "=?utf-8?Q?"), ("=?utf-8?Q?a=0D=0AInjected:_b?=", "a  Injected: b"),
      ("a\r\n\t b", "a b"), ("  x  ", "x"), ("=?iso-2022-jp?B?GyRCRnxLXBsoQg==?=", "日本"),
      ("=?UTF-8?Q?Luc=eda?=", "Lucía"),
    ])
  func words(written: String, read: String) {
    #expect(decoded(written) == read)
  }

  @Test("raw bytes beyond ASCII are UTF-8, else windows-1252")
  func rawBytes() {
    #expect(HeaderText.decoded([0x61, 0xC3, 0xA9]) == Array("aé".utf8))
    #expect(HeaderText.decoded([0x61, 0xE9, 0x93, 0x62]) == Array("aé“b".utf8))
  }

  @Test(
    "the author is the name, else the address as it is written",
    arguments: [
      ("Ann Author <a@x.org>", "Ann Author"), ("\"Author, Ann\" <a@x.org>", "Author, Ann"),
      ("Author, Ann <a@x.org>", "Author, Ann"), ("a@x.org (Ann Author)", "Ann Author"),
      ("a at x.org (Ann (the) Author)", "Ann (the) Author"), ("a at x.org", "a at x.org"),
      ("<a@x.org>", "a@x.org"), ("a@x.org", "a@x.org"), ("<a@x.org> (Ann)", "Ann"),
      ("=?utf-8?Q?Ann_=C3=84?= <a@x.org>", "Ann Ä"), ("\"=?utf-8?Q?A=2C_B?=\" <a@x.org>", "A, B"),
      ("Ann <a@x.org>, Bob <b@x.org>", "Ann"), ("\"Ann \\\"A\\\" Author\" <a@x>", "Ann \"A\" Author"),
      ("'Ann' via Group <g@x.org>", "Ann"), ("Ann Author", "Ann Author"),
      ("\"a@x.org\" <a@x.org>", "a@x.org"),
      ("yves (yingmin) yang <y@x.org>", "yves  yang"),
    ])
  func authors(written: String, name: String) {
    let bytes = Array(written.utf8)
    let author = MailAddress.author(bytes.span, 0..<bytes.count, isList: false)
    #expect(author.map { String(decoding: $0, as: UTF8.self) } == name)
  }

  @Test("a list's name over the author's goes, if it came over a list")
  func via() {
    let bytes = Array("Ann A via Dev <dev@x.org>".utf8)
    #expect(MailAddress.author(bytes.span, 0..<bytes.count, isList: true) == Array("Ann A".utf8))
    #expect(MailAddress.author(bytes.span, 0..<bytes.count, isList: false) == Array("Ann A via Dev".utf8))
  }

  @Test("nobody stays unknown, long names are cut between letters")
  func noAuthor() {
    for written in ["\"\" <>", "()", ",", "<", "(", "\""] {
      let bytes = Array(written.utf8)
      let author = MailAddress.author(bytes.span, 0..<bytes.count, isList: false)
      #expect(author == nil || written == ",", "\(written)")
    }
    let long = Array((String(repeating: "é", count: 2000) + " <a@x>").utf8)
    let name = MailAddress.author(long.span, 0..<long.count, isList: false)
    #expect(name.flatMap { String(validating: $0, as: UTF8.self) }?.count == 512)
  }

  @Test("parameters in quotes, in parts, with charsets and percent signs")
  func parameters() {
    func parameter(_ field: String, _ name: StaticString) -> String? {
      let bytes = Array(field.utf8)
      return HeaderParameters(bytes.span, 0..<bytes.count).text(name).map {
        String(decoding: $0, as: UTF8.self)
      }
    }
    #expect(parameter("text/plain; charset=\"UTF-8\"; x=y", "charset") == "UTF-8")
    #expect(parameter("a; filename=\"a;b \\\"c\\\".txt\"", "filename") == "a;b \"c\".txt")
    #expect(parameter("a; filename*=utf-8'en'%e2%82%ac.txt", "filename") == "€.txt")
    #expect(parameter("a; filename*0*=utf-8''a%20; filename*1=b; filename*2*=%21", "filename") == "a b!")
    #expect(parameter("a; filename=\"=?utf-8?Q?=C3=A9?=.txt\"", "filename") == "é.txt")
    #expect(parameter("a; =x; ;;filename", "filename") == nil)
    let bytes = Array(" Text/Plain ; format = Flowed".utf8)
    let type = HeaderParameters(bytes.span, 0..<bytes.count)
    #expect(type.value == MailType.plain)
    #expect(type["format"] == Array("Flowed".utf8))
  }

  @Test("subjects are the same without marks, tags, case and white space; numbers tell apart")
  func subjects() {
    func key(_ text: String) -> SubjectKey {
      let bytes = Array(text.utf8)
      return SubjectKey(bytes.span, 0..<bytes.count)
    }
    let plain = key("The  subject")
    #expect(!plain.isReply)
    for written in [
      "Re: the subject", "RE[2]: The subject", "AW: re: THE SUBJECT", "[List] Re: the subject",
      "Re :the subject",
    ] {
      #expect(key(written).fingerprint == plain.fingerprint && key(written).isReply, "\(written)")
    }
    #expect(key("[List] the subject").fingerprint == plain.fingerprint)
    #expect(key("[Bug 12] crash").fingerprint != key("[Bug 13] crash").fingerprint)
    #expect(key("Reason: x").isReply == false)
    #expect(key("Re:").fingerprint == 0)
    #expect(key("[tag]").fingerprint != 0)
  }
}
