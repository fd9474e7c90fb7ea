## One person on two channels: a code asked for on the first, written on the second, confirmed on the first.

channel-whatsapp = WhatsApp
channel-telegram = Telegram
channel-sms = SMS
channel-web = le site
link-code = Votre code : { $code }. Écrivez-le là où vous me parlez aussi (WhatsApp, Telegram, SMS ou le site) dans les 15 minutes, et je réunis vos conversations. Ne le donnez à personne.
    .sms = Code: { $code }. Ecrivez-le dans les 15 min sur WhatsApp, Telegram ou le site. Ne le donnez a personne.
link-code-wait = Vous avez déjà demandé trois codes. Réessayez dans une heure.
    .sms = Deja trois codes. Reessayez dans une heure.
link-asked = Ce code réunira cette conversation avec une autre ({ $channel }) : je demande là-bas si c'est bien vous. Si quelqu'un d'autre vous a donné ce code, écrivez NON.
    .sms = Je demande confirmation ({ $channel }). Si ce code vous a ete donne par un autre, ecrivez NON.
link-confirm = Votre code vient d'être écrit ailleurs ({ $channel }). Est-ce vous ? Si oui, je réunis les deux conversations.
    .sms = Votre code vient d'etre ecrit ailleurs ({ $channel }). Est-ce vous ?
link-done = C'est fait : vos deux conversations sont réunies (ici et { $channel }). Vos inscriptions vous suivent.
    .sms = C'est fait: conversations reunies (ici et { $channel }).
link-refused = Rien n'a été réuni, et ce code ne vaut plus rien.
    .sms = Rien n'a ete reuni, code annule.
link-own = C'est votre propre code. Écrivez-le là où vous me parlez aussi, pas ici.
    .sms = C'est votre propre code: ecrivez-le ailleurs, pas ici.
link-expired = Ce code ne vaut plus rien. Pour en avoir un autre, écrivez « lier » là où vous voulez garder vos conversations.
    .sms = Ce code ne vaut plus rien. Un autre: ecrivez LIER.
link-too-many = Trop de codes essayés. Réessayez dans une heure.
    .sms = Trop de codes essayes. Reessayez dans une heure.
option-link-yes = Oui, c'est moi
option-link-no = Non, pas moi
option-link-cancel = Non, annuler
