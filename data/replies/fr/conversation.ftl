## The manners of the conversation. `.sms` is the form for SMS: one segment (160 GSM-7 letters) where it can be.

# First message of all. Must say: what this is, free, advisers may read, how to erase, nothing without consent.
# `.brief` stands above a first list by SMS; that nothing is kept without consent is then said by the consent question.
welcome =
    Bienvenue sur Takwin 👋 Je vous aide gratuitement à trouver une formation gratuite avec certificat, et à vous y inscrire.
    Les conseillers du service peuvent lire cette conversation. Sans votre accord, rien n'est enregistré sur vous et vous n'êtes inscrit·e nulle part. Pour tout effacer, écrivez « effacer mes données ».
    .sms = Takwin, gratuit: formations avec certificat. Les conseillers peuvent lire. Rien de gardé sans accord. EFFACER efface tout
    .brief = Takwin, gratuit. Nos conseillers peuvent lire. EFFACER efface tout
menu = Que voulez-vous faire ?
    .sms = Que voulez-vous ?
greet = Bonjour ! Que puis-je faire pour vous ?
greet-again = Bonjour !
goodbye = Au revoir et bon courage ! Écrivez-moi quand vous voulez.
thank = Avec plaisir ! Autre chose ?
help =
    Je cherche avec vous une formation, je vous la décris, je vous inscris, et je vous mets en contact avec un conseiller.
    Écrivez simplement ce que vous cherchez, par exemple : « formation gratuite en informatique, en ligne ».
    « lier » réunit vos conversations d'ailleurs (WhatsApp, Telegram, SMS) ; « STOP » arrête tous nos messages.
    .sms =
        LIER = réunir 2 canaux. STOP = plus de messages.
        Ecrivez ce que vous cherchez, ex: formation gratuite informatique en ligne. Ou choisissez:
    .brief = Ecrivez ce que vous cherchez, ex: formation gratuite informatique en ligne. Ou choisissez:
bot-challenge = Je suis Takwin, un programme, pas une personne. Des conseillers du service relisent les conversations, et vous pouvez leur parler.
    .sms = Je suis Takwin, un programme. Des conseillers relisent les conversations et peuvent vous répondre.
affirm-what = D'accord ! Que voulez-vous faire ?
deny = D'accord. On peut chercher autre chose.
calm = Je comprends que vous soyez énervé·e. Je suis là pour vous aider, et un conseiller peut prendre le relais.
    .sms = Je comprends votre colère. Je peux vous aider, ou un conseiller prend le relais.
feedback = Merci de me le dire. Votre avis est transmis aux conseillers du service.
out-of-scope = Je ne peux pas aider pour cela : je m'occupe des formations, des inscriptions et du service d'emploi.
    .sms = Je ne peux pas aider pour cela: je m'occupe des formations et du service d'emploi.
restarted = On recommence ! Vos inscriptions sont gardées. Que cherchez-vous ?
language-changed = D'accord, je continue en français.
ask-language = En quelle langue voulez-vous continuer ?
language-unknown = Je ne parle pas encore { $language }. Je parle :
fallback-rephrase = Je n'ai pas bien compris. Vouliez-vous :
fallback-menu = Désolé, je n'ai toujours pas compris. Choisissez ici, ou demandez un conseiller.
    .sms = Désolé, je n'ai pas compris. Choisissez:
no-list = Il n'y a pas de liste pour le moment. Que cherchez-vous ?
no-such-number = Il n'y a pas de numéro { $number } dans la liste.
not-understood-empty = Je n'ai reçu aucun texte. Écrivez-moi ce que vous cherchez.
option-expired = Ce choix n'est plus valable. Écrivez ce que vous cherchez, ou « menu ».
answer-needed =
    J'ai besoin de cette réponse pour l'inscription. Pour arrêter, écrivez « annuler ».
answer-not-recognised = Je n'ai pas reconnu cette réponse. Dites-le autrement, ou choisissez ci-dessous.
    .sms = Je n'ai pas reconnu cette réponse. Dites-le autrement:
# Where an answer is neither yes nor no: the question is asked again under it.
yes-or-no = Je n'ai pas compris si c'est oui ou non. Sans un oui clair, rien n'est fait.
    .sms = Oui ou non ? Sans un oui clair, rien n'est fait.
ask-restart = Voulez-vous tout reprendre depuis le début ? La recherche en cours sera oubliée, vos inscriptions sont gardées.
    .sms = Tout reprendre depuis le début ?
not-restarted = D'accord, on continue.
ask-stop = Voulez-vous ne plus recevoir aucun message de notre part ?
not-stopped = D'accord, on continue.
