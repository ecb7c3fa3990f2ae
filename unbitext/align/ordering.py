"""The order of links: by source; an empty source side stands after the link that precedes it in the target."""

from collections.abc import Sequence

from schemas.bitext import Link


def order_links(links: Sequence[Link], source_ids: Sequence[str], target_ids: Sequence[str]) -> list[Link]:
    """`links` in the order of the contract; `source_ids` and `target_ids` are all sentence ids in document order."""
    source_place = {identifier: place for place, identifier in enumerate(source_ids)}
    target_place = {identifier: place for place, identifier in enumerate(target_ids)}
    kept = sorted((link for link in links if link.source_ids), key=lambda link: source_place[link.source_ids[0]])
    added = sorted((link for link in links if not link.source_ids), key=lambda link: target_place[link.target_ids[0]])
    # each insertion follows the holder of the target sentence before its own
    holder: dict[int, Link] = {target_place[t]: link for link in kept for t in link.target_ids}
    followers: dict[tuple[str, ...], list[Link]] = {}
    front: list[Link] = []
    last_of: dict[int, list[Link]] = {}
    for link in added:
        first = target_place[link.target_ids[0]]
        before = holder.get(first - 1)
        place = followers.setdefault(before.source_ids, []) if before is not None else last_of.get(first - 1, front)
        place.append(link)
        for t in link.target_ids:
            last_of[target_place[t]] = place
    ordered = list(front)
    for link in kept:
        ordered.append(link)
        ordered.extend(followers.get(link.source_ids, ()))
    return ordered
