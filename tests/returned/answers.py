"""What a department writes into each form, by the names of its blanks."""

from __future__ import annotations

RECEIPT = {
    "clue.handler": "赵敏",
    "clue.handler_phone": "010-1234",
    "clue.deputy": "Kim Lowe",
    "clue.expected_on": "2026年3月10日",
    "clue.received_at": "2026-03-03",
}
RETURN = {
    "returned.reason": "不属本部门职责",
    "returned.basis": "三定方案第四条",
    "returned.proposed": "客户服务部",
}
LINES = (
    {"log.on": "2026年3月4日 10:20", "log.measures": "修补屋顶", "log.resolution": "不再漏水"},
    {
        "log.on": "二〇二六年三月五日",
        "log.measures": "Called the shop & told it <so>",
        "log.recorder": "赵敏",
    },
)
REPORT = {
    "feedback.process": "第一天查看。\n第二天修补。",
    "feedback.result": "不再漏水",
    "feedback.expectation": "部分达到",
    "feedback.improvements": "每季检查屋顶。",
    "feedback.improver": "赵敏",
    "feedback.improve_by": "2026-04-01",
    "feedback.form": "书面报告",
    "feedback.evidence": "照片两张",
}
SAID = {"routing_slip": RECEIPT, "handling_record": {}, "feedback_report": REPORT}
ROWS = {"handling_record": LINES}
SAID["return_form"] = {
    "returned.reason": "不属本部门职责\n另有分工",
    "returned.basis": "三定方案第四条",
    "returned.proposed": "客户服务部",
}
