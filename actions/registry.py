"""Every action, in one list: what `POST /actions` can run."""

from __future__ import annotations

from actions import (
    conversation,
    course_page,
    courses,
    privacy,
    recommendation,
    service,
)
from actions.base import Services, Verb
from actions.registration import form, own, register

ACTIONS: tuple[type[Verb], ...] = (
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
    own.TalkToAdviser,
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


def build_actions(services: Services) -> list[Verb]:
    """One instance of each action, ready for rasa-sdk's executor."""
    return [action(services) for action in ACTIONS]
