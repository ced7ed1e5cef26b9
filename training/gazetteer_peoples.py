"""Adjectives and nouns for the people of each country: Russian and Russians, French and Frenchmen. By hand, ours, CC0.

`DEMONYMS`: a line a country: ISO code, adjectives (comma), then after a semicolon the nouns for one of its people;
plurals are made by `plural`. "=" stands for "the adjective is the noun too" (Russian, Russians), "_" for a space.
A "~" before a word says that it belongs to several countries, and that this one is not the likeliest.
"""

from __future__ import annotations

DEMONYMS = """
AD Andorran; =
AE Emirati; =
AF Afghan; =
AG Antiguan, Barbudan; =
AI Anguillan; =
AL Albanian; =
AM Armenian; =
AO Angolan; =
AR Argentine, Argentinian, Argentinean; =
AS American Samoan; =
AT Austrian; =
AU Australian; = Aussie
AW Aruban; =
AZ Azerbaijani, Azeri; =
BA Bosnian, Herzegovinian; =
BB Barbadian; = Bajan
BD Bangladeshi; =
BE Belgian; =
BF Burkinabe; Burkinabe
BG Bulgarian; =
BH Bahraini; =
BI Burundian; =
BJ Beninese;
BM Bermudian; =
BN Bruneian; =
BO Bolivian; =
BR Brazilian; =
BS Bahamian; =
BT Bhutanese;
BW Botswanan; Motswana Batswana
BY Belarusian, Belarussian; =
BZ Belizean; =
CA Canadian; =
CD Congolese;
CF Central African; =
CG ~Congolese;
CH Swiss;
CI Ivorian; =
CK Cook Islander; =
CL Chilean; =
CM Cameroonian; =
CN Chinese;
CO Colombian; =
CR Costa Rican; =
CU Cuban; =
CV Cape Verdean, Cabo Verdean; =
CW Curaçaoan; =
CY Cypriot; =
CZ Czech; =
DE German; =
DJ Djiboutian; =
DK Danish; Dane
DM ~Dominican; =
DO Dominican; =
DZ Algerian; =
EC Ecuadorian, Ecuadorean; =
EE Estonian; =
EG Egyptian; =
EH Sahrawi; =
ER Eritrean; =
ES Spanish; Spaniard
ET Ethiopian; =
FI Finnish; Finn
FJ Fijian; =
FK Falkland Islander; =
FM Micronesian; =
FO Faroese;
FR French; Frenchman Frenchwoman
GA Gabonese;
GB British; Briton Brit
GD Grenadian; =
GE Georgian; =
GH Ghanaian; =
GI Gibraltarian; =
GL Greenlandic; Greenlander
GM Gambian; =
GN Guinean; =
GQ Equatorial Guinean, Equatoguinean; =
GR Greek; =
GT Guatemalan; =
GU Guamanian; =
GW Bissau-Guinean; =
GY Guyanese;
HK ; Hong_Konger Hongkonger
HN Honduran; =
HR Croatian; = Croat
HT Haitian; =
HU Hungarian; =
ID Indonesian; =
IE Irish; Irishman Irishwoman
IL Israeli; =
IM Manx; Manxman
IN Indian; =
IQ Iraqi; =
IR Iranian; =
IS Icelandic; Icelander
IT Italian; =
JM Jamaican; =
JO Jordanian; =
JP Japanese;
KE Kenyan; =
KG Kyrgyz, Kyrgyzstani; Kyrgyzstani
KH Cambodian; =
KI I-Kiribati; I-Kiribati
KM Comorian, Comoran; =
KN Kittitian, Nevisian; =
KP North Korean; =
KR South Korean; =
KW Kuwaiti; =
KY Caymanian; =
KZ Kazakh, Kazakhstani; =
LA Laotian, Lao; Laotian
LB Lebanese;
LC Saint Lucian; =
LI Liechtensteiner; =
LK Sri Lankan; =
LR Liberian; =
LS Basotho; Mosotho
LT Lithuanian; =
LU Luxembourgish; Luxembourger
LV Latvian; =
LY Libyan; =
MA Moroccan; =
MC Monegasque, Monacan; =
MD Moldovan; =
ME Montenegrin; =
MG Malagasy, Madagascan; Madagascan
MH Marshallese;
MK Macedonian, North Macedonian; =
ML Malian; =
MM Burmese;
MN Mongolian; = Mongol
MO Macanese;
MR Mauritanian; =
MS Montserratian; =
MT Maltese;
MU Mauritian; =
MV Maldivian; =
MW Malawian; =
MX Mexican; =
MY Malaysian; =
MZ Mozambican; =
NA Namibian; =
NC New Caledonian; =
NE Nigerien; =
NG Nigerian; =
NI Nicaraguan; =
NL Dutch; Dutchman Dutchwoman
NO Norwegian; =
NP Nepali, Nepalese; Nepali
NR Nauruan; =
NU Niuean; =
NZ New Zealand; New_Zealander Kiwi
OM Omani; =
PA Panamanian; =
PE Peruvian; =
PF French Polynesian; =
PG Papua New Guinean; =
PH Philippine, Filipino; Filipino Filipina
PK Pakistani; =
PL Polish; Pole
PR Puerto Rican; =
PS Palestinian; =
PT Portuguese;
PW Palauan; =
PY Paraguayan; =
QA Qatari; =
RO Romanian; =
RS Serbian; = Serb
RU Russian; =
RW Rwandan; =
SA Saudi, Saudi Arabian; =
SB Solomon Islander; =
SC Seychellois;
SD Sudanese;
SE Swedish; Swede
SG Singaporean; =
SH Saint Helenian; =
SI Slovenian, Slovene; =
SK Slovak, Slovakian; =
SL Sierra Leonean; =
SM Sammarinese;
SN Senegalese;
SO Somali, Somalian; =
SR Surinamese;
SS South Sudanese;
ST Sao Tomean, Santomean; =
SV Salvadoran, Salvadorean; =
SY Syrian; =
SZ Swazi; =
TD Chadian; =
TG Togolese;
TH Thai; =
TJ Tajik, Tajikistani; =
TL East Timorese, Timorese;
TM Turkmen; Turkmen
TN Tunisian; =
TO Tongan; =
TR Turkish; Turk
TT Trinidadian, Tobagonian; =
TV Tuvaluan; =
TW Taiwanese;
TZ Tanzanian; =
UA Ukrainian; =
UG Ugandan; =
US American; =
UY Uruguayan; =
UZ Uzbek, Uzbekistani; =
VC Vincentian; =
VE Venezuelan; =
VN Vietnamese;
VU Ni-Vanuatu; Ni-Vanuatu
WS Samoan; =
XK Kosovar, Kosovan; =
YE Yemeni; =
ZA South African; =
ZM Zambian; =
ZW Zimbabwean; =
"""


def demonyms() -> dict[str, tuple[list[str], list[str]]]:
    """ISO code → (adjectives, nouns for its people in both numbers); a leading "~" stays on what is not likeliest."""
    read = {}
    for line in DEMONYMS.strip().splitlines():
        code, rest = line.split(" ", 1)
        before, _, after = rest.partition(";")
        adjectives = [a.strip() for a in before.split(",") if a.strip()]
        people: list[str] = []
        for noun in after.split():
            singulars = adjectives if noun == "=" else [noun.replace("_", " ")]
            people += [form for singular in singulars for form in (singular, plural(singular))]
        read[code] = (adjectives, [p for p in dict.fromkeys(people) if p not in adjectives])
    return read


def plural(noun: str) -> str:
    """The plural of a word for one of a people: Frenchman → Frenchmen, but German → Germans; Portuguese as it is."""
    if noun.endswith(("chman", "shman", "xman", "woman")):
        return noun[:-3] + "men"
    return noun if noun.endswith(("ese", "sh", "ch", "ss", "ois")) else noun + "s"
