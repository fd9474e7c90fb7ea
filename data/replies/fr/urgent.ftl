## Danger: numbers to call first, then who is told. Numbers of the State, free from any phone in Morocco.

urgent-help = Ce que vous dites est grave, et vous comptez. Si vous êtes en danger maintenant, appelez : police 19, gendarmerie 177 (hors des villes), ambulance 15 ou SAMU 141. Un conseiller est prévenu en premier ; il vous répondra ici.
    .sms = Vous comptez. En danger? Appelez le 19 (police), 177 (gendarmerie), 15 (ambulance), 141 (SAMU). Un conseiller est prévenu.
