topic-it_support = الدعم المعلوماتي
topic-marketing = التسويق
city-fes = فاس
hello = مرحبا! عن ماذا تبحث؟
    .sms = عن ماذا تبحث؟
long-story = لدينا الكثير لنقوله لكم يا { $name } عن هذا التكوين وتواريخه وثمنه وأماكنه وشواهده
    .brief = اقرأ يا { $name }
echo = قلت: { $text }
count = { $count ->
    [zero] لا دورات
    [one] دورة واحدة
    [two] دورتان
    [few] { $count } دورات
    [many] { $count } دورة
   *[other] { $count } دورة
 }
about = { $what } في { $where }
course-line = { $number }. { $title } ({ $duration })
results = هذه هي:
    { $lines }
    { $note }
starts = تبدأ في { $date }
more = المزيد
details = تفاصيل { $title }
    .sms = تفاصيل
picked = اختيار { $value }
not-understood-empty = لم تصلني كلمة.
option-expired = لم يعد هذا الاختيار صالحا.
message-too-long = رسالة طويلة.
turn-failed = عذرا، حاول لاحقا.
menu-more = المزيد
menu-next = البقية:
    .sms = { "" }
