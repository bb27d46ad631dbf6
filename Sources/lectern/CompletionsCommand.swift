import ArgumentParser

/// A script that completes the commands and options in a shell.
struct CompletionsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "completions", abstract: "Print a script that completes lectern in bash, zsh or fish.")

  @Argument(help: "bash, zsh or fish.") var shell: String

  private static let shells = ["bash", "zsh", "fish"]

  func validate() throws {
    guard Self.shells.contains(shell) else {
      throw ValidationError(
        Sentences.unknown("shell", shell, nearest: NearestName.of(shell, among: Self.shells)))
    }
  }

  func run() throws {
    guard let shell = CompletionShell(rawValue: shell) else { return }
    var out = Output()
    out.write(Lectern.completionScript(for: shell))
    out.write("\n")
    out.flush()
  }
}
