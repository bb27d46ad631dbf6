import Bytes
import Glibc

/// What the system says of an error, as part of a sentence.
enum SystemErrorText {
  static func of(_ code: Int32) -> String {
    unsafe strerror(code).map { unsafe String(cString: $0) } ?? "error \(code)"
  }

  static func of(_ error: FileError) -> String {
    switch error.reason {
    case .missing: "there is no such folder"
    case .notPermitted: "it may not be written"
    case .isFolder: "a folder has this name"
    case .notRegular: "it is no file"
    case .system(let code): of(code)
    default: "it cannot be written"
    }
  }
}
