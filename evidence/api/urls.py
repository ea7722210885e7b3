"""Addresses of evidence under /api/v1/."""

from django.urls import path

from designations.api.paths import KeyRouter
from evidence.api.views.descriptors import DescriptorViewSet
from evidence.api.views.exhibits import ExhibitViewSet
from evidence.api.views.figures import ClaimCheckViewSet, DatasetViewSet, FigureViewSet
from evidence.api.views.ftm import DesigneeFtmViewSet, FtmViewSet
from evidence.api.views.items import ItemViewSet, SourceViewSet
from evidence.api.views.mail import MailViewSet
from evidence.api.views.many import ManyItemsViewSet
from evidence.api.views.parts import (
    ClaimViewSet,
    CustodyViewSet,
    DerivationViewSet,
    GradingViewSet,
    ShareViewSet,
)
from evidence.api.views.portal import (
    DeliveredFileViewSet,
    DeliveredUploadViewSet,
    DeliveryViewSet,
)
from evidence.api.views.uploads import UploadViewSet

router = KeyRouter()
# The pages of the lists are named source-list and evidence-list.
router.register("sources", SourceViewSet, basename="evidence-source")
router.register("sources/<key:source_key>/descriptors", DescriptorViewSet, basename="descriptor")
router.register("evidence/many", ManyItemsViewSet, basename="evidence-sheet")
router.register("evidence/mail", MailViewSet, basename="evidence-mail")
router.register("evidence", ItemViewSet, basename="evidence-item")
for words, viewset, name in (
    ("exhibits", ExhibitViewSet, "exhibit"),
    ("uploads", UploadViewSet, "upload"),
    ("gradings", GradingViewSet, "grading"),
    ("derivations", DerivationViewSet, "derivation"),
    ("claims", ClaimViewSet, "claim"),
    ("datasets", DatasetViewSet, "dataset"),
    ("figures", FigureViewSet, "figure"),
    ("claim-checks", ClaimCheckViewSet, "claim-check"),
    ("shares", ShareViewSet, "share"),
    ("custody", CustodyViewSet, "custody"),
):
    router.register(f"evidence/<key:item_key>/{words}", viewset, basename=name)

router.register("portal/deliveries", DeliveryViewSet, basename="delivery")
_OF_DELIVERY = "portal/deliveries/<key:delivery>"
router.register(f"{_OF_DELIVERY}/files", DeliveredFileViewSet, basename="delivered-file")
router.register(f"{_OF_DELIVERY}/uploads", DeliveredUploadViewSet, basename="delivered-upload")

urlpatterns = [
    *router.urls,
    path("designees/ftm", FtmViewSet.as_view({"post": "create"}), name="designee-ftm-in"),
    path(
        "designees/<key:key>/ftm",
        DesigneeFtmViewSet.as_view({"get": "export"}),
        name="designee-ftm",
    ),
]
