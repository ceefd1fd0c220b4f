"""Addresses of the public pages."""

from django.urls import path

from anlan.flows.pages import follow, matters, own_data, report, volunteer

urlpatterns = [
    path("report", report.report, name="report"),
    path("report/done", report.reported, name="reported"),
    path("matters", matters.matters, name="matters"),
    path("volunteer", volunteer.volunteer, name="volunteer"),
    path("volunteer/<str:number>", volunteer.volunteer_task, name="volunteer_task"),
    path("volunteer/hours/<str:number>", volunteer.hours, name="hours"),
    path("volunteer/hours/<str:number>/withdrawal", volunteer.withdraw, name="withdraw_hours"),
    path("follow", follow.follow_start, name="follow"),
    path("follow/<str:number>", follow.followed, name="followed"),
    path("follow/<str:number>/own", own_data.own, name="own"),
    path("follow/<str:number>/words", follow.words, name="words"),
    path("follow/<str:number>/rating", follow.rating, name="rating"),
    path("follow/<str:number>/reopen", follow.reopen, name="reopen"),
]
