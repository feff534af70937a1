"""The patterns that give page furniture away, with their reasons. Data only; `cues` tries them.

All are tried on folded text: small letters, straight apostrophes, plain hyphens, single spaces, without what stands between
quotation marks. Every repetition is bounded, or cannot overlap its neighbour. Opening rules begin with `^`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from summarizer.clean.phrases import AGENCIES, MONTHS


@dataclass(frozen=True, slots=True)
class Rule:
    """One pattern, tried at the start (`^` written out) or anywhere in `outside`.

    most: the rule holds for units of up to this many words. open_only: only for units that do not end as a sentence.
    """

    reason: str
    pattern: re.Pattern[str]
    most: int = 30
    open_only: bool = False


def _rule(reason: str, pattern: str, most: int = 30, open_only: bool = False) -> Rule:
    return Rule(reason, re.compile(pattern), most, open_only)


_LETTER = "newsletters?|e-?mails?|inbox|alerts?|notifications?|app|apps|podcasts?|digest|briefing|updates|headlines|free|free trial|unlimited|access"

OPENINGS: tuple[Rule, ...] = (
    _rule(
        "navigation", r"^(?:skip|jump) to (?:the )?(?:main |primary )?(?:content|navigation|search|footer|sidebar)\b", 8
    ),
    _rule("navigation", r"^(?:text|font) size\b", 6, True),
    _rule("navigation", r"^loading\b", 8, True),
    _rule("navigation", r"^(?:please )?(?:enable|turn on) (?:javascript|cookies)\b", 30),
    _rule("navigation", r"^(?:your browser|this browser|javascript is)\b", 30),
    _rule("navigation", r"^(?:click|tap|press) (?:here|on|the|to|for|below|above)\b", 25),
    _rule(
        "navigation",
        r"^(?:filed under|tags?|topics?|categor(?:y|ies)|posted in|tagged(?: with| as)?|read more about)\s?:",
        25,
        True,
    ),
    _rule("navigation", r"^(?:タグ|カテゴリ|キーワード)\s?[:：]", 25, True),
    _rule("navigation", r"^you are here\b", 15, True),
    _rule(
        "navigation",
        r"^(?:choose|select|pick) (?:a|an|your) (?:format|language|region|country|edition|location|file|option)\b",
        8,
        True,
    ),
    _rule(
        "navigation",
        r"^(?:add|upload|insert) (?:a |an |your )?(?:media|photos?|images?|files?|videos?|gifs?)\b",
        8,
        True,
    ),
    _rule("advertisement", r"^(?:story|article|content|text) continues (?:below|after)\b", 12),
    _rule("advertisement", r"^(?:advertisement|sponsored|paid) (?:content|post|message|by|-|:)", 12, True),
    _rule("consent", r"^(?:we|we and our partners|this (?:web)?site|our (?:web)?site) uses? cookies\b", 70),
    _rule("navigation", r"^getting your (?:\w+ )?audio player\b", 8),
    _rule(
        "advertisement",
        r"^(?:we|the (?:publisher|site)) may (?:earn|receive|get) (?:an? )?(?:\w+ ){0,2}(?:commission|fee|compensation)\b"
        r"|^(?:if you|when you|anything you) (?:buy|purchase|click|shop)\b.{0,80}\b(?:commission|affiliate)\b",
        45,
    ),
    _rule("advertisement", r"^this (?:article|story|post|page) (?:may )?contains? (?:\w+ )?affiliate links\b", 40),
    _rule(
        "consent",
        r"^we and our (?:\d+ )?(?:\w+ )?(?:partners|vendors|affiliates)\b.{0,80}\b(?:stor\w+|access|process\w*|us(?:e|ing)|collect)\b",
        90,
    ),
    _rule(
        "consent",
        r"^by (?:continuing|clicking|signing up|submitting|subscribing|registering|using (?:this|our) (?:web)?site)\b.{0,120}\b(?:you|agree|consent|accept)\b",
        70,
    ),
    _rule("share_widget", r"^(?:share|tweet|email|e-mail|print|copy|post|pin) (?:this|on|via|to|it|with)\b", 10, True),
    _rule("share_widget", r"^(?:read or )?share (?:this|your|the) (?:story|article|post|page|news|thoughts)\b", 12),
    _rule("share_widget", r"^(?:like|love|enjoyed?) (?:it|this|what you (?:read|see))\?", 12),
    _rule("share_widget", r"^(?:follow|find|like|join) (?:us|our page|me) (?:on|at)\b", 25),
    _rule(
        "share_widget",
        r"^(?:- )?follow [^.!?]{2,60} on (?:twitter|facebook|instagram|x|threads|bluesky|mastodon|social media|linkedin|tiktok)\b",
        25,
    ),
    _rule("share_widget", r"^follow [^.!?]{2,40}: ?@", 20),
    _rule(
        "reaction_widget",
        r"^(?:what(?:'s| is| are)|how (?:do|did|does)) (?:your|you|this|it)\b.{0,20}\b(?:reactions?|feel|make you)\b.{0,30}\?",
        10,
    ),
    _rule("reaction_widget", r"^(?:rate|vote on|was) this (?:article|story|post|page|content)\b", 10),
    _rule(
        "reaction_widget",
        r"^#? ?\d+ (?:likes?|views?|votes?|shares?|points?|reactions?|people (?:like|reacted))\b",
        6,
        True,
    ),
    _rule("reaction_widget", r"^(?:thank you|thanks) for your (?:feedback|rating|vote|response|reaction)\b", 8),
    _rule(
        "comment_widget", r"^(?:leave|post|add|write|submit) (?:a|an|your) (?:public )?(?:comment|reply|response)\b", 10
    ),
    _rule(
        "comment_widget", r"^(?:view|see|read|show|load|hide|expand) (?:all |more |the |\d+ )*(?:comments|replies)\b", 8
    ),
    _rule("comment_widget", r"^(?:comments?|replies) ?(?:\(\d+\)|\d+|:)", 5, True),
    _rule("comment_widget", r"^(?:join|start) the (?:conversation|discussion|debate)\b", 12),
    _rule(
        "comment_widget",
        r"^(?:the )?comments?(?: sections?)? (?:are|is|on this [a-z]+ are) (?:now )?(?:closed|moderated|off|disabled|turned off)\b",
        25,
    ),
    _rule(
        "comment_widget",
        r"^(?:we|the editors) (?:welcome|encourage|appreciate|invite|love|moderate|review)\b.{0,60}\b(?:comments?|discussions?|feedback|dialogue)\b",
        70,
    ),
    _rule(
        "comment_widget", r"^your email address will not be published|^required fields are marked|^save my name\b", 30
    ),
    _rule(
        "comment_widget",
        r"^(?:you must be|please) (?:logged in|log in|sign in|register)\b.{0,20}\b(?:to|comment|post)\b",
        20,
    ),
    _rule("comment_widget", r"^(?:log|sign) in to (?:comment|reply|leave|post)\b", 12),
    _rule("comment_widget", r"^(?:have|got) (?:something to say|a (?:tip|story|comment|question|news tip))\b", 30),
    _rule(
        "comment_widget",
        r"^(?:submit|send|share) (?:us )?your (?:\w+ )?(?:tips?|comments?|feedback|questions?|photos?|letters?)\b",
        25,
    ),
    _rule(
        "plea",
        r"^if (?:this|our|the) (?:\w+ ){1,3}(?:was|is|has been|were|helped|helps|matters|means)\b.{0,80}\b(?:please|consider|support us|supporter|donat\w*|contribut\w*|subscrib\w*)\b|^if you (?:enjoyed|liked?|enjoy|valued?|found|appreciate|believe|can|are able|want)\b.{0,100}\b(?:support|donat\w*|contribut\w*|subscrib\w*|(?:consider|please) (?:join|shar|becom|giv|help)\w*|sign up)\b",
        60,
    ),
    _rule(
        "plea",
        r"^(?:please |now |will you )?(?:support|donate to|contribute to|help|help fund|fund) (?:us\b|(?:our|independent|local|quality|public|free|fact-based|nonprofit|the \w+) (?:\w+ )?(?:journalism|reporting|newsroom|work|mission|site|website|paper|news|coverage|media)\b)",
        50,
    ),
    _rule("plea", r"^(?:please )?(?:donate|chip in|give) (?:now|today|here|what you can|\W?\d)", 30),
    _rule(
        "plea", r"^please (?:consider|support|donate|join us|help us|become|subscribe|share|sign up|like|follow)\b", 40
    ),
    _rule(
        "plea",
        r"^(?:become|be) (?:a|an|our) (?:\w+ )?(?:member|supporter|patron|subscriber|donor|sponsor|sustainer)\b",
        40,
    ),
    _rule("plea", r"^make (?:a|your) (?:\w+[ -]){0,2}(?:donation|contribution|gift|pledge)\b", 40),
    _rule(
        "plea",
        r"^(?:your|every) (?:\w+ )?(?:support|donation|contribution|gift|subscription)s? (?:helps?|makes?|keeps?|funds?|allows?|enables?|matters|means|will)\b",
        50,
    ),
    _rule(
        "plea",
        r"^(?:thank you|thanks) for (?:reading|visiting|subscribing|supporting us|your support|being a (?:reader|subscriber|member))\b",
        40,
    ),
    _rule(
        "plea",
        r"^(?:we|our (?:\w+ )?(?:work|journalism|newsroom|reporting|site|team)) (?:rely|relies|depend|depends|is made possible|is funded|is supported|are funded|are supported|count|counts)\b",
        70,
    ),
    # What an outlet says of its own text. "This article was amended in 1998" may speak of a law, "this report" of anybody's.
    _rule(
        "credit",
        r"^an? (?:earlier|previous|original|prior) version of this (?:article|story|report|post|piece|headline)\b",
        70,
    ),
    _rule(
        "credit",
        r"^this (?:(?:news )?(?:article|story|post|piece|page|headline)(?:'s headline)? (?:was|has been|is being|will be) (?:\w+ly )?(?:amended|updated|corrected|edited|changed|revised|clarified)(?: (?:on|to|with|at|after|since|throughout|because|as|\d)\b|[.;:]?$)"
        r"|report (?:was|has been) (?:\w+ly )?(?:amended|updated|corrected|clarified) (?:on [^.]{3,30} )?to\b"
        r"|is a (?:breaking|developing) (?:news )?story\b)",
        60,
    ),
    _rule(
        "credit",
        r"^(?:corrections?|clarifications?|editor(?:'s|s'|s)? note|note to readers)(?: \([^()]{2,40}\))? ?[:-] ?.{0,120}\b(?:this|an?|our|previous|earlier|original) (?:\w+ )?(?:article|story|report|post|piece|headline|version|column)\b",
        70,
    ),
    _rule(
        "plea",
        r"^disclaimer ?[:-]|^(?:the )?(?:views|opinions)(?: and (?:views|opinions))? expressed (?:here|in this|by the author|above|are)\b"
        r"|^this (?:article|post|story|material|content) (?:is|was) (?:provided |written )?for (?:general )?(?:information|informational|educational|entertainment)(?: purposes)? only\b",
        60,
    ),
    _rule(
        "plea",
        r"^our (?:\w+ )?(?:journalism|reporting|news|newsroom|coverage|work) is (?:free|independent|made possible|only possible|possible|kept|funded|supported)\b.{0,60}\b(?:you|your|readers?|members?|subscribers?|donations?)\b",
        50,
    ),
    _rule(
        "plea",
        r"^(?:do you (?:have|know)|have you (?:been|seen|got|experienced)|are you affected|if you (?:have|know|were|are))\b.{0,120}\b(?:contact (?:us|our)|get in touch|let us know|write to us|(?:e-?mail|whatsapp|call|message|tell) (?:us\b|our\b|\S+@))",
        50,
    ),
    _rule(
        "subscription",
        r"^you (?:have|'ve) (?:\w+ ){0,3}(?:free )?(?:articles?|stories|views) (?:left|remaining)\b"
        r"|^you(?:'ve| have) (?:reached|read|used|viewed)\b.{0,40}\b(?:(?:article|free|monthly|reading) limit|free (?:articles?|stories))\b",
        25,
    ),
    _rule(
        "subscription",
        rf"^(?:please )?(?:subscribe|sign up|signup|register|get|download|receive|unlock|join) (?:\S+ ){{0,8}}(?:{_LETTER})\b",
        40,
    ),
    _rule("subscription", r"^(?:please )?subscribe (?:to|for|on|today|now)\b", 25, True),
    _rule(
        "subscription",
        r"^(?:please )?subscribe (?:to|for|on)\b.{0,80}\b(?:our|us|youtube|channel|newsletter|podcast|feed|comments)\b",
        40,
    ),
    _rule(
        "subscription",
        r"^(?:already|not (?:yet )?)(?: a)? (?:subscriber|member|registered|subscribed|have an account)\b",
        25,
    ),
    _rule(
        "subscription",
        r"^(?:want|looking for|need) (?:more|stories|the latest|to read|to stay|to see)\b.{0,60}\b(?:delivered|sign up|subscribe|download|click|inbox|newsletter|like (?:this|these))\b",
        40,
    ),
    _rule(
        "subscription",
        r"^(?:never miss|don't miss|stay (?:informed|up to date|up-to-date|connected|tuned|in the loop|ahead))\b",
        25,
    ),
    _rule("subscription", r"^(?:enter|provide|type) your (?:e-?mail|name)\b", 20),
    _rule(
        "subscription",
        r"^this (?:article|content|story|page|post) is (?:only |exclusively )?(?:available |reserved |free )?(?:to|for|only)\b.{0,30}\b(?:subscribers|members|users|readers)\b",
        30,
    ),
    _rule(
        "subscription",
        r"^for (?:more|the latest|all the latest|the full)\b.{0,80}\b(?:pick up|subscribe|visit our|follow us|sign up|download|click here|check out|tune in)\b",
        40,
    ),
    _rule(
        "subscription",
        r"^(?:watch|listen to|tune in(?:to)?|catch)\b.{2,60}\b(?:weeknights|weekdays|(?:mon|tues|wednes|thurs|fri|satur|sun)days)\b.{0,30}\b(?:at|on)\b",
        25,
    ),
    _rule(
        "related",
        r"^(?:related(?: \w+){0,2}|read(?: more| also| next)?|see also|also (?:see|read|watch|on \w+)|more(?: on this| from \w+(?: \w+)?| stories| news)?|also|further reading|recommended|most read|up next|don't miss|in case you missed it|icymi|photos|pictures|video|videos|watch|listen|(?:photo |image )?gallery|slideshow|archives?|raw (?:video|interview)|(?:facebook )?live|exclusive video|updates on this story|previously|previous coverage|background reading|must read|must-read|trending|in pictures|in photos|full coverage|interactive|quiz) ?: ?\S",
        30,
    ),
    _rule(
        "related",
        r"^(?:read more|read also|see also|also read|see more|watch more|learn more|find out more|more (?:on|about|from|stories|news|coverage))\b",
        14,
        True,
    ),
    _rule(
        "related",
        r"^(?:related|recommended|most read|most popular|trending|top stories|latest (?:news|stories)|you (?:may|might) (?:also )?(?:like|enjoy|be interested in)|more (?:from|stories|in|on)|what to (?:read|watch|know) next)\b",
        8,
        True,
    ),
    _rule("related", r"^▶|^►|^>>|^»|^→|^➡", 25, True),
    _rule(
        "caption",
        r"^\W{0,3}(?:file |stock |handout |ap |reuters |afp |courtesy )?(?:photo|photograph|photos|image|images|picture|illustration|graphic|screenshot|screengrab|pic|photography)(?: (?:credits?|courtesy(?: of)?)\b| ?[:/|(©]| - )",
        40,
    ),
    _rule(
        "caption",
        r"^\W{0,3}(?:photos?|photographs?|images?|pictures?|illustration|graphic|photography) (?:by|source|via|from|caption|illustration)\b",
        30,
        True,
    ),
    _rule(
        "caption",
        r"^(?:file|pictured|caption|above|below|photo illustration|image source|picture source|image caption|media caption|credit|credits) ?(?:photo )?[-:]",
        45,
    ),
    _rule("caption", r"^(?:image|media|picture) (?:copyright|caption|source)\b", 60, True),
    _rule("navigation", r"^(?:hide|show) (?:transcript|full transcript|details|captions?)\b", 8, True),
    _rule(
        "related",
        r"^related (?:headlines|articles|stories|content|coverage|news|links|topics|posts|videos)\b",
        30,
        True,
    ),
    _rule(
        "caption",
        r"^in this (?:[\w.,']+ ){0,5}(?:file |handout |courtroom |aerial |combination )?(?:photo|photograph|image|picture|screenshot|sketch|frame grab|video grab)\b",
        60,
    ),
    _rule("caption", r"^(?:enlarge|expand|view|click to enlarge) (?:this |the )?(?:image|photo|picture)\b", 25, True),
    _rule(
        "caption",
        r"^(?:foto|fotos|bild|bilder|symbolbild|archivbild|crédit(?: photo)?|crédits(?: photo)?|photo d'archives|imagen|fotografía|foto de archivo) ?[:/|©]",
        30,
    ),
    _rule("caption", r"^[(（【\[]?(?:写真|画像|撮影|提供|資料写真|写真提供|イメージ) ?[:：=＝/／]", 40),
    _rule("caption", r"^(?:صورة|تصوير|الصورة|المصدر) ?[:：]", 30),
    _rule(
        "credit",
        r"^\(?(?:additional |with )?(?:reporting|written|edited|editing|compiled|translated|translation|words|writing|story|text|report|video|produced) (?:and \w+ )?by\b",
        45,
        True,
    ),
    _rule("credit", r"^\(?(?:reporting|writing|editing)\b.{0,80}\b(?:editing|reporting|writing) by\b", 50),
    _rule(
        "credit",
        rf"^(?:first |last |originally )?(?:published|updated|posted|modified|created|last modified)(?: on| at| by)? ?:? ?(?:\d|{MONTHS}|(?:mon|tues|wednes|thurs|fri|satur|sun)day|an? |\d+ )",
        16,
        True,
    ),
    _rule(
        "credit",
        rf"^(?:(?:mon|tues|wednes|thurs|fri|satur|sun)(?:day)?,? )?(?:{MONTHS})\.? \d{{1,2}},? \d{{4}}\b",
        9,
        True,
    ),
    _rule(
        "credit",
        rf"^(?:(?:mon|tues|wednes|thurs|fri|satur|sun)(?:day)?,? )?\d{{1,2}}\.? (?:{MONTHS})\.?,? \d{{4}}\b",
        9,
        True,
    ),
    # A day and nothing else, perhaps with a time: "Sunday 8 June, 23:05". With more words behind it, it opens a sentence.
    _rule(
        "credit",
        rf"^(?:(?:mon|tues|wednes|thurs|fri|satur|sun)(?:day)?,? )?(?:\d{{1,2}}\.? (?:{MONTHS})\.?|(?:{MONTHS})\.? \d{{1,2}})"
        r"(?:,? (?:at )?\d{1,2}[:.]\d\d(?: ?[ap]\.?m\.?)?(?: [a-z]{2,5})?)?$",
        9,
        True,
    ),
    _rule("credit", r"^(?:\d{4}年)?\d{1,2}月\d{1,2}日", 10, True),
    _rule("credit", r"^\d{4}-\d{2}-\d{2}\b|^\d{1,2}[./]\d{1,2}[./]\d{2,4}\b", 8, True),
    _rule(
        "credit",
        r"^\d+ ?(?:min|mins|minute|minutes)\.? (?:read|ago)\b|^\d+ (?:second|hour|day|week|month|year)s? ago\b",
        8,
        True,
    ),
    _rule(
        "credit",
        r"^(?:contact|email|e-mail|reach|call) (?:the )?(?:reporter|author|writer|editor|[\w.]+ [\w.]+ at)\b.{0,80}(?:@|\d)",
        30,
    ),
    _rule(
        "credit",
        r"^(?:information from|sources?|via|originally published (?:in|on|by)|quellen?|fuentes?|avec|source photo) ?:",
        14,
        True,
    ),
    _rule(
        "credit",
        r"^this (?:article|story|post|report|piece) (?:was |has been |is )?(?:first |originally |also )*(?:published|appeared|republished|written|produced|generated)\b",
        40,
    ),
    _rule("credit", r"^\[?h/t\b|^twitter ?: ?@|^(?:e-?mail|instagram|facebook|twitter) ?: ?\S+$", 10),
    _rule(
        "credit",
        r"^(?:von|par|por|de la rédaction|文[:：]|文＝|記者[:：]|取材[:：]|كتب[:：]|بقلم)\s?\S+(?: \S+){0,4}$",
        6,
        True,
    ),
    _rule("copyright", r"^(?:©|\(+c\)|℗|copyright(?: ?©| ?\(c\)| ?:| \d{4}| by\b| the \w+ \w+$|$))", 40),
    _rule(
        "copyright",
        r"^(?:this|the) (?:material|content|article|story|report|document)\b.{0,40}\b(?:may not|must not|cannot) be (?:published|reproduced|republished|broadcast|rewritten|redistributed|copied)\b",
        60,
    ),
    _rule(
        "subscription",
        r"^(?:.{0,30}(?:メルマガ|会員登録|ニュースレター).{0,30}(?:ください|お願い|こちら|登録|無料))",
        60,
    ),
    _rule("subscription", r"^(?:この記事は(?:有料)?会員|この記事は有料|ここから先は(?:有料|会員))", 60),
    _rule("plea", r"^.{0,30}(?:ご支援|ご寄付|寄付)を?(?:お願い|募集)", 60),
    _rule("share_widget", r"^この記事(?:を|は|が)(?:シェア|気に入っ|ツイート|面白)", 30),
    _rule(
        "related",
        r"^[【\[［〈<(（■◆▼●・]?(?:関連記事|関連ニュース|関連リンク|あわせて読みたい|合わせて読みたい|おすすめ記事)(?:[】\]］〉>)）:：■]|\s|$)",
        60,
    ),
    _rule(
        "comment_widget",
        r"^(?:コメント(?:する|を(?:書く|投稿|残す|見る))|コメント(?:は|には).{0,20}(?:ログイン|承認))",
        30,
    ),
    _rule("related", r"^(?:اقرأ|اقرا|إقرأ|شاهد|طالع) (?:أيضا|أيضاً|ايضا|المزيد)", 30),
    _rule("subscription", r"^(?:اشترك|اشتركوا|سجل) (?:في|الآن|معنا|ب)", 30),
    _rule("share_widget", r"^(?:تابعنا|تابعونا|شارك هذا|شارك المقال|شارك الخبر)(?: على| في| عبر| مع|$)", 20),
    _rule(
        "related",
        r"^(?:lesen sie (?:auch|hier|mehr)|mehr (?:zum thema|dazu|lesen)|auch interessant|à lire(?: aussi)?|lire aussi|(?:à )?voir aussi|(?:lee|lea|leer) (?:también|más)|te puede interesar|más información) ?[:：]?",
        30,
        True,
    ),
    _rule(
        "related",
        r"^(?:lesen sie auch|mehr zum thema|à lire aussi|lire aussi|voir aussi|lee también|lea también|te puede interesar) ?[:：]",
        40,
    ),
    _rule("subscription", r"^(?:jetzt |unseren |den |notre |la |nuestro |el )?(?:newsletter|boletín)\b", 8, True),
    _rule(
        "subscription",
        r"^(?:abonnieren sie|melden sie sich|jetzt (?:abonnieren|anmelden)|abonnez-vous|inscrivez-vous|recevez|suscríbete|suscríbase|regístrate|recibe|apúntate)\b",
        30,
    ),
    _rule(
        "plea",
        r"^(?:unterstützen sie|spenden sie|mit ihrer spende|soutenez|faites un don|apoya|apoye|haz(?:te)? (?:una donación|socio))\b.{0,60}\b(?:uns|unsere[nr]?|unabhängigen|journalismus|nous|notre|journalisme|presse|nuestro|nuestra|periodismo|socio)\b",
        40,
    ),
    _rule("share_widget", r"^(?:folgen sie uns|suivez-nous|síguenos|síganos)\b", 20),
    _rule(
        "comment_widget",
        r"^(?:schreiben sie|hinterlassen sie|laissez|deja|escribe) (?:einen|ihren|un|votre|tu) (?:kommentar|commentaire|comentario)\b",
        12,
    ),
    _rule(
        "consent",
        r"^(?:wir (?:verwenden|nutzen|benutzen) cookies|diese (?:web)?seite (?:verwendet|nutzt) cookies|nous utilisons des cookies|ce site utilise des cookies|utilizamos cookies|este sitio (?:web )?utiliza cookies)\b",
        70,
    ),
    _rule(
        "copyright",
        r"^(?:alle rechte vorbehalten|tous droits réservés|todos los derechos reservados|جميع الحقوق محفوظة|無断転載|転載禁止)",
        40,
    ),
)

ANYWHERE: tuple[Rule, ...] = (
    _rule(
        "comment_widget",
        r"\b(?:our|please|see|read|refer to|follow)\b.{0,60}\bcomment(?:s|ing)? (?:\w+ )?(?:policy|guidelines|rules)\b|\bcomments? section below\b|\bin the comments? below\b",
        60,
    ),
    _rule(
        "subscription",
        r"\b(?:delivered|straight|directly|right|sent|in|to) (?:\w+ )?to your (?:inbox|phone|e-?mail)\b|\bin your inbox\b|\b(?:sign up|subscribe) (?:for|to) our\b",
        60,
    ),
    _rule(
        "copyright",
        r"\ball rights reserved\b|\b(?:may|must) not be (?:published|reproduced|republished), ?(?:broadcast|rewritten|redistributed|copied)\b|無断転載|alle rechte vorbehalten|tous droits réservés|todos los derechos reservados|جميع الحقوق محفوظة",
        60,
    ),
    _rule("credit", r"\bcontributed to this (?:report|story|article|post|piece)\b", 45),
    _rule("credit", r"\((?:reporting|additional reporting|writing) by [^()]{2,200}\)$", 45),
    _rule(
        "caption",
        r"[(\[](?:photo|image|picture|pictured|credit|file photo|photos|photo credit|image credit|ap photo|getty)\b ?[:/ ][^()\[\]]{0,120}[)\]]$",
        60,
    ),
    _rule("caption", rf"[(\[][^()\[\]]{{0,80}}[/|] ?(?:{AGENCIES})(?: photo| images)?[)\]]$", 60),
    _rule("caption", rf"(?:[/|] ?| via )(?:{AGENCIES})(?: images)?(?:[ ,]+file)?$", 40, True),
    _rule(
        "caption",
        r"\bphoto(?:graph)? by\b|\bphoto courtesy\b|\bimage (?:by|courtesy|credit)\b|\bphoto credit\b|\bap photo/",
        25,
        True,
    ),
    _rule("caption", r"\b(?:toggle|hide) caption\b", 40),
    _rule("related", r"\b(?:read more|continue reading|see more|read full story)(?: ?[.…»›>→]{1,3})?$", 25, True),
    _rule("share_widget", r"^- [^@]{2,60}\(@\w{1,30}\)", 20),
)


# All openings at once: the test that nearly every paragraph fails, in one step instead of a hundred.
MAY_OPEN = re.compile("|".join(f"(?:{rule.pattern.pattern})" for rule in OPENINGS))
