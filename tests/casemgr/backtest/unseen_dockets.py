"""Invented precedents that say what litigated files may say and the shipped ones do not.

Every name and fact is made up. Each text is one docket file; the tests write them to a folder.
"""

HEARSAY = """
docket: 1
title: An article that quotes unnamed officials (invented)
completeness: summary
authorities:
  - slug: list-hearsay
    version: "1"
    threshold: substantial-evidence
    elements:
      - {code: X-1, kind: fact, text: supplied the program}
      - {code: X-2, kind: usability, text: whether hearsay may be used}
      - {code: X-3, kind: fact, text: supplied the program}
sources:
  - {key: S-PAPER, role: press}
  - {key: S-OFFICIAL, role: us-government, anonymous: true, of_government: us}
  - {key: S-CUSTOMS, role: foreign-government, of_government: de}
evidence:
  - key: E-ARTICLE
    kind: press-report
    source: S-PAPER
    hand: third
    derived_from: [{source: S-OFFICIAL, kind: relays}]
  - {key: E-DECLARATION, kind: government-finding, source: S-CUSTOMS, hand: first,
     reliability: A, credibility: 1}
cases:
  - key: HEARSAY
    authority: list-hearsay@1
    decided_on: 2019-05
    links:
      - {element: X-1, item: E-ARTICLE, stance: supports, attribution: designee}
      - {element: X-2, item: E-ARTICLE, stance: supports}
      - {element: X-3, item: E-DECLARATION, stance: supports, attribution: designee}
    court:
      - {ground: 1, element: X-1, finding: deficient, stage: final, standard: apa-706,
         doctrines: [hearsay-chain]}
      - {ground: 2, element: X-2, finding: upheld, stage: final, standard: apa-706}
      - {ground: 3, element: X-3, finding: upheld, stage: final, standard: apa-706}
ordering: [[HEARSAY/X-1, HEARSAY/X-3]]
"""

INTELLIGENCE = """
docket: 1
title: Classified support alone, and with a summary (invented)
completeness: summary
authorities:
  - slug: list-intelligence
    version: "1"
    elements: [{code: X-1, kind: fact, text: acts for the service}]
sources: [{key: S-AGENCY, role: us-government, of_government: us}]
evidence:
  - {key: E-WITHOUT, kind: intelligence-report, source: S-AGENCY, access: classified,
     summary_given: false, content: not-seen}
  - {key: E-WITH, kind: intelligence-report, source: S-AGENCY, access: classified,
     summary_given: true, content: not-seen}
cases:
  - key: CLASSIFIED-ALONE
    authority: list-intelligence@1
    designee: {key: D-1, us_presence: property}
    decided: true
    links: [{element: X-1, item: E-WITHOUT, stance: supports, attribution: designee}]
    court: [{ground: 1, element: X-1, finding: deficient, stage: final, standard: due-process,
      cluster: one judgment}]
  - key: CLASSIFIED-SUMMARY
    authority: list-intelligence@1
    designee: {key: D-1, us_presence: property}
    decided: true
    links: [{element: X-1, item: E-WITH, stance: supports, attribution: designee}]
    court: [{ground: 1, element: X-1, finding: upheld, stage: final, standard: due-process,
      cluster: one judgment}]
"""

PROFILES = """
docket: 1
title: Awards and press profiles, and the target's rebuttal (invented)
completeness: summary
authorities:
  - slug: list-profiles
    version: "1"
    elements:
      - {code: X-0, join: any}
      - {code: X-1, parent: X-0, kind: status, text: affiliated by award}
      - {code: X-2, parent: X-0, kind: status, text: "owned, shown by the registry and rebutted"}
      - {code: X-3, parent: X-0, kind: status, text: "owned, the rebuttal answered"}
sources:
  - {key: S-COMPANY, role: respondent}
  - {key: S-MAGAZINE, role: press}
  - {key: S-REGISTRY, role: public-record}
evidence:
  - {key: E-AWARD, source: S-COMPANY, summary: An award many have.}
  - {key: E-PROFILE, kind: press-report, source: S-MAGAZINE, summary: A profile of the founder.}
  - {key: E-REGISTRY, kind: corporate-registry, source: S-REGISTRY,
     summary: The registry names the owner.}
  - {key: E-REBUTTAL, kind: respondent-submission, source: S-COMPANY,
     summary: The shares were sold.}
cases:
  - key: PROFILES
    authority: list-profiles@1
    designee: {key: D-1, type: entity}
    decided: true
    links:
      - {element: X-1, item: E-AWARD, stance: supports, directness: background,
         attribution: agent}
      - {element: X-1, item: E-PROFILE, stance: supports, directness: background,
         attribution: tie}
      - {element: X-2, item: E-REGISTRY, stance: supports, attribution: designee}
      - {element: X-2, item: E-REBUTTAL, stance: contradicts, answer: {state: unanswered}}
      - {element: X-3, item: E-REGISTRY, stance: supports, attribution: designee}
      - {element: X-3, item: E-REBUTTAL, stance: contradicts, answer: {state: answered,
         text: "Later extracts show him still.", on: 2020-01}}
    court:
      - {ground: 1, element: X-1, finding: deficient, stage: preliminary, standard: apa-706}
      - {ground: 2, element: X-2, finding: deficient, stage: preliminary, standard: apa-706}
      - {ground: 3, element: X-3, finding: upheld, stage: preliminary, standard: apa-706,
         alone: true}
      - {ground: 4, element: X-0, finding: upheld, stage: preliminary, standard: apa-706,
         note: as a whole}
      - {ground: 5, finding: not-reached, standard: apa-706}
"""

LAW_AND_TIME = """
docket: 1
title: A wrong quotation, other law, late notice (invented)
completeness: summary
authorities:
  - slug: list-law
    version: "1"
    elements:
      - {code: X-1, kind: fact, text: is owned or controlled by a listed body}
      - {code: X-2, kind: fact, text: is owned or controlled by a listed body}
      - {code: X-3, kind: process, text: was given notice}
    prerequisites: [{code: P-1, kind: notice, element: X-3}]
evidence:
  - {key: E-1, kind: corporate-registry, summary: The registry names the listed body as owner.}
cases:
  - key: LAW
    authority: list-law@1
    designee: {key: D-1, us_presence: resident}
    decided: true
    links:
      - {element: X-1, item: E-1, stance: supports, attribution: designee}
      - {element: X-2, item: E-1, stance: supports, attribution: designee}
    findings:
      - {element: X-1, quoted_standard: is associated in any way with a listed body,
         applied: {version: an older text, difference: material}}
      - {element: X-2, applied: {version: a renumbered text, difference: immaterial}}
    steps: [{code: P-1, state: late, on: 2021-06}]
    court:
      - {ground: 1, element: X-1, finding: deficient, stage: final, standard: apa-706}
      - {ground: 2, element: X-2, finding: upheld, stage: final, standard: apa-706}
      - {ground: 3, element: X-3, finding: deficient, stage: final, standard: due-process}
  - key: LAW-ABROAD
    authority: list-law@1
    designee: {key: D-2, us_presence: none}
    decided: true
    asserts: [X-3]
    steps: [{code: P-1, state: met}]
    court: [{ground: 1, element: X-3, finding: upheld, stage: final, standard: uk-samla}]
"""

AS_JSON = """
{"docket": 1, "title": "JSON (invented)", "completeness": "summary",
 "authorities": [{"slug": "list-json", "version": "2020", "threshold": "reasonable-cause",
   "elements": [{"code": "X-1", "kind": "status"}, {"code": "X-2", "kind": "legal"}]}],
 "evidence": [{"key": "E-1", "occurred": ["2001", "2003-06"], "ended": "before-decision"}],
 "cases": [{"key": "JSON", "authority": "list-json@2020", "kind": "status-finding",
   "decided_on": "2020", "links": [{"element": "X-1", "item": "E-1", "stance": "supports",
     "directness": "circumstantial", "attribution": "designee"}],
   "court": [{"ground": 1, "element": "X-1", "finding": "deficient",
     "standard": "dta-preponderance"},
             {"ground": 2, "element": "X-2", "finding": "legal-bar", "standard": "other"}]}]}
"""

NOTHING_STATED = """
docket: 1
title: Of which nothing is stated (invented)
completeness: summary
authorities:
  - slug: list-silent
    version: "1"
    elements:
      - {code: X-1, kind: fact}
      - {code: X-2, kind: status, fresh_days: 365, undefined_terms: [close to]}
      - {code: X-3, kind: forward}
      - {code: X-4, kind: mental}
      - {code: X-5, kind: legal}
      - {code: X-6, kind: causal}
      - {code: X-7, kind: jurisdictional}
      - {code: X-8, kind: timing}
      - {code: X-9, kind: process}
      - {code: X-10, kind: exception}
      - {code: X-11, kind: explanation}
      - {code: X-12, kind: usability}
    considerations: [{code: C-1, element: X-1, main: true}]
    prerequisites: [{code: P-1, kind: notice, element: X-9}, {code: P-2, kind: vote}]
cases:
  - key: NOTHING
    authority: list-silent@1
    decided: true
    court:
      - {ground: 1, element: X-1, finding: upheld}
      - {ground: 2, element: X-2, finding: upheld}
      - {ground: 3, element: X-3, finding: upheld}
      - {ground: 4, element: X-4, finding: upheld}
      - {ground: 5, element: X-5, finding: upheld}
      - {ground: 6, element: X-6, finding: upheld}
      - {ground: 7, element: X-7, finding: upheld}
      - {ground: 8, element: X-8, finding: upheld}
      - {ground: 9, element: X-9, finding: upheld}
      - {ground: 10, element: X-10, finding: upheld}
      - {ground: 11, element: X-11, finding: upheld}
      - {ground: 12, element: X-12, finding: upheld}
      - {ground: 13, finding: upheld}
"""

ORDERING_ALONE = """
docket: 1
ordering:
  - [CLASSIFIED-ALONE/X-1, CLASSIFIED-SUMMARY/X-1]
  - [PROFILES/X-1, HEARSAY/X-3]
  - [CLASSIFIED-ALONE/X-1, CLASSIFIED-SUMMARY/X-1]
  - [HEARSAY/X-1, HEARSAY/X-3]
"""

FILES = {
    "classified.yaml": INTELLIGENCE,
    "hearsay.yml": HEARSAY,
    "law.yaml": LAW_AND_TIME,
    "order.yaml": ORDERING_ALONE,
    "profiles.yaml": PROFILES,
    "silent.yaml": NOTHING_STATED,
    "status.json": AS_JSON,
}
