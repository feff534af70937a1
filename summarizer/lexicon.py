"""Closed word lists that `words` and `compare` read. Data only: no logic, no imports from the package.

The lists are written for this project, for English news prose; other languages are compared by their letters alone.
"""

from __future__ import annotations

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
    "though": "concession", "nevertheless": "concession", "nonetheless": "concession",
    "after": "order", "before": "order", "until": "order", "following": "order", "since": "order",
    "then": "order", "subsequently": "order", "earlier": "order", "later": "order", "previously": "order",
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
        "numerous": "many", "plenty": "many", "identical": "same", "multiple": "several many few", "several": "few", "various": "several many",
        "entire": "all", "whole": "all", "additional": "more another other further", "extra": "more another other",
        "further": "more another other", "solely": "only just", "merely": "only just", "simply": "only just",
        "approximately": "about around some", "roughly": "about around some", "regarding": "about over on",
        "concerning": "about over on", "adjacent": "near beside next", "alongside": "with beside along",
        "prior": "before", "currently": "now", "presently": "now", "additionally": "also", "aboard": "on in",
        "atop": "on", "lacking": "without", "excluding": "except without", "featuring": "with",
        "boasting": "with", "containing": "with", "having": "with", "including": "with like",
        "using": "with by through via", "utilizing": "with by through via", "utilising": "with by through via",
        "located": "in at on near", "situated": "in at on near", "nearby": "near",
    }.items()
}  # fmt: skip
# Verbs that only say that one thing has or comes with another.
LIGHT_VERBS = frozenset(
    """include includes included including feature features featured featuring offer offers offered offering provide
    provides provided providing boast boasts boasted boasting contain contains contained containing""".split()
)
# Verbs that tie a remark to what was told: "..., highlighting the need", "..., which shows the need".
FRAMING_VERBS = frozenset(
    """highlight highlights highlighting underscore underscores underscoring underline underlines underlining
    showcase showcases showcasing emphasize emphasizes emphasizing emphasise emphasises emphasising stress stressing
    demonstrate demonstrates demonstrating illustrate illustrates illustrating exemplify exemplifies exemplifying
    reflect reflects reflecting show shows showing marking""".split()
)
# Nouns that add nothing behind the noun that they are put to: "acceleration capabilities", "supply issues".
SHELL_NOUNS = frozenset(
    """capability capabilities process processes situation activity activities level levels issue issues matter matters
    area areas aspect aspects purpose purposes""".split()
)
# Adjectives that praise or colour and measure nothing; "major", "heavy" or "historic" are claims.
EVALUATIVE = frozenset(
    """impressive notable remarkable extraordinary exceptional outstanding stunning striking noteworthy breathtaking
    spectacular incredible amazing astonishing iconic legendary renowned famed celebrated beloved esteemed acclaimed
    prestigious distinguished exciting thrilling captivating compelling fascinating intriguing memorable unforgettable
    dedicated passionate devoted avid innovative sophisticated sleek elegant stylish dramatic poignant heartfelt stark
    harrowing heartbreaking important crucial vital pivotal""".split()
)

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
        "choose": "chose chosen choice choices", "free": "freed", "drive": "drove driven", "fly": "flew flown flight", "keep": "kept",
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
        "inspect": "inspection inspections inspector inspectors",
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

# Words that news writers swap for one another without changing a fact: a pair stands here only if either can replace
# the other in a report. Compared by stem after `IRREGULAR`.
SYNONYMS = tuple(
    frozenset(group.split())
    for group in """
    say state tell add note announce remark declare
    visit trip travel fly
    talk discussion negotiation
    meet summit
    begin start
    many numerous
    kill die
    country nation
    abroad overseas
    fatality death
    assistance help
    spokesman spokeswoman spokesperson
    war conflict
    purchase buy
    hurt injure wound
    film movie
    rise increase grow climb
    fall decrease drop decline
    broker mediate
    child kid
    town city
    vessel ship boat
    blaze fire
    probe investigate inquiry
    tie relation relationship link
    condemn denounce
    weapon arms
    provide supply give
    restore resume re-establish reestablish
    crucial key
    push urge press
    doctor physician
    lawyer attorney
    car vehicle
    rescue save
    seek want
    document paper
    abroad overseas
    warship frigate
    house home
    begin start commence launch
    end finish conclude
    quickly rapidly swiftly fast
    slowly gradually
    nearly almost
    roughly approximately
    significantly considerably substantially
    considerable substantial
    crucial vital essential critical
    important significant
    big large
    huge enormous massive
    small little
    remarkable extraordinary
    difficult hard
    easy simple
    guarantee ensure
    people resident inhabitant
    inhabitant resident
    hit strike
    ram strike hit
    collide crash
    show demonstrate
    show reveal
    allow permit enable let
    prevent stop
    stop halt cease
    ban prohibit forbid
    require need
    require oblige
    use utilize utilise employ
    buy purchase acquire
    get obtain receive
    give provide
    build construct
    construction building
    make produce
    produce manufacture
    create establish
    found establish
    founded established created
    founding establishment creation
    choose select pick
    try attempt
    help assist aid
    help support
    keep maintain retain
    remain stay
    leave depart
    arrive reach
    close shut
    open inaugurate
    harm damage
    destroy demolish
    die perish
    attack assault
    arrest detain
    free release
    jail prison
    jail imprison
    court tribunal
    law legislation
    lawmaker legislator
    worker employee staff
    firm company business
    pay salary wage
    money fund
    cost price
    cost expense
    profit earnings
    rise increase climb grow
    raise increase
    fall drop decline decrease
    cut reduce lower
    reduction cut decrease
    total sum
    whole entire
    amount quantity
    yearly annual annually
    current present
    former previous
    previous earlier
    next coming upcoming
    recent latest
    kid child
    mother mom mum
    father dad
    illness disease sickness
    drug medicine medication
    car vehicle automobile
    road street
    airplane plane aircraft
    ship vessel
    port harbor harbour
    dock moor
    sail cross
    captain skipper
    trip journey voyage
    storm gale
    rain rainfall
    fire blaze
    flood inundation
    quake earthquake tremor
    blast explosion
    gun firearm
    soldier troop
    army military
    fight battle
    truce ceasefire
    deal agreement accord pact
    treaty pact
    talk negotiation discussion
    talk discuss
    conversation discussion
    ask request
    question interrogate
    demand insist
    suggest propose
    plan scheme
    goal aim objective target
    purpose aim
    result outcome
    effect impact
    change alter modify
    shift move transition
    switch shift
    improve enhance
    bolster strengthen
    strengthen reinforce
    weaken undermine
    threat danger
    threaten endanger
    risk danger
    safe secure
    safety security
    protect defend
    guard protect
    warn caution
    worry concern
    fear concern
    anger outrage
    angry furious
    happy glad
    apologise apologize
    forgive forgiveness
    thank gratitude
    praise laud
    criticise criticize
    criticism critique
    blame fault
    mistake error
    problem issue
    trouble problem
    idea notion
    view opinion
    believe think
    understand comprehend
    discover find
    search look
    observe watch
    visit trip
    meeting gathering
    gather assemble
    crowd throng
    vote ballot
    election poll
    win victory
    victory triumph
    defeat beat
    lose loss
    rival opponent
    enemy foe
    friend ally
    ally partner
    partnership alliance
    relation tie link
    link connect
    nation country
    city town
    village hamlet
    area region zone
    sea ocean
    river stream
    animal creature
    flat apartment
    room chamber
    teacher educator
    student pupil
    university college
    book volume
    newspaper paper
    news report
    picture photo photograph image
    music song
    team squad
    coach trainer
    player athlete
    record mark
    award prize
    celebrate mark
    anniversary commemoration
    fine penalty
    punish penalise penalize
    evidence proof
    confirm verify
    skeptical sceptical doubtful
    rumour rumor
    neutral impartial
    mediate broker
    mediator broker peacemaker peacebroker
    diplomat envoy ambassador
    diplomatic diplomacy
    sanction embargo
    weapon arm
    arms weapon
    aid assistance
    supply provide
    deliver supply
    send dispatch
    carry transport
    move relocate
    foreign overseas
    home domestic
    internal domestic
    worldwide global
    global world
    international world
    growth expansion
    expand extend
    extend prolong
    delay postpone
    cancel scrap
    suspend halt
    resume restart
    restore reinstate
    repair fix
    replace substitute
    replacement substitute
    inquiry probe
    investigate probe examine
    investigator inspector
    inspect examine
    examine study
    study research
    researcher scientist
    expert specialist
    analyst expert
    survey poll
    average mean
    exact precise
    accurate correct
    wrong incorrect
    false untrue
    lie falsehood
    secret confidential
    public open
    announce unveil
    unveil reveal
    publish release
    leader head
    chairman chair
    founder creator
    owner proprietor
    customer client
    consumer buyer
    market sector
    industry sector
    factory plant
    trade commerce
    sell sale
    store shop
    bank lender
    loan credit
    debt borrowing
    invest investment
    investor shareholder
    share stock
    budget spending
    financial monetary
    energy power
    power electricity
    oil petroleum
    fuel gasoline petrol
    climate weather
    technology tech
    computer machine
    software program
    device gadget
    phone telephone
    internet web online
    bomb explosive
    immigrant migrant
    community neighbourhood neighborhood
    rights freedom
    freedom liberty
    boast feature
    offer provide
    contain include
    include incorporate
    consist comprise
    surround encircle
    far distant
    rapid quick fast
    finally eventually
    often frequently
    rarely seldom
    usually normally
    mainly mostly primarily
    especially particularly
    together jointly
    separately apart
    strong powerful
    weak feeble
    rich wealthy
    poor impoverished
    famous renowned
    popular beloved
    beautiful attractive
    strange odd unusual
    normal usual
    dangerous hazardous
    deadly lethal fatal
    serious grave severe
    severely seriously
    slight minor
    major main
    main primary chief
    first initial
    unique singular
    different distinct
    various diverse
    accident crash
    boat vessel
    fog mist
    aboard board
    passenger traveller traveler
    evacuate rescue
    tow pull
    ashore land
    unharmed unhurt
    fatality death
    survivor survive
    missing lost
    emphasise emphasize stress highlight underline underscore
    show showcase display exhibit illustrate demonstrate
    often frequently regularly
    change transform
    focus concentrate
    maker manufacturer producer
    impressive remarkable notable striking
    include feature
    intend aim plan
    wish desire want
    capability capacity ability
    generate produce deliver
    secure ensure
    specific particular
    extensive comprehensive broad
    additional extra further
    embrace adopt
    enthusiast fan
    equip fit
    upgrade improve enhance
    improve better
    boost enhance increase
    enough sufficient adequate
    need necessity
    necessary needed required essential
    reply answer respond
    response answer reply
    method approach technique way
    task job duty
    job post position
    rule regulation
    rule guideline
    quit resign
    sack dismiss
    recruit hire
    name appoint
    murder slay kill
    elderly aged
    inform tell
    advise recommend
    alert warn
    criticise criticize slam blast
    hail praise commend
    welcome greet
    back support endorse
    oppose resist
    bar block prevent
    disrupt interrupt
    ruin wreck destroy
    devastate destroy
    vanish disappear
    emerge surface
    happen occur
    reckon estimate
    calculate compute
    complete finish
    complete full entire
    vast massive huge enormous giant
    tiny small
    swift quick speedy rapid fast
    clever smart intelligent
    irate angry furious
    sad unhappy
    sadly unfortunately regrettably
    scared afraid frightened
    risky dangerous perilous hazardous
    unlawful illegal
    lawful legal
    lawsuit suit
    ruling decision judgment judgement
    gunman shooter
    attacker assailant
    bystander onlooker
    insurgent rebel
    jab vaccine
    cure remedy
    therapy treatment
    detect find discover
    app application
    website site
    footage video clip
    tv television
    reporter journalist correspondent
    air broadcast
    print publish
    speech address
    talk speak
    bargain negotiate
    government administration
    monarch king
    levy tax
    duty tariff
    inexpensive cheap
    costly expensive pricey
    insolvent bankrupt
    boss chief head
    manage run oversee
    supervise oversee
    shopper customer buyer
    purchaser buyer customer
    goods product item
    assemble build
    jet airliner plane
    structure building
    residence home house dwelling
    woods forest woodland
    shore coast
    isle island
    frontier border
    outskirts suburb
    district neighbourhood neighborhood
    globe world
    planet earth
    beverage drink
    consume eat
    lady woman
    guy man
    infant baby
    teen teenager adolescent
    pal friend buddy
    game match
    triumph win
    launch introduce
    launch release
    introduce present unveil
    proceed continue
    continue keep
    last final
    fresh new novel
    contemporary modern
    forthcoming upcoming
    yearly annual
    immediately instantly promptly
    soon shortly
    suddenly abruptly
    ultimately eventually finally
    lately recently
    presently currently now
    occasionally sometimes
    typically usually generally normally
    overall general
    chiefly mainly largely mostly primarily predominantly
    partly partially
    fully completely entirely totally wholly
    dramatically drastically sharply
    slightly marginally
    notably especially particularly
    merely simply
    obviously clearly evidently
    potent powerful mighty
    formidable impressive
    unprecedented unparalleled unmatched unrivaled unrivalled
    advanced sophisticated
    distinctive unique
    lavish luxurious
    dependable reliable
    durable robust
    rigorous strict stringent tough
    harsh severe
    fierce intense
    brutal savage vicious
    well-known famous renowned celebrated
    notorious infamous
    covert secret clandestine
    personal private
    widespread common
    uncommon rare
    weird odd strange bizarre
    ordinary normal usual
    challenging difficult hard tough
    straightforward simple easy
    prepared ready
    vacant empty
    wide broad
    join enter
    enter access
    follow pursue
    track trace follow
    hide conceal
    throw hurl toss
    seize capture confiscate
    grab seize
    drag pull haul
    push shove
    hurry rush
    handle manage
    handle tackle address
    address tackle
    solve resolve settle
    settle resolve
    split divide
    divide separate
    merge combine unite
    combine blend
    mix blend
    swap exchange trade
    distribute hand
    grant award give
    award present
    earn gain make
    gain get obtain
    depict portray
    represent embody symbolise symbolize
    embody encapsulate epitomise epitomize
    signify mean indicate
    mean signify
    refer mention
    cite quote mention
    discuss debate
    debate argue
    argue quarrel
    explain clarify
    clarify explain
    assess evaluate judge
    evaluate rate
    monitor observe track
    review examine
    check verify examine
    prove demonstrate
    develop evolve
    develop create build
    evolve change
    adapt adjust
    adjust alter modify
    convert transform turn
    shape mould mold
    rely depend
    expect anticipate
    predict forecast
    forecast predict project
    doubt question
    deny dispute
    admit concede acknowledge
    acknowledge recognise recognize admit
    recognise recognize identify
    identify spot
    spot see notice
    notice see observe
    recall remember
    forget overlook
    ignore overlook disregard
    avoid evade dodge
    escape flee
    descend fall
    reach attain achieve hit
    achieve attain accomplish
    accomplish complete
    exceed surpass top
    surpass outdo eclipse exceed
    top exceed
    match equal
    head lead
    guide direct
    direct steer
    order command
    order instruct
    instruct tell
    persuade convince
    encourage urge
    discourage deter
    force compel
    compel oblige force
    remove withdraw
    remove strip
    erase delete
    cut slash trim
    slash cut
    decrease reduce lower
    shrink contract
    widen broaden
    lengthen extend
    shorten abridge
    slow decelerate
    speed accelerate
    accelerate hasten
    ease relax
    relax loosen
    tighten toughen
    heighten increase
    mount rise
    underway ongoing
    proximity closeness
    hazard danger
    peril danger
    disaster catastrophe
    tragedy disaster
    crisis emergency
    shortage scarcity lack
    surplus excess
    portion part share
    section part
    piece part
    component part element
    element part
    feature characteristic
    trait characteristic
    skill ability
    strength power
    might power
    influence impact
    impact effect
    consequence result outcome
    source origin
    origin beginning
    beginning start
    conclusion end
    ending end
    legacy heritage
    heritage tradition
    milestone landmark
    era age
    period time
    dozen twelve
    many numerous
    plenty many
    variety range
    array range
    range variety
    selection choice range
    option choice
    alternative option
    chance opportunity
    opportunity chance
    possibility chance
    hurdle obstacle barrier
    obstacle barrier
    drawback disadvantage
    advantage benefit
    benefit advantage
    merit benefit
    campaign drive
    strike walkout
    riot unrest
    unrest turmoil
    chaos turmoil
    clash fight
    combat fight battle
    bomb bombard
    wounded injured
    corpse body
    funeral burial
    bury inter
    grave tomb
    rite ceremony
    festival celebration
    feast banquet
    custody detention
    inmate prisoner
    thief robber burglar
    theft robbery
    fraud scam
    scam swindle
    fake counterfeit
    bogus fake
    genuine real authentic
    authentic real
    worth value
    value worth
    sum amount
    quantity amount
    pace speed
    additional extra more
    adjacent near neighbouring neighboring
    aggregate total
    alleviate ease relieve
    allocate assign give
    amend change
    apparent clear evident
    ascertain determine
    assist help aid
    attain reach
    attempt try
    authorise authorize allow approve
    beneficial helpful useful
    cease stop end
    commence start begin
    compulsory mandatory obligatory required
    conceal hide
    concur agree
    considerable large
    constitute form
    construct build
    deem consider
    delete remove
    demonstrate show prove
    depart leave
    designate name
    determine decide
    detrimental harmful damaging
    difficulty problem
    diminish lessen decrease reduce decline
    disclose reveal
    discontinue stop end
    dispatch send
    disseminate spread
    duration length
    eliminate remove
    encounter meet face
    endeavour endeavor try
    evaluate test
    exclude omit
    expedite hasten speed
    expenditure spending
    expire end
    facilitate help ease
    fundamental basic
    function work
    identical same
    illustrate show
    implement introduce
    inception start beginning
    incorporate include
    indicate show
    initial first
    initiate start begin launch
    instruct tell order
    jeopardise jeopardize risk endanger
    locate find
    location place site spot
    magnitude size
    manner way
    manufacture make produce build
    merchandise goods
    mitigate lessen reduce
    modify change alter
    necessitate need require
    notify tell inform
    objective aim goal
    obtain get acquire
    operate run work
    optimum best optimal ideal
    participate join
    personnel staff
    portion part
    postpone delay
    practically almost virtually nearly
    predominant main
    preserve keep maintain protect conserve
    previous earlier prior
    primary main principal
    procure get
    prolong extend
    proportion share
    reconsider review
    reimburse repay
    relocate move
    remainder rest
    request ask
    reside live
    retain keep
    revise change
    solely only
    submit send
    subsequent later
    substantial large
    sufficient enough
    terminate end
    transmit send
    transfer move
    utilise utilize use leverage
    variation change
    auto automobile car vehicle
    corporation company firm
    cop police policeman policewoman officer
    slay kill
    mom mum mother
    automaker carmaker manufacturer
    teacher instructor
    college university
    pupil student
    wounded hurt injured
    fatal deadly
    lift hoist
    purchase acquire buy
    collision crash accident
    wreckage debris
    rubble debris
    garbage trash rubbish waste
    trip travel journey
    passenger traveller rider
    airport airfield
    luggage baggage
    truck lorry
    subway underground metro
    sidewalk pavement
    highway motorway freeway
    soccer football
    vacation holiday
    candidate contender
    opponent rival challenger
    supporter backer follower
    activist campaigner
    demonstrator protester protestor
    legislation bill law
    statute law
    regulation rule law
    guideline rule
    restriction limit curb
    limit restrict curb cap
    curb restrict
    reform overhaul
    overhaul revise
    renovate refurbish
    refurbish restore
    restore repair
    enhance strengthen
    enhancement improvement
    upgrade enhancement improvement
    boost lift
    spur stimulate
    stimulate encourage
    inspire motivate
    motivate encourage
    captivate fascinate
    attract draw
    draw attract lure
    appeal attraction
    beloved cherished
    cherish treasure value
    admire respect
    respect esteem
    honour honor
    honour tribute
    tribute homage
    commemorate mark honour honor
    observe celebrate
    rejoice celebrate
    mourn grieve
    grief sorrow
    joy happiness
    dislike hate
    hate detest
    fear dread
    worry anxiety
    anxious worried nervous
    eager keen
    enthusiastic keen
    enthusiasm excitement
    excitement thrill
    thrilling exciting
    exhilarating thrilling
    sensational spectacular
    spectacular stunning
    stunning striking
    breathtaking stunning
    extraordinary exceptional
    exceptional outstanding
    outstanding excellent
    excellent superb
    superior better
    inferior worse
    leading foremost top
    top leading
    prominent leading
    prestigious renowned
    acclaimed celebrated
    reputation renown
    legendary famed
    famed famous
    emerging rising
    growing rising increasing
    increasing rising
    declining falling
    shrinking falling
    diverse varied
    varied different
    distinct separate
    separate individual
    personalised personalized customised customized
    customise customize tailor
    tailor adapt
    flexible adaptable
    versatile flexible
    efficient economical
    effective efficient
    efficiency effectiveness
    output production
    manufacturing production
    layout design
    appearance look
    environment setting
    renewable sustainable
    pollution contamination
    contaminate pollute
    toxic poisonous
    poison toxin
    cargo freight
    attorney lawyer
    abandon desert forsake
    abduct kidnap
    abolish scrap eliminate
    absurd ridiculous
    abundant plentiful ample
    accompany escort
    achievement accomplishment
    acquisition takeover
    acute severe
    adequate satisfactory
    adorn decorate
    advance progress
    advice guidance counsel
    advisor adviser aide assistant
    affair matter
    affect influence impact
    aggressive hostile
    aid relief
    alarming worrying troubling disturbing
    alarm frighten scare
    alleged supposed purported
    allegation accusation claim
    alliance coalition bloc
    allot allocate assign
    amaze astonish astound stun surprise
    amazing astonishing incredible unbelievable
    ambition aspiration
    ambitious bold
    analyse analyze examine study
    annoy irritate
    announcement statement declaration
    apprehend arrest
    appropriate suitable proper fitting
    argue contend maintain
    arrange organise organize
    arrive come
    artificial synthetic
    ashamed embarrassed
    assail attack
    assassinate murder
    assert claim contend
    assignment task
    association organisation organization
    assume presume suppose
    assured guaranteed
    attach fasten
    attempt bid effort
    attendee participant
    audience viewers
    authorities officials
    author writer
    available obtainable
    await wait
    award honour honor
    awful terrible dreadful horrible appalling
    backing support
    backdrop background
    banish exile expel
    barrage bombardment
    basic simple
    basis foundation
    battle fight combat struggle
    behaviour behavior conduct
    behave act
    blame accuse
    bleak grim gloomy
    block obstruct
    blow setback
    boast brag
    bold daring audacious
    bolster boost
    bond tie
    boom surge
    border boundary
    boring dull
    boundary limit
    brave courageous heroic
    bravery courage heroism
    breach violate
    breach violation
    breakdown collapse
    brief short
    briefly shortly
    brilliant excellent
    broaden expand
    build erect
    burden load
    burn scorch
    busy hectic
    calm soothe
    calm quiet
    capable able
    careful cautious
    careless reckless
    cash money
    category class type
    cause reason
    cause provoke
    central key
    challenge contest dispute
    champion advocate
    chaotic disorderly
    charity nonprofit
    cheer applaud
    chop cut
    circumstance condition situation
    citizen national
    clear obvious evident
    climb scale
    clinic hospital
    closure shutdown
    clothes clothing garments apparel
    collaborate cooperate
    collaboration cooperation
    colleague coworker co-worker
    collapse crumble
    collect gather
    combat counter
    combine join
    comfort console
    comment remark
    commit perpetrate
    committed dedicated devoted
    commitment pledge promise
    committee panel
    common usual
    commonly often usually frequently
    compete vie
    compensate reimburse
    competition contest
    competitor rival
    compile collect
    complex complicated intricate
    comply obey
    compose write
    comprise include contain
    computer pc
    concept idea notion
    concerned worried
    conduct perform
    confess admit
    confront face
    confrontation clash standoff
    confused puzzled
    confuse puzzle
    connection link tie
    conquer defeat
    consecutive straight successive
    consent permission approval
    consequence effect
    considerably greatly
    consistently constantly
    constant continuous steady
    constantly continually continuously
    constraint restriction limit
    contact reach
    contentious controversial
    contribute donate
    conventional traditional
    convene assemble meet
    convenient handy
    convey communicate
    cope manage
    copy replicate duplicate
    correct rectify fix
    costly dear
    couple pair
    crack fracture
    creative inventive imaginative
    crime offence offense
    critic detractor
    crop harvest
    crowd mob
    cruel brutal
    cultivate grow
    cure heal
    curtail limit restrict
    customary usual
    cutting-edge state-of-the-art
    cyclone hurricane typhoon
    deal contract
    deal handle
    dealer seller
    debate discussion
    deceive mislead
    decide opt
    decide choose
    decisive crucial
    declare proclaim
    decline refuse
    decline worsen deteriorate
    decree edict
    dedicate devote
    deem regard consider
    deeply profoundly
    deeply greatly
    defer postpone delay
    deficit shortfall
    definitely certainly undoubtedly
    delegation mission
    deliberately intentionally purposely
    delicious tasty
    delight please
    demonstration protest
    demonstrate protest
    dense thick
    depict describe
    deploy station
    deposit put
    deprive rob
    describe portray
    deserve merit
    design devise
    desperate frantic
    destiny fate
    destruction devastation
    detailed thorough
    detain hold
    detonate explode
    devastating destructive
    devastation ruin
    device machine
    devise invent
    devoted loyal
    dialogue conversation talk
    die decease
    differ vary
    dig excavate
    dignitary official
    dip fall
    dire grave
    directive order instruction
    dirty filthy
    disagreement dispute
    disappointed dismayed
    discard dump
    discharge release
    disclose divulge
    discontent dissatisfaction
    discourage dissuade
    discovery finding
    disorder unrest
    dispute row quarrel
    disregard neglect
    disrupt disturb
    disruption disturbance
    dissolve disband
    distant remote
    distribute circulate
    distrust mistrust
    disturb upset
    divert redirect
    divorce split
    dollar buck
    dominant main
    donate give
    donation gift contribution
    donor contributor
    doomed hopeless
    double twofold
    doubtful uncertain
    downturn recession slump
    dramatic striking
    drastic radical
    drive motivate
    driver motorist
    drought dryness
    dubious doubtful questionable
    dwell live
    earnings income
    easily readily
    educate teach
    education schooling
    eject expel
    elect choose
    elegant stylish
    element factor
    eliminate eradicate
    embarrass humiliate
    emission discharge
    emotion feeling
    emotional moving touching
    employ hire
    employment work
    empower enable
    encounter confront
    encouraging promising
    endanger imperil
    endless infinite
    endorse approve
    endorsement approval backing
    endure suffer withstand
    energetic lively
    enforce impose
    engine motor
    enlarge expand
    enlist recruit
    enormously hugely greatly
    enquire inquire ask
    enquiry inquiry
    enrol enroll register
    ensure assure
    entail involve
    enterprise company
    entertain amuse
    entertaining amusing
    entice lure
    entitled eligible
    entrance entry
    envision envisage imagine
    episode incident
    equally similarly
    equipment gear
    equivalent equal
    era epoch
    error fault
    escalate intensify
    especially specially
    essentially basically
    establishment institution
    estate property
    ethical moral
    evacuate clear
    eventual final
    evil wicked
    exact accurate
    exaggerate overstate
    exam examination test
    example instance
    exceptionally extremely
    excessive undue
    excite thrill
    exclusive sole
    exhausted tired weary
    exhibition exhibit show
    existing current
    expansive wide
    expedition mission
    expertise skill
    explicit clear
    explore investigate
    explore examine
    explosive dynamite
    expose reveal
    express voice
    expulsion ejection
    extra spare
    extreme severe
    fabricate invent
    facet aspect
    facility plant
    facility site
    fairly reasonably
    faith religion
    faithful loyal
    fake phony false
    fame renown
    fan supporter
    fantastic wonderful marvellous marvelous terrific
    farmer grower
    fascinating intriguing
    fasten fix
    fault flaw
    feasible possible
    fee payment
    fellow colleague
    figure number
    finance fund
    firmly strongly
    flame fire
    flawless perfect
    flee run
    fleeing escaping
    fluctuate vary
    focus center centre
    foil thwart
    foolish silly stupid
    forbidden banned
    forecast prediction
    foremost main
    forerunner predecessor
    form shape
    form create
    formal official
    fortunate lucky
    foster encourage
    fragile delicate
    fragment piece
    framework structure
    frank candid
    free liberate
    frequent common
    frequent regular
    frightening scary terrifying
    fruitful productive
    fulfil fulfill
    fundamental essential
    funny amusing
    fury rage anger
    gap hole
    garment clothing
    gauge measure
    generous lavish
    gesture sign
    gift present
    gifted talented
    glad pleased
    gorgeous beautiful
    govern rule
    gradual slow
    grant allow
    grasp understand
    grateful thankful
    greatly significantly
    gripping exciting
    groundbreaking pioneering revolutionary innovative
    group organisation organization
    guarantee promise
    guest visitor
    gunfire shooting
    hamper hinder impede
    happy pleased
    harass bother
    hardship difficulty
    hatred hate
    heading title
    headquarters base
    heal recover
    height altitude
    hesitant reluctant
    hidden concealed
    highlight point
    hinder obstruct
    hint suggest imply
    historic landmark
    honest truthful
    hopeful optimistic
    horrific horrifying gruesome
    hostile unfriendly
    hostility animosity
    hug embrace
    humble modest
    hunt search
    ideal perfect
    identical equal
    ignite spark
    immense enormous
    imminent impending
    imperative essential
    impending upcoming
    importance significance
    impose levy
    improper inappropriate
    inaccurate incorrect
    inadequate insufficient
    incapable unable
    incentive inducement
    incite provoke
    income revenue earnings
    incredible remarkable
    individual person
    inevitable unavoidable
    inexperienced novice
    influential powerful
    information data
    infringe violate
    ingredient component
    injure harm
    injury wound
    innovation invention
    insane mad crazy
    insert put
    insight understanding
    inspection check
    install fit
    install set
    instance case
    instant immediate
    insult offend
    insure cover
    intact undamaged
    intense strong
    intensify strengthen
    intention intent
    interfere meddle
    intervene interfere
    interval gap
    intimidate scare frighten
    invaluable precious
    inventor creator
    involve include
    irregular uneven
    isolated remote
    jail lock
    jeopardy danger
    job work
    joint shared
    judge magistrate
    jump leap
    key main
    kickoff start
    kind type sort
    kingdom realm
    lacking missing
    landscape scenery
    launch unveil
    leader chief
    league association
    lease rent
    lecture talk
    legitimate valid
    legitimate lawful
    lend loan
    lengthy long
    lodge file
    lodging accommodation
    logical rational
    loot plunder
    loud noisy
    lovely beautiful
    lucrative profitable
    magnificent splendid
    mainstream conventional
    major significant
    mandate require
    manual handbook
    margin edge
    market sell
    marry wed
    massacre slaughter
    massive large
    matter issue
    measure step
    mediate arbitrate
    meeting encounter
    memorial monument
    mend repair
    mental psychological
    mention note
    merciful lenient
    mighty strong
    migrate move
    mild moderate
    minimal slight
    mishap accident
    mission task
    mistreat abuse
    mock ridicule
    model version
    moderate modest
    modest small
    monitor watch
    mood atmosphere
    motive reason
    movement campaign
    mutual common
    mystery puzzle
    naked nude
    narrative story
    narrate tell
    nasty unpleasant
    naturally normally
    nearby neighbouring neighboring
    necessity requirement
    needy poor
    negotiator mediator
    nervous uneasy
    nonstop continuous
    notable significant
    notable prominent
    noteworthy notable
    obey follow
    objection opposition
    obligation duty
    obligation commitment
    observer watcher
    obsolete outdated
    obvious apparent
    occasion event
    occupation profession
    odd peculiar
    offence violation
    offensive insulting
    offer propose
    offer give
    offspring child
    ominous threatening
    operation surgery
    opponent adversary
    oppress persecute
    organise organize hold
    organiser organizer promoter
    ousted removed
    oust topple remove
    outlaw ban
    outline summarise summarize
    outlook prospect
    outrage fury
    outspoken vocal
    overcome conquer
    overdue late
    overlook neglect
    oversee monitor
    overthrow topple
    overturn reverse
    owner holder
    pain suffering
    painful sore
    panic alarm
    paramount supreme
    participate compete
    passion enthusiasm
    passionate enthusiastic
    path route
    patrol guard
    pattern trend
    peak summit
    peculiar strange
    penalty punishment
    people persons
    performance show
    perhaps maybe
    permission approval authorisation authorization consent
    permit licence license
    perpetrator offender culprit
    perplexed puzzled
    persistent continual
    perspective viewpoint view
    pertinent relevant
    phase stage
    philosopher thinker
    pick collect
    pioneer innovator
    place put
    plague disease
    plain simple
    plea appeal
    pleasant nice
    pledge promise vow
    plight predicament
    plummet plunge tumble
    plunge fall drop
    polite courteous
    popular famous
    population people
    portrait picture
    position stance
    potential possible
    practical useful
    precious valuable
    precise accurate
    preceding previous
    predicament situation
    prepare plan
    presence attendance
    press media
    pressure press
    prestige status
    prevalent widespread common
    principle rule
    probable likely
    procedure process
    procedure operation
    proclaim announce
    proficient skilled
    profound deep
    programme program scheme
    progressive liberal
    prohibit bar
    project plan
    project scheme
    prolonged lengthy extended
    prominent famous
    promote advance
    promote advertise
    prompt spur trigger
    properly correctly
    proposal suggestion
    proposal plan
    prosper thrive flourish
    prosperous wealthy
    protest rally
    proud pleased
    prudent wise
    publicity attention
    publication newspaper
    publish issue
    punishment sanction
    pupil learner
    purpose goal
    pursue chase
    puzzling baffling
    quest search
    quick brief
    quiet silent
    quit leave
    quota limit
    radical extreme
    rally demonstration
    rampant widespread
    random arbitrary
    rank grade
    rare unusual
    ratify approve
    rating ranking
    rational reasonable
    react respond
    reaction response
    readiness preparedness
    realise realize understand
    reasonable sensible
    rebellion revolt uprising
    rebuild reconstruct
    rebuke reprimand scold
    recipient beneficiary
    reclaim recover
    reckless irresponsible
    recollect remember
    recommendation advice
    reconcile settle
    recover retrieve
    recovery rebound
    refer send
    refined polished
    refund repay
    refuse reject
    region territory
    regret sorrow
    regular routine
    regulate control
    regulator watchdog
    reject dismiss
    reject rebuff
    related connected
    reliable trustworthy
    relief help
    reluctant unwilling
    rely count
    remain continue
    remarkably extraordinarily
    remedy solution
    remnant remains
    rename rebrand
    renew extend
    repeal revoke rescind
    repeatedly often
    report account
    reproduce copy
    request appeal
    requirement condition
    requirement need
    rescind cancel
    reserve book
    reshape change
    resign step
    resilient tough
    resolve determination
    resort retreat
    respected esteemed
    responsible accountable
    restore revive
    restraint restriction
    restructure reorganise reorganize
    retailer shop store seller
    retaliation revenge reprisal
    retaliate respond
    retreat withdraw
    retrieve get
    return comeback
    revenge vengeance
    revert return
    revise amend
    revolt rebel
    revolutionary radical
    reward prize
    rigid strict
    rival compete
    robust strong
    rocket skyrocket soar surge
    rotate spin
    rough approximate
    route way
    routine usual
    rude impolite
    ruin damage
    rumour gossip
    rural countryside
    ruthless merciless
    sacred holy
    sacrifice forgo
    salary earnings
    satisfy please
    scale extent
    scale size
    scandal controversy
    scarce rare
    scared terrified
    scenario situation
    schedule timetable
    schedule plan
    scholar academic
    scholarly academic
    scold criticise criticize
    scope range
    scour search
    scream shout yell
    screen test
    scrutinise scrutinize examine
    scrutiny examination
    seal close
    seclude isolate
    section segment
    secure obtain get
    segment part
    seize take
    select elect
    seller vendor
    sensible wise
    sensitive delicate
    sentence punishment
    serve act
    sever cut
    shake rattle
    sharply steeply
    shatter break
    shed lose
    shelter refuge
    shield protect
    shipment delivery
    shipment consignment
    shock stun
    shocked stunned
    shocking appalling
    shortfall shortage
    shut seal
    sign indication
    sign signal
    signal indicate
    simplify streamline
    simultaneously together
    sincere honest
    situated located
    situation circumstances
    skilled expert
    skilled talented
    sleek stylish
    slender slim thin
    slide slip
    slide fall
    slump drop
    smash break
    smuggle traffic
    smuggler trafficker
    snatch grab
    snub reject
    solemn serious
    solid firm
    solution answer
    somewhat slightly
    sophisticated complex
    sorrow sadness
    spacious roomy
    span cover
    spark trigger provoke
    special particular
    spectator viewer
    speculation rumour
    speed velocity
    spill leak
    spirited lively
    split separate
    spokesman representative
    sponsor fund
    spread expand
    spread extend
    stable steady
    stage hold
    stage organise organize
    stamina endurance
    standing reputation
    standard norm
    stark sharp
    startle surprise
    station post
    status position
    steep sharp
    stern strict
    stop quit
    storm hurricane
    story tale
    story article
    strategy plan
    streak run
    strengthen fortify
    stress pressure
    strike attack
    strive try
    stubborn obstinate
    studio workshop
    style design
    subject topic
    submit present
    succeed follow
    successful prosperous
    sudden abrupt
    suffer experience
    suffer sustain
    summon call
    supervisor manager
    suppose believe
    supremacy dominance
    surpass beat
    surprising unexpected
    surrender yield
    surroundings environment
    survey study
    suspend pause
    suspension halt
    sustain maintain
    swamp marsh
    sway influence
    swell grow
    swell rise
    sweeping broad
    sweeping extensive
    swiftly promptly
    symbol emblem
    sympathise sympathize
    sympathy compassion
    tactic strategy
    tariff levy
    tear rip
    tease mock
    tempo pace
    temporary interim
    tend lean
    tendency trend
    terrible horrific
    terrify frighten
    territory land
    territory area
    test trial
    testify state
    texts messages
    theme topic
    theory hypothesis
    thorough careful
    thorough comprehensive
    thoroughly fully
    thoughtful considerate
    threatening menacing
    tight close
    tolerate accept
    tool instrument
    tool device
    torment torture
    total complete
    total overall
    tour visit
    tourist visitor
    track path
    tradition custom
    traditional classic
    tragic sad
    tragic heartbreaking
    trail path
    transport transportation
    transport move
    trash junk
    treatment care
    tremendous enormous
    trick deceive
    trigger cause
    trouble bother
    trouble difficulty
    trust confidence
    trust believe
    turbulent unstable
    tv telly
    type model
    typical usual
    ultimate final
    unaware ignorant
    uncertainty doubt
    unclear vague
    uncover unearth discover expose
    undergo experience
    underlying basic
    undertaking project
    undisclosed unspecified
    unemployed jobless
    uneasy anxious
    unexpectedly suddenly
    unfair unjust
    unforeseen unexpected
    unification merger
    uniform outfit
    unify unite
    unleash release
    unstable volatile
    upcoming future
    update upgrade
    uphold maintain
    urgency importance
    usage use
    vacancy opening
    vacate leave
    vary change
    venture project
    verdict ruling
    verdict decision
    version edition
    veteran experienced
    viable feasible workable
    vibrant lively
    vicinity area
    victorious winning
    victor winner
    view regard
    view see
    viewpoint opinion
    virtual online
    visible apparent
    visible noticeable
    vital necessary
    vivid bright
    voter elector
    vow promise swear
    vulnerable exposed
    wait delay
    walk stroll
    wary cautious
    waste squander
    wave surge
    weaken diminish
    wealth fortune
    wealth riches
    weird peculiar
    welfare wellbeing well-being
    wellness health
    widespread extensive
    widespread broad
    wild untamed
    willing ready
    withdraw pull
    withdrawal pullout
    withhold keep
    withstand resist
    witness see
    wonderful great
    workforce staff
    workplace office
    worldwide international
    worthwhile valuable
    youth teenager
    youngster youth child
    automotive automobile motoring
    standard norm benchmark
    iconic legendary famous
    compliance adherence conformity
    comply adhere conform
    metric measure figure
    testament proof tribute
    edge advantage lead
    lineup roster range
    meticulous careful painstaking thorough
    meticulously carefully painstakingly thoroughly
    prowess skill ability
    integrate incorporate combine include
    reflect mirror
    reflect show
    exemplify embody represent illustrate
    serve function act
    forefront vanguard
    cement solidify consolidate strengthen
    compromise jeopardise jeopardize undermine
    update revision
    pivotal crucial key central important
    premium luxury
    root origin
    relentless constant persistent unrelenting
    essence core heart
    delve explore
    realm sphere world arena
    durability toughness resilience
    maximum highest
    bonnet hood
    pinnacle peak height zenith apex
    hue colour color shade tint
    lineage heritage ancestry
    maximise maximize optimise optimize
    align match
    homage tribute nod
    traction grip
    slogan motto tagline catchphrase
    iteration version
    instrumental key crucial
    feat achievement accomplishment
    supplier provider
    modification change alteration adjustment
    staple mainstay
    aesthetics look appearance styling
    phrase expression
    emphasis focus stress
    tune adjust calibrate
    unwavering steadfast firm
    anticipation expectation
    appreciate value
    revered respected admired
    revere respect admire
    ingenuity creativity inventiveness
    similar comparable alike
    aficionado enthusiast fan
    seamlessly smoothly
    seamless smooth
    collaboration partnership
    transmission gearbox
    harness use utilise utilize
    depend base
    decorate adorn embellish
    distinguish differentiate
    diversify vary
    dominate control
    durable lasting
    elevate raise
    eliminate erase
    emerge arise
    encompass include cover
    enduring lasting
    engage involve
    engaging captivating
    enrich enhance
    equip outfit furnish
    excel shine
    expertise knowledge
    exploit use
    extract remove
    faster quicker
    foundation base
    fuse blend merge combine
    fusion blend
    garner gain earn attract
    hallmark characteristic
    imbue infuse
    improvement advance upgrade
    inherent intrinsic
    inspire encourage
    integral essential
    leverage use exploit
    longstanding longtime
    loyalty allegiance
    luxury opulence
    maneuver manoeuvre steer
    nostalgic sentimental
    nurture foster
    oversight supervision
    pivotal critical
    precision accuracy
    precisely exactly accurately
    prioritise prioritize emphasise emphasize
    propel drive push
    purpose intention
    redefine reshape
    refine improve
    reimagine rethink
    reinforce bolster
    reminiscent evocative
    resonate echo
    rugged tough sturdy
    savvy shrewd
    showcase highlight present
    specification spec
    spectrum range
    stability steadiness
    streamlined sleek
    substantial significant considerable
    superb outstanding
    surge jump
    surge increase
    tackle confront
    tailored customised customized
    timeless classic
    transformation change shift
    transformative revolutionary
    transition switch
    underpin support
    understanding comprehension
    undeniable unquestionable
    unlock release
    unwavering constant
    vibrant bright
    vigilant watchful
    visionary innovative
    zeal enthusiasm
    aftermath wake
    airline carrier
    amendment change
    appoint choose select
    appointment selection
    assessment evaluation
    attendance turnout
    auction sale
    autonomous self-driving driverless
    background history
    balance equilibrium
    bankruptcy insolvency
    blueprint plan
    breakthrough advance
    briefing meeting
    calamity disaster
    carnage slaughter
    cease-fire ceasefire truce
    chronicle describe
    coastline coast shore
    commodity good product
    congested crowded
    consortium group
    contagious infectious
    countless numerous
    creator maker
    cutback cut reduction
    cyberattack hack
    decisive critical
    defect fault
    delighted pleased thrilled
    demise death
    denial rejection
    deposit payment
    descendant offspring
    deteriorate weaken
    deterioration decline
    digital electronic
    disability impairment
    disagree differ
    disagreement conflict
    discount rebate reduction
    disparity gap
    distinguish separate
    distress suffering
    diversity variety
    drill exercise
    eclipse overshadow
    eligible qualified
    embrace welcome
    emission exhaust
    enact introduce
    encouragement support
    energetic dynamic
    enormous gigantic
    ensue follow
    enthusiast lover
    entirety whole
    equality parity
    escalation increase
    evolution development
    evolve progress
    excitement anticipation
    execution implementation
    expel oust
    exploration investigation
    extraordinary unusual
    fabric cloth
    fierce strong
    figure statistic
    finale ending
    flaw weakness
    forge create build
    fortune luck
    founder cofounder co-founder
    frail weak
    friction tension
    frustrate disappoint
    frustrated angry
    gadget tool
    gain increase
    gathering assembly
    genre category
    glitch fault problem
    globally worldwide internationally
    gradually slowly steadily
    grief sadness
    guidance direction
    hinder block
    historical historic
    honesty integrity
    hygiene cleanliness
    idle inactive
    illuminate light
    immunise immunize vaccinate inoculate
    immunisation immunization vaccination inoculation
    impressive extraordinary
    inaugural first
    income salary
    injection jab shot
    innocent blameless
    inquest inquiry
    insist maintain
    institute establish
    interpret understand
    intersection junction crossroads
    investigator detective
    irrigation watering
    jewel gem
    junction crossing
    keynote main
    kidnapping abduction
    laboratory lab
    landmark monument
    largely widely
    lavish extravagant
    laptop notebook
    layoff redundancy
    legislature parliament
    likelihood probability chance
    looming impending
    lover fan
    majestic grand
    malfunction fault failure
    manuscript text
    mariner sailor seaman
    marvel wonder
    migration movement
    minimise minimize reduce
    minimum lowest
    mislead trick
    mobile cellphone phone
    mogul tycoon magnate
    motorbike motorcycle
    navigate steer
    nominate name
    notably remarkably
    nuance subtlety
    nutrition diet
    optimism hope
    outage blackout
    outcry protest
    outstanding remarkable
    overwhelm swamp
    pathway path
    patron customer
    payload cargo
    persist continue
    persuade encourage
    pinpoint locate
    plaza square
    plea request
    plentiful numerous
    portion section
    precaution safeguard
    precede predate
    premiere debut
    preparation planning
    presentation display
    prestige reputation
    profession job
    proficiency skill
    profoundly greatly
    promptly quickly
    prone susceptible
    propose recommend
    provisional temporary
    publicly openly
    pupil schoolchild
    query question
    readily quickly
    recession slowdown
    recount describe
    recovered retrieved
    redundant unnecessary
    refrain abstain
    reign rule
    rejection refusal
    relevance importance
    reluctance unwillingness
    remarkable exceptional
    renovation refurbishment
    repercussion consequence
    repetition repeat
    replica copy
    resilience strength
    respite relief
    restrict confine
    resume continue
    resurgence revival
    revamp overhaul
    revision change
    revival comeback
    rigorous thorough
    rollout launch
    rough harsh
    rupture burst
    sanctuary refuge
    satisfaction pleasure
    satisfied pleased
    sceptic skeptic doubter
    scrap abandon
    seasoned experienced
    secluded isolated
    seldom infrequently
    sentiment feeling
    sequel followup follow-up
    severity seriousness
    shortlist list
    shrine temple
    sighting observation
    smog pollution
    solely exclusively
    solidarity unity
    specialty speciality
    specifically particularly especially
    spectacle show
    splendid superb
    spoil ruin
    sporadic occasional
    stance stand
    staggering astonishing
    standoff stalemate deadlock impasse
    startup start-up
    steadily gradually consistently
    steer guide
    stimulus boost
    strain stress
    stranded stuck
    streamline optimise optimize
    strenuous demanding
    stringent severe
    stronghold bastion
    subsidy grant
    successor replacement
    sunset dusk
    sunrise dawn
    supersede replace
    surveillance monitoring
    susceptible vulnerable
    suspicious doubtful
    sustainable lasting
    swindle cheat
    sympathetic supportive
    tally count total
    tangible concrete
    tarnish damage
    tenant renter
    testimony evidence
    tidy neat
    tolerance acceptance
    torrential heavy
    trainer instructor
    trait feature
    traumatic distressing
    traverse cross
    treasure prize
    trim reduce
    troublesome problematic
    turbulence instability
    turmoil disorder
    turnover sales revenue
    undisputed unquestioned
    unearth find
    unforgettable memorable
    unprecedented extraordinary
    unravel solve
    unusually exceptionally
    upbeat optimistic positive
    upheaval turmoil
    uplift raise
    usable functional
    veer swerve
    venue location site
    vibrant dynamic
    vista view
    volunteer helper
    voyage cruise
    wealthy affluent
    wisdom knowledge
    withdraw retract
    workable practical
    workout exercise
    wreckage remains
    wrongly falsely incorrectly
""".strip().splitlines()
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

# Countries with a name of several words and one of one, folded.
LANDS = {("united", "states", "america"): "america", ("united", "states"): "america", ("united", "kingdom"): "britain"}

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
