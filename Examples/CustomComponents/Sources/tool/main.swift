import Glia
import GliaCommands
import Parts

Tool(registry: try .withParts()).run()
