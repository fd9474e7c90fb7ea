## Reviewing what was understood, examples to learn from, content gaps.

nav-review = المراجعة
nav-gaps = طلبات بلا جواب
review-about = ما فهمه المساعد بأقل يقين يأتي أولا. ما تصححونه يعلمه أن يفهم أحسن.
review-start = بدء المراجعة
review-export = تحميل الأمثلة ({ $count })
review-tabs = قوائم المراجعة
review-tab-queue = للمراجعة
review-tab-saved = لوقت لاحق
review-tab-skipped = متروكة
review-tab-disputed = خلافات
review-tab-settled = تمت مراجعتها
review-filter = تصفية
review-filter-none = عرض الكل
review-any = الكل
review-by-variety = اللغة
review-by-intent = فُهم على أنه
review-by-channel = القناة
review-by-reason = السبب
review-by-after = ابتداء من
review-by-before = إلى غاية
review-reason-flagged = مشار إليه
review-reason-complained = جواب منتقد
review-reason-fallback = لم يُفهم
review-reason-out-of-scope = خارج الموضوع
review-two = مراجعتان
review-times = { $count ->
    [one] رسالة واحدة
    [two] رسالتان متشابهتان
    [few] { $count } رسائل متشابهة
   *[other] { $count } رسالة متشابهة
}
review-none-queue = لا شيء للمراجعة الآن.
review-none-saved = لا رسائل محفوظة لوقت لاحق.
review-none-skipped = لا رسائل متروكة.
review-none-disputed = لا خلافات للحسم.
review-none-settled = لم تراجع أي رسالة بعد.
review-agreement = الاتفاق والأمثلة
review-agreed-share = آراء متطابقة
review-kappa = معامل كابا لكوهين
review-agreed-count = رسائل روجعت مرتين
review-kappa-about = يزيل المعامل ما قد يتفق بالصدفة: 1 اتفاق تام، و0 ليس أحسن من الصدفة.
review-agreement-none = لم يراجع شخصان أي رسالة بعد.
review-approved = أمثلة معتمدة
review-worth-new = جديدة
review-worth-taught = معلَّمة من قبل
review-worth-sure = مفهومة جيدا من قبل
review-worth-clash = تناقض مثالا
review-propose-about = يقترح مهندس الأمثلة الجديدة، مع النتائج قبلها وبعدها، بواسطة
review-told-taught = تمت المراجعة. المثال السابق لا يضيف شيئا: سبق تعليمه، ولن يُصدَّر.
review-told-sure = تمت المراجعة. المثال السابق لا يضيف شيئا: هو مفهوم جيدا، ولن يُصدَّر.
review-told-disputed = الرأيان مختلفان: سيحسم مشرف.

review-one = مراجعة رسالة
review-back = العودة إلى القائمة
review-thread = عرض المحادثة
review-heard = ما كتبه الشخص
review-judge = ما معنى ذلك
review-decide = الحسم
review-skip = تجاوز
review-later = حفظ لوقت لاحق
review-flag = إشارة
review-ask-two = طلب مراجعتين
review-given = الآراء المعطاة
review-decision = قرار
review-no-example = ليس مثالا
review-take-this = اعتماد هذا الرأي
review-meaning = الأرجح
review-search = البحث عن قصد
review-other = قصد آخر
review-as-picked = كما اختير أعلاه
review-example = المثال للتعليم، دون ما يدل على صاحبه
review-example-about = عُوضت الأسماء والأرقام والعناوين: تحققوا وصححوا. تُكتب القيمة هكذا: {"\u2066"}[fes]{"{"}"entity": "city", "value": "fes"{"}"}{"\u2069"}.
review-entity = اختيار قيمة
review-mark = وسم الكلمات المحددة
review-unmark = إزالة الوسم
review-variety = لغة المثال
review-confirm = اعتماد رغم ذلك
review-approve = اعتماد
review-settled = سبقت مراجعة هذه الرسالة.
review-keys = المفاتيح: 1 أو 2 أو 3 للاختيار، حرف للبحث عن قصد، Enter للاعتماد، S للتجاوز، L لوقت لاحق، F للإشارة، X ليس مثالا، E للنص.
review-warn-taught = هذا المثال لا يضيف شيئا: سبق تعليمه.
review-warn-sure = هذا المثال لا يضيف شيئا: المساعد يفهمه من قبل (يقين { $share } ٪، { $count } مرات).
review-warn-clash = تنبيه: المعطيات تقول هذا من قبل، ولكن بقصد آخر.
review-clash = لا يمكن أن تعني الرسالة نفسها شيئين. اختاروا القصد المعلَّم، أو غيروا النص، أو اعتمدوا رغم ذلك: عندها يختار مهندس.
review-no-intent = اختاروا معنى الرسالة.
review-no-variety = اختاروا لغة المثال.
review-line-empty = المثال فارغ.
review-line-long = المثال طويل جدا: احتفظوا بجملة منه.
review-mark-open = العلامة « { $sign } » ليست في مكانها: تُكتب القيمة هكذا: {"\u2066"}[fes]{"{"}"entity": "city", "value": "fes"{"}"}{"\u2069"}.
review-mark-unreadable = لا يمكن قراءة الوسم « { $mark } ».
review-mark-empty = وسم « { $entity } » لا يخص أي كلمة.
review-mark-value = « { $value } » ليست قيمة من « { $entity } ».
refused-review-done = رسالة سبقت مراجعتها
refused-review-done-more = راجعها آخرون في هذه الأثناء. انتقلوا إلى التالية.

gaps-about = ما طلبه الناس وليس عند الخدمة: ما يعين على اختيار التكوينات التي تضاف.
gaps-depth = تُحسب آخر { $depth } جواب على الأكثر: في مدة طويلة لا يظهر أقدمها.
gaps-since = المدة
gaps-days = { $count ->
    [few] { $count } أيام
   *[other] { $count } يوما
}
gaps-asked = الطلب
gaps-city = المدينة
gaps-variety = اللغة
gaps-answer = الجواب
gaps-count = المحادثات
gaps-last = آخر مرة
gaps-no-topic = دون مجال معروف
gaps-nothing-found = لا تكوين
gaps-topic-not-recognised = مجال غير معروف
gaps-agency-unknown = لا وكالة معروفة
gaps-conversations = { $count ->
    [one] محادثة واحدة
    [two] محادثتان
    [few] { $count } محادثات
   *[other] { $count } محادثة
}
gaps-none = كل طلبات هذه المدة نالت جوابا.
journey-save = الحفظ كاختبار

audit-review-list-read = قرأ قائمة المراجعة
audit-review-read = قرأ رسالة للمراجعة
audit-review-answered = راجع رسالة
audit-review-decided = حسم خلافا
audit-review-skipped = تجاوز رسالة
audit-review-saved = حفظ رسالة لوقت لاحق
audit-review-twice = طلب مراجعتين
audit-review-exported = حمّل الأمثلة
audit-gaps-read = قرأ الطلبات بلا جواب
audit-journey-saved = حفظ محادثة كاختبار
