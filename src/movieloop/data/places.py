"""Countries and languages by the words people search them by.

>>> words_of_country("KR")[:2], words_of_language("ja")
(('South Korea', 'Korean'), ('Japanese',))
>>> country_of("south korea"), country_of("kr"), language_of("Japanese")
('KR', 'KR', 'ja')
"""

from functools import cache

# ISO 3166 code: the name, then what its films are called, then other names.
COUNTRIES: dict[str, tuple[str, ...]] = {
    "AF": ("Afghanistan", "Afghan"),
    "AL": ("Albania", "Albanian"),
    "DZ": ("Algeria", "Algerian"),
    "AR": ("Argentina", "Argentine", "Argentinian"),
    "AM": ("Armenia", "Armenian"),
    "AU": ("Australia", "Australian"),
    "AT": ("Austria", "Austrian"),
    "AZ": ("Azerbaijan", "Azerbaijani"),
    "BD": ("Bangladesh", "Bangladeshi"),
    "BY": ("Belarus", "Belarusian"),
    "BE": ("Belgium", "Belgian"),
    "BT": ("Bhutan", "Bhutanese"),
    "BO": ("Bolivia", "Bolivian"),
    "BA": ("Bosnia and Herzegovina", "Bosnian"),
    "BR": ("Brazil", "Brazilian"),
    "BG": ("Bulgaria", "Bulgarian"),
    "KH": ("Cambodia", "Cambodian"),
    "CM": ("Cameroon", "Cameroonian"),
    "CA": ("Canada", "Canadian"),
    "TD": ("Chad", "Chadian"),
    "CL": ("Chile", "Chilean"),
    "CN": ("China", "Chinese", "People's Republic of China"),
    "CO": ("Colombia", "Colombian"),
    "CR": ("Costa Rica", "Costa Rican"),
    "HR": ("Croatia", "Croatian"),
    "CU": ("Cuba", "Cuban"),
    "CY": ("Cyprus", "Cypriot"),
    "CZ": ("Czechia", "Czech", "Czech Republic"),
    "DK": ("Denmark", "Danish"),
    "DO": ("Dominican Republic", "Dominican"),
    "EC": ("Ecuador", "Ecuadorian"),
    "EG": ("Egypt", "Egyptian"),
    "SV": ("El Salvador", "Salvadoran"),
    "EE": ("Estonia", "Estonian"),
    "ET": ("Ethiopia", "Ethiopian"),
    "FI": ("Finland", "Finnish"),
    "FR": ("France", "French"),
    "GE": ("Georgia", "Georgian"),
    "DE": ("Germany", "German", "West Germany", "Federal Republic of Germany"),
    "GH": ("Ghana", "Ghanaian"),
    "GR": ("Greece", "Greek"),
    "GT": ("Guatemala", "Guatemalan"),
    "HK": ("Hong Kong",),
    "HU": ("Hungary", "Hungarian"),
    "IS": ("Iceland", "Icelandic"),
    "IN": ("India", "Indian", "Bollywood"),
    "ID": ("Indonesia", "Indonesian"),
    "IR": ("Iran", "Iranian", "Persian"),
    "IQ": ("Iraq", "Iraqi"),
    "IE": ("Ireland", "Irish", "Republic of Ireland"),
    "IL": ("Israel", "Israeli"),
    "IT": ("Italy", "Italian"),
    "CI": ("Ivory Coast", "Ivorian"),
    "JM": ("Jamaica", "Jamaican"),
    "JP": ("Japan", "Japanese"),
    "JO": ("Jordan", "Jordanian"),
    "KZ": ("Kazakhstan", "Kazakh"),
    "KE": ("Kenya", "Kenyan"),
    "KW": ("Kuwait", "Kuwaiti"),
    "KG": ("Kyrgyzstan", "Kyrgyz"),
    "LA": ("Laos", "Laotian"),
    "LV": ("Latvia", "Latvian"),
    "LB": ("Lebanon", "Lebanese"),
    "LT": ("Lithuania", "Lithuanian"),
    "LU": ("Luxembourg",),
    "MY": ("Malaysia", "Malaysian"),
    "ML": ("Mali", "Malian"),
    "MT": ("Malta", "Maltese"),
    "MR": ("Mauritania", "Mauritanian"),
    "MX": ("Mexico", "Mexican"),
    "MD": ("Moldova", "Moldovan"),
    "MN": ("Mongolia", "Mongolian"),
    "ME": ("Montenegro", "Montenegrin"),
    "MA": ("Morocco", "Moroccan"),
    "MZ": ("Mozambique",),
    "MM": ("Myanmar", "Burmese", "Burma"),
    "NP": ("Nepal", "Nepali"),
    "NL": ("Netherlands", "Dutch", "Holland", "the Netherlands"),
    "NZ": ("New Zealand",),
    "NG": ("Nigeria", "Nigerian", "Nollywood"),
    "KP": ("North Korea",),
    "MK": ("North Macedonia", "Macedonian", "Macedonia"),
    "NO": ("Norway", "Norwegian"),
    "PK": ("Pakistan", "Pakistani"),
    "PS": ("Palestine", "Palestinian"),
    "PA": ("Panama",),
    "PY": ("Paraguay", "Paraguayan"),
    "PE": ("Peru", "Peruvian"),
    "PH": ("Philippines", "Filipino"),
    "PL": ("Poland", "Polish"),
    "PT": ("Portugal", "Portuguese"),
    "PR": ("Puerto Rico",),
    "QA": ("Qatar", "Qatari"),
    "RO": ("Romania", "Romanian"),
    "RU": ("Russia", "Russian"),
    "RW": ("Rwanda", "Rwandan"),
    "SA": ("Saudi Arabia", "Saudi"),
    "SN": ("Senegal", "Senegalese"),
    "RS": ("Serbia", "Serbian"),
    "SG": ("Singapore", "Singaporean"),
    "SK": ("Slovakia", "Slovak"),
    "SI": ("Slovenia", "Slovenian", "Slovene"),
    "ZA": ("South Africa", "South African"),
    "KR": ("South Korea", "Korean", "South Korean", "Republic of Korea", "Korea"),
    "SU": ("Soviet Union", "Soviet", "USSR"),
    "ES": ("Spain", "Spanish"),
    "LK": ("Sri Lanka", "Sri Lankan"),
    "SD": ("Sudan", "Sudanese"),
    "SE": ("Sweden", "Swedish"),
    "CH": ("Switzerland", "Swiss"),
    "SY": ("Syria", "Syrian"),
    "TW": ("Taiwan", "Taiwanese"),
    "TJ": ("Tajikistan", "Tajik"),
    "TZ": ("Tanzania", "Tanzanian"),
    "TH": ("Thailand", "Thai"),
    "TN": ("Tunisia", "Tunisian"),
    "TR": ("Turkey", "Turkish", "Türkiye"),
    "UG": ("Uganda", "Ugandan"),
    "UA": ("Ukraine", "Ukrainian"),
    "AE": ("United Arab Emirates", "Emirati", "UAE"),
    "GB": (
        "United Kingdom",
        "British",
        "UK",
        "Great Britain",
        "England",
        "English",
        "Scottish",
        "Welsh",
        "U.K.",
        "Scotland",
        "Wales",
    ),
    "US": (
        "United States",
        "American",
        "USA",
        "United States of America",
        "Hollywood",
        "America",
        "U.S.",
        "U.S.A.",
    ),
    "UY": ("Uruguay", "Uruguayan"),
    "UZ": ("Uzbekistan", "Uzbek"),
    "VE": ("Venezuela", "Venezuelan"),
    "VN": ("Vietnam", "Vietnamese", "Viet Nam"),
    "DD": ("East Germany", "East German"),
    "CS": ("Czechoslovakia", "Czechoslovak"),
    "YU": ("Yugoslavia", "Yugoslav"),
    "YE": ("Yemen", "Yemeni"),
    "ZM": ("Zambia", "Zambian"),
    "ZW": ("Zimbabwe", "Zimbabwean"),
    "CD": ("DR Congo", "Congolese", "Democratic Republic of the Congo"),
    "XK": ("Kosovo", "Kosovar"),
    "BF": ("Burkina Faso", "Burkinabe"),
    "LS": ("Lesotho",),
    "SO": ("Somalia", "Somali"),
    "LY": ("Libya", "Libyan"),
    "MC": ("Monaco",),
    "LI": ("Liechtenstein",),
    "GL": ("Greenland",),
    "HT": ("Haiti", "Haitian"),
    "HN": ("Honduras", "Honduran"),
    "NI": ("Nicaragua", "Nicaraguan"),
    "TT": ("Trinidad and Tobago",),
    "FJ": ("Fiji",),
    "WS": ("Samoa",),
    "VU": ("Vanuatu",),
    "PG": ("Papua New Guinea",),
    "BS": ("Bahamas",),
    "MO": ("Macau",),
    "AO": ("Angola", "Angolan"),
    "GN": ("Guinea",),
    "NE": ("Niger",),
    "BJ": ("Benin",),
    "TG": ("Togo",),
    "MG": ("Madagascar",),
    "MU": ("Mauritius",),
    "NA": ("Namibia",),
    "BW": ("Botswana",),
    "MW": ("Malawi",),
}
# ISO 639 code: the name, then other names.
LANGUAGES: dict[str, tuple[str, ...]] = {
    "af": ("Afrikaans",),
    "sq": ("Albanian",),
    "am": ("Amharic",),
    "ar": ("Arabic",),
    "hy": ("Armenian",),
    "az": ("Azerbaijani",),
    "eu": ("Basque",),
    "be": ("Belarusian",),
    "bn": ("Bengali",),
    "bs": ("Bosnian",),
    "bg": ("Bulgarian",),
    "my": ("Burmese",),
    "yue": ("Cantonese",),
    "ca": ("Catalan",),
    "zh": ("Chinese", "Mandarin"),
    "hr": ("Croatian",),
    "cs": ("Czech",),
    "da": ("Danish",),
    "nl": ("Dutch",),
    "dz": ("Dzongkha",),
    "en": ("English",),
    "et": ("Estonian",),
    "tl": ("Filipino", "Tagalog"),
    "fi": ("Finnish",),
    "fr": ("French",),
    "gl": ("Galician",),
    "ka": ("Georgian",),
    "de": ("German",),
    "el": ("Greek",),
    "gu": ("Gujarati",),
    "ha": ("Hausa",),
    "he": ("Hebrew",),
    "hi": ("Hindi",),
    "hu": ("Hungarian",),
    "is": ("Icelandic",),
    "ig": ("Igbo",),
    "id": ("Indonesian",),
    "iu": ("Inuktitut",),
    "ga": ("Irish",),
    "it": ("Italian",),
    "ja": ("Japanese",),
    "kn": ("Kannada",),
    "kk": ("Kazakh",),
    "km": ("Khmer",),
    "ko": ("Korean",),
    "ku": ("Kurdish",),
    "ky": ("Kyrgyz",),
    "la": ("Latin",),
    "lv": ("Latvian",),
    "lt": ("Lithuanian",),
    "mk": ("Macedonian",),
    "ms": ("Malay",),
    "ml": ("Malayalam",),
    "mt": ("Maltese",),
    "mi": ("Maori",),
    "mr": ("Marathi",),
    "mn": ("Mongolian",),
    "ne": ("Nepali",),
    "no": ("Norwegian",),
    "or": ("Odia",),
    "fa": ("Persian", "Farsi"),
    "pl": ("Polish",),
    "pt": ("Portuguese",),
    "pa": ("Punjabi",),
    "qu": ("Quechua",),
    "ro": ("Romanian",),
    "ru": ("Russian",),
    "se": ("Sami",),
    "sa": ("Sanskrit",),
    "gd": ("Gaelic",),
    "sr": ("Serbian",),
    "si": ("Sinhala",),
    "sk": ("Slovak",),
    "sl": ("Slovene",),
    "so": ("Somali",),
    "es": ("Spanish",),
    "sw": ("Swahili",),
    "sv": ("Swedish",),
    "ta": ("Tamil",),
    "te": ("Telugu",),
    "th": ("Thai",),
    "bo": ("Tibetan",),
    "tr": ("Turkish",),
    "uk": ("Ukrainian",),
    "ur": ("Urdu",),
    "uz": ("Uzbek",),
    "vi": ("Vietnamese",),
    "cy": ("Welsh",),
    "wo": ("Wolof",),
    "xh": ("Xhosa",),
    "yi": ("Yiddish",),
    "yo": ("Yoruba",),
    "zu": ("Zulu",),
    "ase": ("American Sign Language",),
}


def words_of_country(code: str) -> tuple[str, ...]:
    """Give the words for a country.

    Args:
        code: ISO 3166, "KR".

    Returns:
        Its name first; the code itself if nothing else is known.
    """
    return COUNTRIES.get(code, (code,))


def words_of_language(code: str) -> tuple[str, ...]:
    """Give the words for a language.

    Args:
        code: ISO 639, "ko".

    Returns:
        Its name first; the code itself if nothing else is known.
    """
    return LANGUAGES.get(code, (code,))


def country_of(word: str) -> str | None:
    """Find a country by its code, its name, or what its films are called.

    >>> country_of("Korean"), country_of("Atlantis")
    ('KR', None)

    Args:
        word: The word, whatever its capitals.

    Returns:
        The ISO 3166 code; None if there is no such country.
    """
    return _index("countries").get(word.strip().casefold())


def language_of(word: str) -> str | None:
    """Find a language by its code or its name.

    >>> language_of("farsi"), language_of("ko"), language_of("Klingon")
    ('fa', 'ko', None)

    Args:
        word: The word, whatever its capitals.

    Returns:
        The ISO 639 code; None if there is no such language.
    """
    return _index("languages").get(word.strip().casefold())


@cache
def _index(which: str) -> dict[str, str]:
    words = COUNTRIES if which == "countries" else LANGUAGES
    index = {word.casefold(): code for code, names in words.items() for word in names}
    return index | {code.casefold(): code for code in words}
