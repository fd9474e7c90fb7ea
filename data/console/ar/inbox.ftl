## صندوق المحادثات: الحالات والقائمة والبحث والعروض المحفوظة.

inbox = المحادثات
inbox-tabs = المحادثات حسب الحالة
tab-waiting = في الانتظار
tab-mine = محادثاتي
tab-adviser = عند مستشار
tab-assistant = عند المساعد
tab-closed = مغلقة
tab-all = الكل
state-of-waiting = في الانتظار
state-of-adviser = عند مستشار
state-of-assistant = عند المساعد
state-of-closed = مغلقة
inbox-none-waiting = لا أحد ينتظر: تمت خدمة الجميع.
inbox-none-mine = ليست لديك أي محادثة جارية.
inbox-none-adviser = لا توجد محادثة جارية عند أي مستشار.
inbox-none-assistant = لا توجد محادثة عند المساعد.
inbox-none-closed = لا توجد محادثة مغلقة.
inbox-none-all = لا توجد محادثات بعد.
inbox-none-search = لا توجد محادثة توافق هذا البحث.
unread = غير مقروءة.
no-name = بدون اسم
snippet-us = نحن:
waiting-since = ينتظر منذ
flagged = معلّمة
pages-label = صفحات القائمة
next-page = التالي
to-first-page = العودة إلى البداية
assign-waiting = توزيع الطلبات

channel-whatsapp = واتساب
channel-telegram = تيليغرام
channel-sms = رسائل SMS
channel-web = الويب
variety-ar = العربية
variety-fr = الفرنسية
variety-ary = الدارجة (حروف عربية)
variety-ary-Latn = الدارجة (حروف لاتينية)
media-voice = رسالة صوتية
media-audio = صوت
media-image = صورة
media-video = فيديو
media-document = وثيقة
media-sticker = ملصق
media-location = موقع
media-contact = جهة اتصال
media-reaction = تفاعل
media-unsupported = محتوى غير مدعوم

search = بحث
search-hint = كلمات، أو channel:sms intent:register …
search-clear = مسح
filters = تصفية
any = لا يهم
below = أقل من { $share }
field-channel = القناة
field-variety = اللغة
field-city = المدينة
field-region = الجهة
field-topic = المجال
field-intent = القصد المفهوم
field-tag = الوسم
field-is = خاصية
field-conf = الثقة
field-after = ابتداء من
field-before = قبل
field-words = كلمات
is-mine = لي
is-unread = غير مقروءة
is-unassigned = غير مسندة
is-fallback = لم يفهم المساعد
is-out-of-scope = خارج الموضوع
is-flagged = فيها رسالة معلّمة
is-media = فيها صوت أو صورة …
is-request = طلب مستشارا
is-registered = مسجل في تكوين
filter-apply = تصفية
form-not-whole = هذه التصفية تقول أكثر مما تظهره هذه الاستمارة.
language-hint = يمكن كتابة التصفية يدويا أيضا، مع and و or و not والأقواس:
filter-too-long = هذه التصفية طويلة جدا.
filter-quote-open = علامة اقتباس مفتوحة لم تغلق.
filter-open-without-close = قوس مفتوح لم يغلق.
filter-close-without-open = قوس أغلق دون أن يفتح.
filter-incomplete = ينقص شيء بجانب « { $word } ».
filter-no-such-field = الحقل « { $field } » غير موجود. الحقول الممكنة: { $fields }.
filter-no-value = تنقص قيمة بعد « { $field } ».
filter-no-such-value = « { $value } » ليست قيمة للحقل « { $field } ». القيم الممكنة: { $values }.
filter-colon = يكتب « { $field } » بنقطتين: { $field }:قيمة.
filter-confidence = « { $value } »: تكتب الثقة conf<0.5 أو conf>=0.8، من 0 إلى 1 بخطوات 0.05.
filter-date = « { $value } » ليس تاريخا: سنة-شهر-يوم، مثل 2026-11-30.

views = عروض محفوظة
views-none = ابحث ثم احفظ البحث لتجده هنا.
view-save = حفظ هذا البحث
view-name = اسم العرض
view-shared = مشاركته مع الجميع
view-delete = حذف العرض { $name }

## Many at once, mentions, what cannot wait

tab-mentions = ملاحظات تناديني
inbox-none-mentions = لا توجد ملاحظة تناديكم. يناديكم زميل حين يكتب @ ثم اسم الدخول في ملاحظة.
is-urgent = مستعجل
bulk = إجراء على عدة محادثات
bulk-act = الإجراء
bulk-act-tag = إضافة وسم
bulk-act-untag = إزالة وسم
bulk-act-assign = إسناد إلى
bulk-act-close = إغلاق
bulk-act-read = تعليم كمقروءة
bulk-act-unread = تعليم كغير مقروءة
bulk-adviser = المستشار
bulk-chosen = على المحادثات المختارة
bulk-all = على كل ما وجد
bulk-choose = اختيار محادثة { $name }
bulk-title = إجراء على عدة محادثات
bulk-sure-tag = { $count ->
    [one] محادثة واحدة تأخذ الوسم
   *[other] عدد المحادثات التي تأخذ الوسم: { $count }.
 }
bulk-sure-untag = { $count ->
    [one] محادثة واحدة يزال منها الوسم
   *[other] عدد المحادثات التي يزال منها الوسم: { $count }.
 }
bulk-sure-assign = { $count ->
    [one] محادثة واحدة تسند إلى
   *[other] عدد المحادثات المسندة: { $count }، إلى
 }
bulk-sure-close = { $count ->
    [one] تغلق محادثة واحدة، ويعلم صاحبها بذلك إن كانت عند مستشار.
   *[other] عدد المحادثات التي تغلق: { $count }. يعلم أصحابها بذلك إن كانت عند مستشار.
 }
bulk-sure-read = { $count ->
    [one] تعلم محادثة واحدة كمقروءة.
   *[other] عدد المحادثات التي تعلم كمقروءة: { $count }.
 }
bulk-sure-unread = { $count ->
    [one] تعلم محادثة واحدة كغير مقروءة.
   *[other] عدد المحادثات التي تعلم كغير مقروءة: { $count }.
 }
bulk-passed-over = ما أخذه زميل، أو كان من مكان لا يراه المستشار، يبقى كما هو.
bulk-most = يوجد أكثر من ذلك: الحد في كل مرة { $most }.
bulk-none-chosen = لم تختر أي محادثة.
bulk-no-tag = ينقص اسم الوسم.
bulk-do = { $count ->
    [one] نعم، على هذه المحادثة
   *[other] نعم، على هذه المحادثات ({ $count })
 }
bulk-cancel = عدم تغيير أي شيء
bulk-done = { $count ->
    [0] لم يتغير شيء.
    [one] تغيرت محادثة واحدة.
   *[other] عدد المحادثات التي تغيرت: { $count }.
 }
bulk-left = { $count ->
    [one] بقيت واحدة كما كانت.
   *[other] عدد ما بقي كما كان: { $count }.
 }
refused-not-yours-to-assign = لا يمكن إسناد هذه المحادثة هكذا
refused-not-yours-to-assign-more = هي عند مستشار آخر، أو الزميل المختار لا يرى أشخاص هذا المكان.
audit-inbox-bulk = قام بإجراء على عدة محادثات
audit-reassigned = أسندت المحادثة إلى آخر لعدم الرد
try-assistant = تجربة المساعد
