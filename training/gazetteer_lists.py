"""Names that no well-kept data set of free licence has: aliases, seats of government, organisations. Ours, CC0."""

from __future__ import annotations

# English names where CLDR's label is made for menus and not for prose.
COUNTRY_NAMES: dict[str, str] = {
    "CD": "Democratic Republic of the Congo",
    "CG": "Republic of the Congo",
    "CI": "Ivory Coast",
    "HK": "Hong Kong",
    "MM": "Myanmar",
    "MO": "Macau",
    "PS": "Palestine",
    "TR": "Turkey",
    "VC": "Saint Vincent and the Grenadines",
}

# Other names in prose, by ISO code. Names in capitals are abbreviations and match only in capitals.
COUNTRY_ALIASES = {
    "AE": ["UAE", "Emirates"],
    "BA": ["Bosnia", "Bosnia-Herzegovina", "BiH"],
    "BN": ["Brunei Darussalam"],
    "CD": ["Congo", "DR Congo", "DRC", "D.R. Congo", "Congo-Kinshasa", "Zaire"],
    "CF": ["CAR"],
    "CG": ["Congo", "Congo-Brazzaville", "Congo Republic"],
    "CI": ["Côte d'Ivoire", "Cote d'Ivoire"],
    "CN": ["PRC", "Mainland China", "Red China"],
    "CV": ["Cabo Verde"],
    "CZ": ["Czech Republic"],
    "DE": ["FRG"],
    "GB": ["UK", "U.K.", "Great Britain", "Britain"],
    "IR": ["Persia"],
    "KP": ["DPRK", "D.P.R.K.", "N. Korea"],
    "KR": ["ROK", "S. Korea"],
    "LK": ["Ceylon"],
    "LY": ["State of Libya"],
    "MK": ["Macedonia"],
    "MM": ["Burma"],
    "MO": ["Macao"],
    "NL": ["Holland"],
    "NZ": ["Aotearoa"],
    "PG": ["PNG"],
    "PS": ["State of Palestine", "Palestinian Territories", "Palestinian territories"],
    "RU": ["Russian Federation", "RF"],
    "SA": ["KSA"],
    "SY": ["Syrian Arab Republic"],
    "SZ": ["Swaziland"],
    "TL": ["East Timor"],
    "TR": ["Turkiye", "Türkiye"],
    "TW": ["Republic of China", "Chinese Taipei"],
    "US": ["USA", "U.S.", "US", "U.S.A.", "United States of America", "America"],
    "VA": ["Vatican", "Holy See", "Vatican City State"],
    "VN": ["Viet Nam"],
}

# Dependent territories: their chief towns do not stand for a government in the news.
_TERRITORIES = """
AC AI AQ AS AW AX BL BM BQ BV CC CK CP CQ CW CX DG EA EH FK FO GF GG GI GL GP GS GU HK HM IC IM IO JE KY MF MO MP MQ
MS NC NF NU PF PM PN PR RE SH SJ SX TA TC TF TK UM VG VI WF YT
"""
TERRITORIES = frozenset(_TERRITORIES.split())

# Capitals by other names in the English press, and cities that house a government though they are not the capital.
CAPITAL_ALIASES = {
    "CN": ["Peking"],
    "GE": ["Tiflis"],
    "IN": ["Delhi"],
    "KZ": ["Astana", "Nur-Sultan"],
    "MM": ["Naypyidaw", "Nay Pyi Taw", "Naypyitaw"],
    "MN": ["Ulan Bator"],
    "UA": ["Kiev", "Kyjiv"],
    "US": ["Washington, D.C.", "Washington DC", "Washington D.C."],
    "YE": ["Sana'a"],
}
SEATS = {
    "AE": ["Abu Dhabi"],
    "BO": ["La Paz"],
    "CH": ["Bern", "Berne"],
    "CI": ["Abidjan"],
    "BJ": ["Cotonou"],
    "CN": ["Zhongnanhai"],
    "DE": ["Bundestag"],
    "DK": ["Folketing"],
    "ES": ["Moncloa"],
    "FR": ["Élysée", "Elysée Palace", "Élysée Palace", "Quai d'Orsay", "Matignon"],
    "GB": ["Downing Street", "10 Downing Street", "No 10", "Whitehall", "Westminster"],
    "IE": ["Dáil", "Dáil Éireann"],
    "IL": ["Knesset"],
    "IN": ["Lok Sabha", "Rajya Sabha"],
    "IT": ["Quirinale", "Palazzo Chigi"],
    "JP": ["Kantei"],
    "KR": ["Blue House"],
    "LT": ["Seimas"],
    "LV": ["Saeima"],
    "NL": ["The Hague", "Binnenhof"],
    "NO": ["Storting"],
    "PH": ["Malacañang", "Malacañang Palace"],
    "PL": ["Sejm"],
    "RU": ["Kremlin", "State Duma", "Smolenskaya Square"],
    "SE": ["Riksdag"],
    "UA": ["Verkhovna Rada", "Bankova"],
    "US": ["White House", "Pentagon", "Foggy Bottom", "Capitol Hill", "Oval Office"],
    "VA": ["Roman Curia"],
    "ZA": ["Union Buildings"],
}

# The regions of Ukraine as English writes them; CLDR gives the Ukrainian nicknames (Kharkivshchyna), kept as aliases.
UKRAINE = {
    "05": "Vinnytsia", "07": "Volyn", "09": "Luhansk", "12": "Dnipropetrovsk", "14": "Donetsk", "18": "Zhytomyr",
    "21": "Zakarpattia", "23": "Zaporizhzhia", "26": "Ivano-Frankivsk", "32": "Kyiv", "35": "Kirovohrad", "46": "Lviv",
    "48": "Mykolaiv", "51": "Odesa", "53": "Poltava", "56": "Rivne", "59": "Sumy", "61": "Ternopil", "63": "Kharkiv",
    "65": "Kherson", "68": "Khmelnytskyi", "71": "Cherkasy", "74": "Chernihiv", "77": "Chernivtsi",
}  # fmt: skip
REGION_ALIASES = {
    "RU-KRS": ["Kurshchyna"],
    "RU-BEL": ["Belgorodshchyna"],
    "RU-BRY": ["Bryanshchyna"],
    "RU-CE": ["Chechnya"],
    "RU-BU": ["Buryatia"],
    "RU-CU": ["Chuvashia"],
    "RU-UD": ["Udmurtia"],
    "RU-KB": ["Kabardino-Balkaria"],
    "RU-KC": ["Karachay-Cherkessia"],
    "RU-SE": ["North Ossetia"],
    "RU-SA": ["Yakutia"],
    "RU-KDA": ["Krasnodar"],
    "RU-PER": ["Perm"],
    "RU-KYA": ["Krasnoyarsk"],
    "RU-PRI": ["Primorye"],
}

# Cities by other names in the English press; by country and GeoNames name.
CITY_ALIASES = {
    ("UA", "Odesa"): ["Odessa"],
    ("UA", "Kharkiv"): ["Kharkov"],
    ("UA", "Lviv"): ["Lvov"],
    ("UA", "Mykolayiv"): ["Mykolaiv", "Nikolaev"],
    ("UA", "Zaporizhzhya"): ["Zaporizhzhia", "Zaporozhye"],
    ("UA", "Dnipro"): ["Dnepropetrovsk"],
    ("IN", "Mumbai"): ["Bombay"],
    ("IN", "Kolkata"): ["Calcutta"],
    ("IN", "Chennai"): ["Madras"],
    ("IN", "Bengaluru"): ["Bangalore"],
    ("MM", "Yangon"): ["Rangoon"],
    ("VN", "Ho Chi Minh City"): ["Saigon"],
    ("PS", "Gaza"): ["Gaza City"],
    ("US", "New York City"): ["New York"],
    ("RU", "Saint Petersburg"): ["St. Petersburg", "Leningrad"],
    ("CN", "Guangzhou"): ["Canton"],
}

# Names of regions that are ordinary English words: as names they would be met in every second headline.
_ORDINARY = """
capital, center, central, centre, coast, delta, east, eastern, highland, highlands, hope, interior, island, islands,
jewish, lake, lakes, liberty, lower, middle, mountain, north, northeast, northern, northwest, peter, plateau, reading,
river, rivers, south, southeast, southern, southwest, union, unity, upper, west, western, capital region,
central region, north central, south central, north east, north west, south east, south west, upper east, upper west,
lower east, lower west, has, man, lot, mat, est, sud, mon, tak
"""
ORDINARY = frozenset(word.strip() for word in _ORDINARY.replace("\n", " ").split(","))

# name, abbreviations and other names (comma), Wikidata item where certain.
ORGANISATIONS = """
United Nations | UN, U.N., United Nations Organization | Q1065
UN Security Council | UNSC, United Nations Security Council, U.N. Security Council | Q37470
UN General Assembly | UNGA, United Nations General Assembly, U.N. General Assembly | Q47423
UN Human Rights Council | UNHRC, United Nations Human Rights Council | Q205650
UN High Commissioner for Refugees | UNHCR, UN refugee agency, U.N. refugee agency | Q132551
UN Children's Fund | UNICEF, Unicef | Q740308
UN Development Programme | UNDP, United Nations Development Programme | Q161718
UN Environment Programme | UNEP, United Nations Environment Programme | -
UN Office for the Coordination of Humanitarian Affairs | OCHA, UNOCHA | Q1065854
UN Office of the High Commissioner for Human Rights | OHCHR, UN human rights office, U.N. human rights office | Q656812
UN Relief and Works Agency | UNRWA | Q846656
UN Interim Force in Lebanon | UNIFIL | Q160805
UNESCO | Unesco, United Nations Educational, Scientific and Cultural Organization | Q7809
World Food Programme | WFP, World Food Program | Q204344
Food and Agriculture Organization | FAO | Q82151
World Health Organization | WHO, World Health Organisation | Q7817
World Meteorological Organization | WMO, World Meteorological Organisation | Q170424
International Labour Organization | ILO | Q54129
International Organization for Migration | IOM | -
International Atomic Energy Agency | IAEA, UN nuclear watchdog | Q41984
International Court of Justice | ICJ, World Court | Q7801
International Criminal Court | ICC | Q47488
International Civil Aviation Organization | ICAO | Q125761
International Maritime Organization | IMO | Q201054
International Monetary Fund | IMF | Q7804
World Bank | World Bank Group | Q7164
World Trade Organization | WTO, World Trade Organisation | Q7825
International Committee of the Red Cross | ICRC | -
International Federation of Red Cross and Red Crescent Societies | IFRC | -
Red Cross | | -
Red Crescent | | -
Médecins Sans Frontières | MSF, Doctors Without Borders | Q49330
Amnesty International | | Q42970
Human Rights Watch | HRW | -
Reporters Without Borders | RSF | -
Transparency International | | -
Greenpeace | | -
NATO | Nato, North Atlantic Treaty Organization, North Atlantic Treaty Organisation, North Atlantic Alliance | Q7184
European Union | EU, E.U. | Q458
European Commission | | Q8880
European Parliament | | Q8889
European Council | | Q8886
European Central Bank | ECB | Q8901
Council of Europe | | Q8908
European Court of Human Rights | ECHR, ECtHR | Q122880
Europol | | -
Frontex | | -
Interpol | INTERPOL | Q8475
OSCE | Organization for Security and Co-operation in Europe | Q81299
Organisation for Economic Co-operation and Development | OECD | Q41550
Organisation for the Prohibition of Chemical Weapons | OPCW | -
African Union | AU | Q7159
Economic Community of West African States | ECOWAS, Ecowas | Q193272
Southern African Development Community | SADC | -
Intergovernmental Authority on Development | IGAD | -
Association of Southeast Asian Nations | ASEAN, Asean | Q7768
Arab League | League of Arab States | Q7172
Gulf Cooperation Council | GCC | Q217172
Organisation of Islamic Cooperation | OIC | Q47543
Organization of American States | OAS | Q123759
Mercosur | | -
Caribbean Community | CARICOM, Caricom | Q205995
Commonwealth of Independent States | CIS | Q7779
Collective Security Treaty Organization | CSTO | -
Eurasian Economic Union | EAEU | -
Shanghai Cooperation Organisation | SCO, Shanghai Cooperation Organization | -
Commonwealth of Nations | | Q7785
BRICS | Brics | -
Group of Seven | G7, G-7 | -
Group of Twenty | G20, G-20 | -
OPEC | Opec, Organization of the Petroleum Exporting Countries | Q7795
OPEC+ | Opec+ | -
Asian Development Bank | ADB | -
International Energy Agency | IEA | -
International Olympic Committee | IOC | Q40970
FIFA | Fifa | Q253414
UEFA | Uefa | Q35572
Save the Children | | -
Oxfam | | -
"""
