## Finding courses: lists, reasons, wishes given up.

ask-topic = Quelle formation cherchez-vous ? Écrivez un domaine ou un métier, ou choisissez :
    .sms = Quel domaine ou métier ?
topic-not-recognised = Je n'ai pas trouvé de formation pour ces mots.
noted = C'est noté.
noted-about-you = C'est noté. Voulez-vous que je vous conseille une formation ?
# heading, then the numbered courses, then how many more there are.
courses-found =
    { $heading }
    { $courses }
    { $rest ->
        [0] Répondez par le numéro d'une formation.
        [one] Répondez par un numéro. Il y en a une autre.
       *[other] Répondez par un numéro. Il y en a { $rest } autres.
    }
    .sms =
        { $heading }
        { $courses }
# { $total } is a number.
found =
    { $total ->
        [one] J'ai trouvé une formation :
       *[other] J'ai trouvé { $total } formations :
    }
    .sms =
        { $total ->
            [one] 1 formation:
           *[other] { $total } formations:
        }
    .brief = { "" }
found-without = Rien qui réponde à tout ({ $given_up }). Voici le plus proche :
    .sms = { $given_up }. Le plus proche:
    .brief = { $given_up }:
found-more = Voici la suite :
found-instead = Celles-ci sont ouvertes, dans le même domaine :
found-for-job = Ces formations mènent à ce métier :
found-for-project = Ces formations aident à lancer un projet :
found-for-staff = Des formations pour votre équipe :
next-step = Et pour continuer :
recommended = Voici ce que je vous conseille :
recommended-first-steps = Pour commencer, voici des bases utiles dans tous les métiers :
# One course of a list. facts: provider and duration; reasons: why it is shown.
course-line =
    { $n }. { $course } — { $facts }
    ✓ { $reasons }
    .sms = { $n }.{ $course }
reason-topic = { $value }
reason-occupation = mène à : { $value }
reason-provider = { $value }
reason-city = à { $value }
reason-online = en ligne
reason-level = { $value }
reason-language = en { $value }
reason-free = gratuit
reason-certificate = avec certificat
reason-duration = { $value }
reason-works-on-phone = sur téléphone
reason-text = correspond à vos mots
given-up-city = aucune à { $city }, celles-ci sont en ligne
    .sms = rien à { $city }, mais en ligne
    .brief = rien à { $city }, en ligne
given-up-provider = aucune chez { $providers }
given-up-language = aucune en { $languages }
given-up-level = aucune de niveau { $value }
given-up-mode = aucune { $value }
given-up-cost = aucune dont la gratuité est indiquée
    .sms = prix non indiqué
    .brief = prix inconnu
given-up-certificate = certificat non indiqué
given-up-duration = aucune de cette durée
given-up-text = aucune avec ces mots
nothing-found = Je n'ai rien trouvé là-dessus pour le moment. On peut chercher autrement, ou vous prévenir quand il y en aura.
    .sms = Rien trouvé pour le moment. On peut chercher autrement, ou vous prévenir.
no-more-results = C'est tout ce que j'ai là-dessus.
compared =
    Côte à côte :
    { $courses }
compared-course =
    { $n }. { $course }
    { $facts }
    .sms = { $n }.{ $course }: { $facts }
