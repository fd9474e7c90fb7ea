## المحادثة: الرسائل، التولي، الرد، وما يعرف عن الشخص.

said-person = الشخص:
said-adviser = مستشار
said-assistant = المساعد
option-chosen = اختيار من القائمة
earlier = رسائل أقدم
to-latest = العودة إلى آخر الرسائل
no-messages = لا توجد رسائل.
delivery-pending = تنتظر الإرسال
delivery-sending = جار الإرسال
delivery-sent = أرسلت
delivery-delivered = وصلت
delivery-read = قرئت
delivery-failed = فشل الإرسال
delivery-unknown = مصير مجهول
put-aside = بقيت دون جواب
segments = { $count ->
    [one] رسالة SMS واحدة
    [two] رسالتا SMS
    [few] { $count } رسائل SMS
   *[other] { $count } رسالة SMS
}
units = { $count ->
    [one] حرف واحد
    [two] حرفان
    [few] { $count } أحرف
   *[other] { $count } حرفا
}
runner-up = ثم:
entities = وجد:
variety = اللغة:
entity-topic = مجال
entity-provider = جهة
entity-occupation = مهنة
entity-city = مدينة
entity-level = مستوى
entity-mode = نمط
entity-language = لغة
entity-cost = ثمن
entity-certificate = شهادة
entity-duration = مدة
entity-education = دراسة
entity-employment_status = وضعية
entity-ordinal = رتبة
entity-course = تكوين
entity-registration = تسجيل
entity-view = موضوع
mark-message = تعليم هذه الرسالة أو وسمها
flag = تعليم
unflag = إزالة التعليم
tag = وسم
tag-remove = إزالة « { $tag } »

take = تولي المحادثة
give-back = إرجاعها إلى المساعد
close = إغلاق
reopen = إرجاعها إلى المساعد
mark-unread = اعتبارها غير مقروءة
give-back-at = ترجع إلى المساعد في
held-by = { $name } يجيب هذا الشخص.
take-to-answer = تول المحادثة للرد: يصمت المساعد ويخبر الشخص بذلك.
out-of-hours-now = أنت خارج أوقات العمل.
reply = رد
reply-hint = جوابك … (Ctrl + Enter للإرسال)
send = إرسال
window-left = واتساب: الوقت المتبقي للكتابة بحرية:
window-closed = انتهت مهلة 24 ساعة في واتساب. ما تكتبه ينتظر: يتلقى الشخص أولا النموذج المعتمد، ثم كلماتك حين يجيب. ويمكنك أيضا إرسال نموذج آخر.
template-send = إرسال هذا النموذج
templates-none = لا يوجد أي نموذج معتمد.
place-course = التكوين
place-reference = المرجع
place-state = الجديد
place-name = الاسم
place-date = التاريخ
place-session = الدورة
canned-search = البحث عن جواب جاهز
canned-hint = / جواب جاهز
canned-none = لا يوجد جواب جاهز.
address-opted_out = طلب هذا الشخص ألا تصله رسائل على هذه القناة: لن يرسل إليه شيء.
address-blocked = حظر هذا الشخص الخدمة على هذه القناة: لن يصله شيء.
address-unreachable = لا يمكن الوصول إلى هذا الشخص على هذه القناة.
not-sent-empty = الجواب فارغ.
not-sent-long = الجواب أطول مما تسمح به هذه القناة.
not-sent-window = انتهت مهلة 24 ساعة في واتساب: لم يرسل الجواب.
not-sent-address = لا يمكن لهذا الشخص تلقي رسائل على هذه القناة: لم يرسل شيء.
not-sent-not-taken = لم تعد المحادثة عندك: لم يرسل شيء. تولها من جديد للرد.
not-sent-template = هذا النموذج غير موجود.
not-sent-places = املأ كل خانات النموذج.
refused-taken = المحادثة عند غيرك
refused-taken-more = زميل يجيب هذا الشخص. اطلب منه أن يسندها إليك.

beside = عن الشخص
profile = الملف
profile-name = الاسم
profile-channel-name = الاسم على القناة
profile-phone = الهاتف
phone-show = إظهار
profile-city = المدينة
profile-education = الدراسة
profile-employment = الوضعية
profile-since = منذ
consents = الموافقات
consents-none = لم تطلب أي موافقة بعد.
consent-registration = التسجيلات
consent-alerts = التنبيهات
consent-adviser = المستشار
requests = طلبات مستشار
request-open = مفتوح
request-taken = قيد المعالجة
request-closed = مغلق
request-no-contact = يطلب هذا الشخص ألا يكتب إليه أو يتصل به أحد: لا تتصلوا، فقد يكون هاتفه مراقبا.
request-undelivered = تعذر تسليم أرقام المساعدة: اتصلوا بالشخص، أو اكتبوا إليه عبر قناة أخرى.
reason-urgent = خطر على شخص
reason-concern = شخص ليس بخير
reason-asked = يطلب مستشارا
reason-access_problem = مشكل في الولوج
reason-fraud = نصب
reason-undo = تصحيح مطلوب
reason-agency = وكالة
reason-jobs = شغل
reason-job_loss = فقدان الشغل
reason-business = مشروع
reason-employer = مقاولة
reason-assistant-off = المساعد متوقف
registrations = التسجيلات
registrations-none = لا يوجد أي تسجيل.
alerts = { $count ->
    [one] تنبيه واحد جار.
    [two] تنبيهان جاريان.
    [few] { $count } تنبيهات جارية.
   *[other] { $count } تنبيها جاريا.
}
courses-shown = تكوينات سبق عرضها
courses-none = لا شيء بعد.
slots = ما يتذكره المساعد
tags = الوسوم
tags-of-conversation = وسوم المحادثة
tags-of-person = وسوم الشخص
tags-none = لا وسوم.
notes = ملاحظات داخلية
note-about = بين المستشارين: لا يراها الشخص. لمناداة زميل: @ ثم اسم الدخول.
note-add = إضافة الملاحظة
notes-none = لا ملاحظات.
assign = إسناد إلى
assign-do = إسناد
other-channels = قنوات أخرى
audit-of-person = من قرأ هذه المعطيات؟
