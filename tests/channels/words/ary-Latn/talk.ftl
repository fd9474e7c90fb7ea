topic-it_support = l'informatique
topic-marketing = marketing
city-fes = Fes
hello = Salam! 3lach kat9elleb?
    .sms = 3lach kat9elleb?
long-story = 3ndna bzaf ma ngolo lik a { $name } 3la had tkwin, tawarikh dyalo, taman dyalo, blays dyalo, chawahid dyalo, w kolchi li kayji men ba3d: 9ra mzyan
    .brief = 9ra mzyan a { $name }
echo = Gelti: { $text }
count = { $count ->
    [zero] walo
    [one] formation we7da
    [two] jouj d les formations
    [few] { $count } d les formations
   *[other] { $count } formation
 }
about = { $what } f { $where }
course-line = { $number }. { $title } ({ $duration })
results = Ha homa:
    { $lines }
    { $note }
starts = Katbda f { $date }
more = Zid
details = Details dyal { $title }
    .sms = Details
picked = Khtiyar { $value }
not-understood-empty = Mawselni walo.
option-expired = Had l khtiyar ma b9ach.
message-too-long = Message twil.
turn-failed = Sme7 lia, 3awd mn be3d.
menu-more = Ktar
menu-next = Lba9i:
    .sms = { "" }
