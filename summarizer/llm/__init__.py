"""The model: any OpenAI-compatible chat endpoint, asked for one whole reply under one absolute deadline.

client    one model behind one endpoint: one retry loop, every failure one class of `errors`
breaker   leaves a server alone for a while after it has failed
fallback  a second model for when the first one fails
replies   what servers say, in the usual shapes
"""

from summarizer.llm.breaker import Breaker, Cooling
from summarizer.llm.client import OPENAI, ChatModel, Policy
from summarizer.llm.fallback import WithFallback
from summarizer.llm.replies import host_of

__all__ = ["OPENAI", "Breaker", "ChatModel", "Cooling", "Policy", "WithFallback", "host_of"]
