"""Lists of words: whole lines that are part of a page and not of a story, in six languages. Data only.

Keys are reasons. A line is compared after folding: small letters, straight apostrophes, digits as `#`, no marks at the ends.
"""

from __future__ import annotations

_PHRASES: dict[str, str] = {
    "navigation": """
        skip to content|skip to main content|skip to main|skip navigation|skip to navigation|skip to search|skip to footer
        jump to content|jump to main content|jump to navigation|back to top|top of page|menu|main menu|open menu|close menu|home page
        toggle navigation|toggle menu|search|search this site|search for|open search|close search|home|homepage|sitemap|site map
        contact us|about us|contact|about|help|faq|faqs|careers|privacy|privacy policy|terms|terms of use|terms of service
        cookie policy|accessibility|advertise|advertise with us|rss|rss feed|next|previous|prev|next page|previous page
        next article|previous article|next post|previous post|next story|previous story|back|close|more|show more|show less
        load more|view more|see more|see all|view all|view gallery|play slideshow|play video|loading|loading video|please wait
        continue reading|read full story|read the full story|read the full article|full story|article excerpt|click to expand
        page # of #|# of #|text size|font size|larger text|smaller text|print edition|e-paper|epaper|choose a format|select a format
        pick a format|choose language|select language|choose your language|select your region|edition|sections|topics|tags|tagged
        categories|category|filed under|article|listen to this article|listen|listen now|watch live|live|breaking news|sponsored content
        enlarge this image|enlarge image|expand image|toggle caption|hide caption|view image|view fullscreen|full screen|fullscreen
        click here|tap here|table of contents|contents|on this page|in this article|jump to|report an error|report a typo|report this ad
        suggest a correction|submit a correction|find your forecast|search for a location|video player|article continues below
        トップ|トップページ|ホーム|メニュー|検索|ニュース一覧|一覧|一覧へ|続きを読む|次の記事|前の記事|次へ|前へ|次のページ|前のページ|ページの先頭へ
        サイトマップ|お問い合わせ|プライバシーポリシー|利用規約|本文へスキップ|本文へ|ページトップへ|記事一覧|タグ|カテゴリ|全文を読む|もっと見る
        القائمة|بحث|ابحث|الرئيسية|الصفحة الرئيسية|اتصل بنا|من نحن|سياسة الخصوصية|شروط الاستخدام|التالي|السابق|تخطي إلى المحتوى
        انتقل إلى المحتوى|المزيد|اقرأ المزيد|عرض المزيد|خريطة الموقع
        menü|suche|startseite|zum inhalt springen|zum hauptinhalt springen|zur navigation springen|impressum|datenschutz|kontakt
        weiterlesen|nach oben|zurück|weiter|nächster artikel|vorheriger artikel|themen|schlagworte|agb|artikel anhören|mehr
        rechercher|recherche|accueil|aller au contenu|aller au contenu principal|mentions légales|nous contacter|lire la suite
        retour|suivant|précédent|haut de page|article suivant|article précédent|plan du site|politique de confidentialité
        menú|buscar|inicio|saltar al contenido|ir al contenido|aviso legal|política de privacidad|contacto|siguiente|anterior
        leer más|seguir leyendo|volver arriba|ver más|mapa del sitio
    """,
    "advertisement": """
        advertisement|advertisements|advertising|ad|ads|sponsored|sponsored by|paid post|promoted|promoted content|paid content
        story continues below advertisement|article continues below advertisement|continue reading below|scroll to continue
        advertisement - scroll to continue|story continues|remove ads|partner content|from our partners|around the web|paid for by
        広告|スポンサーリンク|スポンサー|スポンサードリンク|pr|提供
        إعلان|إعلانات|اعلان|محتوى برعاية|إعلان ممول
        anzeige|anzeigen|werbung|gesponsert|publicité|publicités|contenu sponsorisé|annonce|publicidad|anuncio|patrocinado
        contenido patrocinado
    """,
    "consent": """
        accept|accept all|accept cookies|accept all cookies|reject all|manage cookies|cookie settings|manage preferences|i agree|agree
        got it|cookie preferences|do not sell my personal information|do not sell or share my personal information
        同意する|すべて許可|أوافق|قبول الكل|akzeptieren|alle akzeptieren|zustimmen|tout accepter|accepter|j'accepte|aceptar|aceptar todo
    """,
    "share_widget": """
        share|share this|share this article|share this story|share this post|share this page|share on|share via|share with your friends
        share with friends|like it? share with your friends|share options|share article|share story|shares|# shares|share full article
        spread the word|spread the love|send to a friend|email this|email this article|tweet this|copy link|copy link copy|link copied
        copy url|copied|save|save article|save this article|save for later|saved|bookmark|print|print this|print this article|gift article
        gift this article|follow|follow us|follow us on|follow us on social media|follow|follow this author|alertme|whatsapp|alert me
        シェア|シェアする|ツイート|ツイートする|この記事をシェア|この記事をシェアする|ポスト|ポストする|フォロー|フォローする|印刷|印刷する|保存|リンクをコピー
        はてなブックマーク|はてブ|lineで送る|メールで送る|facebookでシェア|xでポスト|クリップ
        شارك|مشاركة|شارك المقال|شارك الخبر|شارك هذا المقال|شاركها|انشر|تغريد|طباعة|حفظ|نسخ الرابط|انسخ الرابط|تابعنا|تابعونا
        teilen|artikel teilen|drucken|merken|link kopieren|auf facebook teilen|folgen|per e-mail teilen|weitersagen
        partager|partager l'article|partager cet article|imprimer|enregistrer|copier le lien|suivez-nous|envoyer par e-mail|envoyer
        compartir|comparte|compartir en facebook|compartir este artículo|imprimir|guardar|copiar enlace|síguenos|enviar por correo
    """,
    "reaction_widget": """
        what's your reaction|what is your reaction|how do you feel about this|how did this make you feel|how does this make you feel
        rate this article|rate this story|rate this|rate this post|was this article helpful|was this helpful|was this page helpful
        did you like this article|did you find this helpful|vote|vote now|cast your vote|upvote|downvote|like|dislike|likes|# likes|# views
        # votes|# points|# reactions|like this|like this post|be the first to like this|helpful|not helpful|thumbs up|thumbs down
        いいね|いいね！|参考になった|役に立った|この記事は役に立ちましたか|評価する|拍手
        أعجبني|ما رأيك|ما رد فعلك|قيم هذا المقال|هل كان هذا مفيدا
        gefällt mir|war dieser artikel hilfreich|artikel bewerten|j'aime|cet article vous a-t-il été utile|notez cet article
        me gusta|te ha resultado útil|valora este artículo|cuál es tu reacción
    """,
    "comment_widget": """
        comment|comments|# comment|# comments|no comments|no comments yet|# replies|# reply|reply|replies|add comment|show comments
        hide comments|view comments|read comments|see comments|view all comments|read all comments|view all # comments|all comments
        most voted|newest|oldest|newest first|oldest first|sort by|subscribe to comments|notify of|inline feedbacks|inline feedback
        guest|report comment|report|flag|conversation|join the conversation|join the discussion|start the conversation
        start the discussion|be the first to comment|have your say|what do you think|sound off|tell us what you think|discussion
        leave a comment|leave a reply|leave comment|leave your comment|leave a response|post a comment|post comment|write a comment
        submit comment|cancel reply|name|email|website|your name|your email|your comment|comments are closed|comments are off
        コメント|コメントする|コメントを書く|コメントを投稿|コメントを投稿する|コメントを見る|コメント一覧|コメントを残す|返信|返信する|コメントはまだありません
        コメント #件|コメント(#)|コメント（#）|#件のコメント
        تعليق|تعليقات|التعليقات|اترك تعليقا|أضف تعليقا|اكتب تعليقا|أضف تعليق|اترك تعليق|لا توجد تعليقات|شارك برأيك|# تعليقات|رد
        kommentar|kommentare|# kommentare|kommentar schreiben|kommentar verfassen|kommentieren|kommentar hinterlassen|alle kommentare
        alle kommentare anzeigen|schreiben sie einen kommentar|diskutieren sie mit|antworten|mitdiskutieren
        commentaire|commentaires|# commentaires|laisser un commentaire|laissez un commentaire|commenter|ajouter un commentaire|réagir
        voir les commentaires|voir tous les commentaires|réagissez|répondre
        comentario|comentarios|# comentarios|deja un comentario|dejar un comentario|deja tu comentario|escribe un comentario|comentar
        ver comentarios|ver todos los comentarios|añadir comentario|responder
    """,
    "subscription": """
        subscribe|subscribe now|subscribe today|sign up|sign up now|sign in|log in|login|log out|logout|register|register now|my account
        create account|create an account|create a free account|join now|start free trial|newsletter|newsletters|get the app
        get our app|download the app|download our app|become a subscriber|already a subscriber|already a member|forgot password
        forgot your password|stay connected|stay informed|stay up to date|get notified|enable notifications|turn on notifications
        email address|enter your email|your email address|manage subscription|subscriber only|subscribers only|for subscribers
        ログイン|会員登録|無料会員登録|新規登録|有料会員限定|会員限定|購読する|購読|メルマガ登録|メールマガジン|ニュースレター|アプリをダウンロード|通知を受け取る
        تسجيل الدخول|اشترك|اشترك الآن|سجل الآن|إنشاء حساب|النشرة البريدية|النشرة الإخبارية|اشترك في النشرة البريدية|اشترك في نشرتنا
        اشترك في النشرة الإخبارية|حمل التطبيق
        anmelden|abmelden|registrieren|jetzt anmelden|jetzt abonnieren|abonnieren|abo|newsletter abonnieren|jetzt registrieren|mein konto
        zum newsletter anmelden|nur für abonnenten
        s'abonner|abonnez-vous|je m'abonne|se connecter|connexion|s'inscrire|inscrivez-vous|créer un compte|réservé aux abonnés
        déjà abonné|mon compte|inscription à la newsletter
        suscríbete|suscribirse|suscríbase|iniciar sesión|regístrate|registrarse|boletín|boletines|crear cuenta|mi cuenta
        solo para suscriptores|inicia sesión
    """,
    "plea": """
        donate|donate now|donate today|donate here|make a donation|support us|support our work|support our journalism|support the site
        support local journalism|support independent journalism|contribute|contribute now|buy us a coffee|buy me a coffee
        become a member|become a supporter|become a patron|join us|help us|chip in|give now|support us today
        寄付する|寄付|支援する|サポートする|ご支援をお願いします|応援する
        تبرع|تبرع الآن|ادعمنا|jetzt spenden|spenden|unterstützen sie uns|jetzt unterstützen|faire un don|soutenez-nous|donner
        dona|dona ahora|apóyanos|hazte socio|haz una donación
    """,
    "related": """
        related|related articles|related stories|related content|related posts|related topics|related news|related links|related coverage
        related gallery|related video|related videos|related headlines|related story|related article|read more|read next|read also
        also read|see also|also see|also|more|more like this|more stories|more news|more from this section|more on this story
        more on this topic|more on this|more to read|more to explore|most read|most popular|most viewed|most shared|trending
        trending now|trending stories|popular|popular posts|popular now|top stories|latest news|latest stories|latest|latest articles
        editors' picks|editor's picks|editor's choice|recommended|recommended for you|recommended stories|recommended reading
        you may also like|you might also like|you may like|you might like|you may also be interested in|further reading|up next|don't miss
        in case you missed it|icymi|what to read next|what to watch next|keep reading|explore more|in other news|photos|videos|gallery
        photo gallery|updates on this story|follow this story|also in the news|more headlines|other stories|from the archives|from the archive
        関連記事|関連ニュース|関連リンク|あわせて読みたい|合わせて読みたい|おすすめ|おすすめ記事|おすすめの記事|人気記事|ランキング|アクセスランキング|最新記事
        最新ニュース|こちらもおすすめ|関連|関連トピック|関連キーワード|よく読まれている記事|新着記事|話題の記事|この記事に関するニュース
        اقرأ أيضا|اقرا أيضا|إقرأ أيضا|مواضيع ذات صلة|أخبار ذات صلة|مقالات ذات صلة|ذات صلة|الأكثر قراءة|قد يعجبك أيضا|شاهد أيضا|آخر الأخبار
        الأكثر مشاهدة|اخترنا لك|قد يهمك أيضا|موضوعات ذات صلة
        lesen sie auch|mehr zum thema|mehr zu diesem thema|das könnte sie auch interessieren|auch interessant|weitere artikel
        meistgelesen|passend dazu|verwandte artikel|verwandte themen|empfohlen|weitere themen|mehr lesen
        lire aussi|à lire aussi|voir aussi|à voir aussi|articles liés|sur le même sujet|les plus lus|à découvrir|dans la même rubrique
        vous aimerez aussi|articles similaires|à ne pas manquer|pour aller plus loin
        lee también|lea también|leer también|te puede interesar|le puede interesar|noticias relacionadas|artículos relacionados
        lo más leído|más noticias|más información|también te puede interesar|ver también|contenido relacionado|relacionado|relacionadas
    """,
    "caption": """
        photo|photograph|image|picture|file photo|file image|stock image|stock photo|representational image|representative image
        getty images|ap photo|ap|afp|reuters|epa|shutterstock|bloomberg via getty images|courtesy photo|handout|photo credit|image credit
        写真|画像|資料写真|撮影|イメージ|写真はイメージ|写真はイメージです|صورة|صورة أرشيفية|أرشيفية|foto|symbolbild|symbolfoto|archivbild|bild|archivfoto
        image d'illustration|photo d'illustration|photo d'archives|foto de archivo|imagen de archivo|fotografía
    """,
    "credit": """
        staff writer|staff reporter|staff report|staff reports|associated press|the associated press|reuters staff|by staff|our correspondent
        updated|published|last updated|posted|# min read|# minute read|# mins read|# minutes read|# hours ago|# days ago|# minutes ago
        # hour ago|# day ago|# years ago|# year ago|# months ago|# weeks ago|read time|reading time|just now|today|yesterday
        # min. read|published on|updated on|follow the author|about the author|author|authors|view profile|more from this author
    """,
}

PHRASES: dict[str, str] = {
    phrase: reason
    for reason, block in _PHRASES.items()
    for line in block.splitlines()
    for phrase in (part.strip() for part in line.split("|"))
    if phrase
}

# Lines made of these words alone, at least two of them, are a bar of buttons ("share tweet pin email").
SHARE_WORDS: frozenset[str] = frozenset(
    """share tweet pin email e-mail mail facebook twitter x whatsapp linkedin reddit telegram pinterest instagram youtube tiktok
    bluesky threads mastodon tumblr pocket flipboard messenger sms line viber wechat weibo vk copy link print save bookmark
    comment comments comentar via on sur en auf bei this article story post by to and with the a facebookでシェア xでシェア teilen drucken partager
    imprimer compartir imprimir follow us icon button mewe gab truth parler google plus stumbleupon digg buffer snapchat copied url
    مشاركة فيسبوك تويتر واتساب تيليجرام シェア ツイート 保存 印刷 共有 ポスト コピー リンク""".split()
)
SHARE_CORE: frozenset[str] = frozenset(
    """share tweet pin email e-mail facebook twitter whatsapp linkedin reddit telegram pinterest instagram youtube tiktok bluesky threads
    mastodon tumblr pocket flipboard messenger print teilen drucken partager imprimer compartir imprimir مشاركة فيسبوك تويتر واتساب
    シェア ツイート""".split()
)

# Lines made of these words alone, at least two of them, are a bar of sections ("Home News World Sport").
SECTION_WORDS: frozenset[str] = frozenset(
    """home news world us u.s uk politics business economy tech technology science health sport sports culture arts entertainment
    lifestyle life style opinion opinions travel weather video videos podcasts podcast photos local national international money
    markets food fashion education environment climate magazine games crossword obituaries jobs classifieds shop store subscribe
    newsletters live tv radio search menu login about contact more sections all latest popular trending and & europe asia africa
    middle east americas australia india china canada features investigations real estate cars autos books movies film music celebrity
    startseite politik wirtschaft sport kultur wissen reise panorama meinung gesellschaft digital accueil politique économie monde
    société opinions portada política economía deportes cultura mundo sociedad opinión internacional nacional españa
    ニュース 政治 経済 社会 国際 スポーツ 文化 エンタメ 科学 生活 地域 天気 الرئيسية سياسة اقتصاد رياضة ثقافة عالم العالم""".split()
)

# Words that an outlet uses when it speaks of itself and its readers; with "we", "our" or "you" they make a plea.
OUTLET_WORDS: frozenset[str] = frozenset(
    """journalism journalists news newsroom newsletter newsletters reader readers readership subscriber subscribers subscription member
    members membership donate donation donations donors contribute contribution contributions support supporting supporters nonprofit
    non-profit reporting coverage article articles story stories website site page comment comments commenting community guidelines
    policy moderation moderators moderated advertising advertisers ads ad-free inbox email app podcast editors editorial feedback
    dialogue discussion conversation platform independent fact-based non-partisan nonpartisan unbiased paywall""".split()
)
SELF_WORDS: frozenset[str] = frozenset("we we're we've us our ours you your yours".split())

AGENCIES = (
    "ap|afp|reuters|epa|epa-efe|efe|dpa|tass|xinhua|anadolu|pa|pa media|pa wire|upi|ansa|ritzau|bloomberg|shutterstock|getty|"
    "getty images|istock|istockphoto|alamy|zuma press|ap photo|nurphoto|sipa|unsplash|pixabay|pexels|wikimedia commons|wikimedia|"
    "flickr|facebook|instagram|twitter|handout|file|pool|dreamstime|adobe stock|usa today network|usa today sports|imago|kyodo|"
    "picture alliance|afp via getty images"
)
MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec"
