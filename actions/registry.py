"""Every action, in one list: what `POST /actions` can run."""

from __future__ import annotations

from actions import (
    adviser,
    conversation,
    course_page,
    courses,
    privacy,
    recommendation,
    service,
)
from actions.base import Services, Verb
from actions.fraud import Fraud
from actions.registration import form, own, register
from actions.registration.undoing import TakeBack

ACTIONS: tuple[type[Verb], ...] = (
    adviser.TalkToAdviser,
    conversation.Affirm,
    conversation.BotChallenge,
    conversation.ChangeLanguage,
    conversation.Deny,
    conversation.Fallback,
    conversation.Feedback,
    conversation.Goodbye,
    conversation.Greet,
    conversation.Help,
    conversation.OutOfScope,
    conversation.Restart,
    conversation.StopMessages,
    conversation.Thank,
    course_page.AskProvider,
    course_page.CourseDetails,
    *course_page.QUESTIONS,
    courses.FindCourse,
    courses.Inform,
    courses.MoreResults,
    own.CancelRegistration,
    own.RegistrationStatus,
    own.ReportAccessProblem,
    own.ReportCompletion,
    privacy.AskPrivacy,
    privacy.DeleteMyData,
    recommendation.AskAvailability,
    recommendation.AskInterest,
    recommendation.AskLevel,
    recommendation.RecommendCourse,
    recommendation.SubmitRecommendation,
    recommendation.ValidateRecommendation,
    register.Register,
    register.SubmitRegistration,
    form.AskCity,
    form.AskConfirmed,
    form.AskConsent,
    form.AskEducation,
    form.AskName,
    form.ValidateRegistration,
    service.AskBusinessSupport,
    service.AskJobs,
    service.EmployerTraining,
    service.FindAgency,
    service.JobLoss,
    service.SubscribeAlerts,
)


#: Gone on with by `actions.reading.bearing`; the engine does not know them.
BY_REMARK: tuple[type[Verb], ...] = (adviser.AdviserNoLonger, adviser.AdviserWait, Fraud, TakeBack)


def build_actions(services: Services) -> list[Verb]:
    """One instance of each action, ready for rasa-sdk's executor."""
    return [action(services) for action in ACTIONS]
