import Discussion
import Testing

@testable import Archive

@Suite("The words of messages")
struct MIMETests {
  private func text(_ fields: String, _ body: String) -> ParsedText {
    readMail("From: a@example.org\nSubject: x\nMessage-ID: <1@x>\n\(fields)\n\(body)").discussions.first?.body
      ?? ParsedText()
  }

  @Test("paragraphs, quotes and signature have their roles")
  func roles() {
    let found = text(
      "",
      "\n\nAnn wrote:\n> one\n>> two\n>>> three\n> four\n\n\n\nMy words.  \n\tindented\n>\n-- \nBob\nwww\n\n")
    #expect(
      found.string
        == "Ann wrote:\n> one\n>> two\n>>> three\n> four\n\nMy words.\n\tindented\n>\n-- \nBob\nwww"
        .replacing("-- ", with: "--"))
    #expect(
      found.parts(.quote) == [
        "> one\n>> two\n>>> three\n> four", ">> two\n>>> three", ">>> three", ">",
      ])
    #expect(found.parts(.signature) == ["--\nBob\nwww"])
    #expect(text("", "a\n--\nBob\n").parts(.signature) == ["--\nBob"])
    #expect(text("", "a\n--\n" + String(repeating: "line\n", count: 30)).parts(.signature) == [])
    #expect(text("", "- -- \n-- x\n").parts(.signature) == [])
  }

  @Test("of alternatives the plain one, else the HTML one")
  func alternatives() {
    func alternatives(_ plain: String) -> String {
      text(
        "Content-Type: multipart/alternative; boundary=b\n",
        "preamble\n--b\nContent-Type: text/plain\n\n\(plain)\n--b\nContent-Type: text/html\n\n<p>rich</p>\n--b--\nepilogue"
      ).string
    }
    #expect(alternatives("plain") == "plain")
    #expect(alternatives("   \n") == "rich")
    #expect(
      text("Content-Type: text/html; charset=iso-8859-1\n", "<p>a&amp;b</p><p>c</p>").string == "a&b\n\nc")
  }

  @Test("nested parts are joined, files named at the end, signatures of signed mail left out")
  func mixed() {
    let found = text(
      "Content-Type: multipart/mixed; boundary=\"out er\"\n",
      """
      --out er
      Content-Type: multipart/signed; boundary=in

      --in

      signed words
      --in
      Content-Type: application/pgp-signature

      xx
      --in--
      --out er
      Content-Type: application/pdf; name="=?utf-8?Q?=C3=A9?=.pdf"
      Content-Transfer-Encoding: base64
      Content-Disposition: attachment; filename*=utf-8''%C3%A9/../b.pdf

      aGVsbG8gd29ybGQh
      --out er
      Content-Type: text/plain
      Content-Disposition: inline

      footer
      --out er
      Content-Type: message/rfc822

      From: Bob <b@x>
      Subject: Inner
      Content-Transfer-Encoding: quoted-printable

      caf=C3=A9=
       au lait
      --out er--
      """)
    #expect(
      found.string
        == "signed words\n\nfooter\n\nFrom: Bob <b@x>\nSubject: Inner\n\ncafé au lait\n\n[attachment: b.pdf, application/pdf, 12 bytes]"
    )
  }

  @Test("boundaries that are missing, wrong, empty or never close keep the words")
  func boundaries() {
    #expect(text("Content-Type: multipart/mixed\n", "bare").string == "bare")
    #expect(
      text("Content-Type: multipart/mixed; boundary=\"\"\n", "--\nbare\n----").string == "--\nbare\n----")
    #expect(text("Content-Type: multipart/mixed; boundary=x\n", "--x\n\nopen").string == "open")
    #expect(
      text("Content-Type: multipart/mixed; boundary=x\n", "--y\nContent-Type: text/plain\n\nin\n--y--\n")
        .string == "in")
    #expect(text("Content-Type: multipart/mixed; boundary=x\n", "never").string == "never")
    #expect(text("Content-Type: ;;;=;\"\n", "odd").string == "odd")
  }

  @Test("base64 with a footer behind, and what never was base64")
  func base64() {
    let field = "Content-Transfer-Encoding: base64\n"
    #expect(text(field, "aGVs\nbG8=\n").string == "hello")
    #expect(text(field, "aGVs\nbG8=\n____\nThe list!\n").string == "hello\n\n____\nThe list!")
    #expect(text(field, "aGVsbG8h\nNot base64.\n").string == "hello!\n\nNot base64.")
    #expect(text(field, "!!!!AAAA\nno\n").string == "!!!!AAAA\nno")
  }

  @Test("quoted-printable keeps what is no escape")
  func quotedPrintable() {
    let field = "Content-Transfer-Encoding: Quoted-Printable\nContent-Type: text/plain; charset=utf-8\n"
    #expect(text(field, "a=20=\n b=3D=C3=A9 =ZZ=4").string == "a  b=é =ZZ=4")
    #expect(text(field, "a= \t\r\nb=").string == "ab")
  }

  @Test("format=flowed joins soft lines of one depth")
  func flowed() {
    let field = "Content-Type: text/plain; format=flowed"
    let body = "one \ntwo\n three\n>> deep \n>> er\n> less \n\nlast \n-- \nBob \nhere\n"
    #expect(
      text(field + "\n", body).string
        == "one two\nthree\n>> deep er\n> less\n\nlast\n--\nBob here")
    #expect(text(field + "\n", body).parts(.signature) == ["--\nBob here"])
    #expect(text(field + "; DelSp=yes\n", "ab \ncd\n").string == "abcd")
  }

  @Test("uuencoded and yEncoded files are named, words around them stay")
  func inlineFiles() {
    let found = text(
      "",
      "before\nbegin 644 cat.gif\n#0V%T\n`\nend\nafter\n=ybegin line=128 size=5 name=d o.bin\nxyz\n=yend size=5\nlast\n"
    )
    #expect(
      found.string
        == "before\nafter\nlast\n\n[attachment: cat.gif, uuencoded, 3 bytes]\n[attachment: d o.bin, yEncoded, 5 bytes]"
    )
    #expect(text("", "begin 644 words\nof a poem that is not encoded\n").string.hasPrefix("begin 644 words"))
  }

  @Test("categories, and an address where it was archived")
  func head() {
    let found = readMail(
      "From: a@x\nNewsgroups: comp.lang.x, alt.y\nList-Id: Dev talk <dev.example.org>\n"
        + "Archived-At: <https://example.org/1>\nSubject: x\n\ny"
    ).discussions.first
    #expect(
      found?.categories.map { String(decoding: $0, as: UTF8.self) } == [
        "comp.lang.x", "alt.y", "dev.example.org",
      ])
    #expect(found?.url == Array("https://example.org/1".utf8))
    #expect(found?.format == "mail")
  }

  @Test("multiparts nested deeper than the limit end")
  func depth() {
    var body = "deep words\n"
    for level in 0..<200 {
      body = "--b\(level)x\nContent-Type: multipart/mixed; boundary=b\(level > 0 ? level - 1 : 0)x\n\n" + body
    }
    let result = readMail("From: a@x\nSubject: s\nContent-Type: multipart/mixed; boundary=b199x\n\n" + body)
    #expect(result.discussions.first?.body.string.contains("deep words") == true)
    #expect(result.problems.count == 1)
  }
}
