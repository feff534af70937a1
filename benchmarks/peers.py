"""The same articles through what people would use instead, each as its own documentation shows it.

Prompts, splitting and the order of calls are theirs. The few lines that carry a prompt to the server are ours, because their
packages for OpenAI ask for an older client than we have; what is sent and counted is the same. Nothing here needs a
network: LlamaIndex retrieves with its own mock embedding, and is asked for all chunks, since every article is wanted.
"""

from __future__ import annotations

import os
import time
import warnings
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

import llama_index.core
import openai
from langchain_classic.chains.summarize import load_summarize_chain
from langchain_core.documents import Document as LangDocument
from langchain_core.language_models.chat_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from llama_index.core import Document, Settings, VectorStoreIndex
from llama_index.core.embeddings import MockEmbedding
from llama_index.core.llms import CompletionResponse, CompletionResponseGen, CustomLLM, LLMMetadata
from llama_index.core.query_engine import CitationQueryEngine
from llama_index.core.response_synthesizers import TreeSummarize

from benchmarks.meter import Bill, Meter
from benchmarks.ours import MODEL, WORDS
from summarizer import tokens

QUERY = f"Summarize in at most {WORDS} words what these articles report about the event."
Peer = Callable[[Sequence[str], openai.AsyncOpenAI, int], Awaitable[str]]


@dataclass(frozen=True, slots=True)
class Run:
    """One summary by a peer: what the server counted, and seconds of wall-clock; or why there is none."""

    bill: Bill
    seconds: float
    refused: str = ""


async def run(name: str, texts: Sequence[str], meter: Meter, *, context_tokens: int = 128_000) -> Run:
    """Let a peer summarize. It is refused what its prompt and reply do not fit into, as a provider would."""
    started = time.perf_counter()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        async with openai.AsyncOpenAI(base_url=meter.base_url, api_key="metered") as client:
            await PEERS[name](texts, client, context_tokens)
    bill = meter.take()
    over = bill.largest_with_reply > context_tokens
    why = f"a prompt of {bill.largest_prompt:,} tokens does not fit" if over else ""
    return Run(bill, time.perf_counter() - started, why)


def versions() -> str:
    """What was compared with."""
    names = ("langchain-classic", "llama-index-core", "langchain-text-splitters", "datasketch", "tiktoken")
    return ", ".join(f"{name} {metadata.version(name)}" for name in names)


# -- LangChain ----------------------------------------------------------------------------------------------------------


class _LangModel(BaseChatModel):  # type: ignore[misc]  # without types here: installed for the benchmark only
    client: Any

    @property
    def _llm_type(self) -> str:
        return "metered"

    def _generate(
        self, messages: list[BaseMessage], stop: Any = None, run_manager: Any = None, **more: Any
    ) -> ChatResult:
        raise NotImplementedError("only the asynchronous half is used: it sends calls side by side")

    async def _agenerate(
        self, messages: list[BaseMessage], stop: Any = None, run_manager: Any = None, **more: Any
    ) -> ChatResult:
        role = {"human": "user", "ai": "assistant", "system": "system"}
        turns: Any = [{"role": role[m.type], "content": m.text} for m in messages]
        reply = await self.client.chat.completions.create(model=MODEL, messages=turns)
        return ChatResult(generations=[ChatGeneration(message=AIMessage(reply.choices[0].message.content or ""))])

    def get_num_tokens(self, text: str) -> int:
        return tokens.counter(MODEL)[0](text)


def _langchain(kind: str) -> Peer:
    async def ask(texts: Sequence[str], client: openai.AsyncOpenAI, context_tokens: int) -> str:
        chain = load_summarize_chain(_LangModel(client=client), chain_type=kind)
        answer = await chain.ainvoke({"input_documents": [LangDocument(page_content=t) for t in texts]})
        return str(answer["output_text"])

    return ask


# -- LlamaIndex ---------------------------------------------------------------------------------------------------------


class _LlamaModel(CustomLLM):  # type: ignore[misc]
    client: Any
    context_tokens: int

    @property
    def metadata(self) -> LLMMetadata:
        return LLMMetadata(context_window=self.context_tokens, num_output=1024, model_name=MODEL)

    def complete(self, prompt: str, formatted: bool = False, **more: Any) -> CompletionResponse:
        raise NotImplementedError("only the asynchronous half is used")

    async def acomplete(self, prompt: str, formatted: bool = False, **more: Any) -> CompletionResponse:
        reply = await self.client.chat.completions.create(model=MODEL, messages=[{"role": "user", "content": prompt}])
        return CompletionResponse(text=reply.choices[0].message.content or "")

    def stream_complete(self, prompt: str, formatted: bool = False, **more: Any) -> CompletionResponseGen:
        raise NotImplementedError("nothing here streams")


def _offline() -> None:
    """Their tokenizer is cl100k_base from a file that comes with them; ours is used for both, so that all is one count."""
    count, _ = tokens.counter(MODEL)
    Settings.tokenizer = lambda text: [0] * count(text)
    Settings.embed_model = MockEmbedding(embed_dim=8)


async def _citation(texts: Sequence[str], client: openai.AsyncOpenAI, context_tokens: int) -> str:
    _offline()
    llm = _LlamaModel(client=client, context_tokens=context_tokens)
    index = VectorStoreIndex.from_documents([Document(text=t) for t in texts])
    engine = CitationQueryEngine.from_args(index, llm=llm, similarity_top_k=10 * len(texts), use_async=True)
    return str(await engine.aquery(QUERY))


async def _tree(texts: Sequence[str], client: openai.AsyncOpenAI, context_tokens: int) -> str:
    _offline()
    llm = _LlamaModel(client=client, context_tokens=context_tokens)
    return str(await TreeSummarize(llm=llm, use_async=True).aget_response(QUERY, list(texts)))


PEERS: dict[str, Peer] = {
    "LangChain stuff": _langchain("stuff"),
    "LangChain map_reduce": _langchain("map_reduce"),
    "LangChain refine": _langchain("refine"),
    "LlamaIndex CitationQueryEngine": _citation,
    "LlamaIndex tree_summarize": _tree,
}

SIDE_BY_SIDE = ("LangChain map_reduce", "LlamaIndex tree_summarize")  # the others wait for each reply


# -- without a model ----------------------------------------------------------------------------------------------------


def split_and_find_copies(texts: Iterable[str]) -> tuple[int, int]:
    """LangChain's token splitter and datasketch's LSH: chunks, and articles that are near another. Less than we do."""
    from datasketch import MinHash, MinHashLSH
    from langchain_text_splitters import TokenTextSplitter

    splitter = TokenTextSplitter(encoding_name=tokens.FALLBACK, chunk_size=512, chunk_overlap=20)
    lsh: Any = MinHashLSH(threshold=0.5, num_perm=128)
    chunks = near = 0
    for number, text in enumerate(texts):
        chunks += len(splitter.split_text(text))
        words = text.split()
        sketch: Any = MinHash(num_perm=128)
        sketch.update_batch([" ".join(words[i : i + 3]).encode() for i in range(max(1, len(words) - 2))])
        near += bool(lsh.query(sketch))
        lsh.insert(str(number), sketch)
    return chunks, near


def encodings_offline() -> None:
    """tiktoken looks for its data on disk before it asks the network, and LlamaIndex carries them."""
    os.environ["TIKTOKEN_CACHE_DIR"] = str(Path(str(llama_index.core.__path__[0])) / "_static" / "tiktoken_cache")
