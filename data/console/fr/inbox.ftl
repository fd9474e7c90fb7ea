## The inbox: tabs, list, search and filters, saved views.

inbox = Conversations
inbox-tabs = Conversations par état
tab-waiting = En attente
tab-mine = Les miennes
tab-adviser = Chez un conseiller
tab-assistant = Chez l'assistant
tab-closed = Closes
tab-all = Toutes
state-of-waiting = en attente
state-of-adviser = chez un conseiller
state-of-assistant = chez l'assistant
state-of-closed = close
inbox-none-waiting = Personne n'attend : tout le monde a été servi.
inbox-none-mine = Vous n'avez aucune conversation en cours.
inbox-none-adviser = Aucun conseiller n'a de conversation en cours.
inbox-none-assistant = L'assistant n'a aucune conversation.
inbox-none-closed = Aucune conversation close.
inbox-none-all = Aucune conversation pour l'instant.
inbox-none-search = Aucune conversation ne correspond à cette recherche.
unread = Non lu.
no-name = Sans nom
snippet-us = Nous :
waiting-since = Attend depuis
flagged = signalé
pages-label = Pages de la liste
next-page = Suite
to-first-page = Revenir au début
assign-waiting = Répartir les demandes

channel-whatsapp = WhatsApp
channel-telegram = Telegram
channel-sms = SMS
channel-web = Web
variety-ar = Arabe
variety-fr = Français
variety-ary = Darija (lettres arabes)
variety-ary-Latn = Darija (lettres latines)
media-voice = Message vocal
media-audio = Son
media-image = Image
media-video = Vidéo
media-document = Document
media-sticker = Autocollant
media-location = Position
media-contact = Contact
media-reaction = Réaction
media-unsupported = Contenu non pris en charge

search = Chercher
search-hint = Mots, ou channel:sms intent:register …
search-clear = Effacer
filters = Filtres
any = Indifférent
below = moins de { $share }
field-channel = Canal
field-variety = Langue
field-city = Ville
field-region = Région
field-topic = Domaine
field-intent = Intention comprise
field-tag = Étiquette
field-is = Particularité
field-conf = Confiance
field-after = Depuis le
field-before = Avant le
field-words = Mots
is-mine = à moi
is-unread = non lue
is-unassigned = confiée à personne
is-fallback = l'assistant n'a pas compris
is-out-of-scope = hors sujet
is-flagged = avec un message signalé
is-media = avec un son, une image …
is-request = demande un conseiller
is-registered = inscrite à une formation
filter-apply = Filtrer
form-not-whole = Ce filtre en dit plus que ce formulaire ne peut montrer.
language-hint = Les filtres s'écrivent aussi à la main, avec and, or, not et des parenthèses :
filter-too-long = Ce filtre est trop long.
filter-quote-open = Un guillemet ouvert n'est pas refermé.
filter-open-without-close = Une parenthèse ouverte n'est pas refermée.
filter-close-without-open = Une parenthèse est refermée sans avoir été ouverte.
filter-incomplete = Il manque quelque chose à côté de « { $word } ».
filter-no-such-field = Le champ « { $field } » n'existe pas. Champs possibles : { $fields }.
filter-no-value = Il manque une valeur après « { $field } ».
filter-no-such-value = « { $value } » n'est pas une valeur de « { $field } ». Valeurs possibles : { $values }.
filter-colon = « { $field } » s'écrit avec deux-points : { $field }:valeur.
filter-confidence = « { $value } » : la confiance s'écrit conf<0.5 ou conf>=0.8, de 0 à 1 par pas de 0.05.
filter-date = « { $value } » n'est pas une date : année-mois-jour, comme 2026-11-30.

views = Vues enregistrées
views-none = Cherchez, puis enregistrez la recherche pour la retrouver ici.
view-save = Enregistrer cette recherche
view-name = Nom de la vue
view-shared = Partager avec tous
view-delete = Supprimer la vue { $name }

## Many at once, mentions, what cannot wait

tab-mentions = On m'appelle
inbox-none-mentions = Aucune note ne vous appelle. Un collègue vous appelle en écrivant @ et votre identifiant dans une note.
is-urgent = urgent
bulk = Agir sur plusieurs
bulk-act = Action
bulk-act-tag = Étiqueter
bulk-act-untag = Retirer une étiquette
bulk-act-assign = Confier à
bulk-act-close = Clore
bulk-act-read = Marquer comme lues
bulk-act-unread = Marquer comme non lues
bulk-adviser = Conseiller
bulk-chosen = Pour les conversations cochées
bulk-all = Pour toutes celles trouvées
bulk-choose = Cocher la conversation de { $name }
bulk-title = Agir sur plusieurs conversations
bulk-sure-tag = { $count ->
    [one] Une conversation reçoit l'étiquette
   *[other] { $count } conversations reçoivent l'étiquette
 }
bulk-sure-untag = { $count ->
    [one] Une conversation perd l'étiquette
   *[other] { $count } conversations perdent l'étiquette
 }
bulk-sure-assign = { $count ->
    [one] Une conversation est confiée à
   *[other] { $count } conversations sont confiées à
 }
bulk-sure-close = { $count ->
    [one] Une conversation est close ; la personne en est avertie si un conseiller l'avait.
   *[other] { $count } conversations sont closes ; les personnes en sont averties si un conseiller les avait.
 }
bulk-sure-read = { $count ->
    [one] Une conversation est marquée comme lue.
   *[other] { $count } conversations sont marquées comme lues.
 }
bulk-sure-unread = { $count ->
    [one] Une conversation est marquée comme non lue.
   *[other] { $count } conversations sont marquées comme non lues.
 }
bulk-passed-over = Celles qu'un collègue a prises, ou d'un lieu que le conseiller ne voit pas, restent comme elles sont.
bulk-most = Il y en a davantage : on agit sur { $most } à la fois.
bulk-none-chosen = Aucune conversation n'est cochée.
bulk-no-tag = Il manque le nom de l'étiquette.
bulk-do = { $count ->
    [one] Oui, pour cette conversation
   *[other] Oui, pour ces { $count } conversations
 }
bulk-cancel = Ne rien changer
bulk-done = { $count ->
    [0] Rien n'a changé.
    [one] Une conversation a changé.
   *[other] { $count } conversations ont changé.
 }
bulk-left = { $count ->
    [one] Une est restée comme elle était.
   *[other] { $count } sont restées comme elles étaient.
 }
refused-not-yours-to-assign = Cette conversation ne peut pas être confiée ainsi
refused-not-yours-to-assign-more = Un autre conseiller l'a déjà, ou le collègue choisi ne voit pas les personnes de ce lieu.
audit-inbox-bulk = A agi sur plusieurs conversations
audit-reassigned = Conversation confiée à un autre, faute de réponse
try-assistant = Essayer l'assistant
