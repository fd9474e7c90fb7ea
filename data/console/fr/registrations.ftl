## Registrations: the list and its filter, one registration, many moved at once, exports.

nav-registrations = Inscriptions
of-state = État
of-course = Formation
of-provider = Organisme
of-topic = Domaine
of-city = Ville
of-channel = Canal
of-agency = Agence
of-person = Personne
until-day = Jusqu'au
reference = Référence
since-when = Depuis
choose = Choisir
choose-this = Choisir { $reference }
registrations-found = { $count ->
    [one] { $count } inscription
   *[other] { $count } inscriptions
}
registrations-more = Plus de { $count } inscriptions
registrations-none-found = Aucune inscription ne correspond.
export-csv = Exporter en CSV
export-xlsx = Exporter en Excel
export-with-phones = Excel avec les téléphones
registrations-change = Changer l'état de plusieurs inscriptions
registration-change = Changer l'état
new-state = Nouvel état
registration-note = Note interne (la personne ne la voit pas)
registration-tell = Prévenir la personne
change-chosen = Changer les inscriptions cochées
change-all-found = Changer toutes celles du filtre ({ $count })
registration-no-state = Choisissez le nouvel état.
registrations-none-chosen = Cochez au moins une inscription.
registrations-sure = Confirmer le changement
registrations-sure-many = { $able ->
    [one] { $able } inscription passe à l'état « { $state } ».
   *[other] { $able } inscriptions passent à l'état « { $state } ».
}
registrations-sure-left = { $count ->
    [one] { $count } inscription ne peut pas y passer depuis son état actuel et reste comme elle est.
   *[other] { $count } inscriptions ne peuvent pas y passer depuis leur état actuel et restent comme elles sont.
}
registrations-sure-most = Au plus { $most } inscriptions à la fois : les plus récentes d'abord. Recommencez pour la suite.
registrations-sure-told = Chaque personne est prévenue sur son canal, dans sa langue.
registrations-sure-not-told = Les personnes ne sont pas prévenues.
registrations-do = Changer { $count ->
    [one] { $count } inscription
   *[other] { $count } inscriptions
}
registrations-counted-anew = Le nombre a changé entre-temps : vérifiez-le avant de confirmer.
registrations-done = { $changed ->
    [one] { $changed } inscription changée.
   *[other] { $changed } inscriptions changées.
}
registrations-left = { $left } restée(s) comme avant.
outcome-not-from-there = Cette inscription ne peut pas passer à cet état.
outcome-full = La session est complète : il n'y a pas de place à confirmer.
registration-final = Cet état est définitif.
registration-history = Historique
course-session = Session
waiting-position = Rang en liste d'attente
author-person = la personne
author-system = le système
author-adviser = un conseiller

export-reference = Référence
export-state = État
export-course = Formation
export-course-id = Code de la formation
export-provider = Organisme
export-starts-on = Début de session
export-name = Nom
export-city = Ville
export-region = Région
export-education = Études
export-employment = Situation
export-variety = Langue
export-channels = Canaux
export-phone = Téléphone
export-registered-at = Inscrit le
export-changed-at = Changé le
export-note = Dernière note

audit-registrations-read = A lu des inscriptions
audit-registration-read = A lu une inscription
audit-registration-changed = A changé une inscription
audit-registrations-changed = A changé plusieurs inscriptions
audit-registrations-exported = A exporté des inscriptions

registrations-reference-example = TK-7F3K2
