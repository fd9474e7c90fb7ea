## What a person is told without asking: an adviser changed their registration, a course they wished for is there.

registration-update-confirmed = خبار زوينة: التسجيل ديالك ف «{ $course }» ({ $reference }) تأكد.
    .sms = { $course } ({ $reference }): التسجيل تأكد.
registration-update-waiting = التسجيل ديالك ف «{ $course }» ({ $reference }) دابا فليستة الانتظار. ملي تخوا شي بلاصة، غادي نعلموك.
    .sms = { $course } ({ $reference }): فليستة الانتظار. ملي تخوا بلاصة نعلموك.
registration-update-in_progress = صافي، الفورماسيون «{ $course }» ({ $reference }) بدات. الله يعاون!
    .sms = { $course } ({ $reference }) بدات. الله يعاون!
registration-update-completed = ألف مبروك عليك! 🎉 «{ $course }» ({ $reference }) كملات. دابا السيرتيفيكا خاصها تزاد فالسيفي ديالك.
    .sms = مبروك! { $course } ({ $reference }) كملات.
registration-update-cancelled = التسجيل ديالك ف «{ $course }» ({ $reference }) تلغى. إلا بغيتي تعرف علاش، ولا بغيتي فورماسيون أخرى، حنا هنا.
    .sms = { $course } ({ $reference }): التسجيل تلغى. للسؤال، حنا هنا.

course-alert =
    جات فورماسيون جديدة كيف طلبتي: «{ $course }».
    إلا جاوبتي هنا، نوريوها ليك ولا نسجلوك فيها.
    { $stop }
    .sms =
        فورماسيون جديدة: { $course }
        { $stop }
option-see-course = نشوف الفورماسيون
    .sms = نشوفها
