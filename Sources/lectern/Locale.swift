import Glibc
import SearchIndex

/// What the environment says about the language of its user.
enum Locale {
  /// The word forms of the first of `LC_ALL`, `LC_MESSAGES` and `LANG` that is set: English for `C`, `POSIX`
  /// and nothing, none where the language has no stemmer.
  static var stemming: Stemming? {
    for name in ["LC_ALL", "LC_MESSAGES", "LANG"] {
      guard let value = unsafe getenv(name) else { continue }
      let locale = unsafe String(cString: value)
      if !locale.isEmpty { return Stemming(locale: locale) }
    }
    return Stemming(locale: "")
  }
}
