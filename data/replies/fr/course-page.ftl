## One course: its page and the questions about it. Unknown is said, never guessed.

course-page =
    { $course }
    { $summary }
    { $facts }
    Voulez-vous vous inscrire ?
    .sms =
        { $course }
        { $facts }
course-page-past =
    { $course }
    { $summary }
    { $facts }
    Cette offre est passée, on ne peut plus s'y inscrire.
    .sms =
        { $course }
        Offre passée, plus d'inscription.
fact-provider = Proposée par { $provider }
    .sms = { $provider }
fact-provider-on = Proposée par { $provider }, sur { $platform }
    .sms = { $provider }, { $platform }
fact-duration = Durée : { $duration }
    .sms = { $duration }
fact-level = Niveau : { $level }
    .sms = { $level }
fact-language = Langue : { $languages }
    .sms = en { $languages }
fact-mode = { $mode }
fact-mode-city = { $mode }, à { $city }
fact-cost-free = Gratuite
fact-cost-paid = Payante
fact-certificate-yes = Avec certificat
fact-certificate-no = Sans certificat
fact-certificate-named = Certificat : { $name }
    .sms = Avec certificat
fact-prerequisites = Il faut : { $prerequisites }
fact-education = Niveau d'études demandé : { $education }
fact-starts-on = Début : { $date }
fact-phone-yes = Se suit sur téléphone
fact-phone-no = Ne se suit pas sur téléphone
fact-computer-yes = Il faut un ordinateur
fact-computer-no = Pas besoin d'ordinateur
fact-url = Lien : { $url }
    .sms = { "" }
facts-not-stated = Non indiqué : { $missing }
    .sms = { "" }
fact-not-stated = non indiqué
course-fact = { $course } — { $fact }
not-stated = { $course } : la source n'indique pas { $aspect }. Un conseiller peut se renseigner pour vous.
    .sms = { $course }: { $aspect } non indiqué. Un conseiller peut se renseigner.
fact-of-course = { $n }. { $course } — { $fact }
facts-of-courses = { $courses }
which-course = De quelle formation parlez-vous ?
which-course-none = De quelle formation parlez-vous ? Cherchons-la d'abord.
general-cost = Beaucoup de formations sont gratuites ; chaque fiche dit le prix quand il est connu. Le service Takwin est toujours gratuit.
    .sms = Beaucoup sont gratuites; chaque fiche dit le prix s'il est connu. Takwin est gratuit.
general-certificate = La plupart donnent un certificat du partenaire (Google, Microsoft, Coursera, OpenClassrooms...), que des employeurs connaissent. La fiche de chaque formation le dit.
    .sms = La plupart donnent un certificat du partenaire (Google, Microsoft...). La fiche le dit.
general-duration = Cela va de quelques heures à plusieurs mois, à votre rythme le plus souvent. Dites-moi « courte » ou « longue ».
    .sms = De quelques heures à plusieurs mois, à votre rythme. Courte ou longue ?
general-prerequisites = Beaucoup de formations ne demandent ni diplôme ni expérience. Dites-moi votre niveau et je chercherai.
    .sms = Beaucoup ne demandent ni diplôme ni expérience. Dites votre niveau.
general-mode = La plupart se suivent en ligne, de chez vous. Dites-moi « en ligne » ou votre ville.
general-schedule = En ligne, la plupart se commencent quand vous voulez. La fiche donne les dates quand elles sont connues.
    .sms = En ligne, on commence souvent quand on veut. La fiche donne les dates connues.
general-course-language = Il y en a en arabe, en français et en anglais. Dites-moi la langue que vous préférez.
general-equipment = Un ordinateur aide, mais certaines formations se suivent au téléphone. La fiche le dit quand c'est connu.
    .sms = Un ordinateur aide; certaines se suivent au téléphone. La fiche le dit si c'est connu.
general-provider = Les formations viennent de Google, Microsoft, LinkedIn Learning, Coursera, OpenClassrooms et l'Agence de Développement du Digital (ADD).
    .sms = Google, Microsoft, LinkedIn Learning, Coursera, OpenClassrooms et l'ADD.
provider-about = { $name } : { $about }
