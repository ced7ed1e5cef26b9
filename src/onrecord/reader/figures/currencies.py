"""Currencies as news writes them, to ISO 4217 codes: signs and codes before the number, words and codes after it."""

from __future__ import annotations

import re

__all__ = ["CODED_PREFIX", "CURRENCY_WORDS", "ISO_4217", "PREFIX", "currency_of_prefix"]

# ISO 4217 codes that news quotes; the whole list would take "ALL", "TOP" and "TRY" for money in capitals.
ISO_4217 = frozenset(
    [
        "AED",
        "ARS",
        "AUD",
        "AZN",
        "BDT",
        "BGN",
        "BRL",
        "BYN",
        "CAD",
        "CHF",
        "CLP",
        "CNY",
        "COP",
        "CZK",
        "DKK",
        "DZD",
        "EGP",
        "EUR",
        "GBP",
        "GEL",
        "GHS",
        "HKD",
        "HUF",
        "IDR",
        "ILS",
        "INR",
        "IQD",
        "IRR",
        "ISK",
        "JOD",
        "JPY",
        "KES",
        "KRW",
        "KWD",
        "KZT",
        "LBP",
        "LKR",
        "MAD",
        "MMK",
        "MXN",
        "MYR",
        "NGN",
        "NOK",
        "NPR",
        "NZD",
        "OMR",
        "PEN",
        "PHP",
        "PKR",
        "PLN",
        "QAR",
        "RON",
        "RSD",
        "RUB",
        "SAR",
        "SEK",
        "SGD",
        "SYP",
        "THB",
        "TND",
        "TRY",
        "TWD",
        "TZS",
        "UAH",
        "UGX",
        "USD",
        "UZS",
        "VND",
        "YER",
        "ZAR",
        "ZMW",
    ]
)
_DOLLARS = {
    "": "USD", "us": "USD", "usd": "USD", "u.s.": "USD", "a": "AUD", "au": "AUD", "aud": "AUD", "c": "CAD", "ca": "CAD",
    "cad": "CAD", "can": "CAD", "nz": "NZD", "nzd": "NZD", "hk": "HKD", "hkd": "HKD", "s": "SGD", "sg": "SGD",
    "sgd": "SGD", "nt": "TWD", "r": "BRL", "mx": "MXN", "j": "JMD", "tt": "TTD", "bz": "BZD",
}  # fmt: skip
_SIGNS = {
    "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₽": "RUB", "₩": "KRW", "₪": "ILS", "₴": "UAH",
    "₺": "TRY", "₦": "NGN", "₱": "PHP", "฿": "THB", "₫": "VND", "₸": "KZT", "₾": "GEL", "₼": "AZN",
    "₡": "CRC", "₲": "PYG", "₵": "GHS", "৳": "BDT",
}  # fmt: skip
# "PS" and "Y=" are what transliteration to ASCII (Unidecode) leaves of £ and ¥, "#" what the British seven-bit set (ISO
# 646-GB, where £ has its place) leaves; feeds and corpora are full of them.
_NAMES = {
    "rm": "MYR",
    "rs": "INR",
    "rs.": "INR",
    "tk": "BDT",
    "rp": "IDR",
    "ps": "GBP",
    "#": "GBP",
    "y=": "JPY",
    "ksh": "KES",
    "kr": "",
    "r": "ZAR",
}

# Letters that stand apart from "$" are capitals, and neither an article nor a genitive: "a $5 fee", "A $700bn
# plan" and "the state's $3m" are in US dollars, as is every bare "$", whatever country the text is about: news that means
# another dollar writes it with its letters (A$, C$, S$, HK$).
_dollar = "|".join(sorted((re.escape(k.upper()) for k in _DOLLARS if k), key=len, reverse=True))
PREFIX = (
    rf"(?:(?<!['’])(?:(?i:{_dollar})\$|(?:{_dollar})(?<!\bA) \$)|\$(?i:{_dollar})(?![a-z])|\$) ?"
    rf"|(?:EU|GB|CN|JP)?[{''.join(_SIGNS)}] ?"
)
CODED_PREFIX = (
    r"(?:RM|Rs\.?|Tk|Rp|Ksh) ?"
    r"|# ?(?=[\d.,]*\d(?: (?:[mb]|tr)illion| ?[mb]n)\b)"
    r"|R ?(?=\d[\d.,]*(?:[ -]?(?:[mb]n?|[mb]illion)\b|\.\d\d\b))"
    r"|PS(?=[\d.]+(?:,\d|[mb]|[ -][mb]il|[ -]tril|\.\d))|Y=|(?:" + "|".join(sorted(ISO_4217)) + r")[ \u00a0]?(?=[\d.])"
)

CURRENCY_WORDS = {
    "dollar": "USD", "dollars": "USD", "euro": "EUR", "euros": "EUR", "sterling": "GBP", "yen": "JPY", "yuan": "CNY",
    "renminbi": "CNY", "shekel": "ILS", "shekels": "ILS", "ringgit": "MYR", "ringgits": "MYR", "hryvnia": "UAH",
    "hryvnias": "UAH", "hryvnya": "UAH", "zloty": "PLN", "zlotys": "PLN", "zloties": "PLN", "forint": "HUF",
    "forints": "HUF", "baht": "THB", "naira": "NGN", "rouble": "RUB", "roubles": "RUB", "ruble": "RUB", "rubles": "RUB",
    "rupiah": "IDR", "dong": "VND", "tenge": "KZT", "lari": "GEL", "rand": "ZAR", "taka": "BDT", "lev": "BGN",
    "leva": "BGN", "koruna": "CZK", "shilling": "KES", "kwacha": "ZMW", "bucks": "USD", "quid": "GBP",
}  # fmt: skip
# Names that several countries use stand for a code only with their country's adjective; "pesos" alone is left a count.
_ADJECTIVES = {
    "us": "USD", "u.s.": "USD", "american": "USD", "australian": "AUD", "canadian": "CAD", "new zealand": "NZD",
    "hong kong": "HKD", "singapore": "SGD", "singaporean": "SGD", "taiwan": "TWD", "taiwanese": "TWD",
}  # fmt: skip
CURRENCY_WORDS |= {f"{a} {n}": code for a, code in _ADJECTIVES.items() for n in ("dollar", "dollars")}
_OTHERS = {
    ("british",): ("GBP", "pound", "pounds"), ("egyptian",): ("EGP", "pound", "pounds"),
    ("syrian",): ("SYP", "pound", "pounds"), ("lebanese",): ("LBP", "pound", "pounds", "lira"),
    ("turkish",): ("TRY", "lira", "liras"), ("swiss",): ("CHF", "franc", "francs"),
    ("danish",): ("DKK", "krone", "kroner", "crowns"), ("norwegian",): ("NOK", "krone", "kroner", "crowns"),
    ("swedish",): ("SEK", "krona", "kronor", "crowns"), ("czech",): ("CZK", "koruna", "crowns"),
    ("indian",): ("INR", "rupee", "rupees"), ("pakistani",): ("PKR", "rupee", "rupees"),
    ("sri lankan",): ("LKR", "rupee", "rupees"), ("nepali",): ("NPR", "rupee", "rupees"),
    ("mexican",): ("MXN", "peso", "pesos"), ("philippine", "filipino"): ("PHP", "peso", "pesos"),
    ("argentine", "argentinian"): ("ARS", "peso", "pesos"), ("chilean",): ("CLP", "peso", "pesos"),
    ("colombian",): ("COP", "peso", "pesos"), ("brazilian",): ("BRL", "real", "reais", "reals"),
    ("south korean", "korean"): ("KRW", "won"), ("israeli",): ("ILS", "shekel", "shekels", "new shekels"),
    ("russian",): ("RUB", "rouble", "roubles", "ruble", "rubles"), ("belarusian",): ("BYN", "rubles", "roubles"),
    ("chinese",): ("CNY", "yuan"), ("japanese",): ("JPY", "yen"), ("malaysian",): ("MYR", "ringgit"),
    ("south african",): ("ZAR", "rand", "rands"), ("saudi",): ("SAR", "riyal", "riyals"),
    ("qatari",): ("QAR", "riyal", "riyals"), ("iranian",): ("IRR", "rial", "rials"),
    ("emirati", "uae"): ("AED", "dirham", "dirhams"),
    ("moroccan",): ("MAD", "dirham", "dirhams"), ("iraqi",): ("IQD", "dinar", "dinars"),
    ("kuwaiti",): ("KWD", "dinar", "dinars"),
    ("serbian",): ("RSD", "dinar", "dinars"), ("jordanian",): ("JOD", "dinar", "dinars"),
    ("kenyan",): ("KES", "shilling", "shillings"), ("ugandan",): ("UGX", "shilling", "shillings"),
    ("croatian",): ("HRK", "kuna"),
}  # fmt: skip
CURRENCY_WORDS |= {f"{a} {n}": code for names, (code, *nouns) in _OTHERS.items() for a in names for n in nouns}
CURRENCY_WORDS |= {"pounds sterling": "GBP", "pound sterling": "GBP"}


def currency_of_prefix(prefix: str) -> str | None:
    """ISO 4217 code of what stands before the number ("US $", "€", "RM", "EUR"); a bare "$" is the US dollar."""
    raw = prefix.strip().lower()
    if "$" in raw:
        return _DOLLARS.get(raw.replace("$", "").strip())
    if raw[-1:] in _SIGNS:
        return "CNY" if raw == "cn¥" else _SIGNS[raw[-1]]
    return _NAMES.get(raw) or (raw.upper() if raw.upper() in ISO_4217 else None)
