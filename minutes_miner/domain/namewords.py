"""List the words that stand around names in minutes."""

from __future__ import annotations

MEMBER_TITLES = (
    r"cllrs?", r"councillors?", r"councilor", r"cnllr", r"clr", r"cyng(?:horydd)?", r"cmhlr", r"comh(?:airleoir)?",
    r"alderman", r"alderwoman", r"ald", r"bailie", r"baillie",
)  # fmt: skip
"""Titles that only members of a council have, as expressions."""

SEXES = {
    "mr": "m", "sir": "m", "lord": "m", "messrs": "m",
    "mrs": "f", "miss": "f", "ms": "f", "lady": "f", "dame": "f", "baroness": "f",
}  # fmt: skip
"""What titles tell of sex."""

PLACES = frozenset("the county district borough city town parish ward community".split())

TITLES = PLACES | frozenset(
    "cllr cllrs councillor councillors councilor cnllr clr "
    "cyng cynghorydd cmhlr comh comhairleoir alderman alderwoman ald bailie baillie mr mrs miss ms mx messrs sir dame "
    "lord lady baroness baron dr prof professor rev revd reverend canon father fr sister major maj col colonel capt "
    "captain cdr commander wg rt hon right honourable honorary worshipful".split()
)
"""Words before a name that are no part of it; those in PLACES stand before other titles."""

DOUBTFUL = frozenset("city town parish ward lord baron major canon father sister captain".split())
"""Of these, such as are surnames where nothing follows them."""

HONOURS = frozenset(
    "MBE OBE CBE KBE DBE BEM QC KC JP DL MP MSP MS MLA TD PHD BA MA BSC MSC FRSA FCA FCCA MRTPI ESQ GBE CVO LVO RVM "
    "QPM FRICS MRICS OAM CC BCC".split()
)
"""Letters behind a name that are no part of it."""

SUFFIXES = {"jr": "jr", "jnr": "jr", "junior": "jr", "sr": "sr", "snr": "sr", "senior": "sr"}

PARTICLES = frozenset(
    "de da das do dos di del della den der du la le van von der ter ten al el bin ibn bint ben ap ab mac mc fitz st "
    "san o ni nic ui mhac mag nig abu ul y".split()
)
"""Words that belong to the surname after them, without accents."""

PARTIES = frozenset("LD LAB CON IND GRN LIB UKIP SNP PC DUP SF UUP RUK DEM GP".split())
"""Short names of parties that stand in brackets behind a name; a single letter is an initial."""

POST_WORDS = (
    r"chair(?:man|woman|person)?", r"vice[- ]?chair(?:man|woman|person)?", r"leader", r"mayor(?:ess)?", r"provost",
    r"conven[oe]r", r"president", r"cathaoirleach", r"whip", r"clerk", r"secretary", r"treasurer", r"director",
    r"officer", r"manager", r"head of", r"chief executive", r"solicitor", r"auditor", r"engineer", r"surveyor",
    r"counsel", r"portfolio holder", r"holder", r"member for", r"cabinet member", r"executive member", r"lead member",
    r"spokesman", r"spokesperson", r"co-?ordinator", r"rfo", r"architect", r"nurse", r"administrator", r"warden",
)  # fmt: skip
"""Expressions for posts; see also :mod:`minutes_miner.domain.office`."""

MEMBER_POSTS = (
    r"chair(?:man|woman|person)?", r"leader", r"mayor(?:ess)?", r"provost", r"conven[oe]r", r"president",
    r"cathaoirleach", r"whip", r"portfolio holder", r"member",
)  # fmt: skip
"""Expressions for posts that members of a council hold."""

NO_NAME = frozenset(
    "absent abstain abstained abstention abstentions adjournment administrative administrator adviser advisor agency "
    "agenda agent agreed all also amendment and any apologies applicant assistant associate association attendance "
    "august authority bench board borough business cabinet carried cathaoirleach cathaoirleachcllr chair chairman "
    "chairperson chairwoman chief city clerk committee community company consultant contractor convener corporate "
    "council councillor councillors counsel county customer december delivery democratic department deputy design "
    "development director economic education engagement engineer environment everybody everyone executive "
    "experimental february finance financial fire for forum government group he health highway highways hospital "
    "housing human in innovate investment it item january july library limited ltd management manager mayor meeting "
    "meetings member members minutes monday motion nobody none november nurse october of officer officers operations "
    "or organisation partner partners partnership person physical planning play police policy present president press "
    "professional project proposal proposed protection provost public recreation regional representative resident "
    "residents resolved resources responsible road room saturday school seconded secretary sectoral senior september "
    "service services she social solicitor staff standards substantive substitute substitutes sunday support surveyor "
    "team teams the their there these they this those thursday to town trade traffic treasurer trust tuesday "
    "unanimous unanimously university unknown vacancy vacant vice village volunteer volunteers vote voted votes "
    "voting water we wednesday welcome were who with withdrawn".split()
)
"""Words that no member's name holds."""

SURNAMES = frozenset("april friday hall head june leader march parish park street ward".split())
"""Words that are names where another word or a title stands before them."""
