"""Words that may stand for each other in a news fact. Data only: no logic, no imports.

Read by `likeness` where a statement is held against a sentence. Where two sentences are held against each other to find out
whether they disagree (`likeness.akin`), only `SYNONYMS` and `ALIKE` are read: many words that may be swapped in one fact make
two facts look like one.

Rule: in a group, each word stands for each other one without making a fact truer, falser, stronger or weaker, and another
word form of the group ("banning", "bans") does too. What holds one way only ("murdered" is "killed", not the other way
round) stands in `WIDER`. The lists are written for this project, for English news prose.
"""

from __future__ import annotations

# Words that news writers swap for one another without changing a fact, and that show that two sentences are about one thing: the
# first that were written, read with `ALIKE` where two sentences are held against each other. Compared by stem after `lexicon.IRREGULAR`.
SYNONYMS = tuple(
    frozenset(group.split())
    for group in """
    say state tell add note announce remark declare, visit trip travel fly, talk discussion negotiation, meet
    summit, begin start, kill die, many numerous, country nation, abroad overseas, fatality death, assistance
    help, spokesman spokeswoman spokesperson, war conflict, purchase buy, hurt injure wound, film movie, rise
    increase grow climb, fall decrease drop decline, broker mediate, child kid, town city, vessel ship boat,
    blaze fire, probe investigate inquiry, tie relation relationship link, condemn denounce, weapon arms,
    provide supply give, restore resume re-establish reestablish, crucial key, push urge press, doctor
    physician, lawyer attorney, car vehicle, rescue save, seek want, document paper, house home, begin start
    commence launch, end finish conclude, quickly rapidly swiftly fast, slowly gradually, nearly almost, roughly
    approximately, significantly considerably substantially, considerable substantial, crucial vital essential
    critical, important significant, big large, huge enormous massive, small little, remarkable extraordinary,
    difficult hard, easy simple, guarantee ensure, inhabitant resident, hit strike, ram strike hit, collide
    crash, show demonstrate, show reveal, allow permit enable let, prevent stop, stop halt cease, ban prohibit
    forbid, require need, require oblige, use utilize utilise employ, buy purchase acquire, get obtain receive,
    give provide, build construct, construction building, make produce, produce manufacture, create establish,
    found establish, choose select pick, try attempt, help assist aid, help support, keep maintain retain,
    remain stay, leave depart, arrive reach, close shut, open inaugurate, harm damage, destroy demolish, die
    perish, attack assault, arrest detain, free release, jail prison, jail imprison, court tribunal, law
    legislation, lawmaker legislator, worker employee staff, firm company business, pay salary wage, money fund,
    cost price, cost expense, profit earnings, rise increase climb grow, raise increase, fall drop decline
    decrease, cut reduce lower, reduction cut decrease, total sum, whole entire, amount quantity, yearly annual
    annually, current present, former previous, previous earlier, next coming upcoming, recent latest, kid
    child, mother mom mum, father dad, illness disease sickness, drug medicine medication, car vehicle
    automobile, road street, airplane plane aircraft, ship vessel, port harbor harbour, dock moor, sail cross,
    captain skipper, trip journey voyage, storm gale, rain rainfall, fire blaze, flood inundation, quake
    earthquake tremor, blast explosion, gun firearm, soldier troop, army military, fight battle, truce
    ceasefire, deal agreement accord pact, treaty pact, talk negotiation discussion, talk discuss, conversation
    discussion, ask request, question interrogate, demand insist, suggest propose, plan scheme, goal aim
    objective target, purpose aim, result outcome, effect impact, change alter modify, shift move transition,
    switch shift, improve enhance, bolster strengthen, strengthen reinforce, weaken undermine, threat danger,
    threaten endanger, risk danger, safe secure, safety security, protect defend, guard protect, warn caution,
    worry concern, fear concern, anger outrage, angry furious, happy glad, apologise apologize, forgive
    forgiveness, thank gratitude, praise laud, criticise criticize, criticism critique, blame fault, mistake
    error, problem issue, trouble problem, idea notion, view opinion, believe think, understand comprehend,
    discover find, search look, observe watch, visit trip, meeting gathering, gather assemble, crowd throng,
    vote ballot, election poll, win victory, victory triumph, defeat beat, lose loss, rival opponent, enemy foe,
    friend ally, ally partner, partnership alliance, relation tie link, link connect, nation country, city town,
    village hamlet, area region zone, sea ocean, river stream, animal creature, flat apartment, room chamber,
    teacher educator, student pupil, university college, book volume, newspaper paper, news report, picture
    photo photograph image, music song, team squad, coach trainer, player athlete, record mark, award prize,
    celebrate mark, anniversary commemoration, fine penalty, punish penalise penalize, evidence proof, confirm
    verify, skeptical sceptical doubtful, rumour rumor, neutral impartial, mediate broker, mediator broker
    peacemaker peacebroker, diplomatic diplomacy, weapon arm, arms weapon, aid assistance, supply provide,
    deliver supply, send dispatch, carry transport, move relocate, foreign overseas, home domestic, internal
    domestic, worldwide global, global world, international world, growth expansion, expand extend, extend
    prolong, delay postpone, cancel scrap, suspend halt, resume restart, restore reinstate, repair fix, replace
    substitute, replacement substitute, inquiry probe, investigate probe examine, investigator inspector,
    inspect examine, examine study, study research, researcher scientist, expert specialist, analyst expert,
    survey poll, average mean, exact precise, accurate correct, wrong incorrect, false untrue, lie falsehood,
    secret confidential, public open, announce unveil, unveil reveal, publish release, leader head, chairman
    chair, founder creator, owner proprietor, customer client, consumer buyer, market sector, industry sector,
    factory plant, trade commerce, sell sale, store shop, bank lender, loan credit, debt borrowing, invest
    investment, investor shareholder, share stock, budget spending, financial monetary, energy power, power
    electricity, oil petroleum, fuel gasoline petrol, climate weather, technology tech, computer machine,
    software program, device gadget, phone telephone, internet web online, bomb explosive, immigrant migrant,
    community neighbourhood neighborhood, rights freedom, freedom liberty, boast feature, offer provide, contain
    include, include incorporate, consist comprise, surround encircle, far distant, rapid quick fast, finally
    eventually, often frequently, rarely seldom, usually normally, mainly mostly primarily, especially
    particularly, together jointly, separately apart, strong powerful, weak feeble, rich wealthy, poor
    impoverished, famous renowned, popular beloved, beautiful attractive, strange odd unusual, normal usual,
    dangerous hazardous, deadly lethal fatal, serious grave severe, severely seriously, slight minor, major
    main, main primary chief, first initial, unique singular, different distinct, various diverse, accident
    crash, boat vessel, fog mist, aboard board, passenger traveller traveler, tow pull, ashore land, unharmed
    unhurt, survivor survive, missing lost, emphasise emphasize stress highlight underline underscore, show
    showcase display exhibit illustrate demonstrate, often frequently regularly, change transform, focus
    concentrate, maker manufacturer producer, impressive remarkable notable striking, include feature, intend
    aim plan, wish desire want, capability capacity ability, generate produce deliver, secure ensure, specific
    particular, extensive comprehensive broad, additional extra further, embrace adopt, enthusiast fan, equip
    fit, upgrade improve enhance, improve better, boost enhance increase, enough sufficient adequate, need
    necessity, necessary needed required essential, reply answer respond, response answer reply, method approach
    technique way, task job duty, job post position, rule regulation, rule guideline, quit resign, sack dismiss,
    recruit hire, name appoint, elderly aged, inform tell, advise recommend, alert warn, criticise criticize
    slam blast, hail praise commend, welcome greet, back support endorse, oppose resist, bar block prevent,
    disrupt interrupt, ruin wreck destroy, devastate destroy, vanish disappear, emerge surface, happen occur,
    reckon estimate, calculate compute, complete finish, complete full entire, vast massive huge enormous giant,
    tiny small, swift quick speedy rapid fast, clever smart intelligent, irate angry furious, sad unhappy, sadly
    unfortunately regrettably, scared afraid frightened, risky dangerous perilous hazardous, unlawful illegal,
    lawful legal, lawsuit suit, ruling decision judgment judgement, gunman shooter, attacker assailant,
    bystander onlooker, insurgent rebel, jab vaccine, cure remedy, therapy treatment, detect find discover, app
    application, website site, footage video clip, tv television, reporter journalist correspondent, air
    broadcast, print publish, speech address, talk speak, bargain negotiate, government administration, levy
    tax, duty tariff, inexpensive cheap, costly expensive pricey, insolvent bankrupt, boss chief head, manage
    run oversee, supervise oversee, shopper customer buyer, purchaser buyer customer, goods product item,
    assemble build, jet airliner plane, structure building, residence home house dwelling, woods forest
    woodland, shore coast, isle island, frontier border, outskirts suburb, district neighbourhood neighborhood,
    globe world, planet earth, beverage drink, consume eat, lady woman, guy man, infant baby, teen teenager
    adolescent, pal friend buddy, game match, triumph win, launch introduce, launch release, introduce present
    unveil, proceed continue, continue keep, last final, fresh new novel, contemporary modern, forthcoming
    upcoming, yearly annual, immediately instantly promptly, soon shortly, suddenly abruptly, ultimately
    eventually finally, lately recently, presently currently now, occasionally sometimes, typically usually
    generally normally, overall general, chiefly mainly largely mostly primarily predominantly, partly
    partially, fully completely entirely totally wholly, dramatically drastically sharply, slightly marginally,
    notably especially particularly, merely simply, obviously clearly evidently, potent powerful mighty,
    formidable impressive, unprecedented unparalleled unmatched unrivaled unrivalled, advanced sophisticated,
    distinctive unique, lavish luxurious, dependable reliable, durable robust, rigorous strict stringent tough,
    harsh severe, fierce intense, brutal savage vicious, well-known famous renowned celebrated, notorious
    infamous, covert secret clandestine, personal private, widespread common, uncommon rare, weird odd strange
    bizarre, ordinary normal usual, challenging difficult hard tough, straightforward simple easy, prepared
    ready, vacant empty, wide broad, join enter, enter access, follow pursue, track trace follow, hide conceal,
    throw hurl toss, seize capture confiscate, grab seize, drag pull haul, push shove, hurry rush, handle
    manage, handle tackle address, address tackle, solve resolve settle, settle resolve, split divide, divide
    separate, merge combine unite, combine blend, mix blend, swap exchange trade, distribute hand, grant award
    give, award present, earn gain make, gain get obtain, depict portray, represent embody symbolise symbolize,
    embody encapsulate epitomise epitomize, signify mean indicate, mean signify, refer mention, cite quote
    mention, discuss debate, debate argue, explain clarify, clarify explain, assess evaluate judge, evaluate
    rate, monitor observe track, review examine, check verify examine, prove demonstrate, develop evolve,
    develop create build, evolve change, adapt adjust, adjust alter modify, convert transform turn, shape mould
    mold, rely depend, expect anticipate, predict forecast, forecast predict project, doubt question, deny
    dispute, admit concede acknowledge, acknowledge recognise recognize admit, recognise recognize identify,
    identify spot, spot see notice, notice see observe, recall remember, forget overlook, ignore overlook
    disregard, avoid evade dodge, escape flee, descend fall, reach attain achieve hit, achieve attain
    accomplish, accomplish complete, exceed surpass top, surpass outdo eclipse exceed, top exceed, match equal,
    head lead, guide direct, direct steer, order command, order instruct, instruct tell, persuade convince,
    encourage urge, discourage deter, force compel, compel oblige force, remove withdraw, remove strip, erase
    delete, cut slash trim, slash cut, decrease reduce lower, shrink contract, widen broaden, lengthen extend,
    shorten abridge, slow decelerate, speed accelerate, accelerate hasten, ease relax, relax loosen, tighten
    toughen, heighten increase, mount rise, underway ongoing, proximity closeness, hazard danger, peril danger,
    disaster catastrophe, crisis emergency, shortage scarcity lack, surplus excess, portion part share, section
    part, piece part, component part element, element part, feature characteristic, trait characteristic, skill
    ability, strength power, might power, influence impact, impact effect, consequence result outcome, source
    origin, origin beginning, beginning start, conclusion end, ending end, legacy heritage, heritage tradition,
    milestone landmark, era age, period time, dozen twelve, plenty many, variety range, array range, range
    variety, selection choice range, option choice, alternative option, chance opportunity, opportunity chance,
    possibility chance, hurdle obstacle barrier, obstacle barrier, drawback disadvantage, advantage benefit,
    benefit advantage, merit benefit, campaign drive, strike walkout, unrest turmoil, chaos turmoil, clash
    fight, combat fight battle, bomb bombard, wounded injured, corpse body, funeral burial, bury inter, grave
    tomb, rite ceremony, festival celebration, feast banquet, custody detention, inmate prisoner, fraud scam,
    scam swindle, fake counterfeit, bogus fake, genuine real authentic, authentic real, worth value, value
    worth, sum amount, quantity amount, pace speed, additional extra more, adjacent near neighbouring
    neighboring, aggregate total, alleviate ease relieve, allocate assign give, amend change, apparent clear
    evident, ascertain determine, assist help aid, attain reach, attempt try, authorise authorize allow approve,
    beneficial helpful useful, cease stop end, commence start begin, compulsory mandatory obligatory required,
    conceal hide, concur agree, considerable large, constitute form, construct build, deem consider, delete
    remove, demonstrate show prove, depart leave, designate name, determine decide, detrimental harmful
    damaging, difficulty problem, diminish lessen decrease reduce decline, disclose reveal, discontinue stop
    end, dispatch send, disseminate spread, duration length, eliminate remove, encounter meet face, endeavour
    endeavor try, evaluate test, exclude omit, expedite hasten speed, expenditure spending, expire end,
    facilitate help ease, fundamental basic, function work, identical same, illustrate show, implement
    introduce, inception start beginning, incorporate include, indicate show, initial first, initiate start
    begin launch, instruct tell order, jeopardise jeopardize risk endanger, locate find, location place site
    spot, magnitude size, manner way, manufacture make produce build, merchandise goods, mitigate lessen reduce,
    modify change alter, necessitate need require, notify tell inform, objective aim goal, obtain get acquire,
    operate run work, optimum best optimal ideal, participate join, personnel staff, portion part, postpone
    delay, practically almost virtually nearly, predominant main, preserve keep maintain protect conserve,
    previous earlier prior, primary main principal, procure get, prolong extend, proportion share, reconsider
    review, reimburse repay, relocate move, remainder rest, request ask, reside live, retain keep, revise
    change, solely only, submit send, subsequent later, substantial large, sufficient enough, terminate end,
    transmit send, transfer move, utilise utilize use leverage, variation change, auto automobile car vehicle,
    corporation company firm, cop police policeman policewoman officer, mom mum mother, automaker carmaker
    manufacturer, teacher instructor, college university, pupil student, wounded hurt injured, fatal deadly,
    lift hoist, purchase acquire buy, collision crash accident, wreckage debris, rubble debris, garbage trash
    rubbish waste, trip travel journey, passenger traveller rider, airport airfield, luggage baggage, truck
    lorry, subway underground metro, sidewalk pavement, highway motorway freeway, soccer football, vacation
    holiday, candidate contender, opponent rival challenger, supporter backer follower, activist campaigner,
    demonstrator protester protestor, legislation bill law, statute law, regulation rule law, guideline rule,
    restriction limit curb, limit restrict curb cap, curb restrict, reform overhaul, overhaul revise, renovate
    refurbish, refurbish restore, restore repair, enhance strengthen, enhancement improvement, upgrade
    enhancement improvement, boost lift, spur stimulate, stimulate encourage, inspire motivate, motivate
    encourage, captivate fascinate, attract draw, draw attract lure, appeal attraction, beloved cherished,
    cherish treasure value, admire respect, respect esteem, honour honor, honour tribute, tribute homage,
    commemorate mark honour honor, observe celebrate, rejoice celebrate, mourn grieve, grief sorrow, joy
    happiness, dislike hate, hate detest, fear dread, worry anxiety, anxious worried nervous, eager keen,
    enthusiastic keen, enthusiasm excitement, excitement thrill, thrilling exciting, exhilarating thrilling,
    sensational spectacular, spectacular stunning, stunning striking, breathtaking stunning, extraordinary
    exceptional, exceptional outstanding, outstanding excellent, excellent superb, superior better, inferior
    worse, leading foremost top, top leading, prominent leading, prestigious renowned, acclaimed celebrated,
    reputation renown, legendary famed, famed famous, emerging rising, growing rising increasing, increasing
    rising, declining falling, shrinking falling, diverse varied, varied different, distinct separate, separate
    individual, personalised personalized customised customized, customise customize tailor, tailor adapt,
    flexible adaptable, versatile flexible, efficient economical, effective efficient, efficiency effectiveness,
    output production, manufacturing production, layout design, appearance look, environment setting, renewable
    sustainable, pollution contamination, contaminate pollute, toxic poisonous, poison toxin, cargo freight,
    attorney lawyer
    """.split(",")
)

# Words that tell of one thing and do not stand for each other: they show that two sentences are about the same, and a
# statement may not have the one where its sentence has the other (one way some may: `WIDER`).
ALIKE = tuple(
    frozenset(group.split())
    for group in """
    warship frigate, people resident inhabitant, diplomat envoy ambassador, sanction embargo, evacuate rescue,
    murder slay kill, monarch king, argue quarrel, tragedy disaster, riot unrest, thief robber burglar, theft
    robbery, slay kill
    """.split(",")
)

# Groups, parted by commas. Compared by stem after `lexicon.IRREGULAR`.
GROUPS = tuple(
    frozenset(group.split())
    for group in """
    abandon desert forsake, abate subside, abduct kidnap, abide comply, abolish scrap eliminate, absurd ridiculous,
    abundance wealth, abundant plentiful ample, accelerate quicken, accentuate emphasise emphasize, accompany
    escort, accrue accumulate, acquisition takeover, acting interim, action step, acute severe, additionally
    furthermore moreover, adequate satisfactory, adjacent adjoining bordering, admonish reprimand, advance progress,
    advanced modern, adversary foe enemy, adverse unfavourable unfavorable, advertisement ad advert, advice guidance
    counsel, advisor adviser aide, aesthetics look appearance styling, affect influence impact, afflict plague,
    affluent rich, affordable inexpensive, aficionado enthusiast fan, aftermath wake, agenda programme, aggravate
    worsen exacerbate, agile nimble, aid relief, airline carrier, airstrike bombing, akin similar, alarm frighten
    scare, alarming worrying troubling disturbing, align match, allay ease, allegation accusation, alleged supposed
    purported, alliance coalition bloc, allot allocate assign, allude refer, aloft airborne, alone solo, altercation
    quarrel dispute, amass gather accumulate, amaze astonish astound stun surprise, amazing astonishing incredible
    unbelievable, ambition aspiration, amendment change, amenity facility, amplify magnify, analyse analyze examine
    study, anguish distress, annihilate destroy, announcement statement declaration, annoy irritate, annul void
    nullify invalidate, antagonism hostility, anticipate foresee, anticipation expectation, apathy indifference,
    apparatus equipment, apparently seemingly, appeal plead, appear seem, appease placate, appointment selection,
    appraise assess evaluate, appreciate value, apprehend arrest, apprehension fear anxiety, apprentice trainee,
    appropriate suitable proper fitting, apt fitting, archaic outdated, archive record, ardent passionate fervent,
    arduous difficult strenuous, argue contend maintain, armed equipped, armistice truce ceasefire, aroma scent
    smell, arouse provoke stir, arrange organise organize, arrangement agreement, arrive come, artefact artifact
    relic, article piece, artificial synthetic, ascend climb rise, ascent climb, ashamed embarrassed, aspect facet
    side, aspire hope, assail attack, assemblage gathering, assert claim contend, assessment evaluation, assignment
    task, assortment variety range mix, assume presume suppose, assurance guarantee, assured guaranteed, astute
    shrewd, attach fasten, attempt bid effort, attendance turnout, attendee participant, attire clothing clothes,
    attribute trait quality, audit inspection, austere plain, author writer, authorities officials, autobiography
    memoir, autocrat dictator despot, automotive automobile motoring, autonomous self-driving driverless, available
    obtainable, aversion dislike, avert prevent avoid, aviator pilot flyer, await wait, award honour honor, awful
    terrible dreadful horrible appalling,
    backdrop background, background history, backing support, badly severely, baffle puzzle perplex mystify, baggage
    bags, balance equilibrium, bane curse, banish exile, bankruptcy insolvency, banquet dinner, barrage bombardment,
    barren infertile, bashful shy, basic simple, basis foundation, begging pleading, behaviour behavior conduct,
    beneath under, benefactor donor, benevolent kind, benign harmless, beset plague, besiege surround, bestow confer
    grant, betrayal treachery, bewildered confused puzzled, bicker squabble quarrel, bicycle bike, biting bitter,
    bitter acrimonious, bland dull, bleak grim gloomy, blemish flaw, bliss joy, blizzard snowstorm, block obstruct,
    blow setback, blueprint plan, blunder mistake error gaffe, blunt direct, blurred unclear, boast brag, bogged
    stuck, bold daring audacious, bolster boost, bonnet hood, boom surge, boom upswing, boost encouragement, border
    boundary, border edge, boring dull, boss manager, botch bungle, bottleneck congestion, bouquet flowers, branch
    office, brand label, brave bold, brave courageous heroic, bravery courage heroism, brawl fight scuffle, breach
    break, breach violation, breadth width, breakdown collapse, breakthrough advance, breakup split, breed raise,
    briefly shortly, bright brilliant, bright luminous, brilliant excellent, brink verge, brisk quick, brittle
    fragile, broaden expand, brochure leaflet pamphlet, brotherly fraternal, brutality cruelty savagery, bucket
    pail, build erect, bulletin report, burden load, bureau office agency, burgeoning growing, business enterprise
    company firm, bustling busy, busy hectic, buttress bolster, bypass circumvent,
    cab taxi, cabin hut, cadet trainee, cajole coax, calamity disaster, calibre caliber quality, calm soothe,
    camouflage disguise, cancelled scrapped, candid frank honest, canteen cafeteria, capable able, capsize overturn,
    cardinal main, career profession, careful cautious, careless reckless, carer caregiver, caretaker janitor, cargo
    load, caring compassionate, carnival festival, cart wagon, casualty victim, catalogue catalog list, catastrophic
    disastrous calamitous, catchy memorable, categorically flatly, category class type, cater provide, cause
    provoke, cause reason, cautiously carefully, cavern cave, cease-fire ceasefire truce, ceaseless endless
    constant, celebrate commemorate, cement solidify consolidate strengthen, cemetery graveyard, censure rebuke,
    central core, ceremonial formal, certificate diploma, chairperson chairman chair chairwoman, challenge contest
    dispute, challenge difficulty, challenge hurdle obstacle, challenge problem, champion advocate, championship
    title, channel station, chaotic disorderly, char burn, charitable philanthropic, charm appeal, chart map, chasm
    gap, checkpoint roadblock, cheer applaud, cheerful happy, chef cook, chemist pharmacist, chide rebuke, childhood
    youth, chilling frightening, chilly cold, chip microchip, chorus choir, chronic persistent, chronicle describe,
    chunk piece, circulate spread, circumstance condition situation, citizen national, citizenship nationality,
    civic municipal, clamour clamor, clarity clearness, classified secret, classmate schoolmate, clean tidy, clear
    obvious evident, clientele customers, cliff bluff, climb scale, clinch secure, cling stick, closure shutdown,
    clothes clothing garments apparel, cloudy overcast, clue hint, clumsy awkward, coarse rough, coastline coast
    shore, coerce force compel, cofounder co-founder, cohesion unity, collaborate cooperate, collaboration
    cooperation, collaboration partnership, collaborator partner, collapse crumble, colleague coworker co-worker,
    collective joint, collide smash, colony settlement, colossal huge enormous, comb search, combatant fighter,
    combine join, comeback return, comedian comic, comfort console, comfort ease, comic funny, commencement start,
    comment remark, commentator pundit, commit perpetrate, commitment pledge promise, committed dedicated devoted,
    committee panel, commodity good product, common usual, commonly often usually frequently, commotion uproar,
    commuter traveller traveler, compact small, companion partner, compatriot countryman, compensate reimburse,
    compete vie, competent capable, competition contest, competitor rival, compile collect, complaint grievance,
    complement supplement, complete conclude, complex complicated intricate, compliance adherence conformity,
    compliant obedient, compliment praise, comply adhere conform, comply obey, compose write, composed calm,
    comprehensive full thorough, comprise include contain, compromise jeopardise jeopardize undermine, compulsion
    coercion, computation calculation, comrade colleague, conceivable possible, concept idea notion, concerned
    worried, concise brief short, condemn decry deplore, condolence sympathy, conduct perform, confer consult,
    confidant friend, confidential classified, configuration setup, confirmed verified, conflagration fire blaze
    inferno, confound baffle, confront face, confrontation clash, confuse puzzle, congested crowded, congratulate
    commend, congregate gather assemble, connection link tie, conscious aware, consecutive straight successive,
    consecutively successively, consequence effect, conservation preservation protection, considerably greatly,
    consideration thought, consistent steady, consistently constantly, consortium group, conspicuous noticeable,
    conspiracy plot, conspire plot, constant continuous steady, constantly continually continuously, constitute
    represent, constraint restriction limit, construct assemble, consult ask, contact reach, contagion infection,
    contagious infectious, contaminated polluted, contemplate consider ponder, contentious controversial, contest
    race, contestant competitor, contingent group, continually repeatedly, continuation extension, contrary
    opposite, contravene breach violate, contrive devise, controversy dispute row, convalesce recover, convene
    assemble meet, convenient handy, conventional traditional, convergence merging, conversation talk chat,
    conversion change, cooperate help, coordinate organise organize, copy replicate duplicate, cordial friendly,
    correct rectify fix, corridor hallway passage, corroborate confirm verify, corrupt crooked, cosmetic
    superficial, costly dear, cosy cozy, counsel lawyer, countenance tolerate, counterfeit forged, counterpart peer,
    countless numerous, couple pair, courageous bold, courier messenger, covert undercover, coveted desired, crack
    fracture, cram pack, cramped crowded, crash smash, crave desire, creation invention, creative inventive
    imaginative, creditor lender, creed belief, crest top, crime offence offense, cripple paralyse paralyze, crisis
    crunch, criterion standard, critic detractor, crook thief, crooked bent, crossing passage, crown throne, crude
    rough, cruel brutal, crumbling collapsing, crusade campaign, cuisine cooking, culminate end, culmination climax,
    cultivate grow, cultivated farmed, cumbersome unwieldy, cunning sly, curative healing, cure heal, curiosity
    interest, curious inquisitive, current ongoing, curse plague, curtail limit restrict, customarily usually,
    customary usual, cutback cut reduction, cutting-edge state-of-the-art, cyber digital, cyberattack hack, cyclist
    biker,
    dam barrier, damage destruction, damaged broken, damp wet moist, danger menace, daring courageous, daybreak
    sunrise, dazed stunned, deal transaction, dearth shortage lack, debacle fiasco, debate discussion, debris
    remains, decay rot, deceased dead, deceit deception, deceive dupe fool, deceive mislead, decent respectable,
    decide choose, decide opt, decision choice, decisive crucial, decisively firmly, declaration proclamation,
    declare proclaim, decline refuse, decline worsen deteriorate, declining dwindling, decontaminate clean, decorate
    adorn embellish, decrease reduction drop fall decline, decree edict, dedicate devote, dedication commitment
    devotion, deduce infer, deduct subtract, deem regard consider, deepen worsen, deeply greatly, deeply profoundly,
    defeat beat overcome, defeat loss, defect fault, defective faulty, defender protector, defer postpone delay,
    deficiency shortage lack, deficit shortfall, definite certain, definitely certainly undoubtedly, definitive
    final, defraud swindle cheat, defy disobey, degrade humiliate, delegate representative, delegation mission,
    deliberate consider, deliberate intentional, deliberately intentionally purposely, deliberation discussion,
    delicious tasty, delight please, delighted pleased thrilled, delve explore, demand require, demeanor demeanour
    manner, demise death, demolition destruction, demonstrate protest, demonstration protest, demoralised
    demoralized, denial rejection, denote mean indicate, dense thick, departure exit, depend base, dependable
    trustworthy, depict describe, deplete exhaust drain, deplorable disgraceful, deploy station, deprivation
    hardship poverty, derelict abandoned, descend drop, descendant offspring, describe portray, deserted abandoned
    empty, deserve merit, desirable attractive, desolate bleak, despair hopelessness, desperate frantic, despise
    hate, destabilise destabilize undermine, destiny fate, destitute poor impoverished, destruction devastation,
    detached separate, detailed thorough, detain hold, detection discovery, deterioration decline, determined
    resolute, detonate explode, detractor opponent, devastating destructive, devastation ruin, developer builder,
    deviate depart, devise invent, devoted loyal, devotion loyalty, dexterity skill, diagnose identify, diagram
    chart, dialogue conversation talk, dictator despot tyrant, dictatorship tyranny, die decease, diesel fuel,
    differ vary, dig excavate, dilemma predicament, diligent hardworking, dimension size, diminutive small tiny,
    dine eat, dinner supper, dire grave, directive order instruction, dirty filthy, disability impairment, disagree
    differ, disagreeable unpleasant, disagreement dispute, disappoint dismay, disappointed dismayed, disarray chaos,
    disbelief incredulity, discard dump, discharge dismiss, discharge release, disciple follower, disclose divulge,
    disclosure revelation, discomfort unease, disconnect cut, discontent dissatisfaction, discount rebate reduction,
    discourage dissuade, discovery finding, discredit undermine, discreet careful, discrepancy difference,
    discretion judgment judgement, disgrace shame, disgruntled dissatisfied unhappy, disguise hide, disgust
    revulsion, dismantle disassemble, dismay alarm, dismissal sacking firing, disorder unrest, disparity gap, dispel
    dismiss, disperse scatter, displeasure anger, dispose discard, disposition temperament, disprove refute,
    disputed contested, disqualify bar, disquiet unease, disregard neglect, disrupt disturb, disruption disturbance,
    dissent disagreement, dissolve disband, distant remote, distasteful unpleasant, distinction difference,
    distinguish differentiate, distinguish separate, distort twist, distract divert, distress suffering, distressed
    upset, distribute circulate, distrust mistrust, ditch abandon scrap, ditch trench, dive plunge, diversify vary,
    diversion detour, diversity variety, divert redirect, divisive controversial, dizzy giddy, docile tame,
    documentation papers, dogged persistent, domain area field, dominant main, donate contribute, donation gift
    contribution, donor contributor, doomed hopeless, dormant inactive, double twofold, doubtful uncertain, downfall
    collapse, downhearted sad, downplay minimise minimize, downpour rainstorm, downtown centre center, downturn
    slowdown, downturn slump, drain empty, dramatic striking, drape hang, drastic radical, drastically radically,
    dreary dull, drench soak, dress clothe, drift float, drill exercise, drill practice, driver motorist, drizzle
    rain, drowsy sleepy, dual double, dub call name, dubious doubtful questionable, duel fight, duo pair, dupe trick
    fool, durability toughness resilience, durable lasting, dwarf overshadow, dweller resident inhabitant, dwindle
    shrink decline diminish,
    earmark allocate assign, earnest serious, earnings income, easily readily, easygoing relaxed, eclipse
    overshadow, economise economize save, ecstatic overjoyed, edge advantage lead, edible eatable, edifice building,
    edit revise, educate teach, education schooling, eject expel, elation joy, elderly old, electrical electric,
    elegant stylish, element factor, elementary basic, elevate raise, elevated high raised, elicit evoke, eligible
    qualified, eliminate eradicate, eliminate erase, elite top, eloquent articulate, elude evade escape, embarrass
    humiliate, embarrassment humiliation, embattled besieged, embittered bitter, embroiled involved entangled,
    emerge arise, emergence rise, eminent famous distinguished, emissary envoy, emission discharge, emit release,
    emotion feeling, emotional moving touching, empathy sympathy, emphasis focus stress, emphatic forceful,
    emphatically strongly firmly, empire realm, employ hire, employment work, empower enable, emulate imitate,
    enclose surround, enclosure pen, encompass include cover, encouragement support, encouraging promising, encroach
    intrude, encrypt encode, endanger imperil, endeavour endeavor effort attempt, endless infinite, endorse approve,
    endorsement approval backing, endure suffer withstand, enduring lasting, energetic dynamic, energetic lively,
    energise energize invigorate, energy vigour vigor, engage involve, engaging captivating, engine motor, engrave
    carve, enjoy relish, enlarge expand, enlarged expanded, enlighten inform, enlist recruit, enormity magnitude,
    enormous gigantic, enormously hugely greatly, enquire inquire ask, enquiry inquiry, enrage infuriate anger,
    enraged furious, enrich enhance, enrich improve, enrol enroll register, ensue follow, ensure assure, entail
    involve, entertain amuse, entertainer performer, entertaining amusing, enthral enthrall captivate, enthusiast
    lover, entice lure, entirety whole, entitled eligible, entity body, entourage retinue, entrance doorway,
    entrance entry, entrepreneur businessman, entrust assign, envelop surround, envious jealous, envision envisage
    imagine, envy jealousy, episode incident, equality parity, equally similarly, equip outfit furnish, equipment
    gear, equitable fair, equity fairness, equivalent equal, era epoch, era period, eradicate wipe, erosion wear,
    erroneous wrong incorrect mistaken, erupt explode, escalate intensify, escalate rise, escalation increase,
    escape getaway, especially specially, essence core heart, essentially basically, esteem regard, estimate
    approximation, estimate calculate, estimate gauge, eternal everlasting, ethic moral, ethical moral, ethos
    spirit, evacuate clear, evaluation appraisal, evasion avoidance, evasive elusive, eventual final, evident
    obvious apparent, evidently apparently, evil wicked, evolution development, evolve progress, exact accurate,
    exacting demanding, exaggerate overstate, exaggeration overstatement, exam examination test, examiner inspector,
    example instance, exasperated frustrated, excavation dig, excel shine, exceptional unusual, exceptionally
    extremely, excerpt extract passage, excessive undue, excessively overly, exchange switch, excite thrill, excited
    thrilled, excitement anticipation, exclaim cry, exclusion omission, exclusive sole, excursion trip outing,
    execution implementation, exemplify embody represent illustrate, exertion effort, exhausted tired weary,
    exhausting tiring, exhibition exhibit show, exhilarated thrilled, existing current, exit leave, exorbitant
    excessive, exotic foreign, expanse area, expansion enlargement, expansive wide, expect foresee, expedition
    mission, expel oust, expenditure outlay cost, expense outlay, experiment test, expertise knowledge, expertise
    skill, expertly skilfully skillfully, expiry expiration end, explicit clear, exploration investigation, explore
    examine, explore investigate, explosive volatile, expose reveal, exposure coverage, express voice, extension
    addition, exterior outside, external outside outer, extinguish douse, extol praise, extra spare, extract remove,
    extraordinary unusual, exuberant lively, eyewitness witness,
    fable tale, fabled legendary, fabric cloth, fabricate invent, fabrication lie, facade front, factual accurate,
    faint weak, fairly reasonably, faithful loyal, fake phony false, fallacy error, falsehood lie untruth, falter
    stumble, fame renown, fan supporter, fancy elaborate, fantastic wonderful marvellous marvelous terrific, farmer
    grower, farmland fields, fascinating intriguing, fascination interest, fashionable trendy, fasten fix, fasten
    secure, faster quicker, fatigue tiredness exhaustion, fault flaw, faultless perfect, favour favor prefer, favour
    favor support, favourite favorite preferred, fearful afraid, fearless brave, fearsome formidable, feasible
    possible, feat achievement accomplishment, feed nourish, feline cat, ferocious fierce savage, ferry transport,
    fertile productive, fervour fervor passion, feud dispute quarrel, fever temperature, fiasco failure, fictional
    imaginary, fierce strong, figure statistic, file submit, fill occupy, filming shooting, final concluding, finale
    ending, finance fund, finest best, finished completed, fire dismiss sack, firefighter fireman, firm steady,
    first earliest, fiscal financial, fixed set, flair talent, flame blaze, flame fire, flattened levelled leveled,
    flatter compliment, flavour flavor taste, flawless perfect, fleeing escaping, flexible adjustable, flimsy weak,
    flock crowd, flood deluge inundate, floor storey, fluctuate vary, fluctuation variation, focus center centre,
    foe rival, fog haze, foil thwart, follower fan, fondness affection, foolish silly stupid, foolish unwise,
    footwear shoes, forbid outlaw, forbidding hostile, forced compelled, forecast prediction, forefront vanguard,
    foreigner alien, foremost main, forerunner predecessor, foresee predict, foresight vision, forest wood, foreword
    preface, forge create build, forge falsify, forgery fake, forgive pardon, form create, form shape, form type,
    formation creation, formulate devise, forsake leave, fortify reinforce, fortress fort, fortunate blessed,
    fortunate lucky, fortunately luckily, forum meeting, forward onward, foster encourage, foundation base, founded
    established created, founding establishment creation, fraction part, fragile delicate, fragment piece, fragment
    shard, frail fragile, frail weak, framework structure, framework system, frantic hectic, fraudulent false, free
    liberate, freebie gift, freezing icy, freight goods, frenzy hysteria, frequency rate, frequent common, frequent
    regular, freshly newly recently, friction tension, fright fear, frightening scary terrifying, frigid cold,
    frugal thrifty, fruitful productive, frustration annoyance, fugitive runaway, fulfil fulfill satisfy achieve
    meet, fumes smoke, fundamental essential, fundamentally basically, fundraiser appeal, funny amusing, furnish
    provide supply, furniture furnishings, further advance, fury rage anger, fuse blend merge combine, fusion blend,
    fuss commotion, futile pointless, fuzzy blurred,
    gadget tool, gain increase, gait walk, gala celebration, gallant brave, gamble bet, garment clothing, garner
    gain earn attract, gash cut, gather collect assemble, gem jewel stone, generate create, generosity kindness,
    generous charitable, generous lavish, genesis origin, genre category, gentle mild, genuinely truly really, germ
    microbe, ghastly horrible, gift present, gifted talented, gig concert, give hand, glad pleased, gleam shine,
    glimpse look, glitch fault problem, globally worldwide internationally, gloom sadness, gloomy pessimistic,
    glorious magnificent, glossy shiny, glow shine, goods wares, goodwill kindness, gorgeous beautiful, grace
    elegance, gracious courteous kind, gradual slow, grain cereal, grandeur splendour splendor, grant allow, graphic
    explicit, grapple struggle, grasp grip, grasp understand, grateful appreciative, grateful thankful, gratitude
    thanks, greatly significantly, grieving mourning bereaved, grill question, grim dismal, gripping exciting, groom
    prepare, groundbreaking pioneering revolutionary innovative, group organisation organization, grouping group,
    grow expand, grower producer, growth rise increase, gruelling grueling, guarantee warranty, guardian protector,
    guidebook guide, gunfire shooting,
    habit custom, habitat home, habitual usual, haggle bargain, hallmark characteristic, halt standstill, hamper
    hinder impede, handbag purse, handicap disadvantage, handy useful, haphazard random, harass bother, hardship
    difficulty, harmful dangerous, harmless safe, harmony peace, harness use utilise utilize, harsh tough, hassle
    trouble, hasty rushed, haven refuge shelter, hazy unclear, headache problem, heading title, headquarters base,
    heal recover, heap pile, heavily strongly, heed obey, height altitude, heir successor, helper assistant,
    helpless powerless, herald announce, herd flock, heroism valour valor, hesitancy reluctance, hesitant reluctant,
    hesitate pause, hidden concealed, hidden secret, high tall, hilarious funny, hinder obstruct, hinge depend, hint
    suggest imply, historic landmark, historical historic, history past, hoax trick, hobby pastime, hoist raise,
    holder owner, homage tribute nod, homeland country, honesty integrity, honesty truthfulness, honor honour
    recognize recognise, hopeful optimistic, hopeful promising, horde crowd, horrendous horrible terrible, horrid
    nasty, horrific horrifying gruesome, horror terror, hospitable welcoming, hospital infirmary, host presenter,
    hostile unfriendly, hostility animosity, household home, hub centre center, hue colour color shade tint, hue
    tone, hug embrace, humane compassionate, humanity mankind, humble modest, humid damp, humidity moisture,
    humiliated embarrassed, humorous funny, humour humor comedy, hurdle difficulty, hurl fling, hurriedly hastily,
    hurry haste, hurt harm, hygiene cleanliness, hygienic clean, hymn song,
    icon symbol, iconic legendary famous, icy frozen, idea thought, ideal model, ideal perfect, identical alike,
    identical equal, identify name, ideology beliefs, idle unused, ignite spark, ignorance unawareness, ill sick
    unwell, illegally unlawfully, illicit illegal unlawful, illness ailment, illuminate light, illumination
    lighting, imbalance inequality, imbue infuse, imitation copy, immature young, immense enormous, immense vast,
    imminent impending, imminent looming, immoral wrong, immune resistant, immunisation immunization vaccination
    inoculation, immunise immunize vaccinate inoculate, immunity protection, impair harm damage weaken, impartial
    unbiased fair, impatient restless, impede obstruct, impediment obstacle, impending upcoming, imperative
    essential, imperfect flawed, imperil threaten, implausible unlikely, implement apply, implementation
    introduction, implicated involved, implication consequence, implore beg plead, importance significance, impose
    levy, impossible unattainable, impressive extraordinary, imprison incarcerate jail, imprisonment incarceration,
    improper inappropriate, improvement advance upgrade, impulse urge, inaccessible unreachable, inaccurate
    incorrect, inadequate insufficient, inadequate poor, inaugural first, incapable unable, incentive inducement,
    incessant constant, incidence rate, incite provoke, inclination tendency, inclined disposed, incompetent inept,
    incomplete unfinished, inconsistent contradictory, inconvenience trouble, incredible remarkable, incredibly
    extremely, incursion raid, indecisive hesitant, indefinite unlimited, indicator sign measure, indifferent
    uninterested, indigenous native, indignation anger, indispensable essential, individual person, individual
    single, indoor inside, inequality disparity, inescapable unavoidable, inevitable unavoidable, inexperienced
    novice, infiltrate penetrate, inflammable flammable, influence shape, influential leading, informal casual,
    information data, infringe violate, infuriated furious angry, ingenious clever, ingenuity creativity
    inventiveness, ingredient component, inherent innate, inherent intrinsic, inhibit hinder, inhospitable harsh,
    initial opening, initiative program programme, initiative project, initiative scheme, injection jab shot, injure
    harm, injury wound, injustice unfairness, inlet bay, innocent blameless, innovative new novel, insane mad crazy,
    insight understanding, insignificant minor, insist maintain, insistence demand, inspection check, inspire
    encourage, inspire stimulate, install fit, install set, installation fitting, instalment installment payment,
    instance case, instant immediate, instigate initiate, instinct intuition, institute establish, instruct teach
    train, instrument device, instrumental key crucial, insufficient scarce, insult offend, insurgency rebellion
    uprising, insurgent guerrilla, insurrection rebellion uprising revolt, intact undamaged, intact whole, integral
    essential, integrate incorporate combine include, intellect mind, intelligent bright, intended meant, intense
    strong, intensely strongly, intensify strengthen, intention intent, interfere meddle, interior inside, interlude
    break, intermediary mediator, intermittent sporadic, internal inner, interpret understand, interpretation
    reading, interrogation questioning, interrupt halt, intersection junction crossroads, interval break, interval
    gap, intimate close, intolerable unbearable, intolerant bigoted, intricate elaborate, intriguing interesting,
    introduction launch, intrude trespass, intruder trespasser, inundate overwhelm swamp, invalid void, invaluable
    precious, invent create, investigation probe inquiry, invincible unbeatable, invite ask, invoke cite, involve
    include, involvement participation, irate enraged, irk annoy, irrational unreasonable, irregular uneven,
    irrelevant unimportant, irrespective regardless, irresponsible careless, irrigation watering, irritated annoyed,
    isolated remote, isolation seclusion, iteration version, itinerary route,
    jail lock, jam congestion, jeer boo, jeopardy danger, jet aircraft, job role, job work, join unite, joint
    combined, joint shared, joke jest, jolt shock, journal diary, jovial cheerful, joyful happy, jubilant elated
    overjoyed, judicious wise, jump leap, junction crossing, juncture point, jurisdiction authority, justice
    fairness, justification reason, justify defend, juvenile youth,
    keepsake souvenir, key main, keynote main, kickoff start, kidnapper abductor, kidnapping abduction, kin family
    relatives, kind type sort, kingdom realm, kiosk stall, knowledge understanding, knowledgeable informed,
    label tag, laboratory lab, labour labor work, labourer laborer worker, lacking missing, lacklustre lackluster
    poor, lag trail, lament mourn, landing touchdown, landmark monument, landscape scenery, laptop notebook, large
    sizeable sizable, largest biggest, lasting permanent, laud praise applaud, launch unveil, lavish extravagant,
    lax loose, layer coating, layoff redundancy, layout plan, lazy idle, leader chief, leading principal, leaflet
    flyer, lean thin, lease rent, legitimate lawful, legitimate valid, leisure recreation, lend loan, lengthy long,
    leniency mercy, lenient mild, lesson class, leverage use exploit, liability responsibility, liable responsible,
    liaison contact, licence license authorise, lifespan lifetime, lifetime life, lighten ease, likelihood odds,
    likelihood probability chance, liken compare, likewise similarly, lineage heritage ancestry, lineup roster
    range, linger remain, link tie connect, list roster, literature writing, litigation lawsuit, litter rubbish,
    live dwell, livelihood living income, livid furious, loan lending, loathe hate detest, lobby hall, locality area
    place, lock fasten, lodge file, lodging accommodation, lofty high, logical rational, logo emblem, lone sole
    single, loneliness isolation, longer lengthier, longstanding longtime, loom threaten, looming impending,
    loophole gap, loose slack, loot plunder, loot steal, loud noisy, love adore, lovely beautiful, lover fan, lower
    decrease cut, loyalty allegiance, lucrative profitable, lunar moon, lure attract tempt, luxurious opulent,
    luxury opulence,
    machinery equipment, magnificent splendid, magnificent superb, magnify enlarge, maim injure, mainstream
    conventional, maintenance upkeep, majestic grand, major significant, makeshift improvised temporary, malfunction
    breakdown, malfunction fault failure, manager supervisor, mandate require, maneuver manoeuvre steer, manner
    fashion, manual handbook, manufacture production, mar spoil, margin edge, mariner sailor seaman, maritime
    marine, marked noticeable, market bazaar, market sell, marketing advertising, married wed, marry wed, marvel
    wonder, mass bulk, massacre slaughter carnage bloodbath, massive large, master expert, match contest, mate
    friend, maths mathematics math, matter issue, mature adult, maximise maximize optimise optimize, maximum
    highest, maybe possibly, mayhem chaos havoc, meaning sense, meaningful significant, means method, measure step,
    mediocre average, meeting encounter, megaphone loudspeaker, melody tune, memento souvenir, memory recollection,
    menace threat, mend repair, mental psychological, mention note, mentor adviser, merchant trader, merciful
    lenient, mercy compassion, merge amalgamate, merger amalgamation, merit worth, messy untidy, meteorologist
    forecaster, methodical systematic, meticulous careful painstaking thorough, meticulously carefully painstakingly
    thoroughly, metric measure figure, metropolis city, metropolitan urban, mid middle, midday noon, middle centre
    center, midst middle, mighty strong, migration movement, mimic imitate copy, mindful aware, mingle mix,
    miniature tiny, minimise minimize reduce, minimum lowest, minor small, miracle wonder, miscellaneous various,
    misconduct wrongdoing, miserable unhappy, misery suffering, misguided mistaken, mishandle mismanage, mishap
    accident, misrepresent distort, mission operation, mission task, missive letter, mistreat abuse, mistreatment
    abuse, misunderstanding confusion, misuse abuse, mitigate ease, mixture blend mix, mobile cellphone phone,
    mobile portable, mobilise mobilize rally, mock ridicule, mockery ridicule, model version, moderate reasonable,
    modernise modernize update, modification change alteration adjustment, mogul tycoon magnate, moisture damp,
    molten melted, moment instant, momentarily briefly, momentous historic, momentum impetus, monarchy kingdom,
    monitor supervise, monitor watch, monotonous dull, mood atmosphere, morale spirit, moratorium suspension, mortal
    fatal, mortality death, motion movement, motivation reason incentive, motive motivation, motorbike motorcycle,
    mount climb, mourning grief, movie film picture, multiply increase, multitude crowd, mundane ordinary, municipal
    city, musician performer, muster gather, mute silent, mutual reciprocal, mysterious puzzling, mystery puzzle,
    naked nude, narrate tell, narrative story, nasty unpleasant, naturally normally, nausea sickness, navigate
    steer, nearby neighbouring neighboring, necessitate demand, necessity requirement, needless unnecessary, needy
    poor, negligence carelessness, negligent careless, negotiation talks, negotiator mediator, neighbouring
    adjoining, nerve courage, nervous uneasy, nervousness anxiety, newborn infant baby, newcomer arrival, nightclub
    club, nightfall dusk, noisy rowdy, nonsense rubbish, nonstop continuous, normally ordinarily, nostalgic
    sentimental, notable noted, notable prominent, notable significant, notably remarkably, noteworthy notable,
    notice announcement, noticeable evident, notify alert, notion belief, novice beginner, noxious toxic, nucleus
    core, null void, nurture foster, nutrition diet,
    objection opposition, objectionable offensive, obligation commitment, obligation duty, obliterate destroy,
    oblivious unaware, obscene indecent, obscure hide, obscure unclear, observation remark, observer spectator,
    observer watcher, obsolete outdated, obstruction blockage, occasion event, occupant resident, occupation
    profession, occupied busy, odd peculiar, odds chance, odour odor smell, offence violation, offender criminal,
    offensive attack assault, offensive insulting, offer proposal, offer propose, offload unload, offset balance,
    offshoot branch, offspring child, omen sign, ominous threatening, onset start beginning, onslaught attack, ooze
    leak, opening start, operate function, opponent adversary, opponent foe, opportune timely, opposing rival,
    oppressive harsh, optical visual, optimise improve, optional voluntary, oral spoken, orbit circle, orchestrate
    organise organize, ordinary common, organisation body, organise organize hold, organised organized arranged,
    organiser organizer, organization body, originally initially, originate begin start, oust topple remove, ousted
    removed, outage blackout, outcome upshot, outfit clothes, outgoing departing, outlandish bizarre, outlaw ban,
    outlay spending, outlet shop store, outline summarise summarize, outlook forecast, outrage fury, outrageous
    shocking, outright complete, outset start beginning, outsider stranger, outspoken candid, outspoken vocal,
    outstanding remarkable, outstrip exceed, overcrowded packed, overdue delayed, overjoyed delighted, overlook
    neglect, overlooked neglected, oversee monitor, overseer supervisor, oversight control, oversight supervision,
    overt open, overtake pass, overthrow oust, overthrow topple, overturn reverse, overview summary, own possess,
    pacify calm, package parcel, packed crowded, pain ache, pain suffering, painful sore, pandemonium chaos,
    panorama view, parade procession, paradise heaven, paramedic medic, paramount supreme, parched dry, parody
    satire, partial incomplete, partition divide, pass approve, passerby bystander, passion enthusiasm, passionate
    enthusiastic, pasture field, path route, pathway path, patron supporter, patronage support, pattern trend, pause
    break, payload cargo, peaceful nonviolent, peak maximum, peak summit, peculiar strange, peculiarity oddity,
    pedestrian walker, penalty punishment, pensioner retiree, people persons, perceive see, percentage proportion,
    perception view, perfectly flawlessly, perform act, performance act, performance show, performer artist, perfume
    scent, perhaps maybe, peril risk, period spell, periodic regular, periphery edge outskirts, permanently forever,
    permissible allowed, permission approval authorisation authorization consent, permit licence license, pernicious
    harmful, perpetrator offender culprit, perpetual constant, perplexed puzzled, persecute oppress, persecution
    oppression, persevere persist, persist continue, persistent continual, personality character, perspective
    viewpoint view, pertain relate, pertinent relevant, perturbed worried, pervasive widespread, petite small,
    petrified terrified, petty trivial, phantom ghost, pharmacy chemist drugstore, phase stage, phenomenal
    extraordinary, philosopher thinker, phone handset, phrase expression, physical bodily, pier jetty, pile stack,
    pillar column, pinnacle peak height zenith apex, pinnacle summit, pinpoint locate, pioneer innovator, pity
    compassion, pivotal critical, pivotal crucial key central important, placard sign, place put, placid calm,
    plausible believable, playwright dramatist, plaza square, plea appeal, plea request, pleasant nice, pleasure
    enjoyment delight, pledge promise vow, plentiful numerous, plight predicament, plot scheme, ploy tactic, plummet
    plunge tumble, plunder steal, plush luxurious, podium platform, poignant moving, police officers, polite
    courteous, pollutant contaminant, poorly badly, populace population, populated inhabited, population people,
    portion section, portray represent, pose present, position stance, possession ownership, possibly perhaps, post
    mail, poster placard, postponement delay, potent strong, potential capability, potential possible, practicable
    feasible, practice custom, practice exercise, pragmatic practical, praise acclaim, precarious unstable,
    precaution safeguard, precede predate, precedence priority, preceding previous, precious valuable, precise
    accurate, precise specific, precisely exactly accurately, precision accuracy, preclude prevent, predicament
    situation, predicted forecast, preface introduction, preferable better, prejudice bias, preliminary initial,
    premature early, premiere debut, premises building, premium luxury, preparation planning, preparatory
    preliminary, present show, presentation display, press media, prestige reputation, prestige standing,
    prestigious esteemed, pretext excuse, prevail win, prevalent widespread common, previously formerly earlier,
    prime main, primitive basic, principally mainly, principle rule, prioritise prioritize emphasise emphasize,
    prisoner captive, pristine unspoiled, privilege advantage, pro professional, probable likely, procedure
    operation, procedure process, proclaim announce, proclamation announcement, profession job, proficiency skill,
    proficient expert, proficient skilled, profound deep, profoundly greatly, programme program scheme, progress
    headway, progress improvement, prohibit bar, prohibited forbidden banned, prohibition ban, project plan,
    prolific productive, prolonged lengthy extended, prominence fame, prominent famous, promise assurance, promote
    advance, promote advertise, promote encourage, promotion advancement, prompt cause, prompt quick, prompt spur
    trigger, promptly quickly, prone susceptible, propagate spread, propel push, properly correctly, prophecy
    prediction, proponent supporter advocate, proposal plan, proposal suggestion, proposed suggested, prosper thrive
    flourish, prosperity wealth, protocol procedure, protracted prolonged lengthy, provision supply, provisional
    temporary, provocative inflammatory, prowess skill ability, prudence caution, prudent wise, pub bar tavern,
    publicise publicize advertise, publicity attention, publicly openly, publish issue, pummel batter, pupil
    learner, pupil schoolchild, purpose goal, purpose intention, pursuit chase, pushed pressed, puzzled baffled,
    puzzling baffling,
    qualified certified, quandary dilemma, quarrel dispute argument row, quash overturn, quell suppress, query
    question, queue line, quiet silent, quit leave, quiz question, quotation quote,
    racket noise, radical extreme, railway railroad rail, rainy wet, raise lift, ramp slope, rampant widespread,
    rancher farmer, rancour rancor bitterness, random arbitrary, rank position, rapport relationship, rare
    infrequent, rare unusual, rarely seldom infrequently, rational reasonable, rationale reason, ravage devastate
    destroy, raw uncooked, raze demolish, react respond, reaction response, readily quickly, readiness preparedness,
    real actual, realm sphere world arena, reason motive, reasonable fair, reasonable sensible, reassure comfort,
    rebound recover, rebuild reconstruct, rebuke reprimand, rebut refute, reception welcome, recipe formula,
    recipient beneficiary, reckless irresponsible, recklessly carelessly, reclaim recover, recognition
    acknowledgment acknowledgement, recollect remember, recommendation advice, recount describe, recoup recover,
    recover retrieve, recovered retrieved, recovery rebound, recuperate recover, recuperation recovery, redefine
    reshape, redraft rewrite, reduced lowered, redundant unnecessary, reference mention, refine improve, refined
    polished, refinement improvement, reflect mirror, reflect show, refrain abstain, refund repay, refuse reject,
    regain recover, region territory, register record, regrettable unfortunate, regular routine, regulator watchdog,
    rehabilitate restore, rehearsal practice, rehearse practise practice, reign rule, reimagine rethink, reinforce
    bolster, reiterate repeat restate, reject dismiss, reject rebuff, rejection refusal, rejuvenate revive, relate
    tell, related connected, relaxed calm, relay transmit, release issue, relentless constant persistent
    unrelenting, reliable trustworthy, reliance dependence, reliant dependent, relief assistance, relief help,
    relinquish surrender, relocation move, reluctance unwillingness, reluctant unwilling, reluctantly unwillingly,
    rely count, remain continue, remainder balance, remarkable exceptional, remarkably extraordinarily, remedy
    correct, remedy solution, remember commemorate, reminiscent evocative, remnant remains, remorse regret, remote
    faraway, removal elimination, rename rebrand, renegade rebel, renew extend, renovation refurbishment, rent hire,
    reorganisation reorganization restructuring, repatriate return, repeal revoke rescind, repeatedly often, repel
    repulse, repercussion consequence, repercussion effect, repetition repeat, replace supplant, replenish refill,
    replica copy, repress suppress, repression oppression, reproduce copy, reproduction copy, repulsive disgusting,
    reputable respected, request appeal, requirement condition, requirement need, requisite necessary, resemblance
    similarity, reservation booking, reserve book, reserve stock, reshape change, reshuffle reorganisation
    reorganization, resignation departure, resilience strength, resilient tough, resonate echo, resource asset,
    resourceful inventive, respected esteemed, respectful polite, respite relief, responsibility duty,
    responsibility obligation, restaurant eatery, restive restless, restoration repair, restore revive, restrain
    curb, restrict confine, restrict constrain, restructure reorganise reorganize, resumption restart, resurgence
    revival, retailer seller, retailer shop store, retaliation revenge reprisal, retort reply, retreat withdraw,
    retrieve get, revamp overhaul, revenge vengeance, revere respect admire, revered respected admired, revert
    return, review assessment, revise amend, revision change, revitalise revitalize revive, revival comeback, revolt
    rebel, reward prize, rhythm beat, riddle puzzle, rife widespread, rift split, right correct, right entitlement,
    rigid inflexible, rigid strict, rigorous thorough, rim edge, ritual ceremony, rival compete, rivalry
    competition, roadway road, roam wander, robust strong, rock stone, rocket skyrocket soar surge, role function,
    role part, rollout launch, root origin, rough approximate, rough harsh, roughly around, route course, route way,
    routine usual, rude impolite, rude offensive, rugged rough, rugged tough sturdy, ruin wreckage, ruined
    destroyed, rule govern, rumour gossip, rupture burst, rural countryside, rural rustic, ruthless brutal, ruthless
    merciless,
    sacred holy, sadden upset, safeguard protect, salesperson salesman, salvage rescue, sample specimen, sanction
    penalty, sanctuary haven, satisfaction pleasure, satisfactory acceptable, satisfied pleased, saturated soaked,
    save conserve, save preserve, savvy shrewd, saying proverb, scarce rare, scenario situation, scenic picturesque,
    sceptic skeptic doubter, sceptical skeptical dubious, schedule plan, schedule timetable, scholar academic,
    scholarly academic, scope range, scorn contempt, scream shout yell, screen test, scrutinise scrutinize examine,
    scrutiny examination, scrutiny inspection, sculptor artist, seafarer sailor, seamless smooth, seamlessly
    smoothly, search hunt, search seek, seasoned experienced, seclude isolate, secluded isolated, secluded remote,
    secretly covertly, section segment, secure obtain get, seek request, segment part, seizure confiscation, seller
    vendor, sensation feeling, sensitive delicate, sentiment feeling, sentiment opinion, separation split, sequel
    followup follow-up, sequence series, serene calm, series string, seriousness gravity, settlement agreement,
    sever cut, severity seriousness, sewage waste, shake rattle, shaky unstable, shareholder stockholder, sharply
    steeply, shed lose, shelve postpone, shield protect, shipment consignment, shipment delivery, shocked stunned,
    shocking appalling, shopkeeper retailer, shortcoming flaw weakness, shortfall shortage, showcase highlight
    present, showdown confrontation, shun avoid, shutter close, sidestep avoid dodge, sign indication, sign signal,
    signal indicate, significantly markedly, silence quiet, similar comparable alike, simplify streamline, sincere
    genuine, sincere honest, singer vocalist, sitting session, situated located, situation circumstances, sizeable
    sizable considerable substantial, sketch drawing, skilful skillful skilled, skill talent, skilled expert,
    skilled talented, skinny thin, skirmish clash, sleek stylish, slender slim thin, slide slip, slogan motto
    tagline catchphrase, slope hillside, sluggish slow, smash shatter, smuggle traffic, smuggler trafficker,
    smuggling trafficking, snag problem, snatch grab, soaked drenched, society community, sojourn stay, solely
    exclusively, solemn grave, solemn serious, solidarity unity, solitary lone, solution answer, somber sombre,
    somewhat slightly, song tune, sophisticated complex, sound noise, sovereign monarch, spacecraft spaceship,
    spacious roomy, spark trigger provoke, sparse thin, spate series, spearhead lead, special particular, specialise
    specialize, specialty speciality, specifically particularly especially, specification spec, spectacle show,
    spectator onlooker, spectrum range, speculate guess, speed velocity, spill leak, splendid superb, spoil ruin,
    sponsor backer, sponsor fund, spontaneous impromptu, sporadic occasional, spread expand, spread extend, spur
    encourage, spurious false, stabilise stabilize steady, stability steadiness, stable steady, stage hold,
    staggering astonishing, stamina endurance, stance stand, standard norm benchmark, standoff stalemate deadlock
    impasse, staple mainstay, star celebrity, startle surprise, startup start-up, starvation hunger, statistics
    figures, statue sculpture, staunch firm loyal, steadily consistently, steep sharp, steer guide, stern strict,
    stifle suppress, stimulus boost, stipulate specify, story article, story tale, strain stress, stranded stuck,
    strategy approach, strategy plan, streak run, streamline optimise optimize, streamlined sleek, strengthen
    fortify, strenuous demanding, stress pressure, strife conflict, strike attack, stringent severe, strive try,
    stronghold bastion, stubborn obstinate, studio workshop, style design, subject topic, submerged underwater,
    subsequently later afterwards afterward, subsidise subsidize, substantial significant considerable, success
    triumph, successful prosperous, succession series, successor replacement, sudden abrupt, suffer sustain, summon
    call, sunlight sunshine, sunrise dawn, sunset dusk, superb outstanding, supersede replace, supplementary
    additional extra, supplier provider, supposed meant, supremacy dominance, surely certainly definitely, surge
    jump, surpass beat, surprising unexpected, surrender yield, surroundings environment, surveillance monitoring,
    survey study, susceptible vulnerable, suspend pause, suspension halt, suspicious doubtful, sustain maintain,
    sustainable lasting, sway influence, sweeping broad, sweeping extensive, swiftly promptly, symbol emblem, symbol
    sign, sympathise sympathize, sympathy compassion, symptom sign, synopsis summary,
    tackle confront, tactic strategy, tailored customised customized, talent gift, tally count total, tangible
    concrete, tarnish damage, tedious boring, teenage adolescent, television telly, tempo pace, temporary interim,
    temporary short-term, tenant occupant, tenant renter, tendency trend, tenure term, terminate cancel, terrible
    horrific, terrified scared frightened, terrify frighten, territory area, territory land, test check, testament
    proof tribute, thaw melt, theft stealing, theme topic, theory hypothesis, therefore thus hence consequently,
    think consider, thoroughly fully, thoughtful considerate, threatening menacing, tidy neat, timeless classic,
    timid shy, together collectively, tolerance acceptance, tolerate accept, tool device, tool instrument, top
    highest, torment torture, total complete, track path, traction grip, tradition custom, traditional classic,
    traditional customary, tragic heartbreaking, trail path, trainer instructor, trait feature, tranquil calm,
    transformation change shift, transformative revolutionary, transition switch, transmission gearbox, transport
    move, transport transportation, trash junk, traumatic distressing, traverse cross, treacherous dangerous,
    tremble shake, tremendous enormous, trigger cause, trim reduce, trio threesome, triple treble, triumphant
    victorious, trivial minor, trouble bother, trouble difficulty, troublesome problematic, true accurate correct,
    trust confidence, tumult uproar, tune adjust calibrate, turbulence instability, turbulent unstable, turmoil
    disorder, turnover revenue, tv telly, typical usual,
    ultimate final, uncertain unsure, uncertainty doubt, unclear vague, uncover unearth discover expose, undeniable
    unquestionable, underlying basic, underpin support, understanding comprehension, undertaking project,
    undisclosed unspecified, undisputed unquestioned, unearth find, uneasy anxious, unemployed jobless, unemployment
    joblessness, unexpectedly suddenly, unfair unjust, unforeseen unexpected, unforgettable memorable, unfortunate
    unlucky, unify unite, unlikely improbable, unoccupied empty vacant, unravel solve, unsafe dangerous, unscathed
    unharmed unhurt uninjured, unstable volatile, unsuccessful failed, unusually exceptionally, unwavering constant,
    unwavering steadfast firm, upbeat optimistic positive, upcoming future, update revision, update upgrade,
    upheaval turmoil, uphold maintain, uplift raise, uproar outcry, urgent pressing, usable functional, usage use,
    vacancy opening, vacate leave, valiant brave, variant version, variety array, various different, vary change,
    veer swerve, venture project, venue location site, verdict decision, verdict ruling, version edition, veteran
    experienced, viable feasible workable, vibrant dynamic, vibrant lively, vicinity area, victor winner, victorious
    winning, view regard, viewpoint opinion, vigilant watchful, vigorous energetic, virtual online, visible
    noticeable, visionary innovative, vista view, vital necessary, volunteer helper, voter elector, vow promise
    swear, vulnerable exposed,
    waive forgo, walk stroll, war warfare, warehouse depot, warning caution alert, warrior fighter, wary cautious,
    waste squander, watch view, weaken diminish, wealth fortune, wealth riches, wealthy affluent, weep cry sob,
    weird peculiar, welfare wellbeing well-being, wharf quay, widespread broad, widespread extensive, wildlife
    animals, willing ready, wisdom knowledge, withdraw pull, withdraw retract, withdrawal pullout, withstand resist,
    witness see, word term, wording phrasing, workable practical, workforce staff, workout exercise, worldwide
    international, worthwhile valuable, wounding injuring, wrangle dispute, wrath anger fury, wreckage remains,
    wrongly falsely incorrectly,
    yearn long, youngster youth, youthful young,
    zeal enthusiasm
    """.split(",")
)

# What a sentence has > what a statement may have in its place.
WIDER = tuple(
    (frozenset(narrow.split()), frozenset(wide.split()))
    for pair in """
    abduct kidnap > seize; academy college university > school; airliner helicopter > aircraft; allegation > claim;
    ambassador > diplomat envoy; ambush bombing raid > attack; apartment bungalow > home; appoint elect > choose
    select; arsonist thief > criminal; assassinate > kill murder; auction > sale; avenue > road street; ban >
    restriction; barley maize rice wheat > grain; barrister solicitor > lawyer; billionaire > tycoon; bishop imam
    priest rabbi > clergyman cleric; blizzard cyclone tornado typhoon > storm; bloc faction gang > group; boulevard
    > street; breakfast dinner lunch > meal; bribery fraud > corruption; briefing conference session > meeting;
    brother sister > sibling; burglar > criminal thief; burglary robbery > theft; bus lorry truck van > vehicle;
    cash > money; champion > winner; charity > nonprofit; chase > pursue; child toddler > youngster; co-founder
    cofounder > founder; compete > participate; condemn denounce scold > criticise criticize; condemnation >
    criticism; confess > admit; congress parliament > legislature; congressman congresswoman parliamentarian senator
    > lawmaker legislator politician; contract treaty > agreement deal; copper gold silver > metal; cottage mansion
    > house; coup > takeover; cruise > voyage; daughter son > child; dealer > seller; deposit fee ransom > payment;
    destroyer frigate > warship; detective > investigator; dip plummet plunge slide slump tumble > decline decrease
    drop fall; divorce > separate split; doctor nurse > medic; donate > give; downpour shower > rain; dynamite
    grenade > explosive; earthquake flood wildfire > disaster; economist > expert; editorial > article; embargo >
    ban sanction; emphasise emphasize highlight underline underscore > show; epidemic > outbreak; evict > remove;
    exile > expel; facility > site; factory plant > facility; father mother > parent; ferry freighter tanker trawler
    yacht > boat ship vessel; gale > wind; hatchback sedan > car; headmaster > teacher; highway lane motorway >
    road; hike > walk; historian professor > academic scholar; homicide massacre slaughter > killing; hostage >
    captive; hurricane > disaster storm; husband wife > spouse; incinerate scorch > burn; inquest > inquiry;
    insurgent militant > fighter; inventor > creator; king queen > monarch ruler; landlord > owner; laptop pc >
    computer; lecturer > academic; machine > device; magazine newspaper > publication; magistrate > judge; marine
    soldier > serviceman; medal trophy > award prize; memorial > monument; mob > crowd; monarch > ruler; motel >
    hotel; mudslide > landslide; murder slay strangle > kill; murderer > killer; mutiny > revolt; nominee >
    candidate; novelist playwright poet > author writer; number > figure; office > workplace; painter > artist;
    peasant > farmer; phone > call; pistol revolver rifle shotgun > firearm gun; rain snow > precipitation; ranch >
    farm; ratify > approve; raze > destroy; recession > downturn slowdown; referendum > vote; reform > change;
    resident villager > people; resume > continue; retaliate > respond; riot > disturbance unrest violence; robber >
    thief; salary wage > earnings income; scandal > controversy; shatter smash > break; shortlist > list; skyrocket
    soar spike surge swell > climb grow increase rise; smog > pollution; snub > reject; spectators viewers >
    audience; spokesman spokesperson spokeswoman > representative; standoff > confrontation; statistics > data;
    summit > conference meeting; surgery > operation procedure; teen teenager > youth; testify > say state;
    testimony > evidence; torrential > heavy; tour > visit; tourist > visitor; tournament > competition; trial >
    case; undergo > experience; unprecedented > extraordinary unusual
    """.split(";")
    for narrow, wide in [pair.split(">")]
)

# Words that belong together, and what says the same: "called off" and "cancelled". The first word of each may be in any form,
# the others are as they stand. Two single words of a group do not stand for each other by it.
PHRASES = tuple(
    tuple(tuple(phrase.split()) for phrase in group.split("/"))
    for group in """
    a great deal of / much; a large number of / many / numerous; a lot of / many; a number of / several; a third of
    / one third of; a variety of / various; a wide range of / various / many; across the country / nationwide /
    around the country / throughout the country / nationally; all over / throughout / across; along with / together
    with / with; apply for / seek; around the world / worldwide / globally / across the world / throughout the world
    / internationally; artificial intelligence / ai; ask for / request / seek; at once / immediately; at present /
    now / currently; at the moment / now / currently; at the same time / simultaneously; at times / sometimes; back
    down / retreat / yield; back out / withdraw; back up / support; bear out / confirm; because of / due to / owing
    to / thanks to / as a result of / on account of; blow up / explode; break down / collapse / fail; break out /
    start / begin / erupt; break up / disperse / dissolve / split; bring about / cause; bring in / introduce; bring
    to an end / end; bring together / unite; bring up / raise; build up / accumulate; burst into flames / ignite;
    buy up / buy; by accident / accidentally; call for / demand / urge; call off / cancel / scrap; call on / urge;
    calm down / calm; carry on / continue; carry on with / continue; carry out / conduct / perform; catch fire /
    ignite; cell phone / mobile / mobile phone / cellphone; chief executive officer / ceo / chief executive; clean
    up / clean; clear up / resolve; climate change / global warming; close down / close / shut; close down / shut
    down; close to / near; collide with / hit / strike / ram; come across / find / encounter; come back / return;
    come down / fall / drop; come into force / take effect / come into effect; come out / release; come to a halt /
    stop; come to an agreement / agree; come to an end / end; come up with / devise; come with / feature / offer /
    include; cool down / cool; crash into / hit / strike / ram; cut back / reduce / cut; cut down / reduce / cut;
    cut off / sever; deal with / handle / address / tackle; depend on / rely on; draw attention to / highlight /
    stress; drop out / withdraw; dry up / dry; electric vehicle / ev; fall apart / collapse / disintegrate; fall
    short of / miss; famous for / known for / renowned for / noted for; figure out / determine; fill in / complete;
    fill out / complete; find out / discover / learn; focus on / concentrate on; for the most part / mostly / mainly
    / largely; from time to time / occasionally / sometimes; gas station / petrol station; get away / escape; get
    back / return; get married / marry / wed; get rid of / remove / eliminate; give back / return; give in / yield /
    surrender; give out / distribute; give permission / allow / permit; give rise to / cause; give up / abandon /
    relinquish; give way / yield; go ahead / proceed; go back / return; go down / fall / drop / decrease / decline;
    go on / continue; go on strike / strike / walk out; go up / rise / increase / climb; going to / will; hand out /
    distribute; hand over / surrender / deliver; have an effect on / affect; have an impact on / affect; heat up /
    heat; high school / secondary school; hold on to / keep / retain; hold talks / negotiate / meet; hold up /
    delay; human beings / humans / people; in addition to / besides; in charge of / heading / leading; in favor of /
    for; in favour of / for; in general / generally; in need of / need; in particular / particularly / especially;
    in private / privately; in public / publicly; in secret / secretly; in spite of / despite; in the course of /
    during; in the middle of / amid; in the past / formerly / previously; in the vicinity of / near; join forces /
    cooperate / unite; keep on / continue; keep track of / track / monitor; knock down / demolish; law enforcement /
    police; lay off / laid off / dismiss; lead the way / lead; leave out / omit / exclude; let down / disappoint; let go /
    release; let in / admit; lock up / jail / imprison; look after / tend; look for / seek / search; look into /
    investigate / probe / examine; look like / resemble; lots of / many; made up of / consist of / comprise; make a
    decision / decide; make an appearance / appear; make an attempt / try / attempt; make an effort / try / attempt;
    make progress / advance; make sure / ensure; make the decision / decide; make up / constitute / comprise; make
    use of / use; middle east / mideast; move ahead / proceed; narrow down / narrow; news conference / press
    conference; object to / oppose; on board / aboard; on purpose / deliberately / intentionally; once again /
    again; open up / open; out of work / unemployed / jobless; own up / admit / confess; pass away / die; pass on /
    transmit; pay back / repay; pay off / repay; pay tribute to / honour / honor; per annum / annually / yearly /
    per year / a year; per day / a day / daily; per month / a month / monthly; per week / a week / weekly; place
    under arrest / arrest; play host to / host; plenty of / many; point out / note; police officer / policeman /
    officer / constable; power cut / blackout / outage / power outage / power failure; press release / news release
    / statement; prime minister / premier; prior to / before; pull down / demolish; pull out / withdraw; put an end
    to / end / stop; put forward / propose / suggest / submit; put in place / implement / introduce; put into effect
    / implement; put off / postpone / delay / defer; put out / extinguish; put pressure on / pressure; put to death
    / execute; put up with / tolerate; reach an agreement / agree; real estate / property; refer to / mention /
    cite; result in / cause / lead to; right away / immediately; right now / currently; roll out / launch /
    introduce; rule out / exclude; run away / escape / flee; run into / encounter; run out of / exhaust; scale back
    / reduce / cut; scale down / reduce; scheduled to / set to / slated to / poised to; seal off / close; search for
    / seek; sell off / sell; send out / distribute / dispatch; set aside / reserve; set fire to / burn / ignite /
    torch; set free / release / free; set on fire / ignite / torch; set out / outline / lay out; set up / establish
    / found / create; show up / appear / arrive; shut down / close / shut; sign up / enrol / enroll / register; slam
    into / hit / strike / ram; slow down / slow / decelerate; smash into / hit / strike / ram; sort out / resolve;
    speak about / discuss; speed up / accelerate; sport utility vehicle / suv; stand by / support; stand down /
    resign / quit; stand for / represent; step down / resign / quit; step in / intervene; step up / increase /
    intensify; swimming pool / pool; take a decision / decide; take action / act; take advantage of / exploit / use;
    take away / remove; take care of / handle; take into account / consider; take into custody / arrest / detain;
    take note of / note; take on / assume; take out / remove; take over / acquire; take over from / succeed /
    replace; take part / participate; take place / occur / happen / hold; take steps / act; take to court / sue;
    talk about / discuss; team up / cooperate / collaborate; tear down / demolish; these days / nowadays / today;
    throw away / discard; touch down / land; touch on / mention; traffic jam / congestion; train station / railway
    station; turn down / reject / refuse / decline; turn up / appear; use up / exhaust / deplete; wait for / await;
    warm up / warm / heat; who leads / who heads / leader of / head of / chief of; wind up / end; wipe out / destroy
    / eliminate / eradicate; with regard to / regarding / about / concerning; with the help of / with; work out /
    determine; young people / youths / youngsters;
    miles per hour / miles an hour / mph; kilometres per hour / kilometers per hour / kph / kmh; majority of / most; in contrast to / unlike;
    designed to / built to / intended to / meant to
    """.split(";")
)
