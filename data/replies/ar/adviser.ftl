## What a person is told when an adviser takes their conversation, leaves it, or is not there.

adviser-took-over = مرحبا، معك { $name } من فريق المستشارين. أنا من يجيبك الآن.
    .sms = معك المستشار { $name }. أجيبك الآن.
adviser-gave-back = انتهى الحديث مع المستشار. أنا معك من جديد: عم تبحث؟
    .sms = انتهى الحديث مع المستشار. عم تبحث؟
adviser-closed = تمت معالجة طلبك، شكرا على ثقتك. راسلنا متى شئت.
    .sms = تمت معالجة طلبك. راسلنا متى شئت.
adviser-out-of-hours = المستشارون غير موجودين الآن، ويعودون يوم { $day } على الساعة { $time }.
    .sms = يعود المستشارون يوم { $day } على { $time }.
