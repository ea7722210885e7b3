"""Addresses of the work under /api/v1/."""

from django.urls import path

from casemgr.api.views.cases import CaseViewSet, PackageViewSet
from casemgr.api.views.changes import ChangeViewSet
from casemgr.api.views.comments import CommentViewSet
from casemgr.api.views.dockets import CaseDocketViewSet, DocketViewSet
from casemgr.api.views.findings import FindingViewSet, SignatureViewSet
from casemgr.api.views.law_of_case import (
    CaseElementViewSet,
    DependencyViewSet,
    MilestoneViewSet,
    PinViewSet,
)
from casemgr.api.views.links import LinkViewSet
from casemgr.api.views.notifications import NotificationViewSet
from casemgr.api.views.origins import CorroborationViewSet, OriginsViewSet
from casemgr.api.views.portfolio import PortfolioRunViewSet
from casemgr.api.views.pressure import ComparisonViewSet, PressureViewSet
from casemgr.api.views.review import AssessmentViewSet, ChecklistViewSet, FlagViewSet
from casemgr.api.views.saved_views import SavedViewViewSet
from casemgr.api.views.status import MemberViewSet, StatusViewSet
from casemgr.api.views.stix import CaseEvidenceViewSet
from casemgr.api.views.tasks import CaseTaskViewSet, TaskViewSet
from casemgr.api.views.treatment import (
    ComparatorViewSet,
    ConsiderationViewSet,
    PrerequisiteViewSet,
    PriorPositionViewSet,
    RecordDefectViewSet,
)
from designations.api.paths import KeyRouter

router = KeyRouter()
router.register("cases", CaseViewSet, basename="case")
router.register("packages", PackageViewSet, basename="package")
router.register("dockets", DocketViewSet, basename="docket")
router.register("portfolio-runs", PortfolioRunViewSet, basename="portfolio-run")
router.register("members", MemberViewSet, basename="member")
router.register("tasks", TaskViewSet, basename="task")
router.register("notifications", NotificationViewSet, basename="notification")
router.register("saved-views", SavedViewViewSet, basename="saved-view")
for words, viewset, name in (
    ("pins", PinViewSet, "pin"),
    ("elements", CaseElementViewSet, "case-element"),
    ("dependencies", DependencyViewSet, "dependency"),
    ("milestones", MilestoneViewSet, "milestone"),
    ("links", LinkViewSet, "link"),
    ("findings", FindingViewSet, "finding"),
    ("findings/<key:element>/signature", SignatureViewSet, "signature"),
    ("considerations", ConsiderationViewSet, "consideration"),
    ("prerequisites", PrerequisiteViewSet, "prerequisite"),
    ("comparators", ComparatorViewSet, "comparator"),
    ("prior-positions", PriorPositionViewSet, "prior-position"),
    ("record-defects", RecordDefectViewSet, "record-defect"),
    ("flags", FlagViewSet, "flag"),
    ("changes", ChangeViewSet, "change"),
    ("tasks", CaseTaskViewSet, "case-task"),
    ("comments", CommentViewSet, "comment"),
):
    router.register(f"cases/<key:case_key>/{words}", viewset, basename=name)

urlpatterns = [
    *router.urls,
    path(
        "cases/<key:case_key>/checklist",
        ChecklistViewSet.as_view({"get": "show"}),
        name="checklist",
    ),
    path(
        "cases/<key:case_key>/assessments",
        AssessmentViewSet.as_view({"get": "list", "post": "run"}),
        name="assessment-list",
    ),
    path(
        "cases/<key:case_key>/assessments/<int:seq>",
        AssessmentViewSet.as_view({"get": "retrieve"}, detail=True),
        name="assessment-detail",
    ),
    path(
        "cases/<key:case_key>/docket",
        CaseDocketViewSet.as_view({"get": "export"}),
        name="case-docket",
    ),
    path(
        "cases/<key:case_key>/stix",
        CaseEvidenceViewSet.as_view({"get": "as_stix"}),
        name="case-stix",
    ),
    *(
        path(
            f"cases/<key:case_key>/{words}",
            PressureViewSet.as_view({method: action}),
            name=f"case-{words}",
        )
        for words, method, action in (
            ("stress", "get", "stress"),
            ("brief", "get", "brief"),
            ("gap", "get", "gap"),
            ("what-if", "post", "what_if"),
        )
    ),
    path(
        "cases/<key:case_key>/elements/<key:code>/origins",
        OriginsViewSet.as_view({"get": "origins"}),
        name="case-element-origins",
    ),
    path(
        "evidence/<key:item_key>/corroboration",
        CorroborationViewSet.as_view({"get": "corroboration"}),
        name="evidence-item-corroboration",
    ),
    path(
        "designees/<key:designee>/comparison",
        ComparisonViewSet.as_view({"get": "compare"}),
        name="designee-comparison",
    ),
    path(
        "notifications/read",
        NotificationViewSet.as_view({"post": "read"}),
        name="notification-read",
    ),
    path(
        "notifications/settings",
        NotificationViewSet.as_view({"get": "rhythm", "patch": "change_rhythm"}),
        name="notification-settings",
    ),
    path("status/cases", StatusViewSet.as_view({"get": "cases"}), name="status-cases"),
]
