import Discussion

/// The messages of Zulip of all sources of an import, by topic: answers hold some messages of a topic each,
/// exports keep people, channels and messages in files of their own.
final class ZulipTopics {
  /// Whom a message went to.
  private enum Place: Hashable {
    /// A channel, as an answer names it, by number and name.
    case channel(Int?, [UInt8])
    /// People, by their numbers or addresses.
    case people([UInt8])
    /// The row of an export that tells.
    case recipient(Int)
  }

  private struct Message {
    var number: Int
    var words: ParsedComment
    var sender: Int?
    var source: Int
    var mayBegin: Bool
  }

  private struct Topic {
    var place: Place
    var name: [UInt8]
    var title: [UInt8]
    var messages: [Message] = []
  }

  private var topics: [Topic] = []
  private var topicByKey: [Place: [[UInt8]: Int]] = [:]
  private var sources: [[UInt8]] = []
  private var people: [Int: [UInt8]] = [:]
  private var channels: [Int: [UInt8]] = [:]
  private var recipients: [Int: (type: Int, of: Int)] = [:]

  /// Takes a message of an answer.
  /// - Parameters:
  ///   - holder: what holds it, which may say which topic of which channel it stands in.
  ///   - mayBegin: whether no older message of its topic is left out, as far as the answer says.
  func take(message value: JSONNode, in holder: JSONNode?, mayBegin: Bool, source: [UInt8]) {
    guard let number = value["id"]?.int else { return }
    let name = value.line("topic") ?? value.line("subject") ?? holder?.line("topic") ?? []
    let channel = value["display_recipient"]?.line ?? holder?.line("stream") ?? holder?.line("channel") ?? []
    var place = Place.channel(value["stream_id"]?.int ?? holder?["stream_id"]?.int, channel)
    var title = name
    if let people = value["display_recipient"], people.isArray {
      let keys = people.elements.compactMap { $0["id"]?.identifier ?? $0.line("email") }
      place = .people(
        Array(keys.map { String(decoding: $0, as: UTF8.self) }.sorted().joined(separator: ",").utf8))
      title = Array(people.elements.compactMap { $0.line("full_name") }.joined(separator: [0x2C, 0x20]))
    }
    var words = ParsedComment(author: value.line("sender_full_name"), date: value.date("timestamp"))
    words.text = ZulipMessage.words(value)
    add(
      Message(number: number, words: words, sender: nil, source: index(of: source), mayBegin: mayBegin),
      to: place, name: name, title: title)
  }

  /// Takes a row of an export's messages.
  func take(row value: JSONNode, source: [UInt8]) {
    guard let number = value["id"]?.int, let recipient = value["recipient"]?.int else { return }
    let name = value.line("subject") ?? value.line("topic_name") ?? []
    var words = ParsedComment(date: value.date("date_sent"))
    words.text = ZulipMessage.words(value)
    add(
      Message(
        number: number, words: words, sender: value["sender"]?.int, source: index(of: source), mayBegin: true),
      to: .recipient(recipient), name: name, title: name)
  }

  /// Takes the tables of an export that tell who people are, what channels are called, and which channel a
  /// recipient is.
  func take(tables value: JSONNode) {
    for table in [
      value["zerver_userprofile"], value["zerver_userprofile_crossrealm"],
      value["zerver_userprofile_mirrordummy"],
    ] {
      guard let table, table.isArray else { continue }
      for row in table.elements {
        if let id = row["id"]?.int, let name = row.line("full_name") { people[id] = name }
      }
    }
    if let table = value["zerver_stream"], table.isArray {
      for row in table.elements {
        if let id = row["id"]?.int, let name = row.line("name") { channels[id] = name }
      }
    }
    if let table = value["zerver_recipient"], table.isArray {
      for row in table.elements {
        if let id = row["id"]?.int, let type = row["type"]?.int, let of = row["type_id"]?.int {
          recipients[id] = (type, of)
        }
      }
    }
  }

  private func index(of source: [UInt8]) -> Int {
    if sources.last != source { sources.append(source) }
    return sources.count - 1
  }

  private func add(_ message: Message, to place: Place, name: [UInt8], title: [UInt8]) {
    let key = ZulipMessage.unmarked(name)
    if let index = topicByKey[place]?[key] {
      topics[index].messages.append(message)
    } else {
      topicByKey[place, default: [:]][key] = topics.count
      topics.append(Topic(place: place, name: key, title: title, messages: [message]))
    }
  }

  // MARK: Handing over

  /// Hands over the discussions.
  /// - Complexity: O(messages · log messages of a topic).
  func flush(_ deliver: (ParsedDiscussion) -> Void) {
    for index in topics.indices {
      deliver(discussion(topics[index]))
      topics[index].messages = []
    }
    topics = []
    topicByKey = [:]
    sources = []
  }

  private func discussion(_ topic: Topic) -> ParsedDiscussion {
    let (place, channel) = describe(topic.place)
    let key = Array("zulip:".utf8) + place
    var post = ParsedDiscussion(title: topic.title, format: Zulip.name)
    post.nativeID = key + [0x2F] + topic.name
    if let channel { post.categories = [channel] }
    var last: Int?
    var isFirst = true
    for message in topic.messages.sorted(by: { $0.number < $1.number }) where message.number != last {
      last = message.number
      var words = message.words
      if words.author == nil { words.author = message.sender.flatMap { people[$0] } }
      if !post.sources.contains(sources[message.source]) { post.sources.append(sources[message.source]) }
      if isFirst, message.mayBegin {
        post.author = words.author
        post.date = words.date
        post.body = words.text
      } else {
        words.nativeID = key + [0x23] + Array("\(message.number)".utf8)
        post.comments.append(words)
      }
      isFirst = false
    }
    return post
  }

  /// A place for ids, and its channel's name.
  private func describe(_ place: Place) -> (id: [UInt8], channel: [UInt8]?) {
    switch place {
    case .channel(let number, let name):
      return (channelID(number, name), name.isEmpty ? nil : name)
    case .people(let people):
      return (Array("dm:".utf8) + people, nil)
    case .recipient(let row):
      guard let recipient = recipients[row], recipient.type == 2 else {
        return (Array("recipient:\(row)".utf8), nil)
      }
      let name = channels[recipient.of]
      return (channelID(recipient.of, name ?? []), name)
    }
  }

  private func channelID(_ number: Int?, _ name: [UInt8]) -> [UInt8] {
    (number.map { Array("\($0):".utf8) } ?? []) + name
  }
}
