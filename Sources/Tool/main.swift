import Glia
import GliaCommands

Tool(registry: .standard, experiments: BuiltInExperiment.all.map { ($0.summary, $0.experiment) }).run()
