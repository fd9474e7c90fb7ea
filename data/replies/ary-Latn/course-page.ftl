## One course: its page and the questions about it. Unknown is said, never guessed.

course-page =
    { $course }
    { $summary }
    { $facts }
    Bghiti nsejlek fiha?
    .sms =
        { $course }
        { $facts }
course-page-past =
    { $course }
    { $summary }
    { $facts }
    Had la formation fat we9tha, mab9ach fiha tsjil.
    .sms =
        { $course }
        Fat we9tha, mab9ach tsjil.
fact-provider = Mn 3end { $provider }
    .sms = { $provider }
fact-provider-on = Mn 3end { $provider }, 3la { $platform }
    .sms = { $provider }, { $platform }
fact-duration = Lmodda: { $duration }
    .sms = { $duration }
fact-level = Niveau: { $level }
    .sms = { $level }
fact-language = Llougha: { $languages }
    .sms = b { $languages }
fact-mode = { $mode }
fact-mode-city = { $mode }, f { $city }
fact-cost-free = Fabor
fact-cost-paid = B lflous
fact-certificate-yes = Fiha certificat
fact-certificate-no = Mafihach certificat
fact-certificate-named = Certificat: { $name }
    .sms = Fiha certificat
fact-prerequisites = Chnou khass: { $prerequisites }
fact-education = L9raya li khassa: { $education }
fact-starts-on = Katbda: { $date }
fact-phone-yes = Katkhdem f tilifoun
fact-phone-no = Makatkhdemch f tilifoun
fact-computer-yes = Khass l'PC
fact-computer-no = Makhassch l'PC
fact-url = Lien: { $url }
    .sms = { "" }
facts-not-stated = Ma3endnach ma3loumat 3la: { $missing }
    .sms = { "" }
fact-not-stated = ma3endnach lma3louma
course-fact = { $course } — { $fact }
not-stated = { $course }: ma3endnach ma3louma 3la { $aspect }. Chi mostachar y9der yswel lik.
    .sms = { $course }: ma9alouch { $aspect }. Chi mostachar y9der yswel lik.
fact-of-course = { $n }. { $course } — { $fact }
facts-of-courses = { $courses }
which-course = Achmen formation 9sedti?
which-course-none = Achmen formation 9sedti? Yallah n9ellbou 3liha b3da.
general-cost = Bzaf dyal les formations fabor. Taman kaykoun mektoub m3a kol we7da, ila kan m3rouf. W Takwin dima fabor.
    .sms = Bzaf dyal les formations fabor. Taman mektoub m3a kol we7da, ila kan m3rouf. Takwin dima fabor.
general-certificate = Aghlabithom fihom certificat mn 3end lpartenaire (Google, Microsoft, Coursera, OpenClassrooms...), w m3roufa 3end chi charikat. Katkoun mektouba m3a kol formation.
    .sms = Aghlabithom fihom certificat (Google, Microsoft...), m3roufa 3end chi charikat. Katkoun mektouba m3a kol formation.
general-duration = Kaynin mn chi swaye3 7ta l chi chhour, w ghaliban 3la 7sab lwe9t dyalek. Bghiti 9sira wla twila?
    .sms = Kaynin mn chi swaye3 7ta l chi chhour, 3la 7sab we9tek. 9sira wla twila?
general-prerequisites = Bzaf dyal les formations makhasshom la diplome la tajriba. Chnou niveau dyalek? W ana n9elleb lik.
    .sms = Bzaf makhasshom la diplome la tajriba. Chnou niveau dyalek?
general-mode = Aghlabithom online, mn ddar. Bghiti online, wla f achmen mdina?
general-schedule = Li online, ghaliban katbda we9tma bghiti. Les dates kaykounou mektoubin m3a kol we7da, ila kanou m3roufin.
    .sms = Li online, ghaliban katbda we9tma bghiti. Les dates mektoubin ila kanou m3roufin.
general-course-language = Kaynin b l3arbiya, b francais w b anglais. Achmen lougha bghiti?
general-equipment = L'PC kay3awen, walakin chi formations kaykhdmou 7ta f tilifoun. Kaykoun mektoub m3a kol we7da, ila kan m3rouf.
    .sms = L'PC kay3awen, w chi we7din kaykhdmou f tilifoun. Kaykoun mektoub ila kan m3rouf.
general-provider = Les formations mn 3end Google, Microsoft, LinkedIn Learning, Coursera, OpenClassrooms w l'Agence de Developpement du Digital (ADD).
    .sms = Les formations mn 3end Google, Microsoft, LinkedIn Learning, Coursera, OpenClassrooms w ADD.
provider-about = { $name }: { $about }
