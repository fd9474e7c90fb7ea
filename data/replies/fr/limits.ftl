## Too much, the same over and over, and too late.

limits-slow-down = Doucement 🙂 Je reçois beaucoup de messages à la fois. Attendez une minute, puis écrivez-moi en un seul message.
    .sms = Trop de messages a la fois. Attendez une minute, puis ecrivez-moi en un seul message.
limits-repeated = J'ai déjà reçu ce message plusieurs fois. Dites-le autrement, ou écrivez « menu ».
    .sms = Deja recu plusieurs fois. Dites-le autrement, ou MENU.
limits-looping = Je me répète, désolé. Je m'arrête quelques minutes, et un conseiller pourra relire notre conversation.
    .sms = Je me repete, desole. Je m'arrete quelques minutes; un conseiller pourra relire.
message-too-long = Votre message est long : j'ai lu le début et la fin. Le plus important, écrivez-le en une ligne.
    .sms = Message long : lu debut et fin. L'essentiel en une ligne SVP.
late-answer = Désolé de répondre si tard : vos messages ne m'étaient pas parvenus.
    .sms = Desole de repondre si tard.

# While the operator has switched the assistant off.
assistant-off = L'assistant est en pause. Votre message est bien arrivé : un conseiller le lira et vous répondra ici.
    .sms = Assistant en pause. Un conseiller lira votre message et vous repondra ici.
