import Bytes

/// The sentences of this room's problems, in one place.
enum ProblemSentence {
  static let empty = "the file is empty"
  static let noText = "the file holds no text"
  static let binary = "binary file, not read"
  static let changed = "the file changed while it was read"
  static let emptyFolder = "the folder holds no file that can be read"

  static func cut(at limit: Int) -> String { "longer than \(limit) bytes, the rest is not read" }
  static func more(_ count: Int) -> String {
    count == 1 ? "1 more problem is not listed" : "\(count) more problems are not listed"
  }

  static func repaired(_ count: Int, as charset: DecodedText.Charset) -> String {
    let name =
      switch charset {
      case .utf8: "UTF-8"
      case .utf16: "UTF-16"
      case .utf32: "UTF-32"
      case .windows1252: "windows-1252"
      }
    return count == 1
      ? "1 broken \(name) sequence is shown as U+FFFD"
      : "\(count) broken \(name) sequences are shown as U+FFFD"
  }

  static func unreadComments(_ declared: Int?) -> String {
    guard let declared else {
      return "comments are announced here that could not be told apart; their text is kept with the post"
    }
    return declared == 1
      ? "1 comment is announced here and could not be told apart; its text is kept with the post"
      : "\(declared) comments are announced here and could not be told apart; their text is kept with the post"
  }

  static func marksCut(_ count: Int) -> String {
    "\(count) combining marks beyond \(DecodedText.marksKept) on one letter were left out"
  }

  static func of(_ error: FileError) -> String {
    switch error.reason {
    case .missing: "no such file or folder"
    case .notPermitted: "permission denied"
    case .isFolder: "a folder, not a file"
    case .notRegular: "not a regular file (a pipe, device or socket), skipped"
    case .linkedFolder: "a link to a folder, not followed"
    case .tooDeep: "folders nested more than \(FolderWalk.depthLimit) deep, not followed"
    case .tooLarge(let limit): "larger than the limit of \(limit) bytes"
    case .system(let code): "could not be read (system error \(code))"
    }
  }
}
