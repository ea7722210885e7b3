"""Addresses of the work among people: tasks, comments, notifications, saved views."""

from django.urls import path

from casemgr.web.views.comments import comment_edit, comment_new, comment_withdraw
from casemgr.web.views.notifications import (
    notification_open,
    notification_settings,
    notifications_page,
    notifications_read,
)
from casemgr.web.views.saved_views import (
    saved_view_default,
    saved_view_new,
    saved_view_remove,
    saved_views_page,
)
from casemgr.web.views.tasks import (
    case_tasks,
    task_edit,
    task_list,
    task_move,
    task_new,
    task_page,
)

urlpatterns = [
    path("cases/<str:key>/tasks/", case_tasks, name="case-tasks"),
    path("cases/<str:key>/tasks/new", task_new, name="task-new"),
    path("cases/<str:key>/comments/", comment_new, name="comment-new"),
    path("comments/<int:number>/edit", comment_edit, name="comment-edit"),
    path("comments/<int:number>/withdrawal", comment_withdraw, name="comment-withdraw"),
    path("tasks/", task_list, name="tasks-page"),
    path("tasks/<str:key>/", task_page, name="task-page"),
    path("tasks/<str:key>/edit", task_edit, name="task-edit"),
    path("tasks/<str:key>/state", task_move, name="task-move"),
    path("notifications/", notifications_page, name="notifications-page"),
    path("notifications/read", notifications_read, name="notifications-read"),
    path("notifications/settings", notification_settings, name="notification-settings"),
    path("notifications/<int:number>/", notification_open, name="notification-open"),
    path("views/", saved_views_page, name="saved-views-page"),
    path("views/new", saved_view_new, name="saved-view-new"),
    path("views/<str:key>/default", saved_view_default, name="saved-view-default"),
    path("views/<str:key>/removal", saved_view_remove, name="saved-view-remove"),
]
