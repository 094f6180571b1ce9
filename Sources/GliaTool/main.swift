import Glia
import GliaCommands

Tool(registry: .standard).run()
