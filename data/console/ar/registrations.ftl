## Registrations: the list and its filter, one registration, many moved at once, exports.

nav-registrations = التسجيلات
of-state = الحالة
of-course = الدورة
of-provider = المؤسسة
of-topic = المجال
of-city = المدينة
of-channel = القناة
of-agency = الوكالة
of-person = الشخص
until-day = إلى غاية
reference = رقم التسجيل
since-when = منذ
choose = اختيار
choose-this = اختيار { $reference }
registrations-found = { $count ->
    [zero] لا تسجيل
    [one] تسجيل واحد
    [two] تسجيلان
    [few] { $count } تسجيلات
   *[other] { $count } تسجيلا
}
registrations-more = أكثر من { $count } تسجيل
registrations-none-found = لا تسجيل يطابق البحث.
export-csv = تصدير CSV
export-xlsx = تصدير Excel
export-with-phones = Excel مع أرقام الهاتف
registrations-change = تغيير حالة عدة تسجيلات
registration-change = تغيير الحالة
new-state = الحالة الجديدة
registration-note = ملاحظة داخلية (لا يراها الشخص)
registration-tell = إخبار الشخص
change-chosen = تغيير التسجيلات المختارة
change-all-found = تغيير كل نتائج البحث ({ $count })
registration-no-state = اختر الحالة الجديدة.
registrations-none-chosen = اختر تسجيلا واحدا على الأقل.
registrations-sure = تأكيد التغيير
registrations-sure-many = عدد التسجيلات التي تنتقل إلى حالة « { $state } »: { $able }
registrations-sure-left = عدد التسجيلات التي لا يمكن أن تنتقل إليها من حالتها وتبقى كما هي: { $count }
registrations-sure-most = { $most } تسجيل في كل مرة على الأكثر، والأحدث أولا. أعد العملية للباقي.
registrations-sure-told = يخبر كل شخص على قناته وبلغته.
registrations-sure-not-told = لا يخبر الأشخاص.
registrations-do = تغيير التسجيلات ({ $count })
registrations-counted-anew = تغير العدد في هذه الأثناء: تحقق منه قبل التأكيد.
registrations-done = تسجيلات تغيرت: { $changed }.
registrations-left = بقيت كما هي: { $left }.
outcome-not-from-there = لا يمكن أن ينتقل هذا التسجيل إلى هذه الحالة.
outcome-full = لم يبق مكان في هذه الدورة.
registration-final = هذه الحالة نهائية.
registration-history = السجل
course-session = الفوج
waiting-position = الرتبة في لائحة الانتظار
author-person = الشخص
author-system = النظام
author-adviser = مستشار

export-reference = رقم التسجيل
export-state = الحالة
export-course = الدورة
export-course-id = رمز الدورة
export-provider = المؤسسة
export-starts-on = بداية الفوج
export-name = الاسم
export-city = المدينة
export-region = الجهة الترابية
export-education = المستوى الدراسي
export-employment = الوضعية
export-variety = اللغة
export-channels = القنوات
export-phone = الهاتف
export-registered-at = تاريخ التسجيل
export-changed-at = تاريخ التغيير
export-note = آخر ملاحظة

audit-registrations-read = قرأ تسجيلات
audit-registration-read = قرأ تسجيلا
audit-registration-changed = غير تسجيلا
audit-registrations-changed = غير عدة تسجيلات
audit-registrations-exported = صدر تسجيلات

registrations-reference-example = TK-7F3K2
