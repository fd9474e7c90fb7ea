## What is kept, and erasing it.

privacy =
    Je garde vos messages pour vous répondre ; les conseillers du service peuvent les lire. Votre nom, ville et niveau d'études ne sont gardés qu'avec votre accord, pour vos inscriptions, deux ans au plus. Rien n'est vendu ni publié.
    Vous pouvez demander une copie, ou tout effacer.
    .sms = Vos messages sont lus par le service seul; nom, ville, etudes avec votre accord. Copie ou effacement sur demande.
ask-erase = Effacer toutes vos données : messages, profil, inscriptions et alertes ? C'est définitif.
    .sms = Effacer toutes vos donnees et inscriptions ? C'est definitif.
erased = C'est fait : vos données sont effacées. Numéro de reçu : { $reference }. Si vous écrivez de nouveau, nous repartirons de zéro.
    .sms = C'est fait: vos donnees sont effacees. Recu: { $reference }.
not-erased = D'accord, rien n'est effacé.
