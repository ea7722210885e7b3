"""What is said of a source's quality."""

from typing import Any, ClassVar

from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from access.api.views import Created, Listed, ScopedViewSet
from access.policy import Verb
from designations.api.shapes import Shaped, Within
from evidence.actions import describe_source, end_descriptor
from evidence.api.serializers.descriptors import DescriptorSerializer, NewDescriptorSerializer
from evidence.models import Source, SourceDescriptor


class DescriptorViewSet(Shaped, Within, Listed, Created, ScopedViewSet):
    """Descriptors of a source, oldest first; one at most is in force."""

    resource = "source"
    verbs: ClassVar = {"create": Verb.CHANGE}
    parents = Source.objects.select_related("owner_team")
    parent_path = "source"
    parent_team = "owner_team"
    parent_kwarg = "source_key"
    lookup_value_converter = "int"
    queryset = SourceDescriptor.objects.select_related("author")
    serializer_class = DescriptorSerializer
    requests: ClassVar = {"create": NewDescriptorSerializer}
    cursor_ordering = ("pk",)

    def act_create(self, data: dict[str, Any]) -> SourceDescriptor:
        """Describe the source from today on; what was said before keeps its days."""
        who = self.attribution(data.pop("reason"))
        return describe_source(self.parent, data.pop("replaces"), **data, **who)

    def destroy(self, request: Request, **_kwargs: str) -> Response:
        """From today on this is not said of the source any more."""
        end_descriptor(self.get_object(), **self.attribution())
        return Response(status=status.HTTP_204_NO_CONTENT)
