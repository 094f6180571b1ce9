import Glia
import GliaCommands

Tool(registry: .standard, experiments: BuiltInExperiments.all).run()
