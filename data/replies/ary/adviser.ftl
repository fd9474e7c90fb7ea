## What a person is told when an adviser takes their conversation, leaves it, or is not there.

adviser-took-over = السلام، معاك { $name } من فريق المستشارين. أنا اللي غادي نجاوبك دابا.
    .sms = معاك { $name } من المستشارين. أنا اللي كنجاوبك دابا.
adviser-gave-back = سالات الهضرة مع المستشار. أنا رجعت معاك: على شنو كتقلب؟
    .sms = سالات الهضرة مع المستشار. على شنو كتقلب؟
adviser-closed = صافي، الطلب ديالك تقضى. شكرا على الثقة، وكتب لينا وقت ما بغيتي.
    .sms = صافي، الطلب ديالك تقضى. كتب لينا وقت ما بغيتي.
adviser-out-of-hours = المستشارين ماكاينينش دابا: غادي يرجعو نهار { $day } مع { $time }.
    .sms = المستشارين راجعين نهار { $day } مع { $time }.
