## One person on two channels: a code asked for on the first, written on the second, confirmed on the first.

channel-whatsapp = WhatsApp
channel-telegram = Telegram
channel-sms = SMS
channel-web = site
link-code = Lcode dyalek: { $code }. Ila ktebtih f lblassa lokhra li kanhedrou fiha (WhatsApp, Telegram, SMS wla site) 9bel 15 d9i9a, kanjme3 lik lhedra kamla. W mat3tih l 7ta we7ed.
    .sms = Lcode: { $code }, 15 d9i9a. Blasstou: WhatsApp, Telegram wla site. Mat3tih l 7ta we7ed.
link-code-wait = Tlebti deja tlata dyal les codes. Mn hna l sa3a n9edrou n3tiwek we7ed akhor.
    .sms = Tlebti deja tlata dyal les codes. Khass tfout sa3a.
link-asked = Had lcode kayjme3 had lhedra m3a we7da khra ({ $channel }): ghadi nsewel temma wach hadchi mn 3endek. W ila chi we7ed akhor li 3tak had lcode, "la" kafya.
    .sms = Ghadi nsewel f { $channel }. Ila chi 7ed akhor 3tak had lcode: "la".
link-confirm = Lcode dyalek tekteb daba f blassa khra ({ $channel }). Wach hada mn 3endek? Ila iyeh, ghadi njme3 lhedra b jouj.
    .sms = Lcode dyalek tekteb f { $channel }. Wach mn 3endek?
link-done = Safi, tjem3at lhedra b jouj (hna w { $channel }). W tsjilat dyalek m3ak f kol blassa.
    .sms = Safi, tjem3at lhedra b jouj (hna w { $channel }).
link-refused = Matjme3 walou, w had lcode mab9a sale7.
    .sms = Matjme3 walou, w lcode tlgha.
link-own = Hada houwa lcode dyalek nit. Blasstou f ljiha lokhra li kanhedrou fiha, machi hna.
    .sms = Hada lcode dyalek nit. Blasstou machi hna.
link-expired = Had lcode mab9a sale7. W ila ktebti "rabt" f lblassa li bghiti tb9a fiha lhedra, kan3tik we7ed jdid.
    .sms = Had lcode mab9a sale7. Bach takhed we7ed jdid: RABT.
link-too-many = Tjerrbou bezzaf dyal les codes. Mn hna l sa3a n9edrou n3awdou.
    .sms = Tjerrbou bezzaf dyal les codes. Khass tfout sa3a.
option-link-yes = Iyeh, ana
option-link-no = La, machi ana
option-link-cancel = La, nlghiwh
