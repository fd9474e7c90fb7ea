## Finding courses: lists, reasons, wishes given up.

ask-topic = أشمن فورماسيون بغيتي؟ شي مجال ولا شي حرفة، ولا وحدة من هادو:
    .sms = أشمن مجال ولا حرفة بغيتي؟
topic-not-recognised = مالقيتش شي دورة بهاد الكلمات.
noted = صافي، قيدتها.
noted-about-you = صافي، قيدتها. بغيتي ننصحك بشي فورماسيون؟
# heading, then the numbered courses, then how many more there are.
courses-found =
    { $heading }
    { $courses }
    { $rest ->
        [0] بغيتي وحدة؟ الرقم ديالها كافي.
        [one] بغيتي وحدة؟ الرقم ديالها كافي. وباقا وحدة أخرى.
        [two] بغيتي وحدة؟ الرقم ديالها كافي. وباقين جوج أخرين.
        [few] بغيتي وحدة؟ الرقم ديالها كافي. وباقين { $rest } أخرين.
        [many] بغيتي وحدة؟ الرقم ديالها كافي. وباقا { $rest } فورماسيون أخرى.
       *[other] بغيتي وحدة؟ الرقم ديالها كافي. وباقا { $rest } فورماسيون أخرى.
    }
    .sms =
        { $heading }
        { $courses }
# { $total } is a number.
found =
    { $total ->
        [one] لقيت ليك فورماسيون وحدة:
        [two] لقيت ليك جوج ديال الفورماسيونات:
        [few] لقيت ليك { $total } ديال الفورماسيونات:
        [many] لقيت ليك { $total } فورماسيون:
       *[other] لقيت ليك { $total } فورماسيون:
    }
    .sms =
        { $total ->
            [one] فورماسيون وحدة:
            [two] جوج فورماسيونات:
            [few] { $total } فورماسيونات:
           *[other] { $total } فورماسيون:
        }
    .brief = { "" }
found-without = مالقيتش اللي فيها كلشي ({ $given_up }). ها اللي قريب:
    .sms = { $given_up }. القريب:
    .brief = { $given_up }:
found-more = وكاينين حتى هادو:
found-instead = هادو مفتوحين، فنفس المجال:
found-for-job = هاد الفورماسيونات كيوصلو لهاد الخدمة:
found-for-project = هاد الفورماسيونات كيعاونو باش يبدا شي مشروع:
found-for-staff = فورماسيونات للفريق ديالك:
next-step = وباش نكملو الطريق:
recommended = ها باش كننصحك:
recommended-first-steps = للبداية، ها شي أساسيات كيصلحو فكل خدمة:
# One course of a list. facts: provider and duration; reasons: why it is shown.
course-line =
    { $n }. { $course } — { $facts }
    ✓ { $reasons }
    .sms = { $n }.{ $course }
reason-topic = { $value }
reason-occupation = كتوصل لخدمة: { $value }
reason-provider = { $value }
reason-city = ف{ $value }
reason-online = أونلاين
reason-level = { $value }
reason-language = ب{ $value }
reason-free = فابور
reason-certificate = بالسيرتيفيكا
reason-duration = { $value }
reason-works-on-phone = فالتيليفون
reason-text = فيها الكلام اللي كتبتي
given-up-city = والو ف{ $city }، هادو أونلاين
given-up-provider = والو من عند { $providers }
given-up-language = والو ب{ $languages }
given-up-level = والو فمستوى { $value }
given-up-mode = والو { $value }
given-up-cost = حتى وحدة مامكتوب عليها فابور
    .sms = الثمن مامكتوبش
    .brief = الثمن مامعروفش
given-up-certificate = السيرتيفيكا مامكتوباش
given-up-duration = والو بهاد المدة
given-up-text = والو بهاد الكلام
nothing-found = دابا مالقيت والو على هادشي. نقدرو نقلبو على حاجة أخرى، ولا نعلمك ملي يكون شي جديد.
    .sms = دابا مالقيت والو. نقلبو على حاجة أخرى، ولا نعلمك من بعد؟
no-more-results = هادشي اللي عندي على هاد الموضوع.
compared =
    وحدة حدا وحدة:
    { $courses }
compared-course =
    { $n }. { $course }
    { $facts }
    .sms = { $n }.{ $course }: { $facts }
