## Danger: numbers to call first (data/places/helplines.csv), then who is told. No gender; short.

danger-help =
    { $word } Si c'est maintenant, appelez : police { $police } (à la campagne, gendarmerie { $gendarmerie }), ambulance { $civil_protection } ou { $samu }.
    { $line }
    { $told }
    .sms = { $word } Police { $police } (campagne { $gendarmerie }), ambulance { $civil_protection } ou { $samu }. { $told } { $line }
# To what is written after it, until something else is wished for: no menu.
danger-stay = { $word } Pour de l'aide maintenant : police { $police } (à la campagne { $gendarmerie }), ambulance { $civil_protection } ou { $samu }, femmes { $women_line }, mineurs { $child_line }. { $told }
    .sms = { $word } Police { $police } (campagne { $gendarmerie }), ambulance { $civil_protection } ou { $samu }, femmes { $women_line }, mineurs { $child_line }. { $told }
danger-told = Un conseiller est prévenu en urgence et vous écrira ici.
    .sms = Un conseiller vous écrira.
danger-told-no_contact = C'est noté : ni message ni appel. Les conseillers le voient.
    .sms = Noté: ni message ni appel.
danger-here = Je suis là et je vous lis.
    .sms = Je vous lis.
danger-here-told = Un conseiller a vos messages et vous écrira ici dès que possible. Vous pouvez continuer à m'écrire.
    .sms = Un conseiller vous écrira.
danger-here-no_contact = Les conseillers voient que vous ne voulez ni message ni appel. Vous pouvez continuer à m'écrire.
    .sms = Noté: ni message ni appel.
# What is asked for after danger: that nobody writes, who reads it, somewhere to go, another number.
danger-need-no_contact = D'accord, c'est noté : ni message ni appel, et les conseillers le voient. Si quelqu'un lit ce téléphone, effacez-y ces messages.
    .sms = Noté: ni message ni appel. Effacez ces SMS si on lit ce téléphone.
danger-need-who_reads = Seuls les conseillers de ce service lisent cette conversation. Nous ne la donnons ni à la famille, ni à l'employeur, ni à la police.
    .sms = Seuls les conseillers lisent ceci, pas la famille ni la police.
danger-need-shelter = Pour un endroit sûr : la police peut venir ; le { $women_line } (femmes) et le { $child_line } (mineurs) orientent vers un centre ou une association.
    .sms = Un endroit sûr: { $women_line } ou { $child_line } orientent, la police peut venir.
danger-need-no_answer = Si un numéro ne répond pas, il y a les autres. Si vous ne pouvez pas appeler : un poste de police, un hôpital, un lieu où il y a du monde.
    .sms = Sinon: poste de police, hôpital, un lieu avec du monde.
danger-word-self = Je vous lis. Chaque vie compte, et c'est bien d'avoir écrit.
    .sms = Chaque vie compte.
danger-word-violence = Je vous lis. Personne n'a le droit de faire cela.
    .sms = Personne n'a ce droit.
danger-word-medical = Je vous lis. N'attendez pas.
    .sms = N'attendez pas.
danger-word-child = Je vous lis. C'est bien de le dire.
    .sms = C'est bien de le dire.
danger-line-violence = Pour les femmes : { $women_line } ; pour les mineurs : { $child_line } ; gratuits.
    .sms = Femmes { $women_line }, mineurs { $child_line }.
danger-line-child = Pour un enfant : { $child_line }, gratuit.
    .sms = Enfants { $child_line }.
# To what is sad and names no danger; `concern-word` where a wish came with it, which is answered then.
concern = Je vous lis, et ce que vous vivez est dur. Comment allez-vous maintenant, et avez-vous quelqu'un près de vous ? Si vous voulez, un conseiller vous écrit.
    .sms = Je vous lis, c'est dur. Comment allez-vous ? Avez-vous quelqu'un près de vous ? Un conseiller peut vous écrire.
concern-word = Je vous lis, et je suis de tout cœur avec vous.
    .sms = De tout coeur avec vous.
# Once more to somebody who was asked kindly already, and to their no.
concern-again = Je vous lis, je reste là. Écrivez ce que vous voulez ; un conseiller peut aussi vous écrire, dites-moi « oui ».
    .sms = Je vous lis, je reste là. Un conseiller peut vous écrire: OUI.
concern-kept = D'accord. Je reste là : écrivez-moi quand vous voulez, de tout.
    .sms = D'accord. Je reste là, écrivez quand vous voulez.
