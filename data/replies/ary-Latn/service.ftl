## The employment service: advisers, agencies, jobs, projects, employers, alerts.

adviser-requested = Safi, wesseltha: chi mostachar ghadi y9ra had les messages w yjawbek hna, f we9t lkhedma. W mn hna l temma, ana m3ak.
    .sms = Safi, wesseltha: chi mostachar ghadi yjawbek hna, f we9t lkhedma.
adviser-already-requested = Talab dyalek deja 3end lmostacharin: we7ed fihom ghadi yjawbek hna.
adviser-wait = Talab dyalek 3end lmostacharin, ma kayn ma yt3awed: ljawab ghadi yjik hna, f we9t lkhedma. Sa3a b ddebt ma 3arefhach.
    .sms = Talab dyalek 3end lmostacharin: ljawab ghadi yjik hna f we9t lkhedma.
adviser-request-withdrawn = Wakha, talab dyal lmostachar t7eyed.
# Money or papers are asked for in our name; then, what to do.
fraud = Hadchi ghaliban nseb. Tsjil 3endna fabor: 3emmerna ma kantelbou la flous la carte la wra9. Walou ma ytkhelles w walou ma ytsifet, w les messages w nmra yb9aw me7foudin. Chi mostachar y9der y3awnek: ljawab "iyeh".
    .sms = Hadchi nseb: 3emmerna ma kantelbou flous wla wra9. Walou ma ytkhelles. Bghiti mostachar? "iyeh"
fraud-what-to-do = Les messages, nmra w reçu yb9aw me7foudin, w chikaya 3end lboulis { $police }, wla gendarmerie { $gendarmerie } f lbadiya. Ila kant carte d lbanka, lbanka khassha t3ref daba. Chi mostachar y9der y3awnek: ljawab "iyeh".
    .sms = Chikaya: lboulis { $police } wla gendarmerie { $gendarmerie }, m3a les messages. Bghiti mostachar? "iyeh"
ask-agency-city = F achmen mdina bghiti agence ANAPEC?
agencies =
    Les agences f { $city }:
    { $agencies }
agencies-address-unknown =
    F { $city }:
    { $agencies }
    Ma3endnach adresse m2akkda. Chi mostachar y9der y3tiha lik.
    .sms =
        { $agencies }
        Adresse mam2akkdach: chi mostachar y9der y3tiha lik.
agency-unknown = Ma3endnach adresse m2akkda dyal chi agence f { $city }. Chi mostachar y9der y3tiha lik: bghiti ntlbouha mnou?
    .sms = Ma3endnach adresse m2akkda f { $city }. Ntlbouha mn chi mostachar?
agency-line = { $name } { $facts }
jobs-elsewhere = Les offres d lkhedma kaynin 3end ANAPEC (f anapec.org w les agences dyalha). Ana mkellef b les formations. W chi mostachar y9der y3awnek f t9lib 3la lkhedma.
    .sms = Les offres d lkhedma: anapec.org w les agences ANAPEC. Ana mkellef b les formations.
job-loss = Lah y3ewdek khir. 3aref belli lwe9t s3ib melli katmchi lkhedma. Rak machi bou7dek: n9edrou nl9aw lik formation fabor tkoun bdaya jdida, wla chi mostachar ysme3 lik.
    .sms = Lah y3ewdek khir, 3aref lwe9t s3ib. Nl9aw lik formation fabor tkoun bdaya jdida, wla chi mostachar ysme3 lik?
business-support = Tbarkellah 3lik 3la lprojet! ANAPEC kat3awen s7ab les projets, w chi mostachar y9der ywerrik mnin tkoun lbdaya.
    .sms = Tbarkellah 3lik! ANAPEC kat3awen s7ab les projets; chi mostachar ywerrik mnin tkoun lbdaya.
employer-training = Chokran 7it bghiti l'equipe dyalek tt3ellem digital! Mostachar charikat y9der ywerrik les formations, w kifach ytweddfou nas 3endhom certificat.
    .sms = Chokran! Mostachar charikat y9der ywerrik les formations w recrutement.
ask-alert-topic = 3la achmen domaine, wla achmen mdina, bghiti n3elmouk?
ask-alert-consent = Bghiti nsiftou lik message melli tji chi formation jdida ({ $what })? W ila ktebti STOP, mab9inach nsiftou lik 7ta message.
    .sms = N3elmouk b les formations jdad ({ $what })? STOP = 7ta message mab9a.
alert-made = Safi, ghadi n3elmouk b les formations jdad ({ $what }). W ila ktebti STOP, mab9inach nsiftou lik 7ta message.
    .sms = Safi, ghadi n3elmouk b jdid ({ $what }). STOP = 7ta message mab9a.
no-alert = Wakha, mansiftou lik walou.
