## What only SMS says, and the line under messages that nobody asked for now.

# "0. ..." under a menu that goes on: one short word.
menu-more = المزيد
# The next page of a menu: by SMS the options alone.
menu-next = البقية:
    .sms = { "" }
# Under every message that answers nothing: alerts, reminders.
alert-stop-line = كتابة STOP توقف كل رسائلنا.
    .sms = STOP توقف كل الرسائل
