"""Closed word lists that `words` and `compare` read. Data only: no logic, no imports from the package.

The lists are written for this project, for English news prose; other languages are compared by their letters alone.
"""

from __future__ import annotations

# The finite forms of auxiliary verbs, which say that somebody does something, or would.
AUXILIARIES = frozenset(
    "is am are was were has have had do does did will would shall should can could may might must".split()
)
FUNCTION = frozenset(
    """a an the this that these those some any each every all both either neither such same other another
    i me my we us our ours you your yours he him his she her hers it its they them their theirs one ones oneself
    himself herself itself themselves myself ourselves who whom whose which what when where why how whether
    am is are was were be been being do does did done doing have has had having will would shall should can could may
    might must ought and or but nor so yet if then than as at by for from in into of off on onto out over per to toward
    towards under up upon with within without about above across after against along amid among around before behind
    below beneath beside besides between beyond despite down during except inside like near outside past round since
    through throughout till until unto via while not no n't only just also too very even still there here again ever
    because although though unless whereas more most much many few less least own well now once s t d ll re ve
    according been its it's there's that's he's she's they're""".split()
)

NEGATION = frozenset("not n't never no none nobody nothing nowhere neither nor without cannot hardly barely".split())

STRONG_HEDGES = frozenset(
    """may might could possibly perhaps maybe reportedly allegedly apparently supposedly purportedly unclear unconfirmed
    uncertain unknown rumour rumours rumor rumors rumoured rumored speculation speculate speculated alleged suspected
    presumably conceivably seemingly unverified whether""".split()
)
WEAK_HEDGES = frozenset(
    """expected likely unlikely planned plans plan planning set due scheduled intends intend aims aim hopes hope seeks
    considering considers weighing would should projected anticipated believed thought potential potentially probably
    possible about around nearly almost roughly approximately some fears fear concern concerns""".split()
)
FUTURE = frozenset("will would shall to plans planned expected scheduled set going may might could should".split())

REPORTING = frozenset(
    """say says said saying tell tells told states stated stating adds added adding notes noted noting
    announce announces announced confirm confirms confirmed reports reported explain explains explained remark
    remarked declare declares declared reveal reveals revealed disclose disclosed write writes wrote commented
    insist insists insisted stressed reiterate reiterated mentioned reply replied respond responded
    recall recalled""".split()
)
CLAIMING = frozenset(
    """claim claims claimed allege alleges alleged accuse accuses accused argue argues argued believe believes believed
    fear fears feared suspect suspects suspected suggest suggests suggested warn warns warned think thinks thought
    describe describes described deny denies denied denying predict predicts predicted speculate speculates speculated
    doubt doubts doubted dispute disputes disputed contend contends contended concern concerned skeptical sceptical
    opine assert asserts asserted estimate estimates estimated pledge pledged promise promised vow vowed demand demanded
    called dubbed labelled labeled branded urge urged hope hoped complain complained criticise criticised criticize criticized""".split()
)
ATTRIBUTION_NOUNS = frozenset(
    """allegation allegations claim claims rumour rumours rumor rumors speculation report reports statement testimony
    suspicion suspicions accusation accusations""".split()
)

# Words of cause and of order: a fact may use one only where a cited span uses one of the same family.
CAUSE = {
    "because": "cause", "due": "cause", "owing": "cause", "thanks": "cause", "therefore": "cause", "thus": "cause",
    "hence": "cause", "consequently": "cause", "caused": "cause", "causing": "cause", "cause": "cause",
    "causes": "cause", "led": "cause", "leading": "cause", "result": "cause", "resulted": "cause",
    "resulting": "cause", "triggered": "cause", "triggering": "cause", "prompted": "cause", "prompting": "cause",
    "forced": "cause", "forcing": "cause", "despite": "concession", "although": "concession",
    "though": "concession", "thereby": "cause", "spite": "concession", "nevertheless": "concession", "nonetheless": "concession",
    "after": "order", "before": "order", "until": "order", "following": "order", "since": "order",
    "then": "order", "subsequently": "order", "earlier": "order", "later": "order", "previously": "order", "prior": "order",
}  # fmt: skip
# "to <verb>" is purpose, left alone; "amid", "as", "with", "while" are neutral.

QUANTIFIERS = {
    "all": "all", "every": "all", "each": "all", "entire": "all", "always": "all", "everyone": "all",
    "none": "none", "nobody": "none", "never": "none",
    "some": "some", "several": "some", "few": "some", "certain": "some", "sometimes": "some", "various": "some",
    "many": "many", "most": "most", "majority": "most", "half": "half", "only": "only", "both": "both",
    "numerous": "many", "mostly": "most", "partly": "some",
}  # fmt: skip

# A quantifier -> words that tell as much and are none themselves, so that either may stand for the other.
LIKE_QUANTIFIERS = {
    "entire": frozenset("whole full complete".split()), "various": frozenset("diverse different multiple".split()),
    "several": frozenset("multiple".split()), "partly": frozenset("partially".split()),
    "mostly": frozenset("mainly largely primarily chiefly predominantly".split()),
}  # fmt: skip

# Longer words for small ones, which are no content words: a statement's "numerous" has a sentence's "many" in its place.
SMALL_WORDS = {
    long: frozenset(small.split())
    for long, small in {
        "numerous": "many", "plenty": "many", "identical": "same", "multiple": "several many few",
        "several": "few", "various": "several many",
        "entire": "all", "whole": "all", "additional": "more another other further", "extra": "more another other",
        "further": "more another other", "solely": "only just", "merely": "only just", "simply": "only just",
        "approximately": "about around some", "roughly": "about around some", "regarding": "about over on",
        "concerning": "about over on", "adjacent": "near beside next", "alongside": "with beside along",
        "prior": "before", "following": "after", "close": "near", "currently": "now", "presently": "now", "additionally": "also", "furthermore": "also", "moreover": "also", "anew": "again", "nobody": "no", "fewer": "less under below", "cannot": "n't not", "aboard": "on in",
        "atop": "on", "lacking": "without", "excluding": "except without", "featuring": "with",
        "boasting": "with", "containing": "with", "having": "with", "including": "with like",
        "using": "with by through via", "utilizing": "with by through via", "utilising": "with by through via",
        "located": "in at on near", "situated": "in at on near", "nearby": "near",
    }.items()
}  # fmt: skip
# Words in the names of those who report the news.
MEDIA = frozenset(
    """times post journal news daily mail beast tribune herald today press reuters ap afp cnn bbc abc cbs nbc fox npr
    msnbc guardian telegraph gazette chronicle observer independent sun mirror star globe examiner enterprise record
    bulletin courier dispatch sentinel inquirer magazine network television tv radio politico axios bloomberg forbes
    newsweek time week atlantic verge wired vox slate salon buzzfeed huffpost huffington yahoo google variety billboard
    tmz us people associated interfax tass xinhua kyodo yonhap dpa spiegel monde figaro zeitung newspaper website""".split()
)

TITLES = frozenset(
    """president minister prime foreign secretary spokesman spokeswoman spokesperson leader chancellor king queen
    prince princess mayor governor senator chief captain commander general colonel major sergeant officer director
    chairman chairwoman chair professor dr mr mrs ms miss sir lord lady judge justice ambassador pope bishop
    state deputy vice ministry government council parliament party police court committee commission agency department
    authority office company bank university institute association union federation board
    north south east west northern southern eastern western central""".split()
)

MONTHS = {
    m: i
    for i, names in enumerate(
        ["january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
         "september sept sep", "october oct", "november nov", "december dec"],
        start=1,
    )
    for m in names.split()
}  # fmt: skip
WEEKDAYS = {
    d: i
    for i, names in enumerate(
        ["monday mon", "tuesday tue tues", "wednesday wed", "thursday thu thurs", "friday fri", "saturday sat",
         "sunday sun"]
    )
    for d in names.split()
}  # fmt: skip

# Seasons and parts of a day or a week: they say when, without a number. "Fall" is a verb more often.
PARTS_OF_TIME = frozenset(
    "spring summer autumn winter season morning afternoon evening night noon midnight dawn dusk weekend overnight".split()
)

UNITS = {
    "zero": 0, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
SCALES = {
    "hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000,
    "trillion": 1_000_000_000_000, "m": 1_000_000, "mln": 1_000_000, "bn": 1_000_000_000, "k": 1_000,
    "dozen": 12, "dozens": 12,
}  # fmt: skip
ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15,
    "twentieth": 20,
}  # fmt: skip
FRACTIONS = {"half": 0.5, "quarter": 0.25}

# Forms that no suffix rule reaches, by their base.
IRREGULAR = {
    form: base
    for base, forms in {
        "meet": "met meeting meetings", "say": "said says", "tell": "told", "win": "won", "speak": "spoke spoken",
        "hold": "held", "go": "went gone", "begin": "began begun", "take": "took taken", "give": "gave given",
        "make": "made", "find": "found", "leave": "left", "bring": "brought", "buy": "bought", "think": "thought",
        "see": "saw seen", "know": "knew known", "run": "ran", "sink": "sank sunk", "strike": "struck stricken",
        "break": "broke broken", "rise": "rose risen", "fall": "fell fallen", "grow": "grew grown growth growths",
        "lead": "led", "pay": "paid", "send": "sent", "spend": "spent", "stand": "stood", "write": "wrote written",
        "choose": "chose chosen choice choices", "free": "freed", "drive": "drove driven", "fly": "flew flown flight", "keep": "kept", "blow": "blew blown", "slay": "slew slain",
        "kilometre": "kilometer kilometers km kms", "metre": "meter meters", "litre": "liter liters", "pound": "lb lbs",
        "horsepower": "hp", "kilogram": "kg kgs kilogramme kilogrammes kilo kilos", "centimetre": "cm centimeter centimeters",
        "millimetre": "mm millimeter millimeters",
        "lose": "lost loss losses", "sell": "sold sale sales", "build": "built", "shoot": "shot", "die": "dead death deaths",
        "get": "got gotten", "come": "came", "become": "became", "draw": "drew drawn", "throw": "threw thrown",
        "wear": "wore worn", "tear": "tore torn", "swear": "swore sworn", "seek": "sought", "catch": "caught",
        "fight": "fought", "teach": "taught", "feel": "felt", "sleep": "slept", "sweep": "swept", "hear": "heard",
        "invade": "invasion invasions", "decide": "decision decisions", "arrive": "arrival arrivals",
        "refuse": "refusal", "deny": "denial denials", "propose": "proposition proposal proposals",
        "agree": "agreement agreements", "collide": "collision collisions", "child": "children", "man": "men",
        "woman": "women", "person": "people persons", "injure": "injury injuries", "fail": "failure failures",
        "destroy": "destruction", "explode": "explosion explosions", "conclude": "conclusion conclusions", "marry": "marriage",
        "bear": "born borne", "hide": "hid hidden", "ride": "rode ridden", "steal": "stole stolen", "forget": "forgot",
        "understand": "understood", "set": "setting", "put": "putting", "lie": "lay lain", "lay": "laid",
        "show": "shown", "beat": "beaten", "bite": "bit bitten", "lend": "lent", "steer": "steered", "mean": "meant", "light": "lit", "bind": "bound", "feed": "fed", "flee": "fled",
        "withdraw": "withdrew withdrawn withdrawal", "survive": "survivor survivors survival",
        "shake": "shook shaken",
        "inspect": "inspection inspections inspector inspectors",
        "governor": "gov govs", "senator": "sen sens", "lieutenant": "lt", "sergeant": "sgt",
        "investigate": "investigation investigations investigator investigators",
    }.items()
    for form in forms.split()
}  # fmt: skip
PAST_FORMS = frozenset(
    """met said told won spoke held went began took gave made found left brought bought thought saw knew ran sank struck
    broke rose fell grew led paid sent spent stood wrote chose drove flew kept lost sold built shot died got came
    became drew threw sought caught fought felt slept swept heard fled withdrew signed visited hit beat bit cut let shut
    lent bet burst cast cost hurt quit rid shed split spread thrust upset wed shook woke rode hid stole tore swore wore
    forgot bore bound blew froze dug hung slid spun stuck stung sued swam swung rang sang drank ate fed forbade""".split()
)

# Adjective or inhabitant -> the place's own word, both folded; and names that stand for one another in news prose.
DEMONYMS = {
    "american": "america", "americans": "america", "us": "america", "usa": "america", "u.s": "america",
    "chinese": "china", "russian": "russia", "russians": "russia", "ukrainian": "ukraine",
    "ukrainians": "ukraine", "british": "britain", "uk": "britain", "u.k": "britain", "french": "france",
    "german": "germany", "germans": "germany", "italian": "italy", "spanish": "spain", "portuguese": "portugal",
    "japanese": "japan", "korean": "korea", "indian": "india", "pakistani": "pakistan", "iranian": "iran",
    "iraqi": "iraq", "israeli": "israel", "palestinian": "palestine", "saudi": "saudi", "turkish": "turkey",
    "greek": "greece", "polish": "poland", "dutch": "netherlands", "belgian": "belgium", "swiss": "switzerland",
    "swedish": "sweden", "norwegian": "norway", "danish": "denmark", "finnish": "finland", "irish": "ireland",
    "scottish": "scotland", "welsh": "wales", "english": "england", "canadian": "canada", "mexican": "mexico",
    "brazilian": "brazil", "argentine": "argentina", "argentinian": "argentina", "australian": "australia",
    "egyptian": "egypt", "syrian": "syria", "lebanese": "lebanon", "european": "europe", "african": "africa",
    "asian": "asia", "western": "west", "eastern": "east", "afghan": "afghanistan", "vietnamese": "vietnam",
    "thai": "thailand", "indonesian": "indonesia", "filipino": "philippines", "nigerian": "nigeria",
    "kenyan": "kenya", "ethiopian": "ethiopia", "sudanese": "sudan", "libyan": "libya", "hungarian": "hungary",
    "czech": "czechia", "romanian": "romania", "bulgarian": "bulgaria", "serbian": "serbia",
    "croatian": "croatia", "austrian": "austria", "cuban": "cuba", "venezuelan": "venezuela",
    "colombian": "colombia", "chilean": "chile", "peruvian": "peru", "taiwanese": "taiwan",
}  # fmt: skip

# Countries and unions with a name of several words and one of one, folded.
LANDS = {
    ("united", "states", "america"): "america", ("united", "states"): "america", ("united", "kingdom"): "britain",
    ("europe", "union"): "eu", ("united", "nations"): "un",
}  # fmt: skip

# Words that may join facts in a sentence without saying anything (DESIGN, rule 2).
CONNECTING = frozenset("and while meanwhile but also moreover furthermore".split())

# What may stand between a comparison's words without making them different kinds of event.
REPEATED = frozenset(
    "several times again often repeatedly recently regularly most last previously earlier already".split()
)

DANGLING = frozenset(
    """he she it they this that these those his her its their him them such however but and or so also moreover
    furthermore nonetheless nevertheless therefore thus meanwhile instead then still yet additionally besides hence
    consequently otherwise likewise similarly here there both""".split()
)

# Words that cannot both be true of one thing: a side of a row against the other side. Compared by stem.
OPPOSITES = tuple(
    (left, right)
    for left, right in (
        row.strip().split(" | ")
        for row in """
    increase rise grow climb gain soar surge | decrease fall drop decline shrink plunge slump
    raise hike | lower cut slash reduce
    expand widen broaden extend | contract narrow shrink shorten
    strengthen bolster reinforce | weaken undermine
    improve | worsen deteriorate
    accelerate quicken hasten | slow decelerate delay
    begin start open launch | end finish close stop halt
    arrive enter | depart leave exit
    accept approve adopt endorse | reject refuse deny decline oppose
    allow permit enable let | ban forbid prohibit prevent block
    support back favour favor | oppose resist reject
    agree | disagree
    confirm | deny refute
    admit confess | deny
    win victory triumph | lose loss defeat
    succeed success successful | fail failure unsuccessful
    profit | loss
    buy purchase acquire | sell
    hire recruit appoint | fire dismiss sack
    arrest detain jail imprison | release free
    convict | acquit
    guilty | innocent
    legal lawful | illegal unlawful
    praise laud welcome | criticise criticize condemn denounce
    encourage | discourage
    include | exclude omit
    appear emerge | disappear vanish
    remember recall | forget
    build construct create | demolish destroy
    attack | defend
    protect | endanger
    save rescue | kill abandon
    live alive | dead die
    survive | die perish
    love | hate
    friend ally | enemy foe opponent rival
    peace | war
    safe | dangerous unsafe
    easy simple | difficult hard
    strong | weak
    high | low
    higher | lower
    large big huge | small little tiny
    larger bigger | smaller
    long | short
    longer | shorter
    early earlier | late later
    fast quick rapid | slow
    young younger | old older
    new | old
    modern | ancient
    rich wealthy | poor
    expensive costly | cheap
    hot | cold
    warm | cool
    wet | dry
    light | heavy dark
    bright | dark
    full | empty
    wide | narrow
    deep | shallow
    thick | thin
    hard | soft
    good | bad
    better | worse
    best | worst
    positive | negative
    optimistic | pessimistic
    happy glad | sad unhappy
    calm | nervous
    public | private secret
    open | closed
    permanent | temporary
    major | minor
    majority | minority
    maximum | minimum
    common | rare
    normal | unusual
    similar | different
    same | different
    true | false
    correct right accurate | wrong incorrect
    possible | impossible
    likely | unlikely
    able | unable
    necessary | unnecessary
    available | unavailable
    popular | unpopular
    domestic | foreign
    internal | external
    local national | foreign international
    male man boy | female woman girl
    father | mother
    son | daughter
    brother | sister
    husband | wife
    north northern | south southern
    east eastern | west western
    inside | outside
    show reveal display | hide conceal
    above | below
    upper | lower
    front | back
    top | bottom
    first | last
    former | current
    past previous | future
    import | export
    supply | demand
    borrow | lend
    send | receive
    give | take
    push | pull
    ascend | descend
    remain stay | leave
    continue | stop cease
    voluntary voluntarily | mandatory compulsory involuntarily
    deliberate deliberately intentional | accidental accidentally
    always | never rarely seldom
    often frequently usually | rarely seldom
    everyone everybody | nobody
    everything | nothing
    together | apart separately
    partial partially partly | full fully completely entirely
    active | inactive
    present | absent
    visible | invisible hidden
    optional | mandatory required
    certain | uncertain
    known | unknown
    expected | unexpected
    formal | informal
    direct | indirect
    day | night
    morning | evening
    summer | winter
    urban | rural
    adult | child
    buyer | seller
    employer | employee
    teacher | student
    winner | loser
    victim | perpetrator
    """.strip().splitlines()
    )
)

# Outcomes of one event that exclude each other: who tells the left side of a row of something, and who tells the right side,
# cannot both be right. Narrower than `OPPOSITES`: what may follow on one another (arrested, released; opened, closed) is left
# out. A word with "=" is meant in this form alone.
OUTCOMES = tuple(
    (left, right)
    for left, right in (
        row.strip().split(" | ")
        for row in """
    accept accepted | reject rejected refuse refused decline declined turned
    approve approved adopt adopted passed endorse endorsed ratified | reject rejected dismissed vetoed blocked
    uphold upheld | overturn overturned quash quashed annulled struck reverse reversed
    win won | lose lost
    rise rose risen increase increased grow grew grown climb climbed | fall fell fallen drop dropped decline declined decrease decreased shrank
    raise raised hike hiked | cut lower lowered reduce reduced slash slashed
    alive | dead
    survive survived | die died perish perished killed
    =open | =closed =shut
    guilty | innocent
    convict convicted | acquit acquitted cleared
    support supported back backed favour favoured favor favored | oppose opposed
    confirm confirmed | deny denied refute refuted
    succeed succeeded | fail failed
    legal lawful lawfully | illegal unlawful
    constitutional | unconstitutional
    valid | invalid
    allow allowed permit permitted | ban banned forbid forbade forbidden prohibit prohibited
    grant granted | deny denied refuse refused
    attend attended | boycott boycotted skip skipped
    deliberate deliberately intentional intentionally | accidental accidentally
    safe | unsafe dangerous
    sober | drunk intoxicated
    true | false untrue
    present | absent
    extend extended | lifted
    """.strip().splitlines()
    )
)
