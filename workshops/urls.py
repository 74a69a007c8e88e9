from django.urls import path

from .views import compare, diff, health, home, items, site, teams

urlpatterns = [
    path("", home.home, name="home"),
    path("teams/<str:public_id>/", teams.team, name="team"),
    path("teams/<str:public_id>/members/", teams.members, name="team-members"),
    path("teams/<str:public_id>/members/<str:member_id>/", teams.member, name="team-member"),
    path("teams/<str:public_id>/roles/", teams.roles, name="team-roles"),
    path("teams/<str:public_id>/roles/<str:role_id>/", teams.role, name="team-role"),
    path("teams/<str:public_id>/segments/", teams.segments, name="team-segments"),
    path("workshops/<str:public_id>/", diff.workshop, name="workshop"),
    path("workshops/<str:public_id>/diff/", diff.diff, name="diff"),
    path("workshops/<str:public_id>/job/", diff.job, name="job"),
    path("workshops/<str:public_id>/items/<str:item_id>/", items.item, name="item"),
    path("workshops/<str:public_id>/compare/", compare.compare, name="compare"),
    path("workshops/<str:public_id>/analyses/", diff.analyses, name="analyses"),
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("styleguide/", site.styleguide, name="styleguide"),
    path("offline/", site.offline, name="offline"),
    path("sw.js", site.service_worker, name="service-worker"),
]
