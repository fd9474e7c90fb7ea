## Registering: consent, name, city, education, summary; then what becomes of it.

# Changing this wording needs a new version in data/consent.json: it says what is kept, why, for how long.
ask-consent =
    Bach nsejlek f "{ $course }", kankhelliw 3endna smiya, lmdina w niveau d l9raya dyalek. Kankhedmou bihom f tsjil, w bach lmostacharin ytb3ouh. Kayb9aw 3endna 3amayn b lktir, w ila tlebti 9bel, kanmes7ouhom.
    Wach 9belti?
    .sms = L tsjil w bach ytb3ouh lmostacharin, kankhelliw smiya, lmdina, l9raya, 3amayn b lktir, w kanmes7ouhom ila tlebti 9bel. 9belti?
# Elsewhere one thing is asked at a time; an SMS asks at once for all that is missing ("both": city and education).
ask-name =
    { $missing ->
       *[both] Chnou smiya lkamla dyalek?
    }
    .sms =
        { $missing ->
            [city] Smiya kamla w lmdina? Matalan: Amina Alami, Fes
            [education] Smiya kamla w niveau d l9raya? Matalan: Amina Alami, bac+2
            [nothing] Chnou smiya lkamla dyalek?
           *[both] Smiya kamla, lmdina, niveau d l9raya? Matalan: Amina Alami, Fes, bac+2
        }
ask-city =
    { $missing ->
       *[both] Sokna dyalek f achmen mdina wla douar?
    }
    .sms =
        { $missing ->
            [both] Lmdina w niveau d l9raya? Matalan: Fes, bac+2
           *[city] Achmen mdina wla douar?
        }
ask-education = 7ta l fin wsselti f l9raya?
    .sms = 7ta l fin wsselti f l9raya?
ask-confirmation =
    Ha chnou 3endi: { $name }, { $city }, { $education }.
    Formation: { $course }
    Wach hadchi s7i7?
    .sms = { $name }, { $city }, { $education }. { $course }. Wach hadchi s7i7?
ask-what-to-correct = Chnou khassou ytse77e7? W ila ktebti ljawab s7i7 nichan, 7ta hiya mezyana.
    .sms = Chnou khassou ytse77e7? Wla ljawab s7i7 nichan.
registered =
    Safi { $name }, drnaha! Talab dyal tsjil f "{ $course }" t9iyed.
    Code dyalek: { $reference }
    { $next }
    .sms =
        Safi, drnaha! Code dyalek: { $reference }
        { $next }
registered-link = Lbdaya mn hna: { $url }
    .sms = Lbdaya: { $url }
registered-waiting =
    Lblayes f "{ $course }" 3emrou: smitek f la liste d'attente, { $name }.
    Code dyalek: { $reference }
    { $next }
    .sms = { $course }: 3amra, smitek f la liste d'attente. Code dyalek: { $reference }
registration-without-consent = Wakha, makhellina 3endna walou w matsejeltich. W n9edrou nkemlou n9ellbou 3adi.
    .sms = Wakha, makhellina 3endna walou. W n9edrou nkemlou n9ellbou 3adi.
registration-consent-elsewhere = Wakha, matsejeltich f had formation. Smiya, lmdina w niveau d l9raya dyalek ba9yin 3la 9bel tsjilat li 3endek. W ila bghiti kolchi ytmse7, ghir golha lina.
    .sms = Wakha, matsejeltich. Lma3loumat dyalek ba9yin l tsjilat lokhrin, w lmes7 mn 7e99ek.
registration-abandoned = Wakha, khellina had tsjil. Mat9iyed walou.
already-registered = 3endek deja tsjil f "{ $course }": { $reference }, { $state }.
    .sms = Tsjil deja kayn: { $course }. { $reference }, { $state }.
registration-closed = Tsjil f "{ $course }" tsed.
no-registration = Daba ma3endek 7ta tsjil.
registrations =
    { $count ->
        [one] Tsjil dyalek:
        [two] 3endek jouj d tsjilat:
        [few] 3endek { $count } d tsjilat:
        [many] 3endek { $count } tsjil:
       *[other] 3endek { $count } tsjil:
    }
    { $registrations }
registration-line = { $reference } — { $course }: { $state }
    .sms = { $reference } { $course }: { $state }
which-registration = Achmen tsjil 9sedti?
ask-cancel = Nannuler tsjil dyalek f "{ $course }" ({ $reference })?
cancelled = Safi, tannula: "{ $course }" ({ $reference }).
taken-back = Safi, tsel7at: "{ $course }" ({ $reference }), l7ala: { $state }.
take-back-adviser = Mab9itch n9der nsel7ha hna. Chi mostachar y9der: ljawab "iyeh".
not-cancelled = Wakha, tsjil dyalek ba9i kif ma houwa.
congratulations = Alf mabrouk 3lik! 🎉 Certificat dyalek khassha tb9a me7fouda, w tzad f CV dyalek.
completed = Alf mabrouk 3lik! 🎉 Bravo, kemmelti "{ $course }" ({ $reference })! Daba certificat khassha tzad f CV dyalek.
    .sms = Mabrouk 3lik! Kemmelti { $course } ({ $reference }). Daba certificat khassha tzad f CV dyalek.
access-first-aid =
    B3da njerbou hadchi:
    • n7ellou lien f Chrome, w tkoun connexion mezyana;
    • nchoufou wach l'email mektoub s7i7, w 7ta f spam;
    • ila mot de passe tnsa, kayn "mot de passe oublie".
    { $link }
    Ila makhdemch, bghiti chi mostachar y3awnek?
    .sms = B3da: lien f Chrome, l'email f spam, "mot de passe oublie". Ila makhdemch, n9oulha l chi mostachar?
access-link = Lien: { $url }
registration-left = Wakha, nkhelliw tasjil daba: ma t7fed walou. Bach nrej3ou lih, tekfi kelma "inscription".
    .sms = Wakha, nkhelliw tasjil daba. Bach nrej3ou lih: inscription
ask-complete = Wach saliti "{ $course }"?
ask-complete-elsewhere = Wach saliti chi formation?
not-completed = Wakha, ma tbeddel walou.
