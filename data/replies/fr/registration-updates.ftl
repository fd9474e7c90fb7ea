## What a person is told without asking: an adviser changed their registration, a course they wished for is there.

registration-update-confirmed = Bonne nouvelle : votre inscription à « { $course } » ({ $reference }) est confirmée.
    .sms = { $course } ({ $reference }): inscription confirmée.
registration-update-waiting = Votre inscription à « { $course } » ({ $reference }) est sur la liste d'attente. Nous vous prévenons dès qu'une place se libère.
    .sms = { $course } ({ $reference }): liste d'attente. On vous prévient s'il y a une place.
registration-update-in_progress = C'est parti : « { $course } » ({ $reference }) a commencé. Bon courage !
    .sms = { $course } ({ $reference }) a commencé. Bon courage !
registration-update-completed = Félicitations ! 🎉 « { $course } » ({ $reference }) est terminée. Ajoutez votre certificat à votre CV.
    .sms = Félicitations ! { $course } ({ $reference }) est terminée.
registration-update-cancelled = Votre inscription à « { $course } » ({ $reference }) est annulée. Écrivez-nous pour en parler, ou pour choisir une autre formation.
    .sms = { $course } ({ $reference }): inscription annulée. Écrivez-nous pour en parler.

course-alert =
    Une nouvelle formation correspond à votre demande : « { $course } ».
    Répondez ici pour la voir ou vous inscrire.
    { $stop }
    .sms =
        Nouvelle formation: { $course }
        { $stop }
option-see-course = Voir la formation
    .sms = Voir
