import ArgumentParser
import Glia
import GliaStudies

/// The options of commands that train many times: what is measured, and how they are interrupted and continued.
struct StudyOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("What is compared: loss (default) or a metric.", valueName: "metric"),
    completion: KnownNames.metric)
  var objective: String?

  @Option(parsing: .unconditional, help: ArgumentHelp("Trainings that run at the same time.", valueName: "n"))
  var jobs = 1

  @Option(
    help: ArgumentHelp(
      "Continue what was interrupted in this folder; nothing that was finished is repeated.", valueName: "dir"),
    completion: .directory)
  var resume: String?

  @OptionGroup
  var results: ResultOptions

  /// The name of the objective.
  var metric: String { objective ?? "loss" }

  func validate() throws {
    guard resume == nil || results.output == nil else {
      throw ValidationError("--resume and --output are mutually exclusive.")
    }
  }

  /// The folder that is continued or given, or else the one of this name.
  func folder(named name: String) -> OutputFolder {
    resume.map(OutputFolder.init(path:)) ?? results.folder(named: name)
  }

  /// Throws unless the numbers of jobs and seeds are possible.
  func check(seeds: Int) throws {
    for (option, noun, number, limit) in [("--jobs", "job", jobs, 256), ("--seeds", "seed", seeds, 1000)]
    where !(1...limit ~= number) {
      throw UsageMistake(number.counted(noun), at: option, expected: "a whole number from 1 to \(limit.grouped)")
    }
  }

  /// Throws unless the folder has a log to continue with --resume and, without it, none that would be lost.
  ///
  /// - Parameter noun: what the log has, such as `comparison`.
  func check(_ log: String, of noun: String, isUnfinished: Bool) throws {
    let place = log.visible(limit: 4096)
    if resume != nil, !InputFile.exists(log) {
      throw GliaError(
        "there is no \(noun) to continue", at: place, expected: "the folder of an interrupted \(noun)",
        category: .missingInput)
    }
    // What it has may have taken hours.
    if resume == nil, isUnfinished {
      throw UsageMistake(
        "the folder has the results of an interrupted \(noun)", at: place, expected: "another folder",
        remedy: "continue it with --resume, or choose another with --output")
    }
  }

  /// Says how to go on after an interruption.
  func noteResumption(in folder: OutputFolder) {
    Console.note("to continue, repeat the command with --resume \(folder.path.visible(limit: 4096))")
  }
}

extension OutputFolder {
  /// The log of a comparison or a curve.
  static let log = "runs.jsonl"

  /// Opens the log of a comparison or a curve, with what an earlier run measured if it is continued.
  func log(of subject: JSON, _ options: StudyOptions) throws -> StudyLog {
    let log = try StudyLog(path: file(Self.log), of: subject, continues: options.resume != nil)
    if log.earlier > 0 { options.results.note("resumed with \(log.earlier.counted("result")) of the log") }
    return log
  }
}
