## Registering: consent, name, city, education, summary; then what becomes of it.

# Changing this wording needs a new version in data/consent.json: it says what is kept, why, for how long.
ask-consent =
    Pour vous inscrire à « { $course } », je garde votre nom, votre ville et votre niveau d'études. Ils servent à l'inscription et à son suivi par les conseillers, et sont gardés deux ans au plus, ou jusqu'à ce que vous demandiez de les effacer.
    Êtes-vous d'accord ?
    .sms = Pour l'inscription et son suivi par les conseillers, je garde nom, ville, études, 2 ans au plus ou jusqu'à effacement. D'accord ?
# Elsewhere one thing is asked at a time; an SMS asks at once for all that is missing ("both": city and education).
ask-name =
    { $missing ->
       *[both] Quel est votre nom complet ?
    }
    .sms =
        { $missing ->
            [city] Nom complet et ville ? Ex: Amina Alami, Fès
            [education] Nom complet et niveau d'études ? Ex: Amina Alami, bac+2
            [nothing] Votre nom complet ?
           *[both] Nom complet, ville, niveau d'études ? Ex: Amina Alami, Fès, bac+2
        }
ask-city =
    { $missing ->
       *[both] Dans quelle ville ou quel village habitez-vous ?
    }
    .sms =
        { $missing ->
            [both] Votre ville et niveau d'études ? Ex: Fès, bac+2
           *[city] Votre ville ou village ?
        }
ask-education = Quel est votre niveau d'études ?
    .sms = Niveau d'études ?
ask-confirmation =
    Je résume : { $name }, { $city }, { $education }.
    Formation : { $course }
    C'est bien cela ?
    .sms = { $name }, { $city }, { $education }. { $course }. C'est bien cela ?
ask-what-to-correct = Que faut-il corriger ? Vous pouvez aussi écrire la bonne réponse.
    .sms = Que corriger ? Ou écrivez la bonne réponse.
registered =
    C'est fait, { $name } ! Votre demande d'inscription à « { $course } » est enregistrée.
    Votre référence : { $reference }
    { $next }
    .sms =
        C'est fait ! Référence: { $reference }
        { $next }
registered-link = Pour commencer, ouvrez : { $url }
    .sms = Pour commencer: { $url }
registered-waiting =
    Les places de « { $course } » sont prises : vous êtes sur la liste d'attente, { $name }.
    Votre référence : { $reference }
    { $next }
    .sms = { $course }: complet, vous êtes en liste d'attente. Référence: { $reference }
registration-without-consent = D'accord, rien n'est gardé et vous n'êtes pas inscrit·e. Vous pouvez continuer à chercher librement.
    .sms = D'accord, rien n'est gardé. Vous pouvez continuer à chercher.
registration-consent-elsewhere = D'accord, vous n'êtes pas inscrit·e à celle-ci. Votre nom, ville et niveau d'études restent pour vos inscriptions en cours ; vous pouvez demander de tout effacer.
    .sms = D'accord, pas d'inscription. Vos données restent pour les autres; effacement sur demande.
registration-abandoned = D'accord, j'abandonne cette inscription. Rien n'est enregistré.
already-registered = Vous êtes déjà inscrit·e à « { $course } » : { $reference }, { $state }.
    .sms = { $course }: inscription déjà faite. { $reference }, { $state }.
registration-closed = Les inscriptions à « { $course } » sont fermées.
no-registration = Vous n'avez pas d'inscription en cours.
registrations =
    { $count ->
        [one] Votre inscription :
       *[other] Vos { $count } inscriptions :
    }
    { $registrations }
registration-line = { $reference } — { $course } : { $state }
    .sms = { $reference } { $course }: { $state }
which-registration = De quelle inscription parlez-vous ?
ask-cancel = Annuler votre inscription à « { $course } » ({ $reference }) ?
cancelled = C'est annulé : « { $course } » ({ $reference }).
taken-back = C'est corrigé : « { $course } » ({ $reference }) est de nouveau { $state }.
take-back-adviser = Je ne peux plus le corriger ici. Un conseiller le peut : dites « oui ».
not-cancelled = D'accord, votre inscription est gardée.
congratulations = Félicitations ! 🎉 Gardez bien votre certificat et ajoutez-le à votre CV.
completed = Félicitations ! 🎉 « { $course } » ({ $reference }) est marquée comme terminée. Ajoutez votre certificat à votre CV.
    .sms = Félicitations ! { $course } ({ $reference }) est terminée. Ajoutez le certificat à votre CV.
access-first-aid =
    Essayez d'abord :
    • ouvrez le lien dans un navigateur (Chrome), avec une connexion stable ;
    • vérifiez l'adresse e-mail et regardez dans les indésirables (spam) ;
    • utilisez « mot de passe oublié ».
    { $link }
    Si cela ne marche pas, voulez-vous qu'un conseiller vous aide ?
    .sms = Essayez: lien dans Chrome, e-mail dans spam, "mot de passe oublié". Sinon je préviens un conseiller ?
access-link = Le lien : { $url }
registration-left = D'accord, on laisse l'inscription pour l'instant : rien n'est enregistré. Pour la reprendre, écrivez « m'inscrire ».
    .sms = D'accord, pas d'inscription pour l'instant. Pour la reprendre: INSCRIRE
ask-complete = Avez-vous terminé « { $course } » ?
ask-complete-elsewhere = Avez-vous terminé une formation ?
not-completed = D'accord, rien n'est changé.
