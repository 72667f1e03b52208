"""Granian with its own options, started so that Ctrl-C or a closed terminal ends it cleanly.

A terminal signals the server and its workers alike, and the server then tells its workers to stop:
a worker that hears both may hang. So the workers inherit a mask that leaves the word to the server.
They are spawned, because a forked worker swallows the server's word until it is ready.
"""

import multiprocessing
import os
import signal
from multiprocessing import resource_tracker
from threading import Thread

from granian.cli import entrypoint


def from_terminal() -> set[signal.Signals]:
    """Return what the terminal sends, without what nohup or a shell script chose to ignore."""
    return {sent for sent in (signal.SIGINT, signal.SIGHUP) if signal.getsignal(sent) is not signal.SIG_IGN}


def stop_on(signals: set[signal.Signals]) -> None:
    signal.sigwait(signals)
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    multiprocessing.set_start_method("spawn")
    resource_tracker.ensure_running()  # starting it later would undo the mask
    signals = from_terminal()
    signal.pthread_sigmask(signal.SIG_BLOCK, signals)
    Thread(target=stop_on, args=[signals], daemon=True).start()
    entrypoint()
