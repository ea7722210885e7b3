"""Addresses of the pages of evidence. Fixed words come before keys.

The page of an item shows the cases it bears on and is at home above, in casemgr.web.
"""

from django.urls import path

from evidence.web.views.amend import amend_page
from evidence.web.views.certificate import certificate_page
from evidence.web.views.descriptors import describe, descriptor_ended
from evidence.web.views.entry import check, discard, entry, file, message, new
from evidence.web.views.exhibits import (
    attach,
    exhibit_file,
    exhibit_intake,
    exhibit_page,
    exhibit_picture,
    exhibit_shown,
    upload_discarded,
)
from evidence.web.views.figures import (
    dataset_page,
    dataset_removed,
    figure_as_csv,
    figure_as_sql,
    figure_asked,
    figures_asked,
    figures_progress,
    overlap_asked,
)
from evidence.web.views.ftm import designee_file, ftm_page, selection_file
from evidence.web.views.listing import list_as_csv, list_page
from evidence.web.views.many import many, template
from evidence.web.views.parts import (
    check_page,
    custody_page,
    derivation,
    derivation_ended,
    grade,
    release_page,
    withdrawal,
)
from evidence.web.views.portals import (
    delivery_accepted,
    portal_key_end,
    portal_key_new,
    portal_list,
    portal_new,
    portal_page,
)
from evidence.web.views.sources import source_list, source_new, source_page
from evidence.web.views.stix import item_as_stix, list_as_stix, stix

_EXHIBIT = "evidence/<str:key>/exhibits/<int:number>"

urlpatterns = [
    path("sources/", source_list, name="source-list"),
    path("sources/new/", source_new, name="source-new"),
    path("sources/<str:key>/", source_page, name="source-page"),
    path("portals/", portal_list, name="portal-list"),
    path("portals/new/", portal_new, name="portal-new"),
    path("portals/<str:key>/", portal_page, name="portal-page"),
    path("portals/<str:key>/keys/new/", portal_key_new, name="portal-key-new"),
    path("portals/<str:key>/keys/<str:token>/end/", portal_key_end, name="portal-key-end"),
    path("evidence/", list_page, name="evidence-list"),
    path("evidence/export.csv", list_as_csv, name="evidence-csv"),
    path("evidence/stix/export.json", list_as_stix, name="evidence-list-stix"),
    path("evidence/new/", new, name="evidence-new"),
    path("evidence/new/mail/", message, name="evidence-new-mail"),
    path("evidence/new/<str:kind>/", entry, name="evidence-entry"),
    path("evidence/new/<str:kind>/check/", check, name="evidence-check"),
    path("evidence/new/<str:kind>/file/", file, name="evidence-entry-file"),
    path("evidence/many/", many, name="evidence-many"),
    path("evidence/many/template.csv", template, name="evidence-many-template"),
    path("designees/ftm/", ftm_page, name="ftm-page"),
    path("designees/ftm/export", selection_file, name="ftm-export"),
    path("designees/<str:key>/ftm", designee_file, name="designee-ftm-file"),
    path("evidence/stix/", stix, name="evidence-stix"),
    path("evidence/<str:key>/stix.json", item_as_stix, name="evidence-item-stix"),
    path("evidence/drafts/<str:key>/discard/", discard, name="evidence-draft-discard"),
    path("evidence/<str:key>/amend/", amend_page, name="evidence-amend"),
    path("evidence/<str:key>/acceptance/", delivery_accepted, name="evidence-accept"),
    path("evidence/<str:key>/grading/", grade, name="evidence-grade"),
    path("evidence/<str:key>/derivation/", derivation, name="evidence-derive"),
    path(
        "evidence/<str:key>/derivation/<int:number>/end/",
        derivation_ended,
        name="evidence-derivation-end",
    ),
    path("sources/<str:key>/description/", describe, name="source-describe"),
    path(
        "sources/<str:key>/description/<int:number>/end/",
        descriptor_ended,
        name="source-descriptor-end",
    ),
    path("evidence/<str:key>/custody/", custody_page, name="evidence-custody"),
    path("evidence/<str:key>/withdrawal/", withdrawal, name="evidence-withdraw"),
    path("evidence/<str:key>/datasets/", dataset_page, name="evidence-dataset"),
    path(
        "evidence/<str:key>/datasets/<int:number>/removal/",
        dataset_removed,
        name="evidence-dataset-removed",
    ),
    path("evidence/<str:key>/figures/", figures_asked, name="evidence-figures"),
    path("evidence/<str:key>/figures/<int:number>.sql", figure_as_sql, name="evidence-figure-sql"),
    path("evidence/<str:key>/figures/with/<str:name>/", figure_asked, name="evidence-figure-with"),
    path("evidence/<str:key>/figures/overlap/", overlap_asked, name="evidence-overlap"),
    path("evidence/<str:key>/figures/progress", figures_progress, name="evidence-figures-now"),
    path("evidence/<str:key>/figures/<int:number>.csv", figure_as_csv, name="evidence-figure-csv"),
    path("evidence/<str:key>/exhibits/", attach, name="evidence-attach"),
    path(
        "evidence/<str:key>/uploads/<uuid:upload>/discard/",
        upload_discarded,
        name="evidence-upload-discard",
    ),
    path(f"{_EXHIBIT}/", exhibit_page, name="evidence-exhibit"),
    path(f"{_EXHIBIT}/intake", exhibit_intake, name="evidence-intake"),
    path(f"{_EXHIBIT}/release/", release_page, name="evidence-release"),
    path(f"{_EXHIBIT}/check/", check_page, name="evidence-exhibit-check"),
    path(f"{_EXHIBIT}/certificate/", certificate_page, name="evidence-certificate"),
    path(f"{_EXHIBIT}/file", exhibit_file, name="evidence-file"),
    path(f"{_EXHIBIT}/shown", exhibit_shown, name="evidence-shown"),
    path(f"{_EXHIBIT}/picture", exhibit_picture, name="evidence-picture"),
]
