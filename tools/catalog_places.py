"""Countries and languages: Wikidata's items beside the codes that the catalogue ships.

requires: the standard library only
"""

from __future__ import annotations

from collections.abc import Iterable

COUNTRY_OF = {
    "Q30": "US", "Q145": "GB", "Q142": "FR", "Q183": "DE", "Q17": "JP", "Q38": "IT", "Q29": "ES",
    "Q668": "IN", "Q884": "KR", "Q148": "CN", "Q8646": "HK", "Q34": "SE", "Q35": "DK",
    "Q15180": "SU", "Q159": "RU", "Q96": "MX", "Q155": "BR", "Q414": "AR", "Q794": "IR",
    "Q36": "PL", "Q408": "AU", "Q16": "CA", "Q31": "BE", "Q39": "CH", "Q27": "IE", "Q664": "NZ",
    "Q40": "AT", "Q16957": "DD", "Q20": "NO", "Q33": "FI", "Q189": "IS", "Q213": "CZ",
    "Q33946": "CS", "Q28": "HU", "Q218": "RO", "Q212": "UA", "Q36704": "YU", "Q865": "TW",
    "Q43": "TR", "Q801": "IL", "Q79": "EG", "Q851": "SA", "Q1028": "MA", "Q298": "CL",
    "Q739": "CO", "Q241": "CU", "Q45": "PT", "Q55": "NL", "Q869": "TH", "Q928": "PH",
    "Q252": "ID", "Q881": "VN", "Q833": "MY", "Q334": "SG", "Q1033": "NG", "Q258": "ZA",
    "Q41": "GR", "Q219": "BG", "Q403": "RS", "Q224": "HR", "Q214": "SK", "Q215": "SI",
    "Q191": "EE", "Q211": "LV", "Q37": "LT", "Q843": "PK", "Q902": "BD", "Q822": "LB",
    "Q419": "PE", "Q77": "UY", "Q717": "VE", "Q230": "GE", "Q232": "KZ", "Q184": "BY",
    "Q225": "BA", "Q221": "MK", "Q222": "AL", "Q32": "LU", "Q233": "MT", "Q229": "CY",
    "Q889": "AF", "Q796": "IQ", "Q858": "SY", "Q810": "JO", "Q878": "AE", "Q948": "TN",
    "Q262": "DZ", "Q1041": "SN", "Q114": "KE", "Q117": "GH", "Q115": "ET", "Q424": "KH",
    "Q854": "LK", "Q837": "NP", "Q711": "MN", "Q399": "AM", "Q227": "AZ", "Q219060": "PS",
}  # fmt: skip
LANGUAGE_OF = {
    "Q1860": "en", "Q150": "fr", "Q188": "de", "Q652": "it", "Q1321": "es", "Q5146": "pt",
    "Q5287": "ja", "Q9176": "ko", "Q7850": "zh", "Q9192": "zh", "Q9186": "yue", "Q1568": "hi",
    "Q7737": "ru", "Q9027": "sv", "Q9035": "da", "Q9043": "no", "Q809": "pl", "Q7411": "nl",
    "Q256": "tr", "Q9168": "fa", "Q9288": "he", "Q13955": "ar", "Q9129": "el", "Q9067": "hu",
    "Q9056": "cs", "Q7913": "ro", "Q1412": "fi", "Q9217": "th", "Q5885": "ta", "Q8097": "te",
    "Q36236": "ml", "Q9610": "bn", "Q1571": "mr", "Q9240": "id", "Q9199": "vi", "Q8798": "uk",
    "Q9299": "sr", "Q6654": "hr", "Q294": "is", "Q33298": "tl", "Q58635": "pa", "Q1617": "ur",
    "Q33673": "kn", "Q8108": "ka", "Q9078": "lv", "Q9083": "lt", "Q9072": "et", "Q7918": "bg",
}  # fmt: skip
ITEM_OF_COUNTRY = {code: item for item, code in COUNTRY_OF.items()}
ITEM_OF_LANGUAGE = {code: item for item, code in reversed(LANGUAGE_OF.items())}
AT_HOME = {
    "en": ("US", "GB", "CA", "AU", "IE", "NZ", "ZA"), "fr": ("FR", "BE", "CA", "CH"),
    "de": ("DE", "AT", "CH"), "it": ("IT",), "es": ("ES", "MX", "AR", "CL", "CO"),
    "pt": ("BR", "PT"), "ja": ("JP",), "ko": ("KR",), "zh": ("CN", "TW", "HK"),
    "yue": ("HK", "CN"), "hi": ("IN",), "ta": ("IN",), "te": ("IN",), "ml": ("IN",),
    "ru": ("RU",), "sv": ("SE",), "da": ("DK",), "no": ("NO",), "fi": ("FI",), "is": ("IS",),
    "pl": ("PL",), "nl": ("NL", "BE"), "tr": ("TR",), "fa": ("IR",), "he": ("IL",),
    "ar": ("EG", "LB", "MA", "TN"), "cs": ("CZ",), "hu": ("HU",), "ro": ("RO",), "uk": ("UA",),
    "th": ("TH",), "id": ("ID",), "tl": ("PH",),
}  # fmt: skip


def main_language(languages: Iterable[str], countries: Iterable[str], *, translated: bool) -> str:
    """Guess which of a film's languages is the main one: omdb.org names them by the alphabet.

    How it works: one that is at home where the film was made; of several, English, unless the
    film has another title of its own.

    >>> main_language(["en", "ja", "ko"], ["JP"], translated=True)
    'ja'
    >>> main_language(["de", "en"], ["US", "DE"], translated=False)
    'en'

    Args:
        languages: ISO 639 codes.
        countries: ISO 3166 codes.
        translated: Whether its English title is not its own.

    Returns:
        The code; "" if there are several and nothing tells.
    """
    spoken, made = list(dict.fromkeys(languages)), set(countries)
    if len(spoken) == 1:
        return spoken[0]
    at_home = [language for language in spoken if made & set(AT_HOME.get(language, ()))]
    at_home.sort(key=lambda language: (language == "en") == translated)
    return at_home[0] if at_home else ""


def leading_first(countries: Iterable[str], language: str) -> tuple[str, ...]:
    """Put first where the film's language is at home: the sources name countries by the alphabet.

    >>> leading_first(["CN", "GB", "US"], "en"), leading_first(["JP", "KR"], "ko")
    (('US', 'GB', 'CN'), ('KR', 'JP'))

    Args:
        countries: ISO 3166 codes.
        language: The ISO 639 code of its main language; "" if unknown.

    Returns:
        The same codes, each once; in their order where no language tells.
    """
    homes = AT_HOME.get(language, ())
    place = {country: at for at, country in enumerate(homes)}
    return tuple(sorted(dict.fromkeys(countries), key=lambda c: place.get(c, len(homes))))
