## Advice for who does not know what to learn: three questions at most.

ask-interest = شنو اللي كيعجبك، ولا أشمن خدمة بغيتي؟
ask-level = وفهاد المجال، فين وصلتي؟
ask-availability = عندك شوية ديال الوقت ولا بزاف؟ أونلاين، ولا قريب ليك؟
