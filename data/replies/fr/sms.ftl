## What only SMS says, and the line under messages that nobody asked for now.

# "0. ..." under a menu that goes on: one short word.
menu-more = Plus
# The next page of a menu: by SMS the options alone.
menu-next = La suite :
    .sms = { "" }
# Under every message that answers nothing: alerts, reminders.
alert-stop-line = Écrivez STOP pour ne plus recevoir aucun message de notre part.
    .sms = STOP = plus aucun message
