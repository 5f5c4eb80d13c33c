"""Closed lists of words for the rules of coding: they are about form, what an event is the reader knows."""

from __future__ import annotations

SAYING = frozenset(
    """say tell announce report claim state add note confirm deny allege warn insist argue declare suggest acknowledge
    admit stress explain write post tweet reveal maintain assert contend estimate testify comment remark reply answer
    emphasize emphasise recall disclose affirm reiterate conclude caution predict point believe think indicate inform
    recount describe complain vow pledge promise accuse blame charge boast hint assure observe quip concede""".split()
)
SAYING_NOUNS = frozenset(
    """statement claim report allegation accusation announcement assertion remark comment declaration speech interview
    testimony post tweet briefing communique account""".split()
)
# Verbs whose object or "of" phrase says what somebody is said to have done.
IMPUTING = frozenset(
    {"accuse", "blame", "deny", "allege", "claim", "report", "confirm", "admit", "announce", "suspect"}
)
# Verbs whose plain object is what somebody says happened: "denied the attack".
VOUCHING = frozenset({"deny", "report", "confirm", "admit", "claim", "allege"})

LIGHT = frozenset(
    """hold carry launch conduct make pay stage have take impose issue give provide sign mount begin start end continue
    order do perform undertake commit deliver offer open deploy hail express lead""".split()
)
HAPPENING = frozenset(
    {"hold", "take", "happen", "occur", "begin", "start", "plan", "schedule", "expect", "set", "continue", "come", "be"}
)
HOSTING = frozenset({"host", "receive", "welcome", "greet"})

# Verbs whose object is no party: the weapon and not what is hit, the place and not who lost it.
NO_PATIENT = frozenset(
    """fire launch throw hurl drop use turn lob detonate rain plant deploy unleash open exchange mount trade capture
    recapture retake liberate seize take occupy overrun enter storm""".split()
)
PLACE_TAKEN = frozenset({"occupation", "takeover", "seizure", "siege", "blockade", "recapture"})

# Nouns of acts whose possessor suffers them: "his arrest".
SUFFERED = frozenset(
    """arrest detention conviction sentencing imprisonment deportation expulsion killing murder assassination abduction
    kidnapping torture release ouster dismissal extradition trial prosecution rescue beating capture execution jailing
    poisoning shooting eviction indictment""".split()
)
# Nouns of acts whose "of" phrase names who acts: "the withdrawal of Russian troops".
PERFORMED = frozenset(
    {"visit", "resignation", "withdrawal", "arrival", "pullout", "trip", "departure", "retreat", "meeting"}
)

AGENT_NOUNS = frozenset(
    """police army government court troops force military ministry parliament militia rebel gunman militant people
    cabinet party union company coalition alliance council authority navy guard crowd opposition regime junta side
    leader president minister spokesman spokeswoman chief king queen prince envoy delegation agency bank congress
    senate team unit group gang prosecution tribunal commission committee student resident migrant civilian activist
    refugee hostage victim man woman child""".split()
)
AGENT_ENDINGS = ("er", "or", "ist", "ian", "man", "men", "woman", "ant", "crat")
PERSONAL = frozenset({"i", "he", "she", "they", "we", "you", "him", "her", "them", "us", "who", "whom"})

TIMES = frozenset(
    """hour day night week weekend month year decade spring summer autumn winter monday tuesday wednesday thursday
    friday saturday sunday january february march april may june july august september october november december jan
    feb mar apr jun jul aug sep sept oct nov dec morning evening afternoon quarter""".split()
)
PAST_POINT = frozenset({"after", "since", "before", "following", "despite", "during", "amid", "until"})
FUTURE_HEADS = frozenset({"plan", "expect", "schedule", "intend", "prepare", "set", "due", "be", "go"})
OPEN_HEADS = frozenset({"consider", "propose", "suggest", "discuss", "want", "hope", "seek", "contemplate", "weigh"})
DENYING = frozenset({"deny", "refuse", "decline", "fail", "avoid"})
