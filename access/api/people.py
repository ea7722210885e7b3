"""The caller's own account, and the lists of teams and markings."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from access.api.permissions import PolicyPermission
from access.api.serializers import MarkingSerializer, MeSerializer, TeamSerializer
from access.api.views import ScopedReadViewSet
from access.models import ApiToken, Marking, Team, User


class MeView(APIView):
    """Who the caller is: standings, teams and roles, cleared markings, and the token in use."""

    resource = "me"
    permission_classes = (PolicyPermission,)

    @extend_schema(responses=MeSerializer, operation_id="me_retrieve")
    def get(self, request: Request) -> Response:
        """The caller's own account."""
        user = request.user
        if not isinstance(user, User):
            raise TypeError("An anonymous request passed the policy.")
        teams = Team.objects.filter(key__in=user.team_keys())
        me = {
            "key": user.key,
            "username": user.username,
            "get_full_name": user.get_full_name(),
            "standings": sorted(user.standings()),
            "teams": [
                {"key": team.key, "name": team.name, "roles": sorted(user.roles_in(team))}
                for team in teams
            ],
            "cleared_markings": user.cleared_markings,
            "token": request.auth if isinstance(request.auth, ApiToken) else None,
        }
        return Response(MeSerializer(me).data)


class TeamViewSet(ScopedReadViewSet):
    """The teams one works in; all of them for auditors and administrators."""

    resource = "team"
    team_path = None
    queryset = Team.objects.all()
    serializer_class = TeamSerializer
    lookup_field = "key"
    lookup_value_regex = r"[^/\x00]+"


class MarkingViewSet(ScopedReadViewSet):
    """Handling markings in use."""

    resource = "marking"
    team_path = None
    queryset = Marking.objects.all()
    serializer_class = MarkingSerializer
    lookup_field = "code"
    # A code may hold a slash, as CUI/PROPIN does.
    lookup_value_regex = "[A-Z0-9/-]+"
    cursor_ordering = ("rank", "code")
