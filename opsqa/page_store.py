"""Where pages for readers are kept: bytes under a key, as many as there is room for."""

from collections import OrderedDict
from threading import Lock
from typing import Protocol

# About what a key, a value and their place take beside their own bytes.
OVERHEAD = 250
# A page larger than this part of the room is not worth those it would drive out.
LARGEST = 1 / 8


class Store(Protocol):
    """What keeps pages; it may forget any of them at any time."""

    def get(self, key: str) -> bytes | None: ...

    def set(self, key: str, value: bytes) -> None: ...


class Memory:
    """Keeps pages in this process, up to so many bytes; those that nobody has asked for longest go first."""

    def __init__(self, room: int) -> None:
        self.room = room
        self.used = 0
        self.values: OrderedDict[str, bytes] = OrderedDict()
        self.lock = Lock()

    def get(self, key: str) -> bytes | None:
        with self.lock:
            value = self.values.get(key)
            if value is not None:
                self.values.move_to_end(key)
            return value

    def set(self, key: str, value: bytes) -> None:
        with self.lock:
            self.drop(key)
            if size_of(key, value) > self.room * LARGEST:
                return
            self.values[key] = value
            self.used += size_of(key, value)
            while self.used > self.room:
                self.drop(next(iter(self.values)))

    def drop(self, key: str) -> None:
        value = self.values.pop(key, None)
        if value is not None:
            self.used -= size_of(key, value)


def size_of(key: str, value: bytes) -> int:
    return len(key) + len(value) + OVERHEAD
