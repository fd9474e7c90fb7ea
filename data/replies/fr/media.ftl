## Said to what is no text: a voice note, a picture, a pin on a map. What to do instead, in one breath.

media-voice = Désolé, je ne peux pas écouter les vocaux. Écrivez-moi en quelques mots, comme vous parlez, ou demandez un conseiller.
    .sms = Je ne peux pas ecouter les vocaux. Ecrivez en quelques mots, ou CONSEILLER.
media-image = Désolé, je ne peux pas lire les images. Écrivez-moi en quelques mots ce qu'on y voit, ou demandez un conseiller.
    .sms = Je ne peux pas lire les images. Ecrivez en quelques mots, ou CONSEILLER.
media-video = Désolé, je ne peux pas regarder les vidéos. Écrivez-moi en quelques mots ce que vous cherchez, ou demandez un conseiller.
    .sms = Je ne peux pas voir les videos. Ecrivez en quelques mots, ou CONSEILLER.
media-document = Désolé, je ne peux pas ouvrir les fichiers. Écrivez-moi en quelques mots ce que vous cherchez, ou demandez un conseiller.
    .sms = Je ne peux pas ouvrir les fichiers. Ecrivez en quelques mots, ou CONSEILLER.
media-contact = Je n'écris pas aux contacts qu'on m'envoie. Si cette personne cherche une formation, elle peut m'écrire elle-même.
    .sms = Je n'ecris pas aux contacts recus. Cette personne peut m'ecrire elle-meme.
media-sticker = 🙂 Je ne comprends que les mots. C'est « oui » ou « non » ? Ou dites-moi ce que vous cherchez.
    .sms = Je ne comprends que les mots. Repondez OUI ou NON, ou dites ce que vous cherchez.
media-unsupported = Désolé, je n'ai pas pu ouvrir ce message. Écrivez-moi en quelques mots ce que vous cherchez.
    .sms = Message illisible. Ecrivez en quelques mots ce que vous cherchez.
media-location-far = Cet endroit est loin des villes que je connais. Quelle est votre ville, ou la grande ville la plus proche ?
    .sms = Endroit loin des villes que je connais. Ecrivez le nom de votre ville.
