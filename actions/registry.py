"""Every action, in one list: what `POST /actions` can run."""

from __future__ import annotations

from actions import (
    conversation,
    course_page,
    courses,
    my_registrations,
    privacy,
    recommendation,
    registration,
    registration_form,
    service,
)
from actions.base import Services, Verb

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
    my_registrations.CancelRegistration,
    my_registrations.RegistrationStatus,
    my_registrations.ReportAccessProblem,
    my_registrations.ReportCompletion,
    my_registrations.TalkToAdviser,
    privacy.AskPrivacy,
    privacy.DeleteMyData,
    recommendation.AskAvailability,
    recommendation.AskInterest,
    recommendation.AskLevel,
    recommendation.RecommendCourse,
    recommendation.SubmitRecommendation,
    recommendation.ValidateRecommendation,
    registration.Register,
    registration.SubmitRegistration,
    registration_form.AskCity,
    registration_form.AskConfirmed,
    registration_form.AskConsent,
    registration_form.AskEducation,
    registration_form.AskName,
    registration_form.ValidateRegistration,
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
