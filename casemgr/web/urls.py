"""Addresses of the pages of the work."""

from django.urls import path

from casemgr.web.views.answers import answer_link, dispose, weigh_consideration
from casemgr.web.views.assignment import assignment_page
from casemgr.web.views.bears import bears_page, link_many_page
from casemgr.web.views.board import board_page
from casemgr.web.views.bulk import bulk_page
from casemgr.web.views.case import case_page
from casemgr.web.views.decision import decision_page, move, take_step, weigh
from casemgr.web.views.docket import docket_csv, docket_page, docket_xlsx
from casemgr.web.views.element import element_page
from casemgr.web.views.evidence_item import evidence_item_page
from casemgr.web.views.finding import discard, draft_finding, finding_page, sign
from casemgr.web.views.history import changes_page, chronology_page, mark_read
from casemgr.web.views.home import home
from casemgr.web.views.links import attach_page, link_page, withdraw_link
from casemgr.web.views.new_case import new_case_page
from casemgr.web.views.origins import corroboration_page, origins_page
from casemgr.web.views.portfolio import (
    portfolio_run_cancel,
    portfolio_run_page,
    portfolio_run_progress,
    portfolio_run_resume,
    portfolio_runs_page,
)
from casemgr.web.views.pressure import compare_page, gap_page, stress_page
from casemgr.web.views.repin import repin_page
from casemgr.web.views.status import status_page
from casemgr.web.views.treatment import add_fact, fact_page, treatment_page, withdraw_fact
from casemgr.web.views.what_if import what_if_page
from casemgr.web.work_urls import urlpatterns as work_among_people

urlpatterns = [
    path("", home, name="home"),
    path("cases/", docket_page, name="docket-page"),
    path("new-case/", new_case_page, name="new-case-page"),
    path("docket/cases.csv", docket_csv, name="docket-csv"),
    path("docket/cases.xlsx", docket_xlsx, name="docket-xlsx"),
    path("docket/change/", bulk_page, name="bulk-page"),
    path("board/", board_page, name="board-page"),
    path("status/", status_page, name="status-page"),
    path("cases/<str:key>/", case_page, name="case-page"),
    path("cases/<str:key>/stress/", stress_page, name="stress-page"),
    path("cases/<str:key>/compare/", compare_page, name="compare-page"),
    path("cases/<str:key>/gap/", gap_page, name="gap-page"),
    path("cases/<str:key>/chronology/", chronology_page, name="chronology-page"),
    path("cases/<str:key>/changes/", changes_page, name="changes-page"),
    path("cases/<str:key>/changes/read/", mark_read, name="mark-read"),
    path("cases/<str:key>/decision/", decision_page, name="decision-page"),
    path("cases/<str:key>/decision/stage/", move, name="move-case"),
    path("cases/<str:key>/decision/considerations/<str:about>/", weigh, name="weigh"),
    path("cases/<str:key>/decision/steps/<str:about>/", take_step, name="take-step"),
    path("cases/<str:key>/treatment/", treatment_page, name="treatment-page"),
    path("cases/<str:key>/treatment/<slug:what>/new/", add_fact, name="add-fact"),
    path("cases/<str:key>/treatment/<slug:what>/<int:pk>/", fact_page, name="fact-page"),
    path(
        "cases/<str:key>/treatment/<slug:what>/<int:pk>/withdraw/",
        withdraw_fact,
        name="withdraw-fact",
    ),
    path("cases/<str:key>/law/", repin_page, name="repin-page"),
    path("cases/<str:key>/what-if/", what_if_page, name="what-if-page"),
    *(
        path(f"cases/<str:key>/elements/<path:code>/{words}", view, name=name)
        for words, view, name in (
            ("assignment/", assignment_page, "assignment-page"),
            ("attach/", attach_page, "attach-page"),
            ("answers/<int:pk>/", answer_link, "answer-link"),
            ("considerations/<str:about>/", weigh_consideration, "weigh-consideration"),
            ("flags/<str:fingerprint>/", dispose, "dispose-flag"),
            ("finding/", finding_page, "finding-page"),
            ("finding/draft/", draft_finding, "draft-finding"),
            ("finding/discard/", discard, "discard-draft"),
            ("finding/signature/", sign, "sign-finding"),
            ("origins/", origins_page, "origins-page"),
        )
    ),
    path("cases/<str:key>/links/<int:pk>/", link_page, name="link-page"),
    path("cases/<str:key>/links/<int:pk>/withdraw/", withdraw_link, name="withdraw-link"),
    path("cases/<str:key>/elements/<path:code>/", element_page, name="element-page"),
    path("evidence/link/", link_many_page, name="evidence-link-many"),
    path("evidence/<str:key>/corroboration/", corroboration_page, name="evidence-corroboration"),
    path("evidence/<str:key>/bears/", bears_page, name="evidence-bears"),
    path("evidence/<str:key>/", evidence_item_page, name="evidence-item"),
    path("portfolio-runs/", portfolio_runs_page, name="portfolio-runs-page"),
    path("portfolio-runs/<str:key>/", portfolio_run_page, name="portfolio-run-page"),
    path(
        "portfolio-runs/<str:key>/progress",
        portfolio_run_progress,
        name="portfolio-run-progress",
    ),
    path(
        "portfolio-runs/<str:key>/cancellation", portfolio_run_cancel, name="portfolio-run-cancel"
    ),
    path("portfolio-runs/<str:key>/resumption", portfolio_run_resume, name="portfolio-run-resume"),
    *work_among_people,
]
