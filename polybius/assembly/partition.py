"""Connected components: the same whatever the order of nodes and edges."""

from __future__ import annotations

from collections.abc import Iterable


class Partition:
    """Sets that grow together. The smallest member names a set."""

    def __init__(self, members: Iterable[str] = ()) -> None:
        self._parents = {member: member for member in members}

    def find(self, member: str) -> str:
        """The name of the set of a member; one not seen before is a set of its own."""
        parents = self._parents
        root = parents.setdefault(member, member)
        while parents[root] != root:
            root = parents[root]
        while parents[member] != root:
            parents[member], member = root, parents[member]
        return root

    def join(self, one: str, two: str) -> None:
        """Make one set of two."""
        low, high = sorted((self.find(one), self.find(two)))
        self._parents[high] = low

    def sets(self) -> list[list[str]]:
        """The sets, each sorted, in the order of their names."""
        found: dict[str, list[str]] = {}
        for member in sorted(self._parents):
            found.setdefault(self.find(member), []).append(member)
        return [found[name] for name in sorted(found)]
