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

  static func repaired(_ count: Int, as charset: Charset) -> String {
    count == 1
      ? "1 broken \(charset.name) sequence is shown as U+FFFD"
      : "\(count) broken \(charset.name) sequences are shown as U+FFFD"
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

  static let noMemory = "not read, there is no memory to unpack it"
  static let encrypted = "encrypted, not read"
  static let emptyArchive = "the archive holds no file that can be read"
  static let needsDictionary = "the zstd data needs a dictionary, which no reader has; the rest is not read"

  static func packedAgain(_ packing: Packing) -> String {
    "binary file, not read: \(packing.name) inside of what was unpacked already, and one layer is opened"
  }
  static func endsEarly(_ packing: Packing) -> String {
    "the \(packing.name) data ends early; what came before is read"
  }
  static func damaged(_ packing: Packing) -> String {
    "the \(packing.name) data is damaged; what came before is read"
  }
  static func trailing(_ packing: Packing) -> String {
    "what follows the \(packing.name) data is none, and not read"
  }
  static func wrongChecksum(_ packing: Packing) -> String {
    "the checksum of the \(packing.name) data does not match; the text is read all the same"
  }
  static func wrongSize(_ packing: Packing) -> String {
    "the size that the \(packing.name) data states does not match; the text is read all the same"
  }
  static func methodNotSupported(_ packing: Packing) -> String {
    "packed by a method of \(packing.name) that is not known, not read"
  }
  static func archiveDamaged(_ packing: Packing, _ read: Int) -> String {
    "the \(packing.name) archive is damaged or ends early after \(read) files; those are read"
  }
  static func tooManyMembers(_ limit: Int) -> String {
    "more than \(limit) files in the archive, the rest is not read"
  }
  static func skippedMembers(_ count: Int) -> String {
    count == 1
      ? "1 link or device in the archive is skipped" : "\(count) links or devices in the archive are skipped"
  }
  static func expandsTooFar(packed: Int, unpacked: Int, ratio: Int, isWhole: Bool) -> String {
    let rest = isWhole ? "not read" : "the rest is not read"
    return
      "unpacks to more than \(ratio) times its size (\(unpacked >> 20) MiB of \(packed) bytes), \(rest)"
  }
  static func unpacksTooMuch(_ limit: Int) -> String {
    "unpacks to more than \(limit >> 30) GiB, the rest is not read"
  }
  static func windowTooLarge(_ window: UInt64) -> String {
    window > 1 << 31
      ? "a zstd frame asks for a window of more than 2 GiB, not read"
      : "a zstd frame asks for a window of \(window >> 20) MiB, not read; --long opens it"
  }
}
