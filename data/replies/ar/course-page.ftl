## One course: its page and the questions about it. Unknown is said, never guessed.

course-page =
    { $course }
    { $summary }
    { $facts }
    هل نبدأ التسجيل؟
    .sms =
        { $course }
        { $facts }
course-page-past =
    { $course }
    { $summary }
    { $facts }
    انتهى هذا العرض، ولم يعد التسجيل ممكنا.
    .sms =
        { $course }
        انتهى العرض، والتسجيل غير ممكن.
fact-provider = الجهة المنظمة: { $provider }
    .sms = { $provider }
fact-provider-on = الجهة المنظمة: { $provider }، على { $platform }
    .sms = { $provider }، { $platform }
fact-duration = المدة: { $duration }
    .sms = { $duration }
fact-level = المستوى: { $level }
    .sms = { $level }
fact-language = اللغة: { $languages }
    .sms = ب{ $languages }
fact-mode = { $mode }
fact-mode-city = { $mode }، في { $city }
fact-cost-free = مجانية
fact-cost-paid = بمقابل مالي
fact-certificate-yes = مع شهادة
fact-certificate-no = بدون شهادة
fact-certificate-named = الشهادة: { $name }
    .sms = مع شهادة
fact-prerequisites = المطلوب: { $prerequisites }
fact-education = المستوى الدراسي المطلوب: { $education }
fact-starts-on = البداية: { $date }
fact-phone-yes = يمكن متابعتها بالهاتف
fact-phone-no = لا يمكن متابعتها بالهاتف
fact-computer-yes = يلزم حاسوب
fact-computer-no = لا يلزم حاسوب
fact-url = الرابط: { $url }
    .sms = { "" }
facts-not-stated = غير مذكور: { $missing }
    .sms = { "" }
fact-not-stated = غير مذكور
course-fact = { $course } — { $fact }
not-stated = { $course }: المصدر لا يذكر { $aspect }. يمكن لمستشار أن يسأل من أجلك.
    .sms = { $course }: لا نعرف { $aspect }. يمكن سؤال مستشار.
fact-of-course = { $n }. { $course } — { $fact }
facts-of-courses = { $courses }
which-course = ما الدورة المقصودة؟
which-course-none = ما الدورة المقصودة؟ لنبحث عنها أولا.
general-cost = كثير من الدورات مجانية. بطاقة كل دورة تذكر الثمن إذا كان معروفا. وخدمة «تكوين» مجانية دائما.
    .sms = دورات كثيرة مجانية. الثمن المعروف في بطاقة الدورة. «تكوين» مجاني.
general-certificate = أغلب الدورات تمنح شهادة من الشريك (Google، Microsoft، Coursera، OpenClassrooms...)، يعرفها عدد من المشغلين. بطاقة كل دورة تذكر ذلك.
    .sms = أغلبها بشهادة من الشريك (Google، Microsoft...). البطاقة تذكر ذلك.
general-duration = من بضع ساعات إلى عدة أشهر، وغالبا حسب وقتك. المرجو كتابة «قصيرة» أو «طويلة».
    .sms = من بضع ساعات إلى عدة أشهر، غالبا حسب وقتك. قصيرة أم طويلة؟
general-prerequisites = كثير من الدورات لا تشترط دبلوما ولا خبرة. ما مستواك؟ سأبحث عما يناسبك.
    .sms = دورات كثيرة لا تشترط دبلوما ولا خبرة. ما مستواك؟
general-mode = أغلب الدورات عن بعد، من بيتك. المرجو كتابة «عن بعد» أو اسم مدينتك.
    .sms = أغلب الدورات عن بعد، من بيتك. عن بعد أم في مدينتك؟
general-schedule = عن بعد، يمكن بدء أغلب الدورات في أي وقت. بطاقة الدورة تذكر التواريخ إذا كانت معروفة.
    .sms = عن بعد، البداية غالبا في أي وقت. البطاقة تذكر التواريخ المعروفة.
general-course-language = توجد دورات بالعربية والفرنسية والإنجليزية. ما اللغة المفضلة لديك؟
general-equipment = الحاسوب يساعد، لكن بعض الدورات تصلح للهاتف. بطاقة الدورة تذكر ذلك إذا كان معروفا.
    .sms = الحاسوب يساعد، وبعض الدورات تصلح للهاتف. التفاصيل في بطاقة الدورة.
general-provider = تأتي الدورات من Google وMicrosoft وLinkedIn Learning وCoursera وOpenClassrooms ووكالة التنمية الرقمية (ADD).
    .sms = من Google وMicrosoft وLinkedIn Learning وCoursera وOpenClassrooms وADD
provider-about = { $name }: { $about }
