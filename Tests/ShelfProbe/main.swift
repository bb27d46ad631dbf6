// Stars entries in a loop and prints each key after its saving call has returned, until it is killed.
// Arguments: folder, name of the writer (a number).

import Discussion
import Glibc
import Shelf

let arguments = CommandLine.arguments
guard arguments.count == 3, let writer = UInt64(arguments[2]) else {
  print("use: ShelfProbe FOLDER NUMBER")
  exit(64)
}
do {
  let shelf = try Shelf(folder: Array(arguments[1].utf8))
  if let refusal = shelf.refusal { throw refusal }
  var number: UInt64 = 0
  while true {
    number += 1
    let key = EntryKey(high: writer, low: number)
    try shelf.setStar(
      key, discussion: EntryKey(high: writer, low: 0), true,
      copy: BookmarkCopy(title: Array("Entry \(number)".utf8)), at: Int64(number))
    let line = Array("\(key.hexadecimal)\n".utf8)
    let written = unsafe line.withUnsafeBytes { unsafe write(1, $0.baseAddress, $0.count) }
    if written != line.count { exit(1) }
  }
} catch {
  print("error: \(error)")
  exit(70)
}
