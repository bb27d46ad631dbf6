/// A discussion in thread order, with the lasting key of every entry: ready to become rows.
struct ArrangedDiscussion {
  /// What is known of it.
  var parsed: ParsedDiscussion
  /// Where each comment stands.
  var order: ThreadOrder
  /// For each place, the entry's key.
  var keys: [EntryKey]
  /// Further keys, and the places that they are found at.
  var aliases: [(key: EntryKey, place: Int)]
  /// For each comment in the source's order, whether it names a parent that is not here; empty when none
  /// does.
  var isOrphan: [Bool]
}
