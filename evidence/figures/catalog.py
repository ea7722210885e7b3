"""Every figure, in the order in which a report would print them."""

from evidence.figures import conduct, diversion, infrastructure, volume
from evidence.figures.figure import Figure

CATALOG: tuple[Figure, ...] = (
    volume.ACCOUNT_COUNT,
    volume.EXCHANGE_COUNT,
    volume.PERIOD,
    volume.VOLUME_BY_DAY,
    volume.EXCHANGES_PER_ACCOUNT,
    volume.ACCOUNTS_BY_VOLUME,
    volume.CONCENTRATION,
    volume.CAPABILITIES,
    infrastructure.SHARED_MEANS,
    infrastructure.CLUSTERS,
    infrastructure.CLUSTER_SIZES,
    conduct.CREATION_BURSTS,
    conduct.AUTOMATION,
    conduct.GEOGRAPHIC_EVASION,
    conduct.PROVIDER_OVERLAP,
    conduct.DESIGNEE_OVERLAP,
    diversion.BY_ROUTE,
    diversion.BY_CONSIGNEE,
    diversion.BY_ECCN,
    diversion.BY_LICENSE,
    diversion.RED_FLAG_ROUTES,
)


def figure_named(name: str) -> Figure:
    """The figure of this name. Raises KeyError with the names there are."""
    for figure in CATALOG:
        if figure.name == name:
            return figure
    raise KeyError(f"no figure {name!r}; there are: {', '.join(each.name for each in CATALOG)}")
