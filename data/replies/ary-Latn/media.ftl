## Said to what is no text: a voice note, a picture, a pin on a map. `.sms`: one segment (160 GSM-7 letters).

media-voice = Sm7ou lia, man9derch nsme3 les vocaux. Chnou bghiti? Ghir b jouj kelmat mektoubin, b lklam dyalek. W ila bghiti chi mostachar, kayn.
    .sms = Man9derch nsme3 les vocaux. Chnou bghiti? B lktaba 3afak, wla "mostachar".
media-image = Sm7ou lia, man9derch n9ra tsawer. Chnou fiha had tswira? Ghir b jouj kelmat mektoubin. W ila bghiti chi mostachar, kayn.
    .sms = Man9derch n9ra tsawer. Chnou bghiti? B lktaba 3afak, wla "mostachar".
media-video = Sm7ou lia, man9derch nchouf les vidéos. Chnou bghiti? Ghir b jouj kelmat mektoubin. W ila bghiti chi mostachar, kayn.
    .sms = Man9derch nchouf les videos. Chnou bghiti? B lktaba 3afak, wla "mostachar".
media-document = Sm7ou lia, man9derch n7ell had lfichier. Chnou bghiti? Ghir b jouj kelmat mektoubin. W ila bghiti chi mostachar, kayn.
    .sms = Man9derch n7ell lfichier. Chnou bghiti? B lktaba 3afak, wla "mostachar".
media-contact = Makanktebch l nas li kaywselni nwamerhom. Ila kan chi we7ed kay9elleb 3la formation, mer7ba bih yekteb lia b rasso.
    .sms = Makanktebch l nwamer d nas. Li kay9elleb 3la formation, yekteb lia b rasso.
media-sticker = 🙂 Kanfhem ghir lklam lmektoub. Wach "ah" wla "la"? Wla chnou bghiti?
    .sms = Kanfhem ghir lklam lmektoub. Wach "ah" wla "la"? Wla chnou bghiti?
media-unsupported = Sm7ou lia, had message mat7ellch lia. Chnou bghiti? B lktaba 3afak.
    .sms = Had message mat7ellch lia. Chnou bghiti? B lktaba 3afak.
media-location-far = Had lblassa b3ida 3la lmoudoun li kan3ref. Chnou smiyet lmdina dyalek, wla a9reb mdina kbira lik?
    .sms = Had lblassa b3ida 3la lmoudoun li kan3ref. Chnou smiyet lmdina dyalek?
