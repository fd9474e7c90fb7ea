## Advice for who does not know what to learn: three questions at most.

ask-interest = ما العمل الذي يعجبك؟ أو أي مهنة في بالك؟
ask-level = وما مستواك في هذا المجال؟
ask-availability = هل وقتك قليل أم كثير؟ عن بعد، أم قرب بيتك؟
