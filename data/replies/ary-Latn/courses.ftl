## Finding courses: lists, reasons, wishes given up.

ask-topic = Achmen formation bghiti? Chi domaine wla chi 7erfa, wla we7da mn hadou:
    .sms = Achmen domaine wla 7erfa bghiti?
topic-not-recognised = Mal9itch chi dawra b had lkelmat.
noted = Safi, 9iyedtha.
noted-about-you = Safi, 9iyedtha. Bghiti nnes7ek b chi formation?
# heading, then the numbered courses, then how many more there are.
courses-found =
    { $heading }
    { $courses }
    { $rest ->
        [0] Bghiti we7da? Ra9m dyalha kafi.
        [one] Bghiti we7da? Ra9m dyalha kafi. W ba9a we7da okhra.
        [two] Bghiti we7da? Ra9m dyalha kafi. W ba9yin jouj okhrin.
        [few] Bghiti we7da? Ra9m dyalha kafi. W ba9yin { $rest } okhrin.
        [many] Bghiti we7da? Ra9m dyalha kafi. W ba9a { $rest } formation okhra.
       *[other] Bghiti we7da? Ra9m dyalha kafi. W ba9a { $rest } formation okhra.
    }
    .sms =
        { $heading }
        { $courses }
# { $total } is a number.
found =
    { $total ->
        [one] L9it lik formation we7da:
        [two] L9it lik jouj d les formations:
        [few] L9it lik { $total } d les formations:
        [many] L9it lik { $total } formation:
       *[other] L9it lik { $total } formation:
    }
    .sms =
        { $total ->
            [one] Formation we7da:
            [two] Jouj formations:
            [few] { $total } d les formations:
           *[other] { $total } formation:
        }
    .brief = { "" }
found-without = Mal9itch li fiha kolchi ({ $given_up }). Ha li 9rib:
    .sms = { $given_up }. Li 9rib:
    .brief = { $given_up }:
found-more = W kaynin 7ta hadou:
found-instead = Hadou me7loulin, f nefs domaine:
found-for-job = Had les formations kaywesslou l had lkhedma:
found-for-project = Had les formations kay3awnou bach ybda chi projet:
found-for-staff = Formations l l'equipe dyalek:
next-step = W bach nkemlou tri9:
recommended = Ha bach kannes7ek:
recommended-first-steps = L lbdaya, ha chi asasiyat kayselhou f kol khedma:
# One course of a list. facts: provider and duration; reasons: why it is shown.
course-line =
    { $n }. { $course } — { $facts }
    ✓ { $reasons }
    .sms = { $n }.{ $course }
reason-topic = { $value }
reason-occupation = katwessel l khedmet: { $value }
reason-provider = { $value }
reason-city = f { $value }
reason-online = online
reason-level = { $value }
reason-language = b { $value }
reason-free = fabor
reason-certificate = b certificat
reason-duration = { $value }
reason-works-on-phone = f tilifoun
reason-text = fiha lklam li ktebti
given-up-city = walou f { $city }, hadou online
given-up-provider = walou mn 3end { $providers }
given-up-language = walou b { $languages }
given-up-level = walou f niveau { $value }
given-up-mode = walou { $value }
given-up-cost = 7ta we7da mamektoub 3liha fabor
    .sms = taman mamektoubch
    .brief = taman mam3roufch
given-up-certificate = certificat mamektoubach
given-up-duration = walou b had lmodda
given-up-text = walou b had lklam
nothing-found = Daba mal9it walou 3la hadchi. N9edrou n9ellbou 3la 7aja okhra, wla n3elmek melli ykoun chi jdid.
    .sms = Daba mal9it walou. N9ellbou 3la 7aja okhra, wla n3elmek mn be3d?
no-more-results = Hadchi li 3endi 3la had lmawdou3.
compared =
    We7da 7da we7da:
    { $courses }
compared-course =
    { $n }. { $course }
    { $facts }
    .sms = { $n }.{ $course }: { $facts }
