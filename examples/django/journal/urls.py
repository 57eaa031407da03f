from django.urls import path

from journal import views

urlpatterns = [
    path("", views.index, name="index"),
    path("posts/<slug:slug>/", views.PostView.as_view(), name="post"),
    path("notes/<slug:slug>/", views.note, name="note"),
    path("projects/<slug:slug>/", views.project, name="project"),
    path("events/<slug:slug>/", views.event, name="event"),
    path("archive/", views.archive, name="archive"),
    path("users/<slug:name>/", views.user, name="user"),
    path("about/", views.AboutView.as_view(), name="about"),
]
