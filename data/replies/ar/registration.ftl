## Registering: consent, name, city, education, summary; then what becomes of it.

# Changing this wording needs a new version in data/consent.json: it says what is kept, why, for how long.
ask-consent =
    للتسجيل في «{ $course }»، نحتفظ باسمك ومدينتك ومستواك الدراسي. نستعملها للتسجيل، ولكي يتابعه المستشارون. نحتفظ بها سنتين على الأكثر، أو إلى أن يصلنا طلبك بمسحها.
    هل لدينا موافقتك؟
    .sms = للتسجيل ومتابعته من المستشارين، نحفظ اسمك ومدينتك ومستواك، سنتين على الأكثر أو حتى طلب المسح. هل لدينا موافقتك؟
# Elsewhere one thing is asked at a time; an SMS asks at once for all that is missing ("both": city and education).
ask-name =
    { $missing ->
       *[both] ما اسمك الكامل؟
    }
    .sms =
        { $missing ->
            [city] الاسم الكامل والمدينة؟ مثلا: أمينة علمي، فاس
            [education] الاسم الكامل والمستوى؟ مثلا: أمينة علمي، باك+2
            [nothing] ما اسمك الكامل؟
           *[both] الاسم الكامل، المدينة، المستوى؟ مثلا: أمينة علمي، فاس، باك+2
        }
ask-city =
    { $missing ->
       *[both] ما اسم مدينتك أو قريتك؟
    }
    .sms =
        { $missing ->
            [both] المدينة والمستوى الدراسي؟ مثلا: فاس، باك+2
           *[city] مدينتك أو قريتك؟
        }
ask-education = ما مستواك الدراسي؟
    .sms = ما مستواك الدراسي؟
ask-confirmation =
    للتأكد: { $name }، { $city }، { $education }.
    الدورة: { $course }
    هل هذا صحيح؟
    .sms = { $name }، { $city }، { $education }. { $course }، صحيح؟
ask-what-to-correct = ما الذي يجب تصحيحه؟ يمكنك أيضا كتابة الجواب الصحيح.
registered =
    تم يا { $name }! سجلنا طلبك لدورة «{ $course }».
    رقم التسجيل: { $reference }
    { $next }
    .sms =
        تم! رقم التسجيل: { $reference }
        { $next }
registered-link = للبداية، هذا هو الرابط: { $url }
    .sms = { $url }
registered-waiting =
    لم يبق مكان في «{ $course }». أنت في لائحة الانتظار يا { $name }.
    رقم التسجيل: { $reference }
    { $next }
    .sms = أنت في لائحة انتظار { $course }. الرقم: { $reference }
registration-without-consent = حسنا، لم نحتفظ بشيء ولم نسجلك. يمكنك متابعة البحث بحرية.
    .sms = حسنا، لم نحتفظ بشيء. يمكنك متابعة البحث.
registration-consent-elsewhere = حسنا، لم نسجلك في هذا التكوين. يبقى اسمك ومدينتك ومستواك الدراسي من أجل تسجيلاتك الجارية، ويمكنك طلب مسح كل شيء.
    .sms = حسنا، لم نسجلك. تبقى معطياتك لتسجيلاتك الأخرى، ولك طلب المسح.
registration-abandoned = حسنا، أوقفت هذا التسجيل. لم نسجل أي شيء.
already-registered = تسجيلك في «{ $course }» موجود: { $reference }، { $state }.
    .sms = تسجيلك: { $course }، { $reference }، { $state }.
registration-closed = التسجيل في «{ $course }» مغلق.
no-registration = ليس لديك تسجيل حاليا.
registrations =
    { $count ->
        [one] تسجيلك:
        [two] لديك تسجيلان:
        [few] لديك { $count } تسجيلات:
        [many] لديك { $count } تسجيلا:
       *[other] لديك { $count } تسجيل:
    }
    { $registrations }
registration-line = { $reference } — { $course }: { $state }
which-registration = ما التسجيل المقصود؟
ask-cancel = هل نلغي تسجيلك في «{ $course }» ({ $reference })؟
cancelled = تم الإلغاء: «{ $course }» ({ $reference }).
taken-back = تم التصحيح: «{ $course }» ({ $reference })، الحالة: { $state }.
take-back-adviser = لم يعد بإمكاني تصحيحه هنا. يمكن لمستشار أن يفعل ذلك: الجواب «نعم».
not-cancelled = حسنا، تسجيلك باق كما هو.
congratulations = هنيئا لك! 🎉 المرجو الاحتفاظ بشهادتك، وإضافتها إلى سيرتك الذاتية.
    .sms = هنيئا لك! المرجو حفظ شهادتك وإضافتها إلى سيرتك الذاتية.
completed = هنيئا لك! 🎉 سجلنا أنك أنهيت «{ $course }» ({ $reference }). المرجو إضافة شهادتك إلى سيرتك الذاتية.
    .sms = هنيئا! أنهيت { $course } ({ $reference }). المرجو إضافة الشهادة لسيرتك الذاتية.
access-first-aid =
    لنجرب أولا:
    • فتح الرابط في متصفح (Chrome)، مع اتصال جيد بالإنترنت؛
    • التأكد من البريد الإلكتروني، والبحث في الرسائل غير المرغوبة (spam)؛
    • استعمال «نسيت كلمة السر».
    { $link }
    إذا لم ينجح ذلك، أطلب من مستشار أن يساعدك.
    .sms = الحل: فتح الرابط في Chrome، بريد spam، «نسيت كلمة السر». أو مستشار؟
access-link = الرابط: { $url }
registration-left = حسنا، نترك التسجيل الآن: لم يُحفظ شيء. للعودة إليه تكفي كتابة «تسجيل».
    .sms = حسنا، نترك التسجيل الآن. للعودة إليه: تسجيل
ask-complete = هل انتهت دورة «{ $course }»؟
ask-complete-elsewhere = هل انتهت دورة لديك؟
not-completed = حسنا، لم يتغير شيء.
