## No more messages, and back. `opt-out-done` is the last thing said: it must say how to come back.

opt-out-done = تم. لن يصلك منا أي شيء هنا. للعودة، تكفي كتابة START.
    .sms = تم. لن تصلك أي رسالة من Takwin. للعودة: START.
opt-in-done = مرحبا بعودتك! سأجيبك هنا من جديد. عمّ تبحث؟
    .sms = مرحبا بعودتك! عمّ تبحث؟
# Once, to somebody who stopped our messages and writes all the same.
opt-out-return = رسائلنا متوقفة بطلب منك. للعودة تكفي كتابة START. مسح بياناتك أو إلغاء تسجيل أو طلب مستشار يبقى ممكنا هنا.
    .sms = رسائلنا متوقفة بطلبك. للعودة: START. المسح والإلغاء والمستشار ممكنة.
