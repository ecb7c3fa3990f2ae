"""How clauses of resolutions and decisions open: `Recalling`, `Decides`, 回顾, 决定.

They name the genre, and part clauses that stand one a paragraph.
"""

import re

# Preambular verbs first, operative ones after, in the order in which the texts use them.
_ZH = (
    "回顾|忆及|铭记|注意到|表示|认识到|意识到|认为|考虑到|考虑|深信|确信|相信|坚信|确认|承认|申明|重申|强调|着重|指出|"
    "欢迎|赞赏|赞扬|感谢|关切|关注|震惊|遗憾|痛惜|谴责|呼吁|促请|敦促|吁请|吁|鼓励|邀请|请|要求|决定|建议|"
    "遵循|依照|按照|根据|本着|念及|希望|期待|期望|决心|谋求|努力|审议了|审查了|听取了|收到|"
    "核可|核准|通过|批准|采纳|宣布|声明|宣告|授权|指示|支持|赞同|祝贺|悼念|惊悉|切望|渴望|力求"
)
_ZH_ADVERBS = (
    "深为|深感|深切|深|严重|极度|极为|极其|十分|特别|还|又|并|再次|再度|进一步|同时|强烈|郑重|庄严|"
    "满意地|赞赏地|关切地|欣见|充分|最"
)
_EN = (
    "Recall|Reaffirm|Affirm|Bear|Not|Recogni[sz]|Convinc|Consider|Welcom|Emphasi[sz]|Concern|Guid|Mindful|Having|Tak|"
    "Acknowledg|Express|Aware|Stress|Underlin|Underscor|Reiterat|Confirm|Regret|Deplor|Condemn|Appreciat|Commend|Call|"
    "Urg|Invit|Encourag|Request|Decid|Recommend|Endors|Approv|Adopt|Authori[sz]|Declar|Proclaim|Support|Thank|Desir|"
    "Determin|Seek|Hop|Believ|Appeal|Instruct|Direct|Pay|Observ|Examin|Hear|Receiv|Conscious|Alarm|Disturb|"
    "Cogni[sz]ant|Resolv|Strongly|Remain"
)
_EN_ADVERBS = (
    "Also|Further|Deeply|Gravely|Seriously|Fully|Firmly|Strongly|Again|Once again|Solemnly|Keenly|Particularly"
)
_OPENER = re.compile(
    r"^[“\"「『]?\s*(?:"
    rf"(?:{_ZH_ADVERBS})*(?:{_ZH})"  # 深为关切
    rf"|(?:(?:{_EN_ADVERBS}) )?(?:{_EN})(?:ing|ed|es|s|e|ful)?\b"  # Deeply concerned
    rf"|(?:{_EN_ADVERBS}) \w+(?:ing|ed|s)\b"  # Further encouraged, whatever the verb
    r")",
    re.IGNORECASE,
)


def opens_clause(text: str) -> bool:
    """Whether `text` opens as a clause of a resolution or decision does, an opening quotation mark apart."""
    return bool(_OPENER.match(text))
