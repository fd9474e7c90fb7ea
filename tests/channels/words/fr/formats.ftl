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
list-next = { $start }, { $item }
list-last = { $start } et { $item }
options-button = Choisir
