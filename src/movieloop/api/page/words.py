"""The words the server paints with before any script runs; the page's own are in `web/words`.

>>> words_for("de-AT,de;q=0.9,en;q=0.8")["like"], words_for("")["like"]
('Gut', 'Like')
"""

from collections.abc import Mapping

WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "language": "en",
        "start": "Tap a few films you love.",
        "start_text": "3 more and you see your list.",
        "list": "Your next films",
        "like": "Like",
        "seen": "Seen",
        "dislike": "Dislike",
        "find": "Find a film you know",
        "near": "Nearest to it",
        "back": "Back to your films",
        "nothing": "There is no such film.",
        "no_script": "This page works without JavaScript; with it you see your taste move.",
        "key_title": "Sign in to see your films",
        "key_label": "Key",
        "key_text": "With a key; whoever runs this server makes one: "
        "movieloop keys add NAME --user USER.",
        "key_refused": "This key opens nothing here, or its time is over.",
        "key_go": "Sign in",
        "account_text": "With your account of {server}.",
        "account_plex": "Sign in with Plex ({server})",
        "account_name": "Name",
        "account_password": "Password",
        "plex_refused": "Nobody has signed in at Plex, or that account may not use this server.",
        "account_refused": "Your media server does not know this name and password.",
        "account_down": "Your media server does not answer now; a key opens the page, too.",
        "account_wait": "Too many wrong passwords. Try again in a minute.",
        "about": "Films you will love, from a list that learns from every tap.",
    },
    "de": {
        "language": "de",
        "start": "Tippe ein paar Filme an, die du liebst.",
        "start_text": "Noch 3, dann siehst du deine Liste.",
        "list": "Deine nächsten Filme",
        "like": "Gut",
        "seen": "Gesehen",
        "dislike": "Nein",
        "find": "Einen Film suchen",
        "near": "Ihm am nächsten",
        "back": "Zurück zu deinen Filmen",
        "nothing": "Diesen Film gibt es nicht.",
        "no_script": "Diese Seite geht ohne JavaScript; mit ihm siehst du Geschmack wandern.",
        "key_title": "Melde dich an, dann siehst du deine Filme",
        "key_label": "Schlüssel",
        "key_text": "Mit einem Schlüssel; wer diesen Server betreibt, macht einen: "
        "movieloop keys add NAME --user USER.",
        "key_refused": "Dieser Schlüssel öffnet hier nichts, oder seine Zeit ist um.",
        "key_go": "Anmelden",
        "account_text": "Mit deinem Konto bei {server}.",
        "account_plex": "Mit Plex anmelden ({server})",
        "account_name": "Name",
        "account_password": "Passwort",
        "plex_refused": "Bei Plex hat sich niemand angemeldet, oder das Konto darf hier nichts.",
        "account_refused": "Dein Medienserver kennt diesen Namen mit diesem Passwort nicht.",
        "account_down": "Dein Medienserver antwortet gerade nicht; ein Schlüssel öffnet auch.",
        "account_wait": "Zu viele falsche Passwörter. Versuch es in einer Minute wieder.",
        "about": "Filme, die du lieben wirst, aus einer Liste, die aus jedem Tipp lernt.",
    },
}


def words_for(accepted: str) -> Mapping[str, str]:
    """Choose the language a browser asks for.

    Args:
        accepted: The header Accept-Language.

    Returns:
        The words of the first language it names that is spoken here; English otherwise.
    """
    for part in accepted.split(","):
        language = part.partition(";")[0].strip()[:2].lower()
        if language in WORDS:
            return WORDS[language]
    return WORDS["en"]
