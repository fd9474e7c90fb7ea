## The employment service: advisers, agencies, jobs, projects, employers, alerts.

adviser-requested = C'est transmis : un conseiller lira cette conversation et vous répondra ici, aux heures de travail. En attendant, je reste là.
    .sms = C'est transmis: un conseiller vous répondra ici aux heures de travail.
adviser-already-requested = Votre demande est déjà chez les conseillers : l'un d'eux vous répondra ici.
adviser-wait = Votre demande est bien chez les conseillers, rien à refaire : la réponse vient ici, aux heures de travail. L'heure exacte, je ne la connais pas.
    .sms = Votre demande est chez les conseillers: la réponse vient ici aux heures de travail.
adviser-request-withdrawn = D'accord, la demande de conseiller est retirée.
# Money or papers are asked for in our name; then, what to do.
fraud = Attention, c'est sans doute une arnaque. Ici, tout est gratuit pour s'inscrire : nous ne demandons jamais d'argent, ni carte, ni papiers. Ne payez rien, n'envoyez rien, gardez les messages et le numéro. Un conseiller peut vous aider : dites « oui ».
    .sms = Attention, arnaque: nous ne demandons jamais d'argent ni papiers. Ne payez rien, gardez les messages. Un conseiller: OUI.
fraud-what-to-do = Gardez les messages, le numéro et le reçu, et portez plainte : police { $police }, à la campagne gendarmerie { $gendarmerie }. Pour une carte bancaire, appelez tout de suite la banque. Un conseiller peut vous aider : dites « oui ».
    .sms = Gardez messages et reçu. Plainte: police { $police } ou gendarmerie { $gendarmerie }. Carte: appelez la banque. Un conseiller: OUI.
ask-agency-city = Dans quelle ville cherchez-vous une agence ANAPEC ?
agencies =
    Agences à { $city } :
    { $agencies }
agencies-address-unknown =
    À { $city } :
    { $agencies }
    Je n'ai pas d'adresse vérifiée. Un conseiller peut vous la donner.
    .sms =
        { $agencies }
        Adresse non verifiee: un conseiller peut vous la donner.
agency-unknown = Je n'ai pas d'adresse vérifiée pour une agence à { $city }. Un conseiller peut vous la donner : voulez-vous que je le lui demande ?
    .sms = Pas d'adresse vérifiée à { $city }. Je demande à un conseiller ?
agency-line = { $name } { $facts }
jobs-elsewhere = Les offres d'emploi sont chez l'ANAPEC (anapec.org et ses agences) ; moi, je m'occupe des formations. Un conseiller peut vous aider dans votre recherche.
    .sms = Les offres d'emploi: anapec.org et agences ANAPEC. Moi, les formations.
job-loss = Je suis désolé, perdre son travail est dur. Vous n'êtes pas seul·e : on peut trouver une formation gratuite pour rebondir, ou en parler à un conseiller.
    .sms = Je suis désolé, c'est dur. On peut trouver une formation pour rebondir, ou en parler à un conseiller.
business-support = Bravo pour votre projet ! L'ANAPEC accompagne les porteurs de projet ; un conseiller peut vous dire par où commencer.
    .sms = Bravo! L'ANAPEC accompagne les projets; un conseiller peut vous guider.
employer-training = Merci de former votre équipe au numérique ! Un conseiller entreprises peut vous présenter les formations et le recrutement de personnes certifiées.
    .sms = Merci ! Un conseiller entreprises peut vous présenter formations et recrutement.
ask-alert-topic = De quel domaine, ou de quelle ville, voulez-vous être prévenu·e ?
ask-alert-consent = Voulez-vous un message quand une nouvelle formation arrive ({ $what }) ? Pour ne plus recevoir aucun message de notre part, il suffira d'écrire STOP.
    .sms = Vous prévenir des nouvelles formations ({ $what }) ? STOP arrête tous nos messages.
alert-made = C'est fait : je vous préviens des nouvelles formations ({ $what }). Écrivez STOP pour ne plus recevoir aucun message de notre part.
    .sms = C'est fait: nouvelles formations ({ $what }). STOP arrête tous nos messages.
no-alert = D'accord, pas d'alerte.
