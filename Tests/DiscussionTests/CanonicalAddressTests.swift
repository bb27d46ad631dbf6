import Testing

@testable import Discussion

@Suite struct CanonicalAddressTests {
  private func canonical(_ address: String) -> String? {
    CanonicalAddress.of(Array(address.utf8)).map { String(decoding: $0, as: UTF8.self) }
  }

  @Test(arguments: [
    ("http://Example.ORG/a/b", "https://example.org/a/b"),
    ("https://example.org:443/a/", "https://example.org/a"),
    ("http://example.org:80/", "https://example.org"),
    ("HTTP://example.org", "https://example.org"),
    ("http://example.org:8080/a", "https://example.org:8080/a"),
    ("https://example.org./a#comments", "https://example.org/a"),
    ("https://example.org/a?utm_source=x&p=5&fbclid=abc", "https://example.org/a?p=5"),
    ("https://example.org/a?utm_source=x", "https://example.org/a"),
    ("https://example.org/?p=5&q=1", "https://example.org?p=5&q=1"),
    ("https://example.org/%7Euser/%c3%a9", "https://example.org/~user/%C3%A9"),
    ("https://example.org/#!topic/a/b", "https://example.org#!topic/a/b"),
    ("  https://example.org/a \n", "https://example.org/a"),
    ("https://www.example.org/A", "https://www.example.org/A"),
    ("https://example.org/100%", "https://example.org/100%"),
  ])
  func spellings(_ address: String, _ expected: String) { #expect(canonical(address) == expected) }

  @Test func whatIsNoWebAddressIsNone() {
    for other in ["", "http://", "https:///a", "mailto:a@b.c", "urn:uuid:1", "example.org/a", "<1@a.b>"] {
      #expect(canonical(other) == nil)
    }
  }

  @Test func aCanonicalAddressIsItsOwn() {
    for address in ["http://A.b/c/?x=1&utm_medium=y#z", "https://a.b//", "http://a.b/%2f%41"] {
      #expect(canonical(address).flatMap(canonical) == canonical(address))
    }
  }
}
