## Danger: numbers to call first (data/places/helplines.csv), then who is told. No gender; short.

danger-help =
    { $word } Nmari dyal daba: lboulis { $police } (f lbadiya jadarmiya { $gendarmerie }), l'ambulance { $civil_protection } wla { $samu }.
    { $line }
    { $told }
    .sms = { $word } Lboulis { $police } (lbadiya { $gendarmerie }), l'ambulance { $civil_protection } wla { $samu }. { $told } { $line }
# To what is written after it, until something else is wished for: no menu.
danger-stay = { $word } Nmari dyal daba: lboulis { $police } (f lbadiya { $gendarmerie }), l'ambulance { $civil_protection } wla { $samu }, l3yalat { $women_line }, mineurs { $child_line }. { $told }
    .sms = { $word } Lboulis { $police } (lbadiya { $gendarmerie }), l'ambulance { $civil_protection } wla { $samu }, l3yalat { $women_line }, mineurs { $child_line }. { $told }
danger-told = 3lemna mostachar b zerba, w ghadi yekteb lik hna.
    .sms = Ghadi yekteb lik mostachar.
danger-told-no_contact = 9iyedtha: la message la tilifoun. Lmostacharin kaychoufouha.
    .sms = 9iyedtha: la message la tilifoun.
danger-here = Ana hna w kan9ra klamek.
    .sms = Kan9ra klamek.
danger-here-told = Lmessages dyalek 3nd mostachar w ghadi yekteb lik hna ghir y9der. W ana ba9i m3ak.
    .sms = Ghadi yekteb lik mostachar.
danger-here-no_contact = Lmostacharin kaychoufou belli ma bghiti la message la tilifoun. W ana ba9i m3ak.
    .sms = 9iyedtha: la message la tilifoun.
# What is asked for after danger: that nobody writes, who reads it, somewhere to go, another number.
danger-need-no_contact = Wakha, 9iyedtha: la message la tilifoun, w lmostacharin kaychoufouha. Ila kan chi 7ed kay9ra had tilifoun, khass had lmessages ytmes7ou mnno.
    .sms = 9iyedtha: la message la tilifoun. Khass hado ytmes7ou.
danger-need-who_reads = Ghir lmostacharin dyal had lkhedma li kay9raw hadchi. Ma kan3tiwh la l l3a2ila, la l moul lkhedma, la l boulis.
    .sms = Ghir lmostacharin kay9raw hadchi.
danger-need-shelter = 3la blassa amina: lboulis y9der yji, w { $women_line } (l3yalat) w { $child_line } (mineurs) kaydellou 3la markaz wla jam3iya.
    .sms = Blassa amina: { $women_line } wla { $child_line }, w lboulis yji.
danger-need-no_answer = Ila chi nmra ma jawbatch, kaynin lkhrin. W ila ma ymkench tilifoun: lkomisariya, sbitar, wla chi blassa fiha nnas.
    .sms = Ila ma ymkench: lkomisariya wla sbitar.
danger-word-self = 9rit klamek. Koul ro7 ghalya, w mezyan melli ktebti.
    .sms = Koul ro7 ghalya.
danger-word-violence = 9rit klamek. 7ta wa7ed ma 3ndou l7e99 ydir hadchi.
    .sms = 7ta wa7ed ma 3ndou l7e99.
danger-word-medical = 9rit klamek. Hadchi ma kaytsennach.
    .sms = Hadchi ma kaytsennach.
danger-word-child = 9rit klamek. Mezyan melli goltiha.
    .sms = Mezyan melli goltiha.
danger-line-violence = L l3yalat: { $women_line }, w les mineurs: { $child_line }, fabor.
    .sms = L3yalat { $women_line }, mineurs { $child_line }.
danger-line-child = 3la drari: { $child_line }, fabor.
    .sms = Drari: { $child_line }.
# To what is sad and names no danger; `concern-word` where a wish came with it, which is answered then.
concern = 9rit klamek, w hadchi s3ib bse7. Kif b9iti daba? Wach m3ak chi 7ed? Ila bghiti, mostachar yekteb lik.
    .sms = 9rit klamek, s3ib hadchi. Kif b9iti? Wach m3ak chi 7ed? Ila bghiti, mostachar yekteb lik.
concern-word = 9rit klamek, w 9elbi m3ak.
    .sms = 9elbi m3ak.
# Once more to somebody who was asked kindly already, and to their no.
concern-again = Kan9ra klamek w ana hna. Li kayn f 9elbek kan9rah; w mostachar y9der yekteb lik, tekfi kelma "ah".
    .sms = Kan9ra klamek w ana hna. Mostachar y9der yekteb lik: ah.
concern-kept = Wakha. Ana hna, we9t ma bghiti.
    .sms = Wakha. Ana hna, we9t ma bghiti.
