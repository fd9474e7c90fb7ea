## What a person is told without asking: an adviser changed their registration, a course they wished for is there.

registration-update-confirmed = خبر سار: تأكد تسجيلك في «{ $course }» ({ $reference }).
    .sms = تأكد تسجيلك: { $course } ({ $reference }).
registration-update-waiting = تسجيلك في «{ $course }» ({ $reference }) في لائحة الانتظار. سنخبرك عندما يتوفر مكان.
    .sms = { $course } ({ $reference }): لائحة الانتظار. سنخبرك إذا توفر مكان.
registration-update-in_progress = بدأت دورة «{ $course }» ({ $reference }). بالتوفيق!
    .sms = بدأت { $course } ({ $reference }). بالتوفيق!
registration-update-completed = هنيئا لك! 🎉 انتهت دورة «{ $course }» ({ $reference }). المرجو إضافة شهادتك إلى سيرتك الذاتية.
    .sms = هنيئا! انتهت { $course } ({ $reference }).
registration-update-cancelled = ألغي تسجيلك في «{ $course }» ({ $reference }). راسلنا هنا لنتحدث عنه، أو لاختيار دورة أخرى.
    .sms = ألغي تسجيلك: { $course } ({ $reference }). راسلنا هنا.

course-alert =
    وصلت دورة جديدة كما طلبت: «{ $course }».
    لرؤيتها أو للتسجيل، يكفي الرد هنا.
    { $stop }
    .sms =
        دورة جديدة: { $course }
        { $stop }
option-see-course = عرض الدورة
    .sms = عرض
