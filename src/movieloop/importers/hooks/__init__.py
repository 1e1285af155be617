"""Media servers tell what was watched: one file a server reads what it sends, `inbox` learns it.

| file | what it holds |
|---|---|
| `event.py` | what all of them say: who, which film, watched or an opinion, when |
| `plex.py`, `jellyfin.py`, `emby.py` | what each of them sends |
| `inbox.py` | keep an event before it is answered, learn it exactly once afterwards |
| `connecting.py` | which servers may tell, and by which secret |
| `status.py` | what is known of them, and saying who their people are |
"""

from movieloop.importers.hooks.event import HookEvent, PassedOver
from movieloop.importers.hooks.inbox import READERS, learn_waiting, receive

__all__ = ["READERS", "HookEvent", "PassedOver", "learn_waiting", "receive"]
