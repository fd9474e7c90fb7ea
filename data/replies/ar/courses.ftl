## Finding courses: lists, reasons, wishes given up.

ask-topic = عن أي دورة نبحث؟ المرجو كتابة مجال أو مهنة، أو الاختيار:
    .sms = ما المجال أو المهنة؟
topic-not-recognised = لم أجد دورة بهذه الكلمات.
noted = فهمت، شكرا.
noted-about-you = فهمت، شكرا. هل أقترح عليك دورة؟
# heading, then the numbered courses, then how many more there are.
courses-found =
    { $heading }
    { $courses }
    { $rest ->
        [0] المرجو الرد برقم الدورة.
        [one] المرجو الرد برقم. توجد دورة أخرى.
        [two] المرجو الرد برقم. توجد دورتان أخريان.
        [few] المرجو الرد برقم. توجد { $rest } دورات أخرى.
        [many] المرجو الرد برقم. توجد { $rest } دورة أخرى.
       *[other] المرجو الرد برقم. توجد { $rest } دورة أخرى.
    }
    .sms =
        { $heading }
        { $courses }
# { $total } is a number.
found =
    { $total ->
        [one] وجدت دورة واحدة:
        [two] وجدت دورتين:
        [few] وجدت { $total } دورات:
        [many] وجدت { $total } دورة:
       *[other] وجدت { $total } دورة:
    }
    .sms =
        { $total ->
            [one] دورة واحدة:
            [two] دورتان:
            [few] { $total } دورات:
           *[other] { $total } دورة:
        }
    .brief = { "" }
found-without = لا شيء يطابق كل طلبك ({ $given_up }). هذا أقرب ما وجدت:
    .sms = { $given_up }. الأقرب:
    .brief = { $given_up }:
found-more = هذه دورات أخرى:
found-instead = هذه دورات مفتوحة في نفس المجال:
found-for-job = هذه الدورات تؤهل لهذه المهنة:
found-for-project = هذه الدورات تساعد على بدء مشروع:
found-for-staff = هذه دورات لفريقك:
next-step = وللمتابعة:
recommended = هذا ما أنصحك به:
recommended-first-steps = للبداية، هذه أساسيات مفيدة في كل المهن:
# One course of a list. facts: provider and duration; reasons: why it is shown.
course-line =
    { $n }. { $course } — { $facts }
    ✓ { $reasons }
    .sms = { $n }.{ $course }
reason-topic = { $value }
reason-occupation = للعمل في: { $value }
reason-provider = { $value }
reason-city = في { $value }
reason-online = عن بعد
reason-level = مستوى { $value }
reason-language = ب{ $value }
reason-free = مجانية
reason-certificate = مع شهادة
reason-duration = { $value }
reason-works-on-phone = تصلح للهاتف
reason-text = تطابق كلماتك
given-up-city = لا توجد دورة في { $city }، هذه عن بعد
    .sms = لا شيء في { $city }، هذه عن بعد
given-up-provider = لا توجد دورة من { $providers }
given-up-language = لا توجد دورة ب{ $languages }
given-up-level = لا توجد دورة في مستوى { $value }
given-up-mode = لا توجد دورة { $value }
given-up-cost = المجانية غير مذكورة
    .sms = الثمن غير مذكور
    .brief = الثمن غير مذكور
given-up-certificate = الشهادة غير مذكورة
given-up-duration = لا توجد دورة بهذه المدة
given-up-text = لا توجد دورة بهذه الكلمات
nothing-found = لم أجد شيئا في هذا الموضوع حاليا. يمكننا البحث بطريقة أخرى، أو أخبرك عندما تتوفر دورة.
    .sms = لم أجد شيئا حاليا. نبحث بطريقة أخرى، أو أخبرك عندما تتوفر دورة.
no-more-results = هذا كل ما عندي في هذا الموضوع.
compared =
    المقارنة:
    { $courses }
compared-course =
    { $n }. { $course }
    { $facts }
    .sms = { $n }.{ $course }: { $facts }
