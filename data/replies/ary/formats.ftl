## Durations, lists and other pieces that the renderer puts together (channels/wording/render.py).
## CLDR has no Darija, and Babel gives Arabic units of time in the wrong form, so they are words here.

duration-minute = { $count ->
    [one] دقيقة وحدة
    [two] جوج دقايق
    [few] { $count } دقايق
   *[other] { $count } دقيقة
 }
duration-hour = { $count ->
    [one] ساعة وحدة
    [two] ساعتين
    [few] { $count } سوايع
   *[other] { $count } ساعة
 }
duration-day = { $count ->
    [one] نهار واحد
    [two] يومين
    [few] { $count } يام
   *[other] { $count } يوم
 }
duration-week = { $count ->
    [one] سيمانة وحدة
    [two] جوج سيمانات
    [few] { $count } سيمانات
   *[other] { $count } سيمانة
 }
duration-month = { $count ->
    [one] شهر واحد
    [two] شهرين
    [few] { $count } شهور
   *[other] { $count } شهر
 }
duration-year = { $count ->
    [one] عام واحد
    [two] عامين
    [few] { $count } سنين
   *[other] { $count } عام
 }
duration-range = من { $from } ل { $to }
    .sms = { $from } ل { $to }
list-next = { $start }، { $item }
list-last = { $start } و { $item }
options-button = الاختيارات
# When a turn failed on our side for good.
turn-failed = سمحو لينا، وقع مشكل من جيهتنا. خاص محاولة أخرى من بعد شوية.
    .sms = سمحو لينا، وقع مشكل من جيهتنا. خاص محاولة أخرى من بعد شوية.
