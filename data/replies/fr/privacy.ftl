## What is kept, and erasing it.

privacy =
    Je garde vos messages, et le nom que votre messagerie affiche, pour vous répondre ; les conseillers du service peuvent les lire. Votre nom, ville et niveau d'études ne sont gardés qu'avec votre accord, pour vos inscriptions, deux ans au plus. Rien n'est vendu ni publié. Sans nouvelle de vous pendant deux ans, tout est effacé.
    Vous pouvez demander une copie, ou tout effacer.
    .sms = Vos messages ne sont lus que par le service; nom, ville, études gardés avec votre accord, 2 ans au plus. Copie ou effacement sur demande.
ask-erase = Effacer toutes vos données : messages, profil, inscriptions et alertes ? C'est définitif.
    .sms = Effacer toutes vos données et inscriptions ? C'est définitif.
erased = C'est fait : vos données sont effacées. Numéro de reçu : { $reference }. Si vous écrivez de nouveau, nous repartirons de zéro.
    .sms = C'est fait: vos données sont effacées. Reçu: { $reference }
not-erased = D'accord, rien n'est effacé.
ask-if-erase = Voulez-vous effacer toutes vos données, ou autre chose ?
