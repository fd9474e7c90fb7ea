## The manners of the conversation. `.sms`: one segment (160 GSM-7 letters) where it can be.
## Said to men and women alike: "bghiti", "ila ktebti", "3endek"; no "kteb/ktebi", no "t9der/t9edri".

# First message of all. Must say: what this is, free, advisers may read, how to erase, nothing without consent.
# `.brief` stands above a first list by SMS; that nothing is kept without consent is then said by the consent question.
welcome =
    Mer7ba bik f Takwin 👋 Kan9elleb m3ak 3la formation fabor b certificat, w kansejlek fiha. W lm3awna dyali 7ta hiya fabor.
    Lmostacharin dyalna y9edrou y9raw had les messages. Bla lmouwafa9a dyalek, makan9iydou 3lik walou w makansejlouk f 7ta blassa. Ila ktebti "mse7 lma3loumat dyali", kanmes7ou kolchi.
    .sms = Takwin, fabor: formations b certificat. Lmostacharin y9edrou y9raw. Walou bla mouwafa9a dyalek. Lmes7: "mse7 kolchi"
    .brief = Takwin, fabor. Lmostacharin y9edrou y9raw. Lmes7: "mse7 kolchi"
menu = Chnou bghiti ndirou?
    .sms = Chnou bghiti?
greet = Salam! Bach n9der n3awnek?
greet-again = Mer7ba!
goodbye = Bslama, w lah yssehel 3lik! Ana hna f ay we9t.
thank = Bla jmil! Bghiti chi 7aja okhra?
help =
    Kan9elleb m3ak 3la formation, kanchre7ha lik, kansejlek fiha, w kanwesslek b chi mostachar.
    Chnou bghiti? Ghir b lklam dyalek, matalan: "bghit formation fabor f l'informatique, online".
    "rabt" katjme3 les conversations dyalek (WhatsApp, Telegram, SMS); "STOP" kat7bes ga3 les messages.
    .sms =
        RABT = njem3ou 2 d les canaux. STOP = 7ta message.
        Chnou bghiti? Matalan: formation fabor f l'informatique, online. Wla chi ra9m mn hadou:
    .brief = Chnou bghiti? Matalan: formation fabor f l'informatique, online. Wla chi ra9m mn hadou:
bot-challenge = Ana Takwin, programme machi bnadem. Lmostacharin dyalna kayraj3ou had les messages, w ila bghiti we7ed fihom, kanwesslek bih.
    .sms = Ana Takwin, programme machi bnadem. Lmostacharin kay9raw les messages w y9edrou yjawbouk.
affirm-what = Wakha! Chnou bghiti ndirou?
deny = Wakha. N9edrou n9ellbou 3la 7aja okhra.
calm = Fahmek, hadchi kay9elle9. Ana hna bach n3awnek, w ila bghiti chi mostachar ykemmel m3ak, kayn.
    .sms = Fahmek, hadchi kay9elle9. N3awnek ana, wla chi mostachar ykemmel m3ak.
feedback = Chokran 7it 9ltiha lia. Lklam dyalek ghadi ywsel l lmostacharin dyalna.
out-of-scope = Hadi man9derch n3awnek fiha: ana mkellef b les formations, tsjil w khadamat tachghil.
    .sms = Hadi man9derch n3awnek fiha: ana dyal les formations w tachghil.
restarted = Nbdaw mn jdid! Tsjilat dyalek ba9yin. Chnou bghiti daba?
language-changed = Wakha, nkemlou b darija.
ask-language = B achmen lougha bghiti nhedrou?
language-unknown = Mazal makanhderch b { $language }. Kanhder b:
fallback-rephrase = Mafhemtch mezyan. Wach 9esdek chi we7da mn hadou?
fallback-menu = Sm7ou lia, mazal mafhemtch. Ha les choix, w ila bghiti chi mostachar, kayn.
    .sms = Sm7ou lia, mafhemtch. Ha les choix:
no-list = Daba makayna 7ta liste. Chnou bghiti?
no-such-number = Makaynch ra9m { $number } f la liste.
not-understood-empty = Mawselni 7ta klam mektoub. Chnou bghiti? B lktaba 3afak.
option-expired = Had lchoix mab9ach. Chnou bghiti daba? W ila ktebti "menu", kaybanou lik les choix.
    .sms = Had lchoix mab9ach. Chnou bghiti daba? Wla "menu".
answer-needed =
    Khassni had jawab bach nkemmel tsjil. Ila bghiti n7ebsou, kteb "annuler".
answer-not-recognised = Ma3reftch had jawab. Goulha liya b tari9a khra, wla khtar mn hna.
    .sms = Ma3reftch had jawab. Goulha b tari9a khra:
# Where an answer is neither yes nor no: the question is asked again under it.
yes-or-no = Ma fhemtch wach ah wla la. Bla ah wad7a ma kayddar walou.
    .sms = Ah wla la? Bla ah wad7a ma kayddar walou.
ask-restart = Nbdaw mn lowel? Hadchi li kan9elbou 3lih kaytnsa, w tasjilat kayb9aw.
    .sms = Nbdaw mn lowel?
not-restarted = Wakha, nkemlou.
ask-stop = Wach n7ebsou 3lik les messages dyalna kamlin?
not-stopped = Wakha, nkemlou.
