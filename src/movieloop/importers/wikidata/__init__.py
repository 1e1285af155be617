"""Newer films and missing numbers from Wikidata's public query service (CC0)."""

from movieloop.importers.wikidata.update import UpdateReport, update_films

__all__ = ["UpdateReport", "update_films"]
