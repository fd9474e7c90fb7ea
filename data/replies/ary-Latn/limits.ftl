## Too much, the same over and over, and too late.

limits-slow-down = Ghir b chwiya 🙂 Kaywselouni bezzaf dyal les messages f de99a. Mn hna l d9i9a, message we7ed fih kolchi 7sen.
    .sms = Ghir b chwiya: bezzaf dyal les messages. Mn hna l d9i9a, message we7ed.
limits-repeated = Had lmessage wselni ch7al mn merra. Chnou bghiti b debt? B klam akhor, wla "menu".
    .sms = Had lmessage wselni ch7al mn merra. B klam akhor, wla "menu".
limits-looping = Sm7ou lia, wellit kan3awed nefs lhedra. Ghadi n7bes chi d9aye9, w chi mostachar y9der y9ra hadchi.
    .sms = Sm7ou lia, wellit kan3awed nefs lhedra. Ghadi n7bes chi d9aye9.
message-too-long = Lmessage twil: 9rit lbedya w lekher dyalo. Li mohim, f ster we7ed 7sen.
    .sms = Message twil: 9rit lbedya w lekher. Li mohim f ster we7ed.
late-answer = Sm7ou lia 3la had t3tila: les messages dyalek makanouch wselouni.
    .sms = Sm7ou lia 3la had t3tila.

# While the operator has switched the assistant off.
assistant-off = L'assistant wa9ef daba. Message dyalek wsel: chi mostachar ghadi y9rah w yjawbek hna.
    .sms = Assistant wa9ef daba. Chi mostachar ghadi yjawbek hna.
