"""Closed lists of words for coreference: pronouns, nouns of persons and bodies, what tells a gender."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

HE = frozenset({"he", "him", "his", "himself"})
SHE = frozenset({"she", "her", "hers", "herself"})
IT = frozenset({"it", "its", "itself"})
THEY = frozenset({"they", "them", "their", "theirs", "themselves"})
I_WE = frozenset({"i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"})
RELATIVE = frozenset({"who", "whom", "whose", "which", "that"})
BOTH = frozenset({"both", "neither", "either"})
REFLEXIVE = frozenset({"himself", "herself", "itself", "themselves", "myself", "ourselves"})
POSSESSIVE = frozenset({"his", "her", "its", "their", "my", "our"})
PRONOUNS = HE | SHE | IT | THEY | I_WE
DEFINITE = frozenset({"the", "this", "that", "these", "those"})
INDEFINITE = frozenset({"a", "an", "another", "some", "any", "no", "each", "every", "several", "many", "few", "other"})

SAYING = frozenset(
    """say tell announce report claim state add note confirm deny allege warn insist argue declare suggest acknowledge
    admit stress explain write post tweet reveal maintain assert contend estimate testify comment remark reply answer
    emphasize emphasise recall affirm reiterate conclude caution predict believe think recount describe complain vow
    pledge promise joke ask urge continue quip observe respond shout recommend call tweet""".split()
)

# Nouns by which news calls one collective: what says "police" and then "officers" speaks of the same side.
SIDES_OF_STORY: Mapping[str, int] = MappingProxyType(
    {
        noun: number
        for number, nouns in enumerate(
            (
                "police policeman policewoman officer gendarme",
                "soldier troop military army force trooper serviceman marine",
                "protester demonstrator marcher crowd protestor rioter",
                "rebel insurgent militant fighter guerrilla jihadist",
                "migrant refugee seeker",
                "detainee prisoner inmate captive hostage",
                "lawmaker legislator mp parliamentarian",
                "settler",
                "peacekeeper",
                "nurse",
                "striker worker",
            )
        )
        for noun in nouns.split()
    }
)

TIMES = frozenset(
    """time moment second minute hour day night week weekend month year decade century spring summer autumn winter
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december morning evening afternoon noon midnight today yesterday tomorrow tonight
    quarter percent cent dollar euro pound yuan mile kilometer kilometre meter metre""".split()
)

# Nouns of which "the X" takes up a body that was named before, and the kinds of name that can be meant.
BODY_NOUNS = frozenset(
    """group organization organisation movement network body faction militia alliance bloc coalition agency institution
    party union federation association league council committee commission company firm corporation manufacturer
    airline carrier bank publisher retailer giant startup operator maker brand conglomerate broadcaster newspaper paper
    daily outlet channel station magazine website club team foundation charity watchdog university college school
    ministry department court tribunal regulator authority cartel gang organiser cooperative insurgency
    parliament assembly chamber church front army service""".split()
)
COMPANY_NOUNS = frozenset(
    """company firm corporation manufacturer airline carrier bank publisher retailer giant startup operator maker brand
    conglomerate""".split()
)
PRIVATE_NOUNS = frozenset("group movement network faction militia club team charity party union".split())
ARMED_NOUNS = frozenset("""militant fighter insurgent rebel guerrilla gunman jihadist extremist terrorist""".split())
STATE_NOUNS = frozenset({"country", "nation", "state", "kingdom", "republic", "island", "emirate", "sultanate"})
TOWN_NOUNS = frozenset({"city", "town", "village", "capital", "port", "district", "suburb"})
REGION_NOUNS = frozenset(
    {"province", "region", "territory", "peninsula", "enclave", "island", "area", "state", "valley"}
)
# "The Russian government", "the Iranian side" stand for the state itself.
GOVERNMENT_NOUNS = frozenset({"government", "side", "administration", "authority", "regime", "leadership", "state"})
COLLECTIVE = frozenset(
    """police government army military navy family team staff crew crowd group organization organisation company party
    union council committee commission parliament court ministry agency opposition public media press majority force
    delegation gang militia coalition alliance firm bank side leadership administration troop jury board squad unit
    pair couple duo trio population community cabinet senate congress regime junta opposition nation country""".split()
)
THINGS = frozenset(
    """agreement deal law bill plan report statement attack decision vote meeting talk letter war conflict crisis
    election program project system treaty resolution missile weapon bomb drone ship plane ban sanction tariff charge
    case trial sentence proposal demand threat claim allegation visit policy action event process effort situation""".split()
)

PERSON_NOUNS = frozenset(
    """man woman boy girl person child teenager teen youth baby mother father son daughter brother sister wife husband
    widow uncle aunt cousin friend neighbour neighbor student teacher professor doctor nurse lawyer attorney judge
    president minister premier chancellor king queen prince princess emir sultan sheikh pope bishop archbishop cardinal
    priest cleric imam monk rabbi leader ruler dictator head chief chairman chairwoman chairperson chair director
    secretary spokesman spokeswoman spokesperson official envoy ambassador diplomat consul governor mayor senator
    lawmaker legislator congressman congresswoman deputy commissioner councillor commander general colonel captain major
    lieutenant sergeant admiral soldier officer policeman policewoman gunman attacker assailant shooter bomber killer
    suspect defendant prisoner detainee inmate hostage victim survivor witness resident villager citizen worker engineer
    farmer driver pilot journalist reporter editor correspondent blogger author writer poet singer actor actress artist
    director producer activist campaigner dissident protester demonstrator rebel militant fighter insurgent candidate
    politician opponent rival critic ally adviser advisor aide analyst expert scientist researcher economist executive
    founder owner manager employee businessman businesswoman billionaire tycoon investor player coach champion athlete
    host guest counterpart successor predecessor colleague partner refugee migrant civilian patient prosecutor
    investigator inspector negotiator mediator veteran immigrant nominee incumbent speaker heir monarch emperor empress
    whistleblower fugitive pensioner entrepreneur physicist historian philosopher parent couple twin native boss
    strongman autocrat lady gentleman guy individual people troop cyclist climber""".split()
)
PERSON_ENDINGS = (
    "ist man woman men women person crat -old tor tant eer eur ster smith yer ologian lady goer holder maker keeper"
).split()
NO_PERSONS = frozenset(
    """sector factor reactor tractor motor monitor indicator generator simulator detector accelerator corridor
    disaster register semester cluster poster roster career pioneer beer layer prayer talisman list twist mist fist
    waist""".split()
)

MALE_NOUNS = frozenset(
    """man boy father son brother husband uncle king prince emperor emir sultan sheikh pope priest bishop archbishop
    cardinal imam monk ayatollah spokesman chairman congressman businessman policeman gentleman mr mister sir lord actor
    widower nephew grandfather guy statesman strongman baron duke""".split()
)
FEMALE_NOUNS = frozenset(
    """woman girl mother daughter sister wife aunt queen princess empress spokeswoman chairwoman congresswoman
    businesswoman policewoman lady mrs ms miss madam actress widow niece grandmother nun baroness duchess
    waitress""".split()
)
MALE_NAMES = frozenset(
    """james john robert michael william david richard joseph thomas charles christopher daniel matthew anthony mark
    donald steven paul andrew joshua kenneth kevin brian george timothy ronald edward jason jeffrey ryan jacob gary
    nicholas eric jonathan stephen larry justin scott brandon benjamin samuel gregory frank alexander raymond patrick
    jack dennis jerry peter henry adam nathan douglas zachary walter bill bob jim joe tom mike dan ben barack mitt
    mohammed muhammad mohamed ahmed ali hassan hussein ibrahim omar abdullah mahmoud khalid mustafa yusuf youssef karim
    tariq saddam bashar recep benjamin yitzhak shimon vladimir dmitry dmitri sergei sergey alexei aleksei mikhail ivan
    boris nikolai igor oleg viktor volodymyr yuri andrei pavel carlos jose juan luis miguel jorge pedro antonio
    francisco fernando manuel diego hugo jean pierre francois jacques emmanuel nicolas hans klaus wolfgang otto karl
    heinrich giuseppe silvio mario matteo narendra rahul imran nawaz shinzo jinping keith kofi nelson jacob pope
    olaf emmerson robert rex simon tony gordon boris keir rishi anders lars jens erik bjorn stefan janos pavol andrzej
    nicolae traian bernard alain herman martin philip fidel raul hamid ashraf abdul hosni gamal""".split()
)
FEMALE_NAMES = frozenset(
    """mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty sandra margaret ashley
    kimberly emily donna michelle carol amanda melissa deborah stephanie dorothy rebecca sharon laura cynthia amy
    kathleen angela shirley brenda emma anna pamela nicole samantha katherine christine helen debra rachel carolyn janet
    maria catherine heather diane olivia julie joyce victoria kelly christina joan evelyn judith andrea hannah jacqueline
    martha gloria teresa ann sara janice hillary hilary condoleezza madeleine fatima aisha ayesha maryam zainab leila
    layla khadija amina benazir malala aung indira sonia sushma angela ursula christine marine segolene theresa nicola
    liz jacinda julia irina olga natalia svetlana tatiana elena yelena ekaterina yulia oksana nadia dilma cristina
    michelle claudia isabel carmen lucia rosa ana sofia giorgia federica mette sanna erna kaja ingrid helle park
    sheikh yingluck megawati gloria corazon""".split()
) - frozenset({"sheikh", "park", "aung"})

# Roles that one word may stand for when it takes up another: "the leader" for a president, "the politician" for a mayor.
ROLE_CLASSES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "leader": frozenset(
            """president premier minister chancellor king emir sultan ruler dictator chairman head chief commander
            founder pope governor secretary monarch""".split()
        ),
        "politician": frozenset(
            "president premier minister chancellor senator lawmaker governor mayor deputy candidate leader".split()
        ),
        "lawmaker": frozenset(
            "senator congressman congresswoman deputy legislator representative parliamentarian".split()
        ),
        "official": frozenset(
            "secretary director spokesman spokeswoman minister commissioner deputy chief head".split()
        ),
        "diplomat": frozenset("ambassador envoy consul minister secretary".split()),
        "ruler": frozenset("king emir sultan president dictator".split()),
        "monarch": frozenset("king queen emperor emir sultan".split()),
        "king": frozenset({"monarch"}),
        "cleric": frozenset("imam ayatollah sheikh bishop priest".split()),
        "premier": frozenset({"minister"}),
        "minister": frozenset({"premier"}),
        "chief": frozenset("director head chairman commander secretary president commissioner executive".split()),
        "head": frozenset("director chief chairman commander secretary president".split()),
        "politicians": frozenset(),
    }
)
GROUP_NOUNS = frozenset(
    """leader president minister country nation side party government state man woman capital neighbour neighbor ally
    rival foe official diplomat camp group faction force power company firm neighbor""".split()
)
# What narrows an office down: the defense minister is no prime minister.
PORTFOLIOS = frozenset(
    """defense defence foreign interior justice finance prime deputy vice health education trade energy economy labour
    labor agriculture transport security treasury home former opposition crown""".split()
)
COUNTERPARTS = frozenset({"host", "guest", "counterpart", "rival", "opponent", "interlocutor"})
PAIR_NOUNS = frozenset({"pair", "duo", "couple"})
