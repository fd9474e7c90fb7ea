## Courses, sessions, providers, agencies; imports; links; telling who asked for such a course.

nav-courses = Formations
agencies-and-providers = Agences et organismes
agencies = Agences
providers = Organismes
of-status = Publication
of-only = Seulement
course-status-open = ouverte
course-status-closed = fermée
course-status-historic = ancienne
only-stale = à vérifier
only-dead = lien mort
only-edited = modifiée ici
only-withdrawn = retirée du catalogue
courses-found = { $count ->
    [one] { $count } formation
   *[other] { $count } formations
}
courses-none-found = Aucune formation ne correspond.
courses-stale = À vérifier : { $count }
courses-dead = Liens morts : { $count }
courses-edited = Modifiées ici : { $count }
links-due = Liens en cours de vérification : { $count }
links-check = Vérifier tous les liens
links-asked = { $count } liens seront vérifiés dans les prochaines minutes.
link = Lien
link-good = répond
link-dead = lien mort
link-timeout = pas de réponse à temps
link-refused = connexion refusée
link-certificate = certificat refusé
link-no-answer = réponse illisible
link-no-host = adresse inconnue
link-not-web = pas une adresse web
link-not-public = adresse privée, non vérifiée
link-redirections = trop de redirections
never = jamais
stale = à vérifier
edited-here = modifié ici
not-said = Non indiqué
open-courses = Formations ouvertes
course-now = Aujourd'hui
course-new = Nouvelle formation
course-new-about = Elle reste fermée, donc invisible, jusqu'à ce que vous la publiiez.
new-courses = Nouvelle formation
new-agencies = Nouvelle agence
new-providers = Nouvel organisme
course-edit = Modifier la formation
course-is-right = Tout est juste : vérifiée aujourd'hui
make-open = Publier
make-closed = Fermer
make-historic = Classer comme ancienne
edits-stay = Ce que vous changez ici reste : le prochain import n'y touche pas.
edited-columns = Rubriques modifiées ici
edit-release = Rendre « { $column } » aux imports
edit-refused = Rien n'a été enregistré : corrigez les rubriques signalées.
sessions = Sessions
sessions-none = Aucune session : la formation se commence quand on veut.
session-any-time = sans date
session-new = Ajouter une session
session-registered = { $count ->
    [one] { $count } inscrit
   *[other] { $count } inscrits
}
session-capacity = { $count ->
    [one] { $count } place
   *[other] { $count } places
}
session-until = Inscription jusqu'au
refused-course-closed = Formation fermée
refused-course-closed-more = Publiez d'abord la formation : on n'annonce que ce qui est ouvert.

column-id = Code
column-title = Titre d'origine
column-title_language = Langue du titre (fr, ar, en …)
column-title_fr = Titre en français
column-title_ar = Titre en arabe
column-summary_fr = Résumé en français
column-summary_ar = Résumé en arabe
column-provider = Organisme
column-platform = Plateforme
column-topics = Domaines
column-occupations = Métiers
column-level = Niveau
column-prerequisites_fr = Conditions, en français
column-prerequisites_ar = Conditions, en arabe
column-education = Études demandées
column-duration = Durée (PT20H, P3M …)
column-teaching_languages = Langues (fr;ar;en)
column-mode = Déroulement
column-city = Ville
column-cost = Prix
column-certificate = Certificat
column-certificate_name = Nom du certificat
column-needs_computer = Ordinateur nécessaire
column-works_on_phone = Possible au téléphone
column-starts_on = Début
column-ends_on = Fin
column-registration_closes_on = Clôture des inscriptions
column-capacity = Places
column-url = Adresse web
column-source = Source
column-checked_on = Vérifiée le
column-status = Publication
column-withdrawn_at = Retirée
column-name = Nom
column-name_fr = Nom en français
column-name_ar = Nom en arabe
column-about_fr = Présentation en français
column-about_ar = Présentation en arabe
column-platform_of = Héberge les cours de (codes séparés par ;)
column-address_fr = Adresse en français
column-address_ar = Adresse en arabe
column-phone = Téléphone
column-hours_fr = Horaires en français
column-hours_ar = Horaires en arabe
yes-or-no-yes = oui
yes-or-no-no = non

fault-empty = À remplir.
fault-pattern = Cette écriture ne convient pas.
fault-unknown = Valeur inconnue. Valeurs possibles :
fault-date = Une date s'écrit année-mois-jour, comme 2026-12-01.
fault-number = Un nombre entier, à partir de 1.
fault-duration = Une durée s'écrit PT20H (heures), P3M (mois), ou P3M/P6M.
fault-ends-before-start = La fin précède le début.
fault-closes-after-end = Les inscriptions se clôturent après la fin.
fault-taken = Déjà pris.
fault-no-provider = Cet organisme n'existe pas.
fault-no-file = Fichier absent.
fault-not-utf8 = Ce fichier n'est pas un texte en UTF-8.
fault-same-id = Ce code est déjà sur une autre ligne.
fault-no-column = Colonne inconnue.
fault-column-twice = Colonne en double.
fault-column-missing = Colonne absente. Colonnes attendues :
fault-cells = Nombre de cases différent de l'en-tête : mettez entre guillemets une case qui contient une virgule.

import = Importer
import-about = Choisissez un ou plusieurs fichiers CSV. Vous verrez d'abord ce qu'ils changeraient ; rien n'est importé sans votre accord. Ce qui manque dans un fichier envoyé est retiré du catalogue, jamais supprimé.
import-current = Le fichier actuel
import-preview = Voir ce qui changerait
import-no-file = Choisissez un fichier.
import-anew = Le catalogue a changé entre-temps : vérifiez de nouveau avant de confirmer.
import-refused = { $count ->
    [one] { $count } faute à corriger
   *[other] { $count } fautes à corriger
}
import-refused-about = Rien ne peut être importé tant qu'une ligne est fautive.
import-file = Fichier
import-line = Ligne
import-column = Colonne
import-why = Pourquoi
import-would = Ce que l'import ferait
import-added = Ajouts : { $count }
import-changed = Changements : { $count }
import-withdrawn = Retraits : { $count }
import-confirm = Importer ({ $count })
import-what = Quoi
import-row = Ligne
import-differences = Différences
import-kept = Gardé comme modifié ici :
import-hidden = … et { $count } autres.
import-nothing = Ces fichiers ne changent rien.
change-added = ajout
change-changed = changement
change-withdrawn = retrait
table-courses = Formation
table-course_sessions = Session
table-providers = Organisme
table-agencies = Agence

notify = Prévenir les personnes intéressées
notify-many = { $count ->
    [one] { $count } personne a demandé une formation comme celle-ci.
   *[other] { $count } personnes ont demandé une formation comme celle-ci.
}
notify-nobody = Personne de plus n'a demandé à être prévenu d'une formation comme celle-ci.
notify-segments = Coût : { $count } SMS.
notify-who = Jamais deux fois la même formation, jamais à qui a dit STOP ou retiré son accord. Envoi par petits lots, entre { $from } h et { $until } h.
notify-sample = Le message (par SMS)
notify-do = Prévenir { $count ->
    [one] { $count } personne
   *[other] { $count } personnes
}
notify-told = Prévenues : { $told }. À prévenir : { $due }. Écartées : { $skipped }.

audit-course-made = A créé une formation
audit-course-edited = A modifié une formation
audit-course-status = A publié ou fermé une formation
audit-course-checked = A vérifié une formation
audit-course-released = A rendu une rubrique aux imports
audit-session-edited = A modifié une session
audit-links-asked = A fait vérifier les liens
audit-course-told = A fait prévenir d'une formation
audit-import-previewed = A préparé un import
audit-catalogue-imported = A importé le catalogue
audit-catalogue-exported = A exporté le catalogue
audit-agencies-made = A créé une agence
audit-agencies-edited = A modifié une agence
audit-agencies-checked = A vérifié une agence
audit-agencies-released = A rendu une rubrique aux imports
audit-providers-made = A créé un organisme
audit-providers-edited = A modifié un organisme
audit-providers-checked = A vérifié un organisme
audit-providers-released = A rendu une rubrique aux imports
