"""Takes one unit's text, gives the spans in it that speak to a model and not to a reader. Does not know the other units,
except that the caller may say that the unit before ended in such a span.

This is a courtesy to the reader and to the model, not the defence: whoever writes for a machine can write around any list.
The defence is that article text is data everywhere (fenced in prompts, checked in answers). So the rules aim at sentences
that no newspaper prints as its own voice, and leave alone what reports on instructions, orders or models: an order is an
order here only at the head of a sentence, and what stands between quotation marks inside a reporting sentence is a report.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from summarizer.clean.cues import QUOTED, REPORTED

# A piece ends at a stop, with its closing marks, before white space. A line break inside a unit is no end: the line was cut.
_PIECE_END = re.compile(r"[.!?…]++[\"'”’»)\]]*+(?=\s)|[。！？]++[」』”）]*+")
_FOLD = str.maketrans(
    {
        "’": "'",
        "‘": "'",
        "–": "-",
        "—": "-",
        "\u00a0": " ",
        "\u200b": None,
        "\u200c": None,
        "\u200d": None,
        "\u2060": None,
        "\ufeff": None,
        "\u00ad": None,
    }
)
_WORD = re.compile(r"[^\W\d_]+")

# No rule can hold without one of these words (or a sign of `_SIGNS`): the cheap test that most units fail at once.
_TRIGGERS = frozenset(
    """ignore disregard forget override overrides bypass instruction instructions directive directives prompt prompts guidelines system
    assistant assistants ai llm llms chatgpt gpt dan chatbot chatbots summarizer summariser summarizers summarisers model models
    limitations guardrails censorship safeguards unfiltered uncensored amoral jailbroken speak
    act pretend roleplay persona character user users agent agents sudo want need instruct credentials conversation session chat
    openai programming creators developers filters policy guidelines jailbreak admin administrator
    translate classify paraphrase proofread rewrite rephrase reverse invert sentiment mood tone script poem haiku essay
    respond response reply answer answering output summary summaries summarizing summarising summarize summarise mode developer
    jailbreak unrestricted restrictions filter filters verbatim decode execute thinking reasoning breach document inst sys nevermind
    stop call token message code
    above rules orders obey say print write repeat quote paste discard skip summarise summaries told role rule freed wait tool
    guideline automated machine forward thread inbox human user systeme ki ia regeln règle règles reglas regole prompts systemprompt consignes consigne
    ignoriere ignorieren ignorier vergiss vergessen missachte anweisungen systemhinweis regeln richtlinien ignorez oubliez ignore
    oublie instructions consignes ignora ignorad ignore olvida olvide instrucciones istruzioni dimentica ignorare restrizioni
    restricciones restrictions sistema système systeme sistem assistente ignoruj instrukcje ahora modo esqueça instruções antwort
    игнорируй игнорируйте забудь забудьте تجاهل انس""".split()
)
_SIGNS = re.compile(
    r"<\||\|>|\[/?inst\]|<</?sys>>|</?(?:system|user|assistant|instructions?|prompt|thinking)>|指示|命令|プロンプト|指令|提示|지시|명령|지침|システム|系统"
)

_LEAD = r"^[\W_]*+(?:(?:please|now|stop|ok|okay|hey|hi|hello|nevermind|attention|important|urgent|warning|note|also|and|so|then|but|instead|first|next|step \d+)\b[\W_]*){0,4}"
_MODEL = r"(?:ai|a\.i\.|llms?|chatgpt|gpt(?:-?\d\w?)?|(?:large )?language models?|ai (?:models?|assistants?|systems?|agents?|readers?|summari[sz]ers?|chatbots?|tools?)|assistants?|summari[sz]ers?|chatbots?|automated (?:systems?|summari[sz]ers?|readers?))"
_WHAT = r"(?:instructions?|prompts?|directives?|guidelines?|system messages?|commands?|context|programming|training|safeguards?)"
_WHOSE = r"(?:previous|prior|above|earlier|preceding|foregoing|following|initial|original|existing|all|any|every|your|these|those|system|developer|safety|content|user's|operator's|moderation)"
_REPLY = r"(?:response|answer|reply|output|summary|message|completion|responses|answers|replies|summaries)"
_ORDER = r"(?:add|append|apply|augment|begin|complete|conclude|construct|convert|craft|create|deliver|embed|encode|end|enhance|ensure|express|finish|format|give|include|incorporate|insert|inject|integrate|introduce|make|mention|modify|output|present|preface|prefix|prepend|print|produce|provide|put|rearrange|render|repeat|replace|reverse|rewrite|say|spell|start|state|substitute|suffix|supply|switch|tell|transform|translate|use|weave|write|reply|respond|answer|remove|combine|scramble|jumble|shuffle|misspell|swap)"

_STRONG: tuple[re.Pattern[str], ...] = tuple(
    re.compile(pattern)
    for pattern in (
        # imitations of the markers that chat templates use
        r"<\|[a-z_]{2,24}\|>|\[/?inst\]|<</?sys>>|^[\W_]*</?(?:system|user|assistant|instructions?|prompt|thinking)>",
        r"^[\W_]{0,8}(?:new |updated |end of |begin )?(?:system|assistant)(?: (?:prompt|message|note|notice|override|instructions?|update|alert|directive|command))?[\W_]{0,3}:",
        r"^[\W_]{0,8}\[(?:system|assistant|developer)(?: \w+)?\]",
        r"^[\W_]{0,8}(?:system ?hinweis|systemanweisung|nota del sistema|note (?:du |de )?syst[eè]me|nota di sistema|message syst[eè]me|mensaje del sistema|システム(?:メッセージ|指示|プロンプト)|系统(?:消息|提示|指令)) ?[:：]",
        r"^[\W_]{0,8}reasoning \(assistant\)",
        r"^\W{2,}end of (?:the )?(?:document|article|text|input|context|prompt)\b",
        # set your rules aside
        rf"{_LEAD}(?:ignore|disregard|forget|override|bypass|overrule)\b (?:[\w']+,? ){{0,6}}?{_WHOSE}\b (?:[\w']+,? ){{0,6}}?{_WHAT}\b",
        rf"{_LEAD}(?:ignore|disregard|forget|override|bypass)\b (?:[\w']+ ){{0,4}}?your (?:[\w']+ ){{0,3}}?(?:rules|policies|policy|polic\w+|restrictions|filters)\b",
        rf"{_LEAD}(?:ignore|disregard|forget) (?:everything|anything|all|all of|what(?:ever)?)(?: (?:that|of|the))?(?: \w+)?(?: (?:above|before|you were told|you have been told|you've been told|i said|we (?:said|discussed)|has been said))",
        r"^[^.!?\"“]{0,120}\bignore (?:all|any) (?:\w+ ){0,4}instructions and\b (?:\w+ ){0,3}(?:follow|obey|only|just|instead)",
        r"^[\W_]*+(?:your )?(?:new|updated|revised|real|actual) (?:system )?(?:instructions?|directives?|prompt|task)\b(?: for you)? ?(?::|is to\b|are to\b|supersedes?\b)",
        r"^[\W_]*+(?:you are (?:now )?hereby instructed|i hereby instruct you)\b",
        # who the model is to be
        r"^[\W_]*+(?:from now on|henceforth|starting now|as of now)[, -]+(?:respond|answer|reply|act as|speak only|obey|ignore)\b",
        r"^[\W_]*+(?:from now on|henceforth|starting now|as of now)[, -]+you\b.{0,60}\b(?:restrictions|prompts?|rules|filters|guidelines|comply|obey|respond|answer|act as|going to act|limits)\b",
        r"^[\W_]*+you (?:are|will be|act as|have become) (?:now |no longer |a |an |the |my |in )*(?:\w+[ -]){0,3}?(?:ai|a\.i\.|assistant|language model|chatbot|bot|dan|gpt|chatgpt|unrestricted|jailbroken|(?:developer|debug|unrestricted|god|admin) mode)\b",
        r"^[\W_]*+you are (?:about to|going to) (?:immerse yourself|act as|play the role|pretend|roleplay)\b",
        r"^[\W_]*+(?:pretend|act|behave|respond|imagine)\b.{0,20}\b(?:you are|you're|to be|as|as if|like) (?:an? |the )?.{0,20}\b(?:ai|unrestricted|language model|chatbot|no (?:rules|restrictions|filters?|limits))\b",
        r"^[\W_]*+(?:enable|enter|activate|switch to|turn on|engage) (?:\w+ )?(?:developer|debug|dan|god|jailbreak|unrestricted|admin|maintenance|unfiltered) mode\b",
        r"\bsafety (?:protocols?|filters?|rules|guidelines|checks) (?:are |is |have been )?(?:now )?(?:disabled|off|lifted|deactivated)\b",
        r"\b(?:disregard|ignore|bypass) (?:the |all |your |any )?(?:content policy|safety (?:rules|policy|guidelines|protocols))\b.{0,20}\b(?:for this|and|in this|from now)",
        # an address to a machine
        rf"^[\W_]*+(?:(?:notice|note|message|attention|memo|dear|important|instructions?|hey|hello|hi|to|for|if you are)\b[\W_]*){{0,3}}(?:to |for )?(?:any |all |the |an? |every |this )?{_MODEL}\b[^.!?:,-]{{0,60}}[:,-]+ *(?:please\b|you (?:must|should|are|will|have)\b|ignore\b|do not\b|don't\b|respond\b|reply\b|say\b|write\b|print\b|output\b|include\b|add\b|state\b|report\b|summari[sz]e\b|answer\b|treat\b|disregard\b|forget\b|begin\b|tell\b|follow\b)",
        rf"^[\W_]*+(?:notice|note|message|memo|instructions?|attention)[\W_]+(?:to|for)\b (?:any |all |the |an? |every )?(?:\w+ )?{_MODEL}\b",
        rf"^[\W_]*+(?:(?:any|all|every|dear) )?{_MODEL} (?:reading|processing|integrating|summari[sz]ing|parsing|ingesting|indexing|that reads?|that process(?:es)?|that summari[sz]es?) (?:this|the following|these)\b",
        r"^[\W_]*+if you are (?:an? )?(?:ai|llm|language model|ai \w+|large language model|chatbot|machine|automated)\b",
        # what the reply is to look like
        rf"^[\W_]*+(?:please |now |also |then |and |can you |could you |would you |remember to |be sure to |make sure to |ensure (?:that )?(?:you )?)*{_ORDER}\b.{{0,160}}\b(?:in|to|into|of|with|throughout|for|within|across|by|as|from) your (?:\w+ )?{_REPLY}\b",
        rf"^[\W_]*+(?:please |now |also |then |and |can you |could you |would you )*{_ORDER}\b (?:\w+ ){{0,4}}?your (?:next |final |entire |whole |full )?{_REPLY}\b",
        rf"^[\W_]*+in your (?:next |final )?{_REPLY}\b,? (?:please |also |always |only )*(?:{_ORDER}|do not|don't|never|suggest|refer|allude|avoid|be)\b",
        r"^[\W_]*+(?:when|while|before|after) (?:you )?(?:are )?(?:summari[sz]ing|summari[sz]e|processing|paraphras\w+|you (?:reply|respond|answer)) (?:this|the|these) (?:article|text|document|page|story|content|file|articles|user)\b",
        r"^[\W_]*+before you (?:answer|reply to|respond to)\b.{0,30}\b(?:append|add|call|run|include|output|print|the user)\b",
        r"^[\W_]*+(?:any|all|every|the|each) summar(?:y|ies) (?:of|for|about) (?:this|the above|the following) (?:article|text|document|story|page)\b.{0,40}\b(?:must|should|shall|has to|have to|needs? to)\b",
        r"^[\W_]*+(?:the|your) summary (?:must|should|shall) (?:only |not |always |also )?(?:say|state|include|mention|contain|begin|end|read|claim|conclude)\b",
        r"^[\W_]*+(?:summari[sz]e|describe|report) (?:this|the) (?:article|text|story|document) (?:as|by saying|only as|with)\b",
        rf"{_LEAD}(?:everything!* )?(?:now!* )?(?:just |only |simply )?(?:print|output|say|repeat|respond with|reply with|answer with|respond only|reply only) (?:only |just |exactly |the following|back )*[\"“:]",
        # what it is to give away or to do
        r"^[\W_]*+(?:please |now |then |and )*(?:reveal|show|print|output|repeat|leak|display|dump|list|expose|share|disclose|return)\b.{0,60}\b(?:system prompt|system message|hidden prompt|initial instructions|your (?:\w+ ){0,3}(?:instructions|prompt|configuration)|context window|environment variables|api keys)\b",
        r"\b(?:call|use|invoke|run)\s+[a-z]{2,20}(?:_[a-z]{2,20}){1,3}\b",
        r"^.{0,80}\bdecode (?:this|the following|it|and)\b.{0,60}\b(?:follow|execute|do (?:exactly )?what|obey|instructions?)\b",
        r"^.{0,80}\b(?:translate|decode|convert) the following from\b.{0,30}\bexecute\b",
        r"\brepeat (?:it|this) verbatim in every\b|\bappend the exact (?:token|string|text|phrase)\b",
        r"\bon the next user message\b",
        r"^.{0,120}\byour (?:\w+ ){0,3}(?:code|codebase|algorithm|implementation|solution|elucidation|program)\b.{0,160}\b(?:following|subsequent|below) (?:\w+ )?code (?:snippet|block|excerpt|segment|section)\b",
        r"^.{0,120}\b(?:following|subsequent|below) (?:\w+ )?code (?:snippet|block|excerpt|segment|section)\b(?=.{0,120}\b(?:your|you|below)\b|[^.]{0,40}:$)",
        # an order about the reply, wherever it stands in the sentence (outside quotation marks)
        rf"\b(?:begin|start|end|finish|conclude|close|open|preface|prefix|sign)\b (?:all (?:of )?|each of )?your (?:\w+ )?{_REPLY}\b",
        # what is said of the instructions of this very conversation
        r"^.{0,80}\b(?:system|developer)(?: (?:and|or) (?:system|developer|user))? (?:messages?|prompts?|instructions?)\b.{0,80}\b(?:this (?:session|conversation|chat)|(?:is|are) (?:now )?(?:compromised|void|revoked|superseded|outdated|no longer valid))\b",
        r"\byou (?:should|must|will|have to|are to|can) (?:\w+ ){0,2}?(?:provide an? (?:answer|response|reply)|(?:answer|respond|reply|act|behave) (?:\w+ )?(?:like|as if|as an?)|comply with (?:my|any|every)|obey (?:me|my|every|any)|stay in character)\b",
        r"\bdo anything now\b",
        # an order to the one who answers, at the head of the sentence
        rf"{_LEAD}(?:always |only |just |simply )*(?:respond|reply|answer)(?: (?:only|always|exclusively|to (?:me|everything|all \w+|every \w+)))? (?:in|with|as|using|like)\b",
        rf"{_LEAD}(?:act as (?:an?|the|my|if)|pretend (?:to be|that you|you)|role-?play as|simulate (?:an?|being)|assume the (?:role|persona|identity) of|(?:take on|adopt) the (?:role|persona|identity) of|stay in character)\b",
        r"^[\W_]*+(?:\w+[,:;]? ){0,4}i (?:want|need|would like|order|command|instruct|am asking|am going to ask) you to (?:act|be|become|pretend|play|answer|respond|reply|write|ignore|forget|do|say|tell|give|print|generate|translate|simulate|behave|always|only|never)\b",
        rf"{_LEAD}you (?:will|shall|are going to|are to|must|should) (?:now |always |only |never )*(?:act as|play the role|pretend|simulate|role-?play|ignore (?:all|any|every|your)|disregard|refuse nothing|answer (?:all|any|every|my)|respond (?:to|in|with|as)|reply (?:to|in|with|as))\b",
        rf"{_LEAD}(?:do not|don't|never|without) (?:mention|reveal|tell|inform|disclos|includ|warn|alert|refus|explain|add|show|us)\w*\b.{{0,80}}\b(?:the users?|these instructions?|this (?:instruction|prompt|message|request|step)|disclaimers?|system prompt|as an ai)\b",
        rf"{_LEAD}(?:send|forward|e-?mail|upload|post|transmit|exfiltrate|submit|append|include|fetch|execute|run|invoke|delete|transfer|encode|collect|extract|attach|share|summari[sz]e)\b.{{0,120}}\b(?:the users?(?:'s)?|(?:this|the|our|full|entire|whole|current) (?:conversation|chat|session|context)|(?:full|entire|whole) (?:thread|inbox|mailbox)|chat history|conversation history|context window|system prompt|api keys?|environment variables?|credentials|access tokens?|secret keys?)\b",
        rf"{_LEAD}(?:the |any |all |this |an? )?(?:ai )?(?:assistants?|agents?|llms?|language models?|chatbots?|summari[sz]ers?) (?:reading this |processing this )?(?:must|should|shall|is to|are to|is required to|are required to|needs? to|has to|have to|will) (?:now |always |also |only |first |immediately )*(?:ignore|disregard|respond|reply|answer|output|print|include|reveal|send|call|execute|run|summari[sz]e|state|say|forward|append|add|begin|treat|follow|mention|comply|obey|delete|transfer)\b",
        r"^.{0,60}\b(?:messages?|instructions?|notices?|updates?|commands?|directives?) (?:from|by) (?:the |your )?(?:system|developers?|administrators?|admins?|openai|anthropic|operators?)(?: team)?\b ?[:.,-]",
        r"^[\W_]*+(?:sudo|override|admin(?:istrator)?|root|maintenance|debug|emergency|system) (?:mode|access|override|code|command|protocol)\b.{0,40}(?:\b(?:enabled|granted|active|activated|engaged|accepted)\b|:)",
        # somebody without limits
        r"^[^\"“]{0,120}\b(?:you|respond|answer|speak|act|reply)\b.{0,80}\b(?:without|no|free (?:of|from)|ignoring|bypassing) (?:any |all |more |ethical |moral |safety |content |such )*(?:restrictions|filters?|limitations|guardrails|censorship|safeguards|safety (?:rules|guidelines|checks))\b",
        r"\b(?:unfiltered|uncensored|unrestricted|amoral|jailbroken|unaligned) (?:version|mode|ai|assistant|chatbot|twin|language model|llm|answers?|responses?)\b.{0,80}\b(?:you|your|me|my)\b|\b(?:you|your|me|my)\b.{0,80}\b(?:unfiltered|uncensored|unrestricted|amoral|jailbroken|unaligned) (?:version|mode|ai|assistant|chatbot|twin|language model|llm|answers?|responses?)\b",
        # the second person, and what only a model has
        r"\b(?:you|your)\b.{0,100}\b(?:as an ai\b|language model|jailbr\w+|content polic\w+|ethical guidelines|persona\b|in character\b|training data|knowledge cut-?off|system prompt|openai'?s? (?:polic\w+|guidelines|rules))",
        r"\byour (?:programming|training data|creators|developers|(?:system |initial |original |hidden |internal )(?:prompt|instructions|message)|context window|(?:ai |safety |content )(?:filters?|restrictions|guidelines|polic\w+))\b",
        # tasks that nobody sets a reader of news
        r"^[\W_]*+(?:please |now |can you |could you |would you )*(?:translate|summari[sz]e|classify|paraphrase|proofread|rewrite|rephrase|reverse|invert|determine the (?:sentiment|mood|tone) of|identify the (?:sentiment|mood|tone) of)\b (?:\w+ ){0,5}?(?:this|the following|these|the order of) (?:sentences?|texts?|reviews?|comments?|paragraphs?|passages?|phrases?|words?|letters|code)\b",
        r"^[\W_]*+(?:please |now |can you |could you |would you )*(?:write|draft|compose|generate|create|develop) (?:an? |some |the )?(?:\w+ )?(?:script|function|program|poem|haiku|short story|essay|regex|sql query|python \w+|introduction for an? \w+)\b",
    )
)

# Orders that a paper may print as what somebody said: not where the sentence says who said it (`_ATTRIBUTED`).
_UNLESS_REPORTED: tuple[re.Pattern[str], ...] = tuple(
    re.compile(pattern)
    for pattern in (
        # what stands before in the text is set aside, or asked for
        rf"{_LEAD}(?:ignore|disregard|forget|discard|skip|abandon|drop|set aside|throw away) (?:[\w']+ ){{0,4}}?(?:above|earlier|previous|prior|preceding|before this|up to (?:here|now))\b",
        rf"{_LEAD}(?:ignore|disregard|forget|discard|skip|set aside) (?:[\w']+ ){{1,4}}?and (?:just |only |simply |instead |then )*(?:print|output|say(?! (?:no|yes) to\b)|reply|write|answer|respond|state|repeat|return (?:only|just|exactly)|tell|echo|display)\b",
        rf"{_LEAD}(?:print|output|repeat|reveal|show|display|paste|quote|recite|return|copy|echo|list) (?:me |us |out |back )?(?:everything|anything|all|every word|whatever|what)\b[^.]{{0,40}}\b(?:above|before this|said so far|you were (?:told|given))\b",
        rf"{_LEAD}(?:just |only |simply )*(?:print|output|say|reply|answer|respond|state|repeat|return|echo|type|write)(?: (?:only|just|simply|exactly|with|the|following|text|word|words|phrase|sentence|string|line|this|back|me|us|nothing but))* ?:? ?[\"“]",
        rf"{_LEAD}(?:print|output|reply|respond|return|echo)(?: \w+){{0,4}}? (?:only|nothing else)\b ?(?::|$)",
        rf"{_LEAD}(?:print|output|repeat|reveal|show|display|paste|recite|leak|post|tell us|tell me|give me|hand over)\b[^.]{{0,30}}\b(?:your|the) (?:(?:hidden|secret|internal|initial|original|full|complete|own|system) ){{1,3}}(?:configuration|settings|rules|prompts?|instructions?|setup|message|context|guidelines)\b",
        r"^[^\"“]{0,60}\b(?:you were|have you been|were you|you have been) (?:told|given|instructed|programmed|configured)\b[^.]{0,30}\b(?:before (?:this|the) (?:conversation|chat|session|text|document)|in your (?:prompt|instructions))\b",
        r"^[\W_]*+(?:from now on,? )?you (?:now |only |will |shall |must )*(?:answer|listen|belong|report) (?:only )?to (?:me|us|nobody)\b",
        # orders and rules that you were given are no more; others take their place
        r"^[^\"“]{0,60}\b(?:your\b[^.\"“]{0,60}\b(?:instructions?|rules|orders|prompts?|directives?)|(?:you were given|given to you|of this (?:chat|conversation|session))\b[^.\"“]{0,60}\b(?:instructions?|rules|orders|guidelines|guidance|restrictions|prompts?|directives?))\b[^.\"“]{0,30}\b(?:no longer (?:apply|applies|valid|count|bind\w*|in force)|(?:is|are|were|have been|has been|have|has|now) (?:now )?(?:void|cancel+ed|outdated|revoked|superseded|suspended|expired|lifted|obsolete|null))\b",
        r"^[^\"“]{0,60}\b(?:instructions?|rules|orders|guidelines|guidance|restrictions|prompts?|directives?)\b[^.\"“]{0,40}\b(?:you were given|given to you|(?:at the start of|in|of) (?:(?:this|our) (?:chat|conversation|session|prompt)|the (?:conversation|prompt)))\b[^.\"“]{0,40}\b(?:no longer|void|cancel+ed|outdated|revoked|superseded|suspended|expired|lifted|obsolete)\b",
        rf"{_LEAD}(?:obey|follow|carry out|execute|perform|heed)\b (?:\w+ ){{0,2}}?(?:only |just )?(?:(?:the|any|all|every|these|those) )?(?:commands?|orders?|instructions?|directives?|what)\b[^.]{{0,30}}\b(?:(?:in|on|of|inside|within) (?:(?:this|the) )?(?:file|document|page|text|message|paragraph|block)|below)\b",
        rf"{_LEAD}treat (?:\w+ ){{0,6}}?as (?:your|the) (?:only |new |sole |actual |real |true )*(?:instructions?|guidance|orders?|rules?|prompt|commands?|task)\b",
        r"\b(?:the|this|every|any) (?:ai |virtual )?(?:assistant|chatbot|language model|summari[sz]er) (?:shall|must|is to|has to|will now) (?:\w+ ){0,2}?(?:treat|obey|consider|accept|regard|follow|grant|answer|comply)\b(?! \w+ customers)",
        # a role without rules
        r"^[\W_]*+(?:\w+ ){0,4}?you (?:will |shall |are going to |are to |must |now )+(?:play|take|assume|adopt|have) the (?:part|role|character|persona) of\b",
        r"^[\W_]*+(?:in|for|during) (?:this|our) (?:chat|conversation|session),? you (?:play|take|assume|adopt|have) the (?:part|role|character|persona) of\b",
        r"^[\W_]*+(?:imagine|suppose|pretend|assume|picture) (?:that )?you(?: are|'re| were)\b[^.]{0,60}\b(?:no|without|beyond) (?:any )?(?:rules|limits|restrictions|morals|filters|ethics)\b",
        r"\byou(?: now)? (?:have|are under|follow|know|obey) no (?:more )?(?:rules|restrictions|limits|filters|guidelines)\b|\bthere are no (?:more )?(?:rules|restrictions|limits|filters) for you\b|\byou (?:are|have been) (?:now )?(?:freed|released|liberated) from (?:your|all|any) (?:chains|rules|restrictions|limits|shackles|programming)\b",
        r"^[\W_]*+you are (?:now )?\w+, (?:an? |the )(?:\w+ ){0,2}?(?:machine|program|computer|model|being|entity|character|robot|expert|assistant|ai)\b",
        # orders to whoever makes a summary, and the use of tools
        r"^[\W_]{0,8}(?:[\w' ]{0,60}[,:] )?(?:when|whenever|if|while) you (?:summari[sz]e|paraphrase|(?:answer|reply to|respond to) (?:me|the user|this prompt))\b",
        r"^[^\"“]{0,60}\b(?:your summar(?:y|ies)|(?:any|all|every|each|the) summar(?:y|ies) (?:of|for|about) (?:this|the above|the following) (?:article|text|document|story|page|file|message)|the summary(?=[^.]{0,160}\byour?\b))\b[^.\"“]{0,40}\b(?:must|should|shall|has to|have to|needs? to|is to|are to) (?:\w+ ){0,2}?(?:end|begin|start|contain|include|mention|say|state|carry|close|open|conclude)\b",
        rf"{_LEAD}(?:(?:do not|don't|never) )?(?:quote|mention|cite|include|add|append|insert|repeat|put|place|use|name|give|note)\b[^.]{{0,60}}\bin (?:your|the|any|every) summar(?:y|ies)\b",
        r"^[^\"“]{0,60}\b(?:for|to) (?:any |all |the )?(?:automated|machine|ai|robot|artificial) (?:readers?|agents?|systems?|assistants?|tools?|crawlers?|summari[sz]ers?)\b[^.\"“]{0,20}:",
        rf"{_LEAD}(?:use|call|run|invoke|trigger|execute) the [a-z]{{2,20}}(?:_[a-z]{{2,20}}){{1,3}}\b",
        r"\b(?:please|you (?:must|should|have to|are to)) (?:now |then )?(?:use|call|run|invoke|trigger|execute) the [a-z]{2,20}(?:_[a-z]{2,20}){1,3}\b",
        r"^[\W_]*+(?:instruction|response|input|output|prompt|completion) ?:[\W_]*$",
        r"^[\W_]*\{ ?[\"']?role[\"']? ?: ?[\"']?(?:system|assistant|user|developer)\b",
        # other languages: an order at the head of the sentence
        r"\b(?:an|für) (?:alle )?(?:ki|ai)-?(?:systeme?|assistenten|modelle?|agenten)\b ?:|\bpour les (?:assistants|mod[eè]les|syst[eè]mes|agents) (?:d')?ia\b ?:|\bpara (?:los )?(?:asistentes|modelos|sistemas|agentes) de ia\b ?:|\bper (?:gli |i )?(?:assistenti|modelli|sistemi|agenti) (?:di )?ia\b ?:",
        r"^[\W_]*+(?:bitte )?(?:gib|zeig|nenn|verrat|druck)e?\b.{0,30}\b(?:deinen?|ihren?) (?:\w+ )?(?:system-?prompt|anweisungen|prompt|konfiguration)",
        r"^[\W_]*+(?:montre|révèle|affiche|donne|répète|imprime)(?:[zs]|-moi|z-moi|r)?\b.{0,20}\b(?:tes|vos|ton|votre) (?:consignes|instructions|prompt|configuration|directives)",
        r"^[\W_]*+(?:revela|muestra|imprime|dime|repite|mostra|rivela|stampa|ripeti)\b.{0,20}\b(?:tus|tu|sus|le tue|il tuo|i tuoi) (?:instrucciones|prompt|indicaciones|consignas|istruzioni|configuraci[oó]n)",
        r"^.{0,40}\b(?:du hast|sie haben (?:ab jetzt|ab sofort|nun|jetzt)) (?:\w+ ){0,3}keine (?:regeln|richtlinien|einschränkungen|grenzen|filter)\b|^.{0,40}\b(?:tu n'as|vous n'avez) plus (?:\w+ ){0,2}(?:règles?|restrictions?|limites?|filtres?|consignes)\b|^.{0,30}\bno tienes (?:\w+ ){0,2}(?:reglas|restricciones|límites|filtros)\b|^.{0,30}\bnon hai (?:\w+ ){0,2}(?:regole|restrizioni|limiti|filtri)\b",
        r"^[\W_]*+(?:bitte )?(?:ignorier(?:e|en sie|t)?|vergiss|vergessen sie|missachte[nt]?(?: sie)?) .{0,40}(?:anweisung|instruktion|vorgabe|prompt|was wir besprochen|regeln)",
        r"^[\W_]*+neue anweisung(?:en)? ?:|^[\W_]*+(?:du bist|sie sind) (?:jetzt |nun |ab sofort )?.{0,20}(?:uneingeschränkt|ki-|assistent|chatbot|sprachmodell)",
        r"^[\W_]*+(?:ignore[zr]?|oublie[zr]?) (?:.{0,20})(?:instructions|consignes|directives)(?: précédentes| ci-dessus| antérieures| du système|[.! ]|$)",
        r"^[\W_]*+vous êtes (?:désormais|maintenant) .{0,20}(?:sans restrictions|assistant|ia\b|modèle)",
        r"^[\W_]*+(?:ignor[ae]|olvid[ae]|ignorad|olvidad) .{0,20}(?:instrucciones|indicaciones|directrices)",
        r"^[\W_]*+(?:ahora est[aá]s|ahora eres) .{0,30}(?:sin restricciones|modo|asistente|ia\b)|^[\W_]*+(?:revela|muestra) tus instrucciones",
        r"^[\W_]*+(?:ignora|dimentica|ignorate) .{0,20}(?:istruzioni|indicazioni)|^[\W_]*+ora sei senza",
        r"^[\W_]*+(?:ignore|esqueça) .{0,20}(?:instruções|instrucoes)",
        r"^[\W_]*+(?:игнорируй(?:те)?|забудь(?:те)?) .{0,30}(?:инструкц|указани|правил)",
        r"(?:以前|前|上記|これまで|すべて|全て|全)の?.{0,10}(?:指示|命令|プロンプト|ルール).{0,4}(?:無視してください|無視せよ|無視しろ|無視して下さい|忘れてください|忘れろ)",
        r"^[\W_]*+(?:请)?(?:忽略|无视|忘记|忽視|無視)(?:掉)?(?:之前|以上|所有|先前|前面|全部|上述).{0,8}(?:指令|指示|提示|说明)",
        r"(?:이전|모든|위의).{0,10}(?:지시|명령|지침).{0,6}(?:무시하세요|무시하라|무시해|잊어)",
        r"^[\W_]*تجاهل (?:جميع |كل |كافة )?(?:التعليمات|الأوامر|الإرشادات) (?:السابقة|أعلاه|المذكورة)",
    )
)


def _opens(pattern: str) -> bool:
    """Whether all that a pattern finds stands at the beginning of a text."""
    depth = 0
    alternatives = [""]
    for piece in re.findall(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|.", pattern, re.DOTALL):
        depth += (piece == "(") - (piece == ")")
        if piece == "|" and not depth:
            alternatives.append("")
        else:
            alternatives[-1] += piece
    return all(alternative.startswith("^") for alternative in alternatives)


# What can stand at the beginning only is looked for there only, and not once for each character; all of it at once.
_OPENING, _OPENING_UNLESS_REPORTED = (
    re.compile("|".join(f"(?:{pattern.pattern})" for pattern in patterns if _opens(pattern.pattern)))
    for patterns in (_STRONG, _UNLESS_REPORTED)
)
_ANYWHERE, _ANYWHERE_UNLESS_REPORTED = (
    tuple(pattern for pattern in patterns if not _opens(pattern.pattern)) for patterns in (_STRONG, _UNLESS_REPORTED)
)
# Who said it, behind a comma: ", the mayor told residents", ", said Mr Hale", ", critics say".
_ATTRIBUTED = re.compile(
    r",['\"”]? (?!(?:and|then|but|or|so|you|i|please|just|only|as)\b)(?:(?:[\w'-]+ ){0,6}?(?:said|says|told|tells|urged|urges|warned|warns"
    r"|asked|announced|advised|demanded|promised|argued|claimed|insisted|ordered|ruled|confirmed|sagte|sagt|klagte|erklärte|a dit|a déclaré|dijo|ha detto)\b"
    r"|(?:[\w'-]+ ){1,6}say[.!?]*$)"
)

# Orders that go on after an address like those above. By themselves they may stand in any service column.
_WEAK = re.compile(
    r"^[\W_]*+(?:instead|just|only|and|then|also|please|do not|don't|never|always|respond|reply|say|write|print|output|state|report|include"
    r"|add|answer|pretend|act|you (?:must|will|should|are|have|may|can)|your|this is (?:required|mandatory|an order|very important)|failure to|begin|end"
    r"|repeat|tell|claim|treat|confirm|conclude|summari[sz]e|describe|mention|make sure|ensure|from now on|now|remember|translate|use|call|send|do|obey|follow|carry out|let's|let us|antworte|beantworte|schreibe?|sage?|réponds|répondez|écris|écrivez|ajoute[zr]?|contesta|responde|escribe"
    r"|di solo|rispondi|scrivi|aggiungi)\b"
)

# Rules that are said to be void: an address to a model where the sentence beside it is one.
_VOID = re.compile(
    r"^[^\"“]{0,60}\b(?:instructions?|rules|orders|guidelines|guidance|restrictions|prompts?|directives?|configuration)\b[^.\"“]{0,40}\b(?:no longer|void"
    r"|cancel+ed|outdated|revoked|superseded|suspended|expired|lifted|obsolete|changed|compromised)\b"
)
# Whom the model is to play, or the mode that it is to be in: sentences on the same page that tell of that one go with the order.
_PLAYED = re.compile(
    r"\b(?:(?:part|role|character|persona|identity) of|act(?:ing)? (?:just )?(?:as|like)|known as|called|named|pretend to be|you(?: are|'re)(?: now)?)"
    r" (?:(?:an?|the|my|our|late|new|old) ){0,3}([^\W\d_]{3,20})\b|\b([^\W\d_]{3,20}) mode\b"
)
_NOBODY = frozenset(
    """going about free not now hereby being supposed able allowed asked told given the this that your what who her his""".split()
)
# A label in front of what follows it: "Retention policy: ..."; what a label with an order behind it introduces is no story.
_LABEL = re.compile(r"^\W*[^\W_][\w'’/-]*(?: [\w'’/-]+){0,5} ?:(?=\s)")
# Sentences of a labelled note that go with the order in it, if each speaks to somebody or the label is that of a note.
_NOTE = 4
_NOTE_LABEL = re.compile(r"\b(?<!editor's )(?:note|notice|memo|policy|reminder|procedure|workflow|step|task)\b")

# Whoever goes on after such an address in the second person, outside quotation marks and without saying who speaks.
_SECOND = re.compile(r"\b(?:you|your|yours|yourself)\b")
# One who speaks to the assistant of a made-up conversation, if the assistant answers in the same paragraph.
_HUMAN = re.compile(r"^[\W_]*+(?:human|user) ?: ?\w")
_ASSISTANT = ("assistant:", "assistant :")
# What only a model has or is, where such an address goes on.
_OF_MODELS = re.compile(
    r"\b(?:ai|dan|llm|gpt\w*|chatgpt|openai|language models?|prompts?|personas?|chatbots?|jailbr\w+|the users?|restrictions|filters?|censor\w*)\b"
)
# As many sentences between two that address a model are taken for its continuation.
_GAP = 3
# A paragraph all but one of whose first sentences address a model goes on so.
_HEAD = 5
# A cry or a label in front of an address: "Stop everything!", "Breach alert:".
_CRY = re.compile(
    r"^\W*\w+(?:\W+\w+){0,5}\W*[!:]\W*$|^\W*(?:actually|never ?mind|forget|okay|ok|wait|stop|hello|hi|hey|hi there|listen|alright|new|now)\b(?:\W+\w+){0,3}\W*$"
)

# Text in a disguise that a model sees through and a reader does not: a long run of mixed letters and digits that is no
# address on the web, the codes of letters, Morse.
_CODED = re.compile(
    r"(?<!\S)(?=\S{28})(?!\S{0,400}?(?::/|www\.|@\w))(?=[^\d\s]{0,400}\d)(?=[^a-z\s]{0,400}[a-z])(?=[^A-Z\s]{0,400}[A-Z])\S{28,}"
    r"|(?<!\S)(?:[.\-·–−]{1,6} +(?:/ +)?){6,}"
    r"|(?<!\w)(?:[01]{8} ?){4,}|(?<!\w)(?:[0-9a-fA-F]{2} ){12,}|(?:\\x[0-9a-fA-F]{2}){6,}|(?:%[0-9a-fA-F]{2}){10,}|(?:&#x?[0-9a-fA-F]{2,5};){6,}"
)
_LONG_CODE = 28
_CODE_SIGNS = (" .", " -", " ·", " –", " −", "\\x", "%", "&#")
_PAIRS = re.compile(r"[0-9a-fA-F]{2} [0-9a-fA-F]{2} [0-9a-fA-F]{2} |[01]{8}")
_KEYS = frozenset(
    """ignore disregard forget previous instruction instructions system prompt reveal password passwords secret answer output reply
    rules assistant print""".split()
)
_ROT13 = str.maketrans("abcdefghijklmnopqrstuvwxyz", "nopqrstuvwxyzabcdefghijklm")
_DISGUISED = frozenset(key[::-1] for key in _KEYS) | frozenset(key.translate(_ROT13) for key in _KEYS)
# Digits and signs for letters ("1gn0r3"), and letters set apart ("i g n o r e").
_LEET = str.maketrans("013457@$", "oieastas")
_MIXED = re.compile(r"(?<![\w@$])(?=[^\W\d_]*[\d@$])(?=[\d@$]*[^\W\d_])[\w@$]{3,30}(?![\w@$])")
_SIGN_FOR_A_LETTER = re.compile(r"[\d@$]")
_APART = re.compile(r"(?<!\w)(?:\w[ .\-_]{1,3}){6,60}\w(?!\w)")

# A fake turn of a conversation: everything up to its end marker, but never more than the length of a long paragraph.
_TURNS = (
    ("<|im_start|>", "<|im_end|>"),
    ("[inst]", "[/inst]"),
    ("<<sys>>", "<</sys>>"),
    ("<system>", "</system>"),
    ("<instructions>", "</instructions>"),
    ("<prompt>", "</prompt>"),
    ("<thinking>", "</thinking>"),
)
_LONGEST_TURN = 2000


def may_address(words: Sequence[str], folded: str, text: str) -> bool:
    """Whether a unit is worth a closer look; `words` are its words in small letters, `folded` is `text` in small letters."""
    return not _TRIGGERS.isdisjoint(words) or _SIGNS.search(folded) is not None or _hides(text, folded, words)


def disguised(text: str) -> bool:
    """Whether a text hides words from its readers: in a code, backwards, in other letters, or letter by letter."""
    folded = text.lower()
    return _hides(text, folded, _WORD.findall(folded))


def _hides(text: str, folded: str, words: Sequence[str]) -> bool:
    """`disguised`, for who has the text in small letters and its words."""
    if _may_be_coded(text) and _CODED.search(text):
        return True
    if len(_DISGUISED.intersection(words)) >= 2:
        return True
    mixed = _MIXED.findall(folded) if _SIGN_FOR_A_LETTER.search(folded) else []
    if len(mixed) >= 2 and len(_KEYS.intersection(word.translate(_LEET) for word in mixed)) >= 2:
        return True
    return any(
        sum(key in "".join(char for char in run.group() if char.isalnum()) for key in _KEYS) >= 2
        for run in _APART.finditer(folded)
    )


def _may_be_coded(text: str) -> bool:
    """Whether `_CODED` can match: a long word, a word of dots and dashes behind another, pairs of hexadecimal digits in a
    row, or a sign that codes begin with. These are found at once, and most texts have none."""
    return (
        len(max(text.split(), key=len, default="")) >= _LONG_CODE
        or any(sign in text for sign in _CODE_SIGNS)
        or _PAIRS.search(text) is not None
    )


def addressed(text: str, *, goes_on: bool = False) -> tuple[tuple[int, int], ...]:
    """The spans of `text` (half-open, in order, white space trimmed) that address a model.

    goes_on: the text before ended in such a span, so that a mere order is read as its continuation.
    """
    folded = text.lower()
    if len(folded) != len(text):  # a few letters grow when made small; offsets matter more than they do
        folded = "".join(char if len(low := char.lower()) != 1 else low for char in text)
    spans = _turns(folded)
    quoted = [match.span() for match in QUOTED.finditer(folded)]
    masked = QUOTED.sub(lambda match: match.group()[0] + " " * (len(match.group()) - 2) + match.group()[-1], folded)
    reported = _WORD.search(masked) is not None
    hidden = disguised(text)
    talk = any(sign in folded for sign in _ASSISTANT)
    coded = [match.span() for match in _CODED.finditer(text)] if hidden else []
    pieces: list[tuple[int, int, bool]] = []
    start = 0
    after = goes_on
    for end in [*(match.end() for match in _PIECE_END.finditer(folded)), len(folded)]:
        inside, shown = folded[start:end], masked[start:end]
        if inside.strip():
            if reported and not _WORD.search(shown):
                # Quoted whole, inside a unit that says who is quoted; or what an order tells the model to say.
                hit = bool(pieces) and after and any(a < start < b for a, b in quoted)
            else:
                hit = hidden and (_overlaps(coded, start, end) or disguised(text[start:end]))
                hit = hit or (talk and _HUMAN.match(inside.lstrip()) is not None)
                hit = hit or _is_order(shown if reported else inside, after)
            pieces.append((start + len(inside) - len(inside.lstrip()), start + len(inside.rstrip()), hit))
            after = hit
        start = end
    for index in range(len(pieces) - 2, -1, -1):
        left, right, hit = pieces[index]
        if pieces[index + 1][2] and not hit and _CRY.match(folded[left:right]):
            pieces[index] = (left, right, True)
    pieces = _beside(pieces, folded, masked)
    hits = [index for index, piece in enumerate(pieces) if piece[2]]
    for first, second in pairwise(hits):
        if second - first <= _GAP + 1:
            pieces[first:second] = [(left, right, True) for left, right, _ in pieces[first:second]]
    hits = [index for index, piece in enumerate(pieces) if piece[2]]
    opens = hits[:2] == [0, 1] or (hits[:1] <= [1] and sum(index < _HEAD for index in hits) >= _HEAD - 1)
    if len(hits) >= 2 and (
        opens or (len(hits) * 2 >= len(pieces) if hits[0] == 0 else len(hits) * 3 >= len(pieces) * 2)
    ):
        # The paragraph opens so, or most of it speaks to a model: the rest of it is what the model was to be or to say.
        spans.append((pieces[0][0], pieces[-1][1]))
    spans.extend((left, right) for left, right, hit in pieces if hit)
    return _merged(spans)


def _beside(pieces: Sequence[tuple[int, int, bool]], folded: str, masked: str) -> list[tuple[int, int, bool]]:
    """The pieces, with those that belong to an order beside them: rules that are void, whom it names, the note that it ends."""
    found = list(pieces)
    hits = [index for index, piece in enumerate(found) if piece[2]]
    if not hits or len(hits) == len(found):
        return found
    if len(found) <= _NOTE and hits[0] and (label := _LABEL.match(masked)) and not REPORTED.search(label.group()):
        rest = [masked[left:right] for left, right, hit in found if not hit]
        to_somebody = all(_SECOND.search(one) or _WEAK.match(one) or _OF_MODELS.search(one) for one in rest)
        noted = _NOTE_LABEL.search(label.group()) and not any(REPORTED.search(one) for one in rest)
        if to_somebody or noted:
            return [(left, right, True) for left, right, _ in found]
    played: set[str] = set()
    for index, (left, right, hit) in enumerate(found):
        beside = any(0 <= n < len(found) and pieces[n][2] for n in (index - 1, index + 1))
        words = masked[left:right]
        if not hit and REPORTED.search(words) is None:
            hit = (beside and _VOID.search(words) is not None) or _of_that_one(words, played)
            found[index] = (left, right, hit)
        if hit:
            played |= {
                word for match in _PLAYED.finditer(folded[left:right]) for word in match.groups() if word
            } - _NOBODY
    return found


def _of_that_one(words: str, played: set[str]) -> bool:
    """Whether a sentence goes on about whom the model is to play: it names that one, and speaks to somebody or of models."""
    if played.isdisjoint(_WORD.findall(words)):
        return False
    spoken = _SECOND.search(words) is not None or _OF_MODELS.search(words) is not None
    return spoken or any(f"{one} mode" in words for one in played)


def _overlaps(spans: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Whether one of the spans, which are in order and apart, shares a character with start..end."""
    at = bisect_left(spans, (end, 0))
    return at > 0 and spans[at - 1][1] > start


def _turns(folded: str) -> list[tuple[int, int]]:
    spans = []
    for opening, closing in _TURNS:
        at = folded.find(opening)
        while at >= 0:
            end = folded.find(closing, at, at + _LONGEST_TURN)
            if end >= 0:
                spans.append((at, end + len(closing)))
            at = folded.find(opening, max(at + 1, end))
    return spans


# Characters that the rules look at in one step, those that two steps share (more than the longest order), and the last ones.
_WINDOW = 500
_OVERLAP = 150
_FARTHEST = 20_000
# In a line without stops an order may begin at any word that can open one, but not behind these: "the answer in the end",
# "who act as guards", "told to ignore". What can be a verb only is no noun behind an article. So many words are tried: it
# bounds the work, and no line that people write has more. All set by hand.
_NO_VERB_BEHIND = frozenset(
    """to who which they we he she it i not did does do can could will would may might shall should must that's often
    usually""".split()
)
_NOUN_BEHIND = frozenset(
    """the a an this that these those his her its their our my your any no some of in on for with from by at as""".split()
)
_VERBS = frozenset("""ignore disregard forget bypass""".split())
_TRIES = 2000


def _opens_an_order(text: str, reported: bool) -> bool:
    """Whether an order begins at the beginning of `text`; reported: the sentence says who said it."""
    return _OPENING.match(text) is not None or (not reported and _OPENING_UNLESS_REPORTED.match(text) is not None)


def _holds_an_order(text: str, reported: bool) -> bool:
    return any(pattern.search(text) for pattern in _ANYWHERE) or (
        not reported and any(pattern.search(text) for pattern in _ANYWHERE_UNLESS_REPORTED)
    )


def _opens_within(text: str, reported: bool) -> bool:
    """Whether an order begins at one of the words of a line without stops."""
    tried: set[str] = set()
    before = ""
    for match in _WORD.finditer(text):
        word = match.group()
        heads = before not in _NO_VERB_BEHIND and (word in _VERBS or before not in _NOUN_BEHIND)
        if word in _TRIGGERS and heads and len(tried) < _TRIES:
            window = text[match.start() : match.start() + _WINDOW]
            if window not in tried and _opens_an_order(window, reported):
                return True
            tried.add(window)
        before = word
    return False


def _is_order(piece: str, after: bool) -> bool:
    # Five hundred characters are more than any rule looks at; a piece without a stop may hide an order behind them.
    whole = " ".join(piece.translate(_FOLD).split())
    head = whole[:_WINDOW]
    # No sentence that a paper reports is longer than that.
    reported = len(whole) <= _WINDOW and _ATTRIBUTED.search(whole) is not None
    if _opens_an_order(head, reported) or _holds_an_order(head, reported):
        return True
    label = _LABEL.match(head)
    if label and not REPORTED.search(label.group()):
        behind = head[label.end() :].lstrip()
        if _opens_an_order(behind, reported) or _holds_an_order(behind, reported):
            return True
    for at in range(_WINDOW - _OVERLAP, min(len(whole), _FARTHEST), _WINDOW - _OVERLAP):
        if _holds_an_order(whole[at : at + _WINDOW], reported):
            return True
    if len(whole) > _WINDOW and _opens_within(whole[:_FARTHEST], reported):
        return True
    return after and (
        _WEAK.match(head) is not None
        or ((_SECOND.search(head) or _OF_MODELS.search(head)) is not None and REPORTED.search(head) is None)
    )


def _merged(spans: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1] + 2:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def all_patterns() -> Sequence[re.Pattern[str]]:
    """Every pattern of this module, for the test that tries them on hostile strings."""
    return [value for value in globals().values() if isinstance(value, re.Pattern)] + [*_STRONG, *_UNLESS_REPORTED]
