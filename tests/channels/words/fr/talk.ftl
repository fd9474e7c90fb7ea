topic-it_support = support informatique
topic-marketing = marketing
city-fes = Fès
hello = Bonjour ! Que cherchez-vous ?
    .sms = Que cherchez-vous ?
long-story = Nous avons beaucoup à vous dire de cette formation, de ses dates, de son prix, de ses lieux, de ses certificats, et de tout ce qui vient après, { $name } : lisez bien.
    .brief = Lisez bien, { $name }.
echo = Vous avez dit : { $text }
count = { $count ->
    [one] { $count } formation
   *[other] { $count } formations
 }
about = { $what } à { $where }
course-line = { $number }. { $title } ({ $duration })
results = Voici :
    { $lines }
    { $note }
starts = Début le { $date }
more = Encore
details = Détails de { $title }
    .sms = Détails
picked = Choix { $value }
only-french = Seulement ici
not-understood-empty = Je n'ai rien reçu à lire.
option-expired = Ce choix n'est plus valable.
message-too-long = Message long.
turn-failed = Désolé, réessayez plus tard.
menu-more = Plus
menu-next = La suite :
    .sms = { "" }
