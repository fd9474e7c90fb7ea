## No more messages, and back. `opt-out-done` is the last thing said: it must say how to come back.

opt-out-done = صافي، حبسنا: مابقا يوصلك منا والو هنا. وإلا كتبتي START، كنرجعو نجاوبوك.
    .sms = صافي، حبسنا: مابقا يوصلك والو من Takwin. باش نرجعو: START.
opt-in-done = مرحبا بيك من جديد! رجعنا نجاوبوك هنا. شنو بغيتي؟
    .sms = مرحبا بيك من جديد! شنو بغيتي؟
# Once, to somebody who stopped our messages and writes all the same.
opt-out-return = الميساجات ديالنا محبوسين حيت طلبتيها. باش نرجعو، تكفي START. مسح المعلومات، إلغاء تسجيل ولا مستشار مازال ممكنين هنا.
    .sms = الميساجات محبوسين. باش نرجعو: START. المسح والإلغاء والمستشار ممكنين.
