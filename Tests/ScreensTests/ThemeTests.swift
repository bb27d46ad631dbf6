import Grid
import Reader
import Testing

@testable import Screens

/// Themes: what can be read in them, and what a user changes of them.
@Suite struct ThemeTests {
  private static let inks: [Theme.Ink] =
    [
      .plain, .dim, .bar, .barStrong, .rule, .title, .heading, .author, .number, .date, .unread, .star, .note,
      .quote, .code, .link, .emphasis, .strong, .listItem, .signature, .hit, .currentHit, .selected, .marker,
      .prompt, .message, .key,
    ] + (0..<6).map { .spine($0) }

  private func theme(
    _ name: ThemeName, colors: Int = 256, isLight: Bool = false, _ changes: [InkRole: StyleChange] = [:]
  ) -> Theme {
    var options = ThemeOptions()
    options.name = name
    options.changes = changes
    return Theme(Capabilities(colors: colors, isLight: isLight), options)
  }

  /// Relative luminance as WCAG 2 has it.
  private func luminance(_ color: UInt8) -> Double {
    let (red, green, blue) = Color.components(ofPalette: color)
    func linear(_ level: Int) -> Double {
      let part = Double(level) / 255
      guard part > 0.03928 else { return part / 12.92 }
      // ((part + 0.055) / 1.055) to the 2.4th, by the nearest of small steps: no mathematics library here.
      let base = (part + 0.055) / 1.055
      let square = base * base
      return square * fifthRootOfSquare(base)
    }
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
  }

  private func fifthRootOfSquare(_ base: Double) -> Double {
    var root = 1.0
    for _ in 0..<40 {
      let fourth = root * root * root * root
      root -= (fourth * root - base * base) / (5 * fourth)
    }
    return root
  }

  private func contrast(_ style: Style, paper: UInt8, ink: UInt8) -> Double {
    var foreground = style.foreground.paletteNumber ?? ink
    var background = style.background.paletteNumber ?? paper
    if style.attributes.contains(.reverse) { swap(&foreground, &background) }
    let (one, other) = (luminance(foreground), luminance(background))
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)
  }

  @Test func highContrastStandsOutSevenToOne() {
    for (isLight, paper, ink) in [(false, UInt8(16), UInt8(231)), (true, 231, 16)] {
      let theme = theme(.highContrast, isLight: isLight)
      for one in ThemeTests.inks {
        let style = theme[one]
        #expect(contrast(style, paper: paper, ink: ink) >= 7, "\(one) on light paper: \(isLight)")
        #expect(!style.attributes.contains(.dim), "\(one)")
        let selected = theme[.selected].overlaid(by: style)
        #expect(
          contrast(selected, paper: paper, ink: ink) >= 7, "\(one) selected, on light paper: \(isLight)")
      }
    }
  }

  /// Inks in the terminal's own colours look as their user wants; all others can be read.
  @Test func darkAndLightCanBeRead() {
    for (name, paper, ink) in [(ThemeName.dark, UInt8(234), UInt8(252)), (.light, 231, 16)] {
      let theme = theme(name)
      for one in ThemeTests.inks where one != .rule {
        let style = theme[one]
        let isOwn = [style.foreground, style.background].contains { ($0.paletteNumber ?? 16) < 16 }
        if isOwn { continue }
        #expect(contrast(style, paper: paper, ink: ink) >= 4.5, "\(one) in \(name)")
      }
    }
    for one in ThemeTests.inks where one != .plain {
      let style = theme(.light)[one]
      #expect((style.foreground.paletteNumber ?? 16) >= 16, "\(one): the terminal's yellow is for dark paper")
    }
  }

  @Test func autoFollowsThePaperAndFewColoursAreTheTerminals() {
    for ink in ThemeTests.inks {
      #expect(theme(.auto)[ink] == theme(.dark)[ink])
      #expect(theme(.auto, isLight: true)[ink] == theme(.light)[ink])
      #expect(theme(.dark, colors: 16)[ink] == theme(.terminal)[ink])
      #expect(theme(.highContrast, colors: 16)[ink] == theme(.monochrome)[ink])
      for name in ThemeName.allCases {
        #expect(theme(name, colors: 0)[ink] == theme(.monochrome)[ink])
        let shown = theme(name, colors: 16)[ink]
        #expect((shown.foreground.paletteNumber ?? 0) < 16 && (shown.background.paletteNumber ?? 0) < 16)
      }
      #expect(
        theme(.monochrome)[ink].foreground == .default && theme(.monochrome)[ink].background == .default)
    }
  }

  @Test func singleInksAreChanged() {
    var red = StyleChange()
    red.foreground = .palette(196)
    red.added = .underline
    red.removed = .bold
    let theme = theme(.dark, [.author: red, .spine2: red])
    #expect(theme[.author] == Style(foreground: .palette(196), attributes: .underline))
    #expect(theme[.spine(1)].foreground == .palette(196) && theme[.spine(7)].foreground == .palette(196))
    #expect(theme[.spine(0)] == self.theme(.dark)[.spine(0)])
    #expect(theme[.star] == self.theme(.dark)[.star])
    #expect(self.theme(.dark, colors: 0, [.author: red])[.author] == Style(attributes: .underline))
  }

  @Test func everyInkHasARoleAndEveryRoleAnInk() {
    #expect(Set(ThemeTests.inks.map(\.role)) == Set(InkRole.allCases))
  }

  @Test(arguments: ThemeName.allCases) func goldenScreen(name: ThemeName) {
    for isLight in name == .auto || name == .highContrast ? [false, true] : [false] {
      var session = Session()
      var options = ReaderOptions()
      options.theme.name = name
      session.send(.optionsChanged(options))
      session.send(.capabilities(Capabilities(colors: 256, isLight: isLight)))
      session.press("<Enter>jss")
      session.saveAll()
      session.search("bell")
      GoldenScreen.check(session.state, "theme-\(name.rawValue)\(isLight ? "-light" : "")")
    }
  }

  @Test func datesAreWrittenAsAsked() {
    for (style, needle) in [
      (DateStyle.iso, "2013-03-02"), (.relative, "14 mo ago"), (.long, "2 March 2013"),
      (.short, "2 Mar 2013"),
      (.age, "2 Mar 2013 · 14 mo"),
    ] {
      var session = Session()
      var options = ReaderOptions()
      options.dates = style
      session.send(.optionsChanged(options))
      session.press("<Enter>")
      let text = view(session.state).rows().joined(separator: "\n")
      #expect(text.contains(needle), "\(style): \(text)")
    }
  }
}
