import Foundation

/// A small mailbox, made up for the README's pictures: names and dates for everything, and replies several deep.
enum ReadmeMailbox {
  private struct Mail {
    var number: Int
    var answers: Int?
    var name: String
    /// Day of the month and time, in March 2019.
    var date: String
    var subject: String
    var body: String
  }

  private static let mails = [
    Mail(
      number: 1, name: "Ida Bergström", date: "Fri, 01 Mar 2019 08:12:00", subject: "A barrel for every plot",
      body: """
        Last summer we carried water from the street for nine weeks. The shed
        roof alone is 40 square metres: that is 24 cubic metres of rain a year,
        if the almanac is right.

        I propose one barrel of 200 litres for every plot, filled from the shed
        by a pipe. What have I forgotten?
        """),
    Mail(
      number: 2, answers: 1, name: "Tomás Rey", date: "Fri, 01 Mar 2019 09:40:00",
      subject: "Re: A barrel for every plot",
      body: """
        > I propose one barrel of 200 litres for every plot, filled from the
        > shed by a pipe.

        Frost. A full barrel splits in January. Either it has a tap at the very
        bottom and somebody who opens it in November, or we pay for barrels each
        spring.
        """),
    Mail(
      number: 3, answers: 2, name: "Ida Bergström", date: "Fri, 01 Mar 2019 11:05:00",
      subject: "Re: A barrel for every plot",
      body: """
        > Either it has a tap at the very bottom and somebody who opens it in
        > November, or we pay for barrels each spring.

        A tap, then, and a line in the calendar beside the door. I can be the
        somebody.
        """),
    Mail(
      number: 4, answers: 3, name: "Naoko 田中", date: "Sat, 02 Mar 2019 18:22:00",
      subject: "Re: A barrel for every plot",
      body: """
        In Sendai we left the tap open all winter and put a bucket under it.
        Nobody had to remember anything:

            for plot in plots: plot.barrel.tap = "open"

        雨水 is the name of the season, by the way: rain water, from 19 February.
        """),
    Mail(
      number: 5, answers: 1, name: "Wilma Oduya", date: "Sat, 02 Mar 2019 20:01:00",
      subject: "Re: A barrel for every plot",
      body: """
        Midges. Any barrel without a lid is a nursery by June. A lid with a net
        costs four euros, see https://example.org/lids. I would rather buy lids
        than listen to Tomás about midges.
        """),
    Mail(
      number: 6, answers: 5, name: "Tomás Rey", date: "Sun, 03 Mar 2019 07:30:00",
      subject: "Re: A barrel for every plot",
      body: "> I would rather buy lids than listen to Tomás about midges.\n\nSeconded, by Tomás."),
    Mail(
      number: 7, answers: 5, name: "Ida Bergström", date: "Mon, 04 Mar 2019 12:00:00",
      subject: "Re: A barrel for every plot",
      body: "Lids are in. That makes 31 euros a plot with the pipe; the treasurer nods."),
    Mail(
      number: 8, answers: 1, name: "Per Lund", date: "Thu, 07 Mar 2019 21:15:00",
      subject: "Re: A barrel for every plot",
      body: """
        Who owns the shed? If the roof is the town's, so is the rain on it. We
        asked about the solar panels in 2016 and it took until 2018.
        """),
    Mail(
      number: 9, answers: 8, name: "Wilma Oduya", date: "Fri, 08 Mar 2019 08:45:00",
      subject: "Re: A barrel for every plot",
      body: "The shed is ours, the ground below it is not. Rain falls on the shed."),
    Mail(
      number: 10, name: "Per Lund", date: "Mon, 11 Mar 2019 10:00:00",
      subject: "Minutes of the spring meeting",
      body: "Barrels: agreed, with taps and lids. Bees: put off. The gate closes at ten from April on."),
    Mail(
      number: 11, answers: 10, name: "Naoko 田中", date: "Mon, 11 Mar 2019 19:30:00",
      subject: "Re: Minutes of the spring meeting", body: "Put off until when? The bees do not read minutes."),
  ]

  /// The file, in mbox format.
  static var text: String {
    mails.map { mail in
      var head = [
        "From reader@example.org Fri Mar  1 00:00:00 2019",
        "From: \(mail.name) <p\(mail.number)@example.org>",
        "Subject: \(mail.subject)", "Date: \(mail.date) +0000",
        "Message-ID: <\(mail.number)@plots.example.org>",
        "Content-Type: text/plain; charset=utf-8",
      ]
      if let parent = mail.answers { head.append("In-Reply-To: <\(parent)@plots.example.org>") }
      return head.joined(separator: "\n") + "\n\n" + mail.body + "\n\n"
    }.joined()
  }
}
