topic-it_support = الدعم المعلوماتي
topic-marketing = التسويق
city-fes = فاس
hello = مرحبا! على شنو كتقلب؟
    .sms = على شنو كتقلب؟
long-story = عندنا بزاف ما نقولو ليك آ { $name } على هاد التكوين والتواريخ ديالو والثمن والبلايص
    .brief = قرا آ { $name }
echo = قلت: { $text }
count = { $count ->
    [zero] حتى فورماسيون
    [one] فورماسيون وحدة
    [two] جوج د الفورماسيونات
    [few] { $count } د الفورماسيونات
    [many] { $count } فورماسيون
   *[other] { $count } فورماسيون
 }
about = { $what } ف { $where }
course-line = { $number }. { $title } ({ $duration })
results = هاهوما:
    { $lines }
    { $note }
starts = تبدأ ف { $date }
more = المزيد
details = تفاصيل { $title }
    .sms = تفاصيل
picked = اختيار { $value }
not-understood-empty = لم تصلني كلمة.
option-expired = لم يعد هذا الاختيار صالحا.
message-too-long = ميساج طويل.
turn-failed = عذرا، حاول لاحقا.
menu-more = كتر
menu-next = الباقي:
    .sms = { "" }
