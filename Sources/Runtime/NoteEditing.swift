import Bytes
import Discussion
import Glibc
import Grid
import Reader
import Terminal

/// Writing a note with `$VISUAL` or `$EDITOR`: in a file of one's own, which stays whenever what was written
/// in it could not be taken.
extension ReaderLoop where Face: ~Copyable {
  /// Longest note, in bytes.
  private static var noteLimit: Int { 1 << 20 }

  mutating func editNote(_ note: String, on entry: EntryID) {
    guard let folder = shelfFolder else {
      dispatch(.notice("No editor: there is no folder to write the note in, for HOME is not set."))
      return
    }
    let line = Self.variable("VISUAL") ?? Self.variable("EDITOR") ?? "vi"
    guard let words = CommandWords.split(line), let program = words.first else {
      dispatch(.notice("No editor: \(line) cannot be parted into words."))
      return
    }
    let name = DisplayRule.printable(program)
    let file: PathName
    do throws(FileError) {
      try DurableFile.makeFolder(PathName(folder))
      file = try Self.newFile(in: PathName(folder), note)
    } catch {
      dispatch(
        .notice(
          "No editor: \(String(decoding: error.path.bytes, as: UTF8.self)): \(SystemErrorText.of(error))."))
      return
    }
    let shown = String(decoding: file.display, as: UTF8.self)
    let (end, endSignal) = terminal.run(
      words + [String(decoding: file.bytes, as: UTF8.self)], input: nil, farewell: nil)
    if let endSignal { self.end(by: endSignal) }
    let written = try? SourceFile.read(file, limit: Self.noteLimit).bytes
    // Editors end the last line, whoever wrote it.
    let before = Array(note.utf8) + [0x0A]
    let isSame = written == before
    func keep(_ why: String) {
      if isSame { try? DurableFile.remove(file) }
      dispatch(.notice(why + (isSame || written == nil ? "" : " What was written is in \(shown).")))
    }
    guard endSignal == nil else { return }
    switch end {
    case .notStarted(let code):
      return keep("No editor: \(name): \(SystemErrorText.of(code)). VISUAL or EDITOR names one.")
    case .signal(let number): return keep("The note is as it was: \(name) was ended by signal \(number).")
    case .exit(let status) where status != 0:
      return keep("The note is as it was: \(name) ended with \(status).")
    case .exit: break
    }
    guard let written else {
      return keep("The note is as it was: \(shown) cannot be read, or has more than 1 MiB.")
    }
    guard let text = String(validating: written, as: UTF8.self) else {
      return keep("The note is as it was: what was written is not UTF-8.")
    }
    if isSame {
      try? DurableFile.remove(file)
      dispatch(.notice("The note is as it was."))
      return
    }
    let clean = DisplayRule.printable(text.utf8.span, lineEnds: .keep)
    var edited = String(decoding: clean, as: UTF8.self)
    while edited.last == "\n" || edited.last == " " { edited.removeLast() }
    dispatch(.noteEdited(entry, note: edited))
    if let ticket = state.pendingMarks.keys.max() { noteFiles[ticket] = file.bytes }
  }

  /// The shelf has the note: what it was written in is not needed any more.
  mutating func removeNoteFile(of ticket: Int) {
    if let file = noteFiles.removeValue(forKey: ticket) { try? DurableFile.remove(PathName(file)) }
  }

  /// A file of one's own with a note in it.
  private static func newFile(in folder: PathName, _ note: String) throws(FileError) -> PathName {
    var number = 0
    while true {
      let path = folder.appending(Array("note-\(getpid())\(number == 0 ? "" : "-\(number)").md".utf8))
      if try DurableFile.create(path, with: Array(note.utf8) + [0x0A]) { return path }
      number += 1
    }
  }
}
