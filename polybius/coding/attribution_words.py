"""Closed lists of the words by which a text says who said, thought or wanted what. What is said stands beside them."""

from __future__ import annotations

from polybius.coding import lexicon

# What can be said in so many words; a plain object is enough content ("criticised the plan").
SPEAKING = (
    lexicon.SAYING
    | frozenset(
        """ask urge call demand request propose recommend advise order criticize criticise praise condemn denounce dismiss
    defend cite mention discuss question joke mock tout slam blast hail repeat respond react signal retweet quote express
    voice counter retort shout yell lament decry brag muse speculate theorize characterize characterise label dub liken
    remind thank congratulate apologize apologise scoff swear address brief convince persuade encourage refer talk speak
    endorse oppose contradict detail outline underscore underline highlight elaborate clarify interject chime blog
    support back favor favour hypothesize reason preach lecture opine testify plead beg appeal protest object refute rebut deride ridicule rip
    chide scold excoriate lambaste laud applaud credit grill press challenge dispute reference invoke advocate champion
    welcome debate rail bristle marvel accuse reject promote""".split()
    )
) - frozenset({"think", "believe", "recall"})

# What somebody thinks, feels or wants: only with a clause for its content.
THINKING = frozenset(
    """think believe know hope fear worry expect feel realize realise understand see hear learn find doubt wonder assume
    suspect presume imagine guess anticipate remember forget decide agree disagree consider recall figure care
    mean hold trust regret deem view regard perceive predict forecast project acknowledge want wish intend plan seek vow
    threaten refuse decline prefer like love hate desire aim promise pledge swear offer opt choose determine resolve
    rule vote read interpret envision foresee""".split()
)

# What a paper or a finding says: only with "that" clauses.
SHOWING = frozenset("show indicate suggest reveal demonstrate prove find imply state note read argue".split())

NOUNS = lexicon.SAYING_NOUNS | frozenset(
    """belief view opinion argument contention suggestion warning complaint criticism promise pledge vow threat
    demand request hope fear concern worry doubt conviction conclusion finding estimate prediction forecast assessment
    response answer question message word letter memo email e-mail tweet proposal decision desire intention insistence
    admission acknowledgment acknowledgement denial explanation description prayer interpretation theory""".split()
)

# Nouns of saying that are an attribution also with a phrase for their content: "X's criticism of the plan".
UTTERANCES = frozenset(
    """claim allegation accusation criticism comment remark statement assertion suggestion warning complaint promise pledge
    vow threat demand call request announcement denial admission description proposal attack praise condemnation""".split()
)

# Verbs of speaking whose plain object is what is said of, and those whose "about", "of", "on" phrase is.
JUDGING = frozenset(
    """criticize criticise praise condemn denounce dismiss defend mock tout slam blast hail repeat question reject deny
    confirm announce describe call accuse blame endorse oppose decry lament ridicule rip chide scold excoriate lambaste
    laud applaud deride rebut refute contradict dub label characterize characterise liken urge propose recommend claim
    allege acknowledge admit concede emphasize stress underline underscore outline express voice tell ask warn thank
    congratulate demand predict promise pledge vow threaten suggest reiterate explain tweet predict estimate cite note
    mention add discuss debate reference invoke advocate champion support back favor favour credit grill press challenge
    dispute welcome report address claim""".split()
)
ABOUT = frozenset(
    "talk speak complain boast brag warn joke comment remark tweet elaborate testify write refer allude rail bristle".split()
)
# Verbs that always tell what somebody says, even where the tree shows no clause for it.
PLAIN = frozenset("say add note tell".split())
TOPIC = frozenset("about of on against for to over with at toward towards in regarding".split())

# Verbs of feeling and wishing whose object is content enough, and nouns of them with an owner and a topic.
FEELINGS = frozenset(
    """want fear hate love like trust distrust doubt admire prefer desire favor favour expect anticipate believe consider
    regard view see respect resent welcome approve disapprove despise dislike embrace""".split()
)
ATTITUDES = frozenset(
    """support opposition hope fear concern worry doubt confidence faith belief view opinion desire plan position stance
    attitude frustration anger outrage interest wish preference embrace skepticism hostility""".split()
)

# Verbs whose clause is no content: what they make happen.
CAUSING = frozenset(
    """make let ensure cause happen help have get be seem appear turn come go keep do start mean require work wait
    become begin stop allow enable force lead leave matter help""".split()
)

FEELING = frozenset(
    """sure confident certain afraid worried concerned happy glad proud sorry convinced aware hopeful optimistic
    skeptical doubtful grateful surprised disappointed angry upset eager willing ready unwilling reluctant adamant clear
    thankful thrilled excited interested committed opposed supportive critical dismissive furious nervous frustrated
    uncomfortable comfortable suspicious wary tired pleased unsure uncertain fearful""".split()
)

NOBODY = frozenset({"it", "there", "this", "that", "which", "what", "one"})
ANYBODY = frozenset({"you", "i", "we"})  # whose thoughts nobody reports: "as you know", "I think"

# What can show something, and what is asked of many.
DOCUMENTS = frozenset(
    """poll survey study analysis report data figure record document letter email e-mail memo video footage transcript filing
    census statistic result finding research review investigation""".split()
)
SURVEYS = frozenset({"poll", "survey"})
