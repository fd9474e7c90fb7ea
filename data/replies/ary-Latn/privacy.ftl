## What is kept, and erasing it.

privacy =
    Kankhelliw 3endna les messages dyalek w smiya li bayna f l'application bach njawbouk, w lmostacharin dyalna y9edrou y9rawhom. Smiya, lmdina w niveau d l9raya dyalek makankhelliwhom 7ta tkoun lmouwafa9a dyalek, w ghir l tsjilat dyalek, 3amayn b lktir. Makanbi3ou walou w makannechrou walou. Ila dazou 3amayn bla khbar mnk, kolchi kaytmse7.
    Bghiti copie, wla bghiti kolchi ytmse7? Hadchi mn 7e99ek.
    .sms = Les messages kan9rawhom ghir 7na. Smiya, lmdina w l9raya ghir b lmouwafa9a dyalek, 3amayn b lktir. Ila bghiti copie wla ytmse7 kolchi, mn 7e99ek.
ask-erase = Nmes7ou kolchi dyalek: les messages, lma3loumat, tsjilat w les alertes? Mn be3d makaynch rjou3.
    .sms = Nmes7ou kolchi dyalek, 7ta tsjilat? Mn be3d makaynch rjou3.
erased = Safi, lma3loumat dyalek tmes7ou. Ra9m dyal recu: { $reference }. Ila ktebti lina chi nhar, nbdaw mn zero.
    .sms = Safi, lma3loumat dyalek tmes7ou. Recu: { $reference }.
not-erased = Wakha, matmse7 walou.
ask-if-erase = Wach bghiti nmes7ou lma3loumat dyalek kamlin, wla chi 7aja khra?
