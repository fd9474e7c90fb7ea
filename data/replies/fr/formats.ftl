## Durations, lists and other pieces that the renderer puts together (channels/wording/render.py).
## CLDR has no Darija, and Babel gives Arabic units of time in the wrong form, so they are words here.

duration-minute = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
 }
duration-hour = { $count ->
    [one] { $count } heure
   *[other] { $count } heures
 }
duration-day = { $count ->
    [one] { $count } jour
   *[other] { $count } jours
 }
duration-week = { $count ->
    [one] { $count } semaine
   *[other] { $count } semaines
 }
duration-month = { $count } mois
duration-year = { $count ->
    [one] { $count } an
   *[other] { $count } ans
 }
duration-range = de { $from } à { $to }
    .sms = { $from } à { $to }
list-next = { $start }, { $item }
list-last = { $start } et { $item }
options-button = Choisir
# When a turn failed on our side for good.
turn-failed = Désolé, cela n'a pas marché de notre côté. Réessayez dans un moment.
    .sms = Désolé, cela n'a pas marché de notre côté. Réessayez dans un moment.
