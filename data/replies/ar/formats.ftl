## Durations, lists and other pieces that the renderer puts together (channels/wording/render.py).
## CLDR has no Darija, and Babel gives Arabic units of time in the wrong form, so they are words here.

duration-minute = { $count ->
    [one] دقيقة واحدة
    [two] دقيقتان
    [few] { $count } دقائق
    [many] { $count } دقيقة
   *[other] { $count } دقيقة
 }
duration-hour = { $count ->
    [one] ساعة واحدة
    [two] ساعتان
    [few] { $count } ساعات
    [many] { $count } ساعة
   *[other] { $count } ساعة
 }
duration-day = { $count ->
    [one] يوم واحد
    [two] يومان
    [few] { $count } أيام
    [many] { $count } يوما
   *[other] { $count } يوم
 }
duration-week = { $count ->
    [one] أسبوع واحد
    [two] أسبوعان
    [few] { $count } أسابيع
    [many] { $count } أسبوعا
   *[other] { $count } أسبوع
 }
duration-month = { $count ->
    [one] شهر واحد
    [two] شهران
    [few] { $count } أشهر
    [many] { $count } شهرا
   *[other] { $count } شهر
 }
duration-year = { $count ->
    [one] سنة واحدة
    [two] سنتان
    [few] { $count } سنوات
    [many] { $count } سنة
   *[other] { $count } سنة
 }
duration-range = من { $from } إلى { $to }
    .sms = { $from } إلى { $to }
list-next = { $start } و{ $item }
list-last = { $start } و{ $item }
options-button = الاختيارات
# When a turn failed on our side for good.
turn-failed = عذرا، حدث خلل عندنا. المرجو إعادة المحاولة بعد قليل.
    .sms = عذرا، حدث خلل عندنا. المرجو إعادة المحاولة بعد قليل.
