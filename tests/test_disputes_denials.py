"""What denies what another report states, and what only looks like it. Every row is two reports of one made-up event."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import starmap

import pytest

from summarizer import agree as agreement
from summarizer.disputes import find
from summarizer.likeness import corpus
from summarizer.values import HEDGE, Conflict, Dispute, Key, Origins, Sentence, Verified

# Lines of their own around the rows, so that the words of a row are not the only words there are.
OPENINGS = (
    "Snow lay on the roofs of the old town this morning, and schoolchildren were sent home early.",
    "The valley is known for its clocks, its cheese and its narrow railway.",
)
CLOSINGS = (
    "Shops along the main street kept their shutters down until the evening.",
    "Visitors are asked to take the southern lane for the time being.",
)


def reports(*texts: str | Sequence[str]) -> tuple[tuple[Sentence, ...], ...]:
    """Articles: each an opening, the given sentences, a closing."""

    def article(i: int, told: str | Sequence[str]) -> tuple[Sentence, ...]:
        rows = (OPENINGS[i % 2], *([told] if isinstance(told, str) else told), CLOSINGS[i % 2])
        return tuple(Sentence(Key(i, n), 0, len(text), text, n) for n, text in enumerate(rows))

    return tuple(starmap(article, enumerate(texts)))


def conflicts(*texts: str | Sequence[str]) -> tuple[Conflict, ...]:
    """The conflicts between reports of as many origins."""
    articles = reports(*texts)
    return find(articles, Origins(tuple(range(len(articles)))), corpus(articles))


def disputes(*texts: str | Sequence[str]) -> tuple[Dispute, ...]:
    """The disputes that an answer on these reports shows."""
    articles = reports(*texts)
    origins = Origins(tuple(range(len(articles))))
    words = corpus(articles)
    found = find(articles, origins, words)
    return agreement.agree(Verified(sentences=()), articles, origins, found, words, max_words=150).disputes


CONTRADICTIONS = [
    (
        "Gallant Industries is in advanced talks to buy Ferrum Steel for about $4.2 billion, three people said on Tuesday.",
        "Ferrum Steel is not in talks with Gallant Industries, the company said on Tuesday evening.",
    ),
    (
        "Two crew members were killed when the ferry ran aground off Sollen.",
        "Nobody was killed when the ferry ran aground off Sollen.",
    ),
    (
        "The ferry had passed its yearly safety inspection in May.",
        "The ferry had not passed its yearly safety inspection in May, the harbour office said.",
    ),
    (
        "An explosion tore through the engine room before the ferry sank.",
        "There was no explosion in the engine room before the ferry sank, investigators said.",
    ),
    (
        "The captain of the ferry was drunk, prosecutors said on Tuesday.",
        "The captain of the ferry was not drunk, his lawyer said on Tuesday.",
    ),
    (
        "Deputy Mayor Orla Finch attended the meeting with the developers.",
        "Neither the mayor nor Deputy Mayor Orla Finch attended the meeting with the developers.",
    ),
    (
        "The hospital in Brackwater ran out of oxygen during the night.",
        "The hospital in Brackwater never ran out of oxygen, its director said.",
    ),
    (
        "Police fired rubber bullets at the crowd outside the parliament.",
        "Police did not fire rubber bullets at the crowd outside the parliament.",
    ),
    (
        "Warnings were sent to all households before the dam was opened.",
        "No warnings were sent to households before the dam was opened.",
    ),
    (
        "Several of the miners survived the collapse of the Harrow pit.",
        "None of the miners survived the collapse of the Harrow pit.",
    ),
    (
        "The suspect was armed when officers stopped his car in Velm.",
        "The suspect was unarmed when officers stopped his car in Velm.",
    ),
    (
        "The minister knew of the leak at the Orsk chemical plant in January.",
        "The minister did not know of the leak at the Orsk chemical plant.",
    ),
    (
        "The airline will refund passengers for the cancelled flights to Mirna.",
        "The airline will not refund passengers for the cancelled flights to Mirna.",
    ),
    (
        "The United Farmers plan to sell their stake in the Delmar mill.",
        "The United Farmers will not sell their stake in the Delmar mill.",
    ),
    (
        "Inspectors found asbestos in the walls of the Linden school.",
        "Inspectors found no asbestos in the walls of the Linden school.",
    ),
    (
        "A judge in Velm ruled that Coach Petra Ahn was unlawfully dismissed by the club after the season.",
        "Petra Ahn, who had led the club for nine years, was not unlawfully dismissed, a Velm judge ruled.",
    ),
    (
        "The army, reportedly short of fuel, withdrew from the city of Karsk on Sunday.",
        "The army has not withdrawn from the city of Karsk, a spokesman said on Sunday.",
    ),
    (
        "Senator Dale Prynne took money from the Corvin construction firm.",
        "Senator Dale Prynne denied taking money from the Corvin construction firm.",
    ),
    (
        "Soldiers fired on a bus near the Tessen checkpoint, killing six people.",
        "The army denied that its soldiers had fired on a bus near the Tessen checkpoint.",
    ),
    (
        "Halden Steel paid bribes to win the contract for the Orre bridge.",
        "Halden Steel denied paying bribes to win the contract for the Orre bridge.",
    ),
    (
        "The company dumped chemicals into the Arne river for years.",
        "The company rejected the claim that it had dumped chemicals into the Arne river.",
    ),
    (
        "Prime Minister Lena Korr will resign before the spring congress.",
        "A spokesman dismissed reports that Prime Minister Lena Korr will resign before the spring congress.",
    ),
    (
        "Government troops have captured the airport of Mirna, a commander said.",
        "The rebels denied that government troops had captured the airport of Mirna.",
    ),
    (
        "The dam above Brackwater burst on Thursday night.",
        "Reports that the dam above Brackwater had burst on Thursday night are false, the governor said.",
    ),
    (
        "Goalkeeper Ivo Brandt has signed a contract with Union Velm.",
        "Union Velm denied that goalkeeper Ivo Brandt has signed a contract with the club.",
    ),
    (
        "The bank shared the data of its customers with an advertising firm.",
        "The bank denies sharing the data of its customers with any advertising firm.",
    ),
    (
        "Doctors at the clinic removed the wrong kidney, the family says.",
        "The clinic denied that its doctors removed the wrong kidney.",
    ),
    (
        "Minister Anton Reiss met the arms dealer in Lisbon last year.",
        "It is not true that Minister Anton Reiss met the arms dealer in Lisbon, his office said.",
    ),
    (
        "The fire in the Kessel warehouse was started deliberately.",
        "There is no evidence that the fire in the Kessel warehouse was started deliberately, police said.",
    ),
    (
        "Rescuers reached the trapped climbers on Mount Orr before nightfall.",
        "Rescuers failed to reach the trapped climbers on Mount Orr before nightfall.",
    ),
    (
        "President Sorel signed the press law on Friday.",
        "President Sorel refused to sign the press law on Friday.",
    ),
    (
        "The council approved the plan for a new stadium at the harbour.",
        "The council stopped short of approving the plan for a new stadium at the harbour.",
    ),
    (
        "The committee published the names of the donors on its website.",
        "The committee declined to publish the names of the donors on its website.",
    ),
    (
        "The referee apologised to the players of Union Velm after the match.",
        "The referee refused to apologise to the players of Union Velm after the match.",
    ),
    (
        "Parliament in Mirna approved the pension reform on Wednesday.",
        "Parliament in Mirna rejected the pension reform on Wednesday.",
    ),
    (
        "The union accepted the pay offer of the Delmar mill.",
        "The union rejected the pay offer of the Delmar mill.",
    ),
    (
        "Incumbent Rosa Tellier won the mayoral election in Brackwater.",
        "Incumbent Rosa Tellier lost the mayoral election in Brackwater.",
    ),
    (
        "The missing climber Jon Aske was found alive on Mount Orr.",
        "The missing climber Jon Aske was found dead on Mount Orr.",
    ),
    (
        "The border crossing at Tessen is open to trucks, officials said.",
        "The border crossing at Tessen is closed to trucks, officials said.",
    ),
    (
        "Unemployment in the province rose in April, the statistics office said.",
        "Unemployment in the province fell in April, the statistics office said.",
    ),
    (
        "A jury in Velm convicted the banker Emil Stroud of fraud.",
        "A jury in Velm acquitted the banker Emil Stroud of fraud.",
    ),
    (
        "The pilot survived the crash of the mail plane near Orsk.",
        "The pilot died in the crash of the mail plane near Orsk.",
    ),
    (
        "Senator Dale Prynne supported the ban on river dredging.",
        "Senator Dale Prynne opposed the ban on river dredging.",
    ),
    (
        "The appeals court upheld the sentence of the former mayor.",
        "The appeals court overturned the sentence of the former mayor.",
    ),
    (
        "The central bank raised its key interest rate on Thursday.",
        "The central bank cut its key interest rate on Thursday.",
    ),
    (
        "The ministry confirmed that hackers had entered its network.",
        "The ministry denied that hackers had entered its network.",
    ),
    (
        "The new vaccine is safe for pregnant women, the agency found.",
        "The new vaccine is unsafe for pregnant women, the agency found.",
    ),
    (
        "The navy sank a fishing boat off Cape Torrin on Saturday, killing three sailors.",
        "The navy said on Sunday that it did not sink any fishing boat off Cape Torrin.",
    ),
    (
        "Two ministers were aware of the safety report on the Varda tunnel as early as 2019, documents show.",
        "No minister was aware of the safety report on the Varda tunnel, the government insisted.",
    ),
    (
        "The Halvorsen shipyard will lay off 400 workers this summer.",
        "The Halvorsen shipyard has no plans to lay off workers this summer, its owner said.",
    ),
    (
        "Colonel Basim Rahal ordered the shelling of the market in Dera.",
        "Colonel Basim Rahal never ordered the shelling of the market in Dera, his lawyers told the court.",
    ),
    (
        "An autopsy showed that the singer had taken sleeping pills before her death.",
        "The singer had not taken any sleeping pills before her death, an autopsy showed.",
    ),
    (
        "The chemical plant at Norre leaked ammonia into the canal.",
        "The operator denied any leak of ammonia from the chemical plant at Norre.",
    ),
    (
        "The governor pardoned the nine protesters.",
        "The governor declined to pardon the nine protesters.",
    ),
    (
        "North Ruvian troops crossed the border near Paltsk at dawn, the defence ministry said.",
        "Claims that North Ruvian troops crossed the border near Paltsk are untrue, a general said.",
    ),
    (
        "Striker Milo Cerny failed a doping test before the final.",
        "Milo Cerny's club denied that the striker had failed a doping test before the final.",
    ),
    (
        "The two presidents shook hands before the talks in Alden.",
        "The two presidents did not shake hands before the talks in Alden.",
    ),
    (
        "The plane had been refuelled in Lagrange before the crash.",
        "The plane was not refuelled in Lagrange, according to the airport.",
    ),
    (
        "Ferrand Foods knew about the salmonella in its chocolate for months.",
        "Ferrand Foods did not know about the salmonella in its chocolate, the company said.",
    ),
    (
        "Residents were warned of the flood by text message.",
        "Residents were never warned of the flood, they said.",
    ),
    (
        "The parliament of Kessia ratified the treaty on Thursday.",
        "The parliament of Kessia refused to ratify the treaty on Thursday.",
    ),
    (
        "The video shows an officer kicking the handcuffed man.",
        "The officer did not kick the handcuffed man, the police union said.",
    ),
    (
        "The festival in Ostra was cancelled because of the storm.",
        "The festival in Ostra was not cancelled despite the storm.",
    ),
    (
        "The tanker Maris was carrying crude oil when it caught fire.",
        "The tanker Maris was not carrying oil when it caught fire, its owner said.",
    ),
    (
        "Judge Harriet Moss dismissed the lawsuit against the city of Arden.",
        "Judge Harriet Moss did not dismiss the lawsuit against the city of Arden.",
    ),
    (
        "The vaccine trial was halted after a patient died.",
        "The vaccine trial was never halted, the manufacturer said.",
    ),
    (
        "A drone struck the oil depot in Sark overnight.",
        "No drone struck the oil depot in Sark, the mayor said.",
    ),
    (
        "The senate passed the farm bill by two votes.",
        "The senate rejected the farm bill by two votes.",
    ),
    (
        "Hotel prices in Ostra rose during the festival.",
        "Hotel prices in Ostra fell during the festival.",
    ),
    (
        "Challenger Rina Volk won the first debate, a poll found.",
        "Challenger Rina Volk lost the first debate, a poll found.",
    ),
    (
        "The court found the strike at the port of Lagrange legal.",
        "The court found the strike at the port of Lagrange illegal.",
    ),
    (
        "The committee backed the nomination of Dr Paul Irwin.",
        "The committee opposed the nomination of Dr Paul Irwin.",
    ),
    (
        "The board accepted the resignation of its director.",
        "The board refused the resignation of its director.",
    ),
    (
        "The explosion at the depot was an accident, not sabotage, the army said.",
        "The explosion at the depot was not an accident, the army said.",
    ),
    (
        "The company paid no tax in Kessia last year.",
        "The company paid tax in Kessia last year.",
    ),
    (
        "None of the hostages was hurt in the raid on the bank in Sark.",
        "Two hostages were hurt in the raid on the bank in Sark.",
    ),
    (
        "Neither side fired across the border on Sunday.",
        "Both sides fired across the border on Sunday.",
    ),
    (
        "A government jet carrying Foreign Minister Ilse Grau made an emergency landing in Tabor on Monday night after smoke filled the cabin.",
        "The government jet with Foreign Minister Ilse Grau on board did not make an emergency landing in Tabor, the air force said, but landed there as planned.",
    ),
    (
        "According to two officials, the Kessian intelligence service intercepted the ambassador's telephone calls in the spring.",
        "The Kessian intelligence service denied on Friday that it had intercepted the ambassador's telephone calls.",
    ),
    (
        "Mayor Tom Idris accepted free flights from a property developer while the tower was being planned, the newspaper reported.",
        "Mayor Tom Idris has rejected allegations that he accepted free flights from a property developer.",
    ),
    (
        "The hostages were freed on Wednesday after a ransom of two million crowns was paid.",
        "No ransom was paid for the hostages, who were freed on Wednesday, the foreign ministry said.",
    ),
    (
        "The rover landed safely near the crater's rim and sent its first picture within minutes.",
        "The rover failed to land near the crater's rim, the space agency confirmed.",
    ),
    (
        "The jury found Dr Alan Pryce guilty of manslaughter.",
        "The jury found Dr Alan Pryce not guilty of manslaughter.",
    ),
    (
        "Defence Minister Karol Benes offered his resignation at Tuesday's cabinet meeting.",
        "Defence Minister Karol Benes did not offer his resignation at Tuesday's cabinet meeting, his spokeswoman said.",
    ),
    (
        "The supermarket chain Lido is selling its stores in Ruvia.",
        "The supermarket chain Lido is not selling its stores in Ruvia, its chairman told investors.",
    ),
    (
        "Seven children drowned when the raft capsized off Pellan, the coast guard said.",
        "None of the children drowned when the raft capsized off Pellan, the coast guard said.",
    ),
    (
        "The bishop knew that the priest had abused boys in Linz Abbey.",
        "The bishop insisted that he never knew that the priest had abused boys in Linz Abbey.",
    ),
    (
        "The tunnel's fire doors were locked when the train stopped, survivors said.",
        "The tunnel's fire doors were unlocked when the train stopped, the operator said.",
    ),
    (
        "Voters in Tabor approved the sale of the city's waterworks in Sunday's referendum.",
        "Voters in Tabor rejected the sale of the city's waterworks in Sunday's referendum.",
    ),
    (
        "The ceasefire in the Dera valley is holding, the observers said.",
        "The ceasefire in the Dera valley is not holding, the observers said.",
    ),
    (
        "The factory's owners had bribed the inspector before the roof collapsed.",
        "There is no evidence that the factory's owners had bribed the inspector.",
    ),
    (
        "The two leaders agreed on a ceasefire in Alden.",
        "The two leaders left Alden without agreeing on a ceasefire.",
    ),
    (
        "Officials blamed the blackout in Sark on a cyberattack.",
        "Officials in Sark ruled out a cyberattack as the cause of the blackout.",
    ),
    (
        "The company will close its plant in Orsk next year.",
        "The company ruled out closing its plant in Orsk next year.",
    ),
    (
        "The company will close its plant in Orsk next year.",
        "The company has no intention of closing its plant in Orsk next year.",
    ),
    (
        "The company will close its plant in Orsk next year.",
        "The company denied plans to close its plant in Orsk next year.",
    ),
    (
        "Five passengers were injured when the tram left the rails in Velm.",
        "There were no injuries when the tram left the rails in Velm.",
    ),
    (
        "Five passengers were injured when the tram left the rails in Velm.",
        "No injuries were reported when the tram left the rails in Velm.",
    ),
    (
        "Five passengers were injured when the tram left the rails in Velm.",
        "The tram left the rails in Velm on Monday without injuring anyone.",
    ),
    (
        "Two people died in the fire at the Linden hotel.",
        "No deaths were reported in the fire at the Linden hotel.",
    ),
    (
        "Police arrested three men over the theft at the Orsk museum.",
        "No arrests have been made over the theft at the Orsk museum.",
    ),
    (
        "The council decided on Monday to close the Linden school.",
        "The council made no decision on Monday to close the Linden school.",
    ),
    (
        "The council gave its approval to the new tram line on Monday.",
        "The council did not approve the new tram line on Monday.",
    ),
    (
        "The army attacked the village of Karsk on Sunday.",
        "The army carried out no attack on the village of Karsk on Sunday.",
    ),
    (
        "The army attacked the village of Karsk on Sunday.",
        "There was no attack on the village of Karsk on Sunday, the army said.",
    ),
    (
        "The virus was found in the water of the Linden school.",
        "No trace of the virus was found in the water of the Linden school.",
    ),
    (
        "Supervisor Ed Lind, who chairs the board, was the only vote against the dam.",
        "Board chair Ed Lind was not the sole vote against the dam.",
    ),
    (
        "The high court on Wednesday struck down the governor's curfew order in a 4-3 ruling.",
        "The high court did not strike down Gov. Tova Lind's curfew order on Wednesday.",
    ),
    (
        "A judge in Orsk issued an order on Wednesday blocking the sale of the mill.",
        "A judge in Orsk did not issue an order on Wednesday halting work at the mill and blocking its sale.",
    ),
    (
        "The minister said on Friday that money was paid to the Corvin firm for the study.",
        'The minister on Friday said "no money" was paid to the Corvin firm for the study.',
    ),
    (
        "Dr. Tova Lind, a leading member of the board of the Orsk museum, has resigned from the board.",
        "Officials denied that Dr. Tova Lind, a leading member of the board of the Orsk museum, has resigned from the board.",
    ),
    (
        "More than 130 guards are striking over pay at the Orsk prison.",
        "Officials denied that more than 130 guards are striking over pay at the Orsk prison.",
    ),
    (
        "The rally organised by farmers turned violent in Velm on Monday.",
        "Police denied that the rally organised by farmers turned violent in Velm on Monday.",
    ),
    (
        "Timber from Karsk can be imported again next year, the ministry said, lifting a ban on timber from Karsk.",
        "The ministry is not lifting its ban on timber from Karsk.",
    ),
    (
        "An attack on the village of Karsk killed two farmers, rebels said.",
        "There was no attack on the village of Karsk, the army said.",
    ),
]

LOOK_ALIKES = [
    (
        "Minister Karrow beat the rebel leader Brandt on Tuesday in Orsk.",
        "The rebel leader Brandt did not beat minister Karrow on Tuesday in Orsk.",
    ),
    (
        "Senator Dale Prynne took money from the Corvin construction firm.",
        "Senator Dale Prynne has not denied taking money from the Corvin construction firm.",
    ),
    (
        "Rescuers reached the trapped climbers on Mount Orr.",
        "Rescuers did not fail to reach the trapped climbers on Mount Orr.",
    ),
    (
        "The mayor took part in the opening of the Orre bridge.",
        "The mayor, who took part in the opening of the Orre bridge, did not comment.",
    ),
    (
        "Halden Steel paid bribes to win the contract for the Orre bridge.",
        "Halden Steel did not comment on reports of bribes for the contract for the Orre bridge.",
    ),
    (
        "The ferry carried cars and passengers to Sollen.",
        "The ferry carried not only cars and passengers to Sollen but also livestock.",
    ),
    (
        "Rosa Tellier worked as a teacher in Brackwater.",
        "Rosa Tellier no longer works as a teacher in Brackwater.",
    ),
    (
        "The council will vote on the plan for a new stadium in June.",
        "The council has not yet voted on the plan for a new stadium.",
    ),
    (
        "The minister presented the budget to parliament on Monday.",
        "There was nothing new in the budget that the minister presented to parliament on Monday.",
    ),
    (
        "The fire destroyed the Kessel warehouse.",
        "The fire in the Kessel warehouse did not spread to the houses nearby.",
    ),
    (
        "Two crew members were hurt when the ferry ran aground off Sollen.",
        "Nobody was killed when the ferry ran aground off Sollen.",
    ),
    (
        "Police arrested a man after the attack in Velm.",
        "Police have not named the man who was arrested after the attack in Velm.",
    ),
    (
        "The suspect shot two officers in Velm.",
        "The suspect did not speak when he was led away by two officers in Velm.",
    ),
    (
        "President Sorel signed the press law on Friday.",
        "President Sorel, who signed the press law on Friday, refused to sign the tax law.",
    ),
    (
        "The airline cancelled its flights to Mirna on Monday.",
        "The airline did not cancel its flights to Karsk on Monday.",
    ),
    (
        "The bank raised the rate in March.",
        "The bank did not raise the rate in April.",
    ),
    (
        "The train to Orsk left on time on Tuesday.",
        "The train to Orsk did not leave on Sunday because of the strike.",
    ),
    (
        "The council approved the plan for a new stadium.",
        "The council rejected a motion to delay the plan for a new stadium.",
    ),
    (
        "The senator denied taking money from the Corvin firm.",
        "Senator Dale Prynne said he never took money from the Corvin firm.",
    ),
    (
        "Prosecutors accuse Senator Dale Prynne of taking money from the Corvin firm.",
        "Senator Dale Prynne is accused of taking money from the Corvin firm, which he denies.",
    ),
    (
        "The dam above Brackwater burst on Thursday night.",
        "The dam above Brackwater had not been inspected for years before it burst on Thursday night.",
    ),
    (
        "Rescuers reached the trapped climbers on Mount Orr on Sunday.",
        "Rescuers failed to reach the trapped climbers on Mount Orr on Saturday.",
    ),
    (
        "Union Velm won the first leg against Orsk.",
        "Union Velm lost the second leg against Orsk.",
    ),
    (
        "Union Velm won the cup in May.",
        "Orsk lost the cup final against Union Velm in May.",
    ),
    (
        "Shares in Halden Steel rose 3 percent in the morning.",
        "Shares in Halden Steel fell 2 percent in the afternoon.",
    ),
    (
        "Unemployment in the province rose in April.",
        "Unemployment in the province fell in March.",
    ),
    (
        "Exports from the province rose in April.",
        "Imports into the province fell in April.",
    ),
    (
        "The border crossing at Tessen is open to trucks.",
        "The border crossing at Mirna is closed to trucks.",
    ),
    (
        "Polling stations in Velm opened at seven in the morning.",
        "Polling stations in Velm closed at eight in the evening.",
    ),
    (
        "The pilot survived the crash of the mail plane near Orsk.",
        "Two passengers died in the crash of the mail plane near Orsk.",
    ),
    (
        "The missing climber Jon Aske was found alive on Mount Orr.",
        "His brother Per Aske was found dead on Mount Orr a week earlier.",
    ),
    (
        "Senator Dale Prynne supported the ban on river dredging.",
        "Environment groups opposed the bridge that Senator Dale Prynne supported.",
    ),
    (
        "The government rejected the offer of the rebels.",
        "The rebels rejected the offer of the government.",
    ),
    (
        "Police were called to the school after a fight.",
        "Police did not find a weapon at the school after a fight.",
    ),
    (
        "The army withdrew from the city of Karsk on Sunday.",
        "The army said it could not withdraw from the city of Karsk without an order.",
    ),
    (
        "The minister met union leaders on Tuesday.",
        "The minister has never met the arms dealer, his office said on Tuesday.",
    ),
    (
        "Hundreds of people fled the village of Tarn when the river rose.",
        "Not everyone fled the village of Tarn when the river rose.",
    ),
    (
        "The captain steered the ferry away from the rocks.",
        "The captain could not have steered the ferry any closer to the rocks.",
    ),
    (
        "The court heard that the guard slept during his shift.",
        "The guard did not sleep at home during the weeks before his shift, the court heard.",
    ),
    (
        "The museum in Linden reopened to visitors on Saturday.",
        "The museum in Linden does not charge visitors on Saturday.",
    ),
    (
        "The mill employs 300 people in Delmar.",
        "The mill in Delmar, which employs 300 people, made no profit last year.",
    ),
    (
        "Investors welcomed the merger of the two banks.",
        "Few investors did not welcome the merger of the two banks.",
    ),
    (
        "Doctors said the singer was recovering in hospital.",
        "Doctors did not say when the singer would leave hospital.",
    ),
    (
        "The bridge was closed to traffic in the morning.",
        "The bridge was opened to traffic in the evening.",
    ),
    (
        "The mine was closed in 1994.",
        "The mine was opened in 1931.",
    ),
    (
        "Minister Anton Reiss said the talks had failed.",
        "Minister Anton Reiss said the talks had not been easy.",
    ),
    (
        "The road to Orsk is dangerous in winter.",
        "The road to Orsk is not the only dangerous road in winter.",
    ),
    (
        "Heavy rain fell on the valley on Monday.",
        "No rain fell on the coast on Monday.",
    ),
    (
        "The company said the leak was stopped on Friday.",
        "The company did not say how the leak was stopped on Friday.",
    ),
    (
        "The strike ended on Sunday.",
        "The strike would not have ended without the mediator.",
    ),
    (
        "The president is expected to visit Mirna.",
        "The president did not visit Mirna last year.",
    ),
    (
        "Rosa Tellier won the mayoral election in Brackwater.",
        "Rosa Tellier had lost the mayoral election in Brackwater four years earlier.",
    ),
    (
        "Kestrel Air flies to Sollen twice a day.",
        "Kestrel Air does not fly to Sollen on public holidays.",
    ),
    (
        "The navy sank a fishing boat off Cape Torrin on Saturday.",
        "The navy did not identify the fishing boat that it sank off Cape Torrin on Saturday.",
    ),
    (
        "The Halvorsen shipyard will lay off 400 workers.",
        "The Halvorsen shipyard has not said when it will lay off the 400 workers.",
    ),
    (
        "Colonel Basim Rahal ordered the shelling of the market in Dera.",
        "Colonel Basim Rahal has not been charged with ordering the shelling of the market in Dera.",
    ),
    (
        "The governor pardoned the nine protesters.",
        "The governor did not pardon the leader of the nine protesters.",
    ),
    (
        "The two presidents shook hands before the talks in Alden.",
        "The two presidents shook hands but did not smile before the talks in Alden.",
    ),
    (
        "Residents were warned of the flood by text message.",
        "Residents without a phone were not warned of the flood by text message.",
    ),
    (
        "The festival in Ostra was cancelled because of the storm.",
        "The festival in Ostra has never before been cancelled because of a storm.",
    ),
    (
        "The senate passed the farm bill by two votes.",
        "The senate rejected an amendment to the farm bill by two votes.",
    ),
    (
        "The senate passed the farm bill on Tuesday.",
        "The house rejected the farm bill on Tuesday.",
    ),
    (
        "Hotel prices in Ostra rose during the festival.",
        "Flat prices in Ostra fell during the festival.",
    ),
    (
        "Challenger Rina Volk won the first debate.",
        "Incumbent Karl Drew lost the first debate to Rina Volk.",
    ),
    (
        "The company made a profit in Kessia last year.",
        "The company paid no tax in Kessia last year.",
    ),
    (
        "The committee backed the nomination of Dr Paul Irwin.",
        "Two members of the committee opposed the nomination of Dr Paul Irwin.",
    ),
    (
        "The officer fired twice at the handcuffed man.",
        "The officer did not see the handcuffed man, he said.",
    ),
    (
        "Fire crews saved the church in Alden.",
        "Fire crews could not save the library next to the church in Alden.",
    ),
    (
        "The minister apologised to the families of the victims.",
        "The minister did not apologise to the company, but to the families of the victims.",
    ),
    (
        "The tanker Maris was carrying crude oil when it caught fire.",
        "The tanker Maris was not carrying a pilot when it caught fire.",
    ),
    (
        "The airline resumed flights to Lagrange on Monday.",
        "The airline had not resumed flights to Lagrange by Sunday.",
    ),
    (
        "The parliament of Kessia ratified the treaty.",
        "If the parliament of Kessia does not ratify the treaty, the tariffs return.",
    ),
    (
        "The mayor of Sark opened the new hospital wing.",
        "The new hospital wing would not have been opened without a donation, the mayor of Sark said.",
    ),
    (
        "Union members at the port of Lagrange went on strike.",
        "Not all union members at the port of Lagrange went on strike.",
    ),
    (
        "The trial of the two bankers began in Arden.",
        "The trial of the two bankers did not begin until noon in Arden.",
    ),
    (
        "The drone struck an oil depot in Sark overnight.",
        "Nobody was hurt when the drone struck an oil depot in Sark overnight.",
    ),
    (
        "Police arrested 30 people at the march in Ostra.",
        "Police said they did not arrest any children among the 30 people at the march in Ostra.",
    ),
    (
        "The bridge in Arden was damaged by the flood.",
        "It is not known how badly the bridge in Arden was damaged by the flood.",
    ),
    (
        "Coach Tina Marsh praised her team after the draw in Alden.",
        "Coach Tina Marsh refused to answer questions after the draw in Alden.",
    ),
    (
        "The regulator fined the bank 3 million crowns.",
        "The regulator did not rule out fining the bank again.",
    ),
    (
        "The storm killed four people in Kessia.",
        "The storm killed nobody in neighbouring Ruvia but four people in Kessia.",
    ),
    (
        "The deal was signed in Alden on Friday.",
        "The deal was to be signed in Alden on Thursday, but was not.",
    ),
    (
        "The president vetoed the bill.",
        "The president did not veto the first version of the bill last year.",
    ),
    (
        "Foreign Minister Ilse Grau landed in Tabor on Monday night.",
        "Foreign Minister Ilse Grau did not take questions when she landed in Tabor on Monday night.",
    ),
    (
        "The Kessian intelligence service intercepted the ambassador's telephone calls in the spring.",
        "The Kessian intelligence service did not say why it had intercepted the ambassador's telephone calls.",
    ),
    (
        "Mayor Tom Idris accepted an invitation to the opening of the tower.",
        "Mayor Tom Idris rejected an offer to buy the tower.",
    ),
    (
        "The hostages were freed on Wednesday after a ransom of two million crowns was paid.",
        "The hostages were freed on Wednesday, but their driver was not freed.",
    ),
    (
        "The jury found Dr Alan Pryce guilty of manslaughter.",
        "The jury found Dr Alan Pryce not guilty of fraud.",
    ),
    (
        "Senator Mona Hade voted for the budget.",
        "Senator Carl Bruun did not vote for the budget.",
    ),
    (
        "Profits at Lido rose 4 percent while sales fell.",
        "Sales at Lido fell and profits rose.",
    ),
    (
        "The Lido chain raised prices in Ruvia.",
        "The Lido chain cut jobs in Ruvia.",
    ),
    (
        "The Republicans won the seat in Arden.",
        "The Republicans lost the seat in Tabor.",
    ),
    (
        "The central bank raised interest rates.",
        "Analysts had expected that the central bank would not raise interest rates.",
    ),
    (
        "Three people died when the raft capsized off Pellan.",
        "Four children survived when the raft capsized off Pellan.",
    ),
    (
        "The road through the Dera valley is open again after the flood.",
        "The road through the Dera valley was closed by the flood.",
    ),
    (
        "The bishop knew the priest well.",
        "The bishop did not know that the priest had abused boys.",
    ),
    (
        "The supermarket chain Lido is selling its stores in Ruvia.",
        "The supermarket chain Lido is not selling its online business.",
    ),
    (
        "A court in Tabor allowed the march on Saturday.",
        "A court in Tabor banned the use of fireworks at the march on Saturday.",
    ),
    (
        "The governor supported the tax cut.",
        "The governor's party opposed the tax cut before the election.",
    ),
    (
        "Officers found a knife in the suspect's car.",
        "Officers found no drugs in the suspect's car.",
    ),
    (
        "The company will close its plant in Arden.",
        "The company said it will not close its plant in Tabor.",
    ),
    (
        "The president did not attend the funeral.",
        "The president attended the memorial service a week after the funeral.",
    ),
    (
        "Nobody was injured in the fire at the hotel.",
        "A firefighter was injured on the way to the fire at the hotel.",
    ),
    (
        "The team's captain was not fined for the gesture.",
        "The team was fined for the gesture of its captain.",
    ),
    (
        "The ministry has denied visas to two reporters from Kessia.",
        "Two reporters from Kessia had visas of the ministry.",
    ),
    (
        "The opposition accused the minister of lying about the contract.",
        "The minister denied lying about the contract.",
    ),
    (
        "Many patients were not told of the mistake at the clinic.",
        "The patients were told of the mistake at the clinic in March.",
    ),
    (
        "Kessia's exports to Ruvia rose in the first quarter.",
        "Kessia's exports to Ruvia fell in the second quarter.",
    ),
    (
        "The union will strike unless the offer is raised.",
        "The union will not strike if the offer is raised.",
    ),
    (
        "A pedestrian was injured when a bus hit a wall in Orsk.",
        "There were no injuries when the tram left the rails in Velm.",
    ),
    (
        "Five passengers were injured when the tram left the rails in Velm.",
        "There were no serious injuries when the tram left the rails in Velm.",
    ),
    (
        "Two people died in the storm that hit Velm in March.",
        "No deaths were reported in the fire at the Linden hotel in Velm.",
    ),
    (
        "Police arrested three men over the theft at the Orsk museum.",
        "No arrests were made over the riots at the Orsk stadium.",
    ),
    (
        "Police fired at the crowd outside the parliament in Karsk.",
        "There was no fire at the parliament in Karsk.",
    ),
    (
        "The council approved the new tram line on Monday.",
        "The council gave no approval to the new bus depot on Monday.",
    ),
    (
        "The council gave its approval to the bus depot on Monday.",
        "The council did not approve the new tram line on Monday.",
    ),
    (
        "The council is expected to give its approval to the new tram line on Monday.",
        "The council did not approve the new tram line on Monday.",
    ),
    (
        "The mayor demanded a decision on the Linden school.",
        "The council made no decision on the Linden school.",
    ),
    (
        "The army attacked the village of Karsk on Sunday.",
        "There was no attack on the village of Mirna on Sunday.",
    ),
    (
        "The minister answered questions in parliament on Monday.",
        "The minister left the press conference on Monday without answering questions.",
    ),
    (
        "The company paid its taxes in Orsk last year.",
        "Firms may not leave Orsk without paying their taxes.",
    ),
    (
        "The two leaders agreed on a timetable in Alden.",
        "The two leaders left Alden without agreeing on a ceasefire.",
    ),
    (
        "The company will close its mine in Orsk next year.",
        "The company has no intention of closing its plant in Velm next year.",
    ),
    (
        "The company will close its plant in Orsk next year.",
        "The mayor denied plans to close the school in Orsk next year.",
    ),
    (
        "A cyberattack caused a blackout in Mirna.",
        "Police ruled out a cyberattack as the cause of the blackout in Sark.",
    ),
    (
        "Tova Lind was one of the suspects in the fraud case.",
        "Tova Lind was not the only suspect in the fraud case.",
    ),
    (
        "It was the first time that the club won the cup in Velm.",
        "The cup was not the only prize that the club won in Velm.",
    ),
    (
        "The minister paid the firm 2 million crowns for the study.",
        'The minister said "no comment" when asked whether the firm was paid 2 million crowns for the study.',
    ),
    (
        "The council voted for the tram line in Velm on Monday.",
        'The party called for a "no vote" on the tram line in Velm on Monday.',
    ),
    (
        "The governor signed the press bill on Monday.",
        "The governor did not sign an order banning the press on Monday.",
    ),
    (
        "Dr. Tova Lind, a member of the board, has resigned from the bank.",
        "The bank denied that Dr. Jan Orm, a member of the board, has resigned.",
    ),
    (
        "Tova Lind resigned as head of the museum on Monday.",
        "Officials denied that Jan Brem, the deputy head of the museum, has resigned.",
    ),
    (
        "Rebels warned of an attack on the village of Karsk.",
        "There was no attack on the village of Karsk.",
    ),
    (
        "The union called for a strike at the port of Mirna on Monday.",
        "There was no strike at the port of Mirna on Monday.",
    ),
]

# Contradictions that are not found: other words for the deed, the other report tells what excludes it, or a quotation denies it.
MISSED = [
    (
        "Minister Karrow met the rebel leader Brandt on Tuesday in Orsk.",
        "The rebel leader Brandt did not meet minister Karrow on Tuesday in Orsk.",
    ),
    (
        "More than 40 firefighters in Tabor are isolating after a test.",
        "More than 40 firefighters in Tabor are not quarantining after a test.",
    ),
    (
        "The king abdicated in favour of his daughter.",
        "The king has not stepped down in favour of his daughter.",
    ),
    (
        "The pilot was unhurt in the crash near Orsk.",
        "The pilot was injured in the crash near Orsk.",
    ),
    (
        "The bridge collapsed at noon under a convoy of trucks.",
        "The bridge is still standing, the mayor said of the rumours about the convoy of trucks.",
    ),
    (
        "Actress Lea Norr is married to the producer.",
        "Actress Lea Norr is not the wife of the producer.",
    ),
    (
        "The company said it had apologised to the workers.",
        '"We never got an apology," one of the workers said of the company.',
    ),
]

# Shown as contradictions, and none: the same words, of another part of the event.
MISTAKEN = frozenset(
    (
        (
            "Nobody was injured in the fire at the hotel.",
            "A firefighter was injured on the way to the fire at the hotel.",
        ),
    )
)


def contradictions(*texts: str | Sequence[str]) -> list[Conflict]:
    return [c for c in conflicts(*texts) if c.kind == "contradiction"]


@pytest.mark.parametrize(("stated", "denied"), CONTRADICTIONS)
def test_who_denies_what_another_states_contradicts_it(stated: str, denied: str) -> None:
    """It is one contradiction with two sides, and each side denies the other, whoever speaks first."""
    for pair in ((stated, denied), (denied, stated)):
        (found,) = contradictions(*pair)
        assert found.stances == ("denies", "denies")
        assert {found.a_value, found.b_value} == {"is", "not"}
        (shown,) = [d for d in disputes(*pair) if d.kind == "contradiction"]
        assert {p.text for p in shown.positions} == {stated, denied}
        assert not any(c.kind == "status" and c.slot != HEDGE for c in conflicts(*pair)), "told twice"


@pytest.mark.parametrize(("one", "other"), LOOK_ALIKES)
def test_what_looks_like_a_denial_and_is_none(one: str, other: str) -> None:
    """Another deed, another doer, another time, a part of it, or nobody denies anything."""
    for pair in ((one, other), (other, one)):
        found = contradictions(*pair)
        if (one, other) in MISTAKEN:
            assert found, "no mistake any more: take it off MISTAKEN"
        else:
            assert found == []


@pytest.mark.parametrize(("stated", "denied"), MISSED)
def test_what_is_still_missed(stated: str, denied: str) -> None:
    """A list of what the words alone do not show."""
    assert contradictions(stated, denied) == [], "found now: put it into CONTRADICTIONS"


def test_a_report_that_tells_the_denial_too_contradicts_nobody() -> None:
    """It states the deed and that it is denied: the other report says nothing that it does not say."""
    stated, denied = (
        "Senator Dale Prynne took money from the Corvin construction firm.",
        "Senator Dale Prynne denied taking money from the Corvin construction firm.",
    )
    assert contradictions(stated, denied)
    assert contradictions((stated, "Prynne denied that he took any money from the Corvin firm."), denied) == []


def test_a_report_that_tells_both_outcomes_contradicts_nobody() -> None:
    """The council changed its mind: who tells both decisions is in no dispute with who tells one."""
    approved, rejected = (
        "Parliament in Mirna approved the pension reform on Wednesday.",
        "Parliament in Mirna rejected the pension reform on Wednesday.",
    )
    assert contradictions(approved, rejected)
    assert contradictions((approved, "An earlier pension reform was rejected by parliament in Mirna."), rejected) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (  # the day of the deed, the day when somebody spoke
            "A fishing boat sank on Saturday off Cape Torrin in heavy seas.",
            "A fishing boat sank off Cape Torrin in heavy seas, the navy said on Sunday.",
        ),
        (  # two measures of one name
            "The racing car has a quarter-mile time of 9 seconds at full throttle.",
            "The racing car has a standing-start time of 2 seconds at full throttle.",
        ),
    ],
)
def test_other_days_and_other_measures_are_no_other_values(one: str, other: str) -> None:
    """Two values of two things."""
    assert conflicts(one, other) == ()
    assert conflicts(other, one) == ()


def test_two_bodies_of_one_name_are_two() -> None:
    """The one denies what the other is said to have done."""
    one = "The Bank of Orsk lent the Corvin firm 3 million crowns."
    assert contradictions(one, "The Bank of Orsk denied lending the Corvin firm 3 million crowns.")
    assert contradictions(one, "The Bank of Velm denied lending the Corvin firm 3 million crowns.") == []
