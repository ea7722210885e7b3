"""Posture: which review would really apply, in one plain sentence. Flags stay; this says how.

Franklin v. Massachusetts, 505 U.S. 788 (1992) and Dalton v. Specter, 511 U.S. 462 (1994): the
President is not an agency. ECRA, 50 U.S.C. § 4821(a): functions exercised under it are not subject
to 5 U.S.C. §§ 551, 553-559 and 701-706, except as §§ 4819(c)(2) and 4843(c) provide; at most narrow
ultra vires review remains (Changji Esquel Textile Co. v. Raimondo, 40 F.4th 716 (D.C. Cir. 2022)).
"""

from designations.words import Posture

SENTENCE = {
    Posture.APA_706: (
        "A court would review the decision on its administrative record, 5 U.S.C. § 706(2)(A), "
        "with deference on national security but not on missing facts."
    ),
    Posture.ULTRA_VIRES: (
        "The action is outside APA review; at most narrow ultra vires and constitutional review "
        "remains. The flags show where a removal request, the committee's own vote or Congress "
        "would press."
    ),
    Posture.PRESIDENT: (
        "A decision of the President himself is not agency action (Franklin, Dalton); the flags "
        "show where those who act under it would be challenged."
    ),
    Posture.RECORD_REVIEW: (
        "A court would review the decision on its record under the statute's own review provision."
    ),
    Posture.FULL_REVIEW: (
        "A court would weigh the evidence itself, and material withheld from it does not count."
    ),
    Posture.NONE: (
        "No court reviews this step; the flags show where whoever acts on it would be pressed."
    ),
}
